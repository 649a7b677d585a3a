package hub

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// Times of presence (SPEC P36).
const (
	presenceLasts = 30 * time.Second
	presenceEvery = 250 * time.Millisecond // between two tellings
)

// Glimpse is where a device was seen. It can be published to other nodes, which
// take it in by Sighted.
type Glimpse struct {
	Device desk.DeviceID  `json:"device"`
	Person desk.PersonID  `json:"person"`
	Ticket desk.TicketID  `json:"ticket,omitempty"` // none: nowhere
	Doing  protocol.Doing `json:"doing,omitempty"`
}

// company is who is at which ticket, in memory only: to lose it costs a face for
// some seconds.
type company struct {
	by    map[desk.DeviceID]sight
	moved map[desk.TicketID]bool // to be told
	told  time.Time
	nudge time.Time // when the next Nudged comes; zero: none is asked for
}

// sight is a glimpse while it is believed.
type sight struct {
	Glimpse
	until time.Time
}

func newCompany() company {
	return company{by: map[desk.DeviceID]sight{}, moved: map[desk.TicketID]bool{}}
}

// present takes in where a device of this node is.
func (e *Engine) present(now time.Time, s *session, m protocol.Presence) {
	g := Glimpse{Device: s.device, Person: s.actor.Person, Ticket: m.Ticket, Doing: m.Doing}
	if !m.Doing.Known() {
		g.Ticket, g.Doing = "", ""
	}
	e.company.note(sight{g, now.Add(presenceLasts)})
	e.do(Glimpsed{g})
}

// note believes a sight. What only renews an older one is nothing to be told.
func (c *company) note(s sight) {
	old, known := c.by[s.Device]
	if s.Ticket == "" {
		delete(c.by, s.Device)
	} else {
		c.by[s.Device] = s
	}
	if known && old.Glimpse == s.Glimpse {
		return
	}
	for _, t := range []desk.TicketID{old.Ticket, s.Ticket} {
		if t != "" {
			c.moved[t] = true
		}
	}
}

// forgetOld stops believing what was not renewed.
func (c *company) forgetOld(now time.Time) {
	for device, s := range c.by {
		if !now.Before(s.until) {
			delete(c.by, device)
			c.moved[s.Ticket] = true
		}
	}
}

// woken notes that the next Nudged, if one was asked for, has come.
func (c *company) woken(now time.Time) {
	if !now.Before(c.nudge) {
		c.nudge = time.Time{}
	}
}

// tellCompany tells who is at the tickets where that changed, at most four times
// a second, and everything to sessions that were told nothing yet.
func (e *Engine) tellCompany(ctx context.Context, now time.Time) {
	c := &e.company
	c.forgetOld(now)
	if len(c.by) == 0 && len(c.moved) == 0 {
		return
	}
	fresh := slices.DeleteFunc(e.attentive(), func(s *session) bool { return s.told })
	wait := presenceEvery - now.Sub(c.told)
	switch {
	case len(c.moved) == 0 && len(fresh) == 0:
		wait = c.soonest().Sub(now)
	case wait <= 0:
		e.tellNow(ctx, now, fresh)
		wait = max(presenceEvery, c.soonest().Sub(now))
	}
	if len(c.by)+len(c.moved) > 0 {
		e.nudgeIn(now, wait)
	}
}

// tellNow tells from one snapshot. A database that cannot be read just now costs
// a face for a moment, not a conversation.
func (e *Engine) tellNow(ctx context.Context, now time.Time, fresh []*session) {
	e.company.told = now
	begun := len(e.effects)
	err := e.store.View(ctx, func(tx *store.CentralTx) error {
		e.effects = e.effects[:begun] // what is read may be read again (SPEC P54)
		return e.tellWho(tx, fresh)
	})
	if err != nil {
		e.effects = e.effects[:begun]
		return
	}
	e.company.moved = map[desk.TicketID]bool{}
	for _, s := range fresh {
		s.told = true
	}
}

// soonest is when the first sight ends; zero: there is none.
func (c *company) soonest() (at time.Time) {
	for _, s := range c.by {
		if at.IsZero() || s.until.Before(at) {
			at = s.until
		}
	}
	return at
}

// nudgeIn asks to be called again, unless that is to happen sooner anyway.
func (e *Engine) nudgeIn(now time.Time, after time.Duration) {
	if at := now.Add(after); e.company.nudge.IsZero() || at.Before(e.company.nudge) {
		e.company.nudge = at
		e.do(Nudge{after})
	}
}

// attentive lists the sessions that take part in presence.
func (e *Engine) attentive() []*session {
	return slices.DeleteFunc(e.greeted(), func(s *session) bool { return !slices.Contains(s.terms.Caps, protocol.CapPresence) })
}

// tellWho sends what moved to all, and everything to those who are fresh.
func (e *Engine) tellWho(tx *store.CentralTx, fresh []*session) error {
	tickets := maps.Clone(e.company.moved)
	if len(fresh) > 0 {
		for _, s := range e.company.by {
			if !tickets[s.Ticket] {
				tickets[s.Ticket] = false
			}
		}
	}
	r := readers{}
	for _, id := range slices.Sorted(maps.Keys(tickets)) {
		found, err := tx.Get(desk.Ticket{ID: id}.Key())
		if errors.Is(err, desk.ErrUnknown) {
			continue
		}
		if err != nil {
			return err
		}
		hearers := fresh
		if tickets[id] {
			hearers = e.attentive()
		}
		ticket := found.(desk.Ticket)
		people, err := e.company.at(tx, ticket, r)
		if err != nil {
			return err
		}
		for _, s := range hearers {
			if s.mayHear(ticket) {
				e.do(Send{s.id, protocol.PresenceSet{Ticket: id, People: others(people, s.actor.Person)}})
			}
		}
	}
	return nil
}

// mayHear reports whether the ticket stands in a bucket this session is given.
func (s *session) mayHear(t desk.Ticket) bool {
	return slices.ContainsFunc(t.Buckets(), func(b desk.BucketID) bool { _, given := s.cursors[b]; return given })
}

// at lists who is at a ticket, each person once, with what says most. Who may
// not read it is not at it, whatever they claim, and whichever node they claim it
// at.
func (c *company) at(tx *store.CentralTx, t desk.Ticket, r readers) ([]protocol.Present, error) {
	most := map[desk.PersonID]protocol.Doing{}
	for _, s := range c.by {
		if s.Ticket != t.ID || !s.Doing.Above(most[s.Person]) {
			continue
		}
		reader, err := r.find(tx, s.Person)
		if err != nil {
			return nil, err
		}
		if reader.CanRead(t) {
			most[s.Person] = s.Doing
		}
	}
	var people []protocol.Present
	for person, doing := range most {
		people = append(people, protocol.Present{Person: person, Doing: doing})
	}
	slices.SortFunc(people, func(a, b protocol.Present) int { return cmp.Compare(a.Person, b.Person) })
	return people, nil
}

// readers are people as they stand now, each read once for a telling.
type readers map[desk.PersonID]desk.Principal

// find is a person who may read something; whoever is gone may read nothing.
func (r readers) find(tx *store.CentralTx, id desk.PersonID) (desk.Principal, error) {
	known, ok := r[id]
	if ok {
		return known, nil
	}
	e, err := tx.Get(desk.Person{ID: id}.Key())
	if err != nil && !errors.Is(err, desk.ErrUnknown) {
		return desk.Principal{}, err
	}
	if person, ok := e.(desk.Person); ok && !person.Disabled {
		known = desk.PrincipalOf(person, "")
	}
	r[id] = known
	return known, nil
}

func others(people []protocol.Present, me desk.PersonID) []protocol.Present {
	return slices.DeleteFunc(slices.Clone(people), func(p protocol.Present) bool { return p.Person == me })
}
