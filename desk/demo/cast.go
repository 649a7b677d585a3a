package demo

import (
	"math/rand/v2"
	"slices"

	"holdall/desk"
)

// cast deals each ticket its scenario and title, with an eye on what was dealt
// just before, so that a list of tickets does not repeat itself.
type cast struct {
	deck   deck
	recent []string // scenarios by their first title
	titles []string
}

// How many tickets back neither a scenario nor a title comes again.
const (
	scenarioPause = 9
	titlePause    = 200
)

func newCast() *cast { return &cast{deck: deck{cards: scenarios()}} }

// scenario deals the next one; an outage is dealt on demand.
func (c *cast) scenario(r *rand.Rand, outage bool) scenario {
	s := c.deck.deal(r.IntN)
	for try := 0; try < 40 && (slices.Contains(c.recent, s.titles[0]) || outage && !s.critical()); try++ {
		if outage {
			s = pick(r, c.deck.cards)
			continue
		}
		c.deck.left = append(c.deck.left, slices.IndexFunc(c.deck.cards, func(o scenario) bool { return o.titles[0] == s.titles[0] }))
		s = c.deck.deal(r.IntN)
	}
	c.recent = remember(c.recent, s.titles[0], scenarioPause)
	return s
}

// title fills in one of the scenario's titles that was not used lately.
func (c *cast) title(r *rand.Rand, s scenario, who desk.Requester, draw func() words) (string, words) {
	for try := 0; ; try++ {
		text := draw()
		title := text.Replace(pick(r, s.titles))
		if try > 3 {
			title += " (" + pick(r, []string{who.Organization, who.Location, who.Organization + ", " + who.Location, who.Name}) + ")"
		}
		if !slices.Contains(c.titles, title) || try > 20 {
			c.titles = remember(c.titles, title, titlePause)
			return title, text
		}
	}
}

// remember appends to a list that keeps only its newest entries.
func remember(list []string, entry string, keep int) []string {
	list = append(list, entry)
	return list[max(0, len(list)-keep):]
}
