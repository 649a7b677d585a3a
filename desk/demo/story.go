package demo

import (
	"math/rand/v2"
	"time"

	"holdall/desk"
)

// story is the life of one ticket as it is told: what stands now, so that the
// next step can say what its author saw.
type story struct {
	*World
	*rand.Rand
	n        int
	scenario scenario
	words    words
	title    string
	ticket   desk.TicketID
	who      desk.Requester
	owner    int // index into People, or nobody
	at       time.Time
	always   bool // worked on at any hour
	end      stop
	last     desk.MessageID // newest public one
	messages int
	state    desk.State
	team     desk.TeamID
	fields   map[desk.Field]string
	steps    []step
}

// stop is where a story stands still for the time being.
type stop int

const (
	toTheEnd stop = iota
	untriaged
	untaken
	inWork
	awaitingRequester
	awaitingOthers
	awaitingClosure
)

// tell tells the n-th ticket's story up to the present.
func (w *World) tell(n int, c *cast) []step {
	r := w.dice("story", n)
	s := &story{World: w, Rand: r, n: n, ticket: desk.TicketID(w.id("ticket", n)), who: w.caller(r), owner: nobody,
		at: w.openings[n], state: desk.StateNew, fields: map[desk.Field]string{}}
	outage := w.outage(n)
	s.scenario = c.scenario(r, outage)
	s.title, s.words = c.title(r, s.scenario, s.who, func() words { return w.fillIn(r, s.who, s.at, s.scenario.german) })
	s.always = s.scenario.critical() || chance(r, 4)
	s.end = s.fate(outage)
	s.live()
	for i, step := range s.steps {
		if step.at.After(w.now) {
			return s.steps[:i]
		}
	}
	return s.steps
}

// outage makes a few of the newest tickets P1, so that there are always some.
func (w *World) outage(n int) bool {
	age := w.size.Tickets - n
	return age == 5 || age == 21 || age == 47
}

// caller is someone who has a question: a few people have most of them.
func (w *World) caller(r *rand.Rand) desk.Requester {
	n := len(w.Requesters)
	if chance(r, 25) {
		n = max(1, n/12)
	}
	return w.Requesters[r.IntN(n)]
}

// fate decides where the story stands still, by the ticket's age: most old ones
// are closed, some wait for others, and much of what is new is in work.
func (s *story) fate(outage bool) stop {
	if outage {
		return inWork
	}
	if s.scenario.critical() {
		return toTheEnd
	}
	days := s.now.Sub(s.at).Hours() / 24
	switch {
	case days < 3:
		return s.among(72, untriaged, untriaged, untaken, untaken, untaken, inWork, inWork, inWork, inWork, awaitingRequester)
	case days < 15:
		return s.among(58, untaken, inWork, inWork, inWork, awaitingRequester, awaitingRequester, awaitingOthers)
	case days < 60:
		return s.among(26, inWork, inWork, awaitingRequester, awaitingRequester, awaitingOthers, awaitingOthers)
	default:
		return s.among(2, inWork, awaitingOthers, awaitingOthers)
	}
}

// among is one of the stops in so many of a hundred cases.
func (s *story) among(percent float64, stops ...stop) stop {
	if chance(s.Rand, percent) {
		return pick(s.Rand, stops)
	}
	return toTheEnd
}

// live tells the story from the first call to the closing.
func (s *story) live() {
	s.open()
	if s.end == untriaged {
		return
	}
	s.triage()
	if s.end == untaken {
		return
	}
	s.take()
	if s.end == toTheEnd && chance(s.Rand, 2.5) {
		s.cancel()
		return
	}
	s.converse()
	if s.end == awaitingRequester {
		return
	}
	s.diagnose()
	if s.end == inWork || s.end == awaitingOthers {
		return
	}
	s.resolve()
	s.finish()
}

// finish closes what was resolved; one in twenty-five comes back first.
func (s *story) finish() {
	if s.scenario.kind == desk.Incident && chance(s.Rand, 6) {
		s.reopen()
		s.resolve()
	}
	s.later(5*24*time.Hour, 8*24*time.Hour)
	s.step(nobody, desk.TicketMove, desk.MoveTicket{From: s.state, To: desk.StateClosed}, nil)
	s.state = desk.StateClosed
}
