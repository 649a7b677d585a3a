package demo

import (
	"slices"

	"holdall/desk"
)

// scenario is something that happens at a company, with the conversation that
// goes with it. Words in braces are filled in for each ticket (see words.go).
type scenario struct {
	kind            desk.TicketKind
	service         string
	category        string
	impact, urgency desk.Level
	german          bool // the conversation is in German
	titles          []string
	ask             string // the requester's first message
	question        string // the agent's first answer
	answer          string // what the requester says to it
	note            string // internal
	fix             string // resolution notes
	done            string // the agent's last answer
	beyond          string // the team it is escalated to when the first cannot solve it
}

func scenarios() []scenario {
	return slices.Concat(accountScenarios, workplaceScenarios, equipmentScenarios, plantScenarios, erpScenarios, networkScenarios)
}

// critical reports whether the matrix makes the scenario a P1.
func (s scenario) critical() bool { return s.impact == 1 && s.urgency == 1 }

// deck deals scenarios so that none comes again before most others have come.
type deck struct {
	cards []scenario
	left  []int
}

// deal takes the next card; an empty deck is shuffled anew by chance, which
// draws a number below n.
func (d *deck) deal(chance func(n int) int) scenario {
	if len(d.left) == 0 {
		for i, s := range d.cards {
			for range weight(s) {
				d.left = append(d.left, i)
			}
		}
		for i := range d.left {
			j := i + chance(len(d.left)-i)
			d.left[i], d.left[j] = d.left[j], d.left[i]
		}
	}
	card := d.left[0]
	d.left = d.left[1:]
	return d.cards[card]
}

// weight is how often a scenario comes: great outages are rare.
func weight(s scenario) int {
	switch {
	case s.critical():
		return 1
	case s.impact+s.urgency <= 3:
		return 3
	default:
		return 5
	}
}
