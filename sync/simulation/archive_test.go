package simulation

import (
	"errors"
	"slices"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/replica"
)

// archive lets the hub close a ticket and, a hundred days later, look for what is
// due: the hub's clock says so, whatever those of the laptops say.
func (w *world) archive() {
	w.closeTicket(w.tickets[w.rand.IntN(min(len(w.tickets), 8))])
	var acts []hub.Act
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) (err error) {
		acts, err = hub.ToArchive(tx, w.hubNow().AddDate(0, 0, 100))
		return err
	}))
	for _, a := range acts {
		w.count.did("archived tickets")
		w.note("archive %s", a.Ticket)
		w.submit(a.Name, a.Ticket, a.Args)
	}
}

func (w *world) closeTicket(id desk.TicketID) {
	var t desk.Ticket
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Ticket{ID: id}.Key())
		if errors.Is(err, desk.ErrUnknown) {
			return nil
		}
		if err == nil {
			t = e.(desk.Ticket)
		}
		return err
	}))
	if t.State.Open() {
		w.submit(desk.TicketMove, id, desk.MoveTicket{From: t.State, To: desk.StateResolved, ResolutionCode: desk.ResolvedSolved, ResolutionNotes: "by the hub"})
		t.State = desk.StateResolved
	}
	if t.State == desk.StateResolved {
		w.submit(desk.TicketMove, id, desk.MoveTicket{From: t.State, To: desk.StateClosed})
	}
}

// want asks for a month of some team, whoever's it is, or drops it.
func (l *laptop) want() {
	if l.full {
		return
	}
	home := desk.TeamBucket(l.w.teams[l.w.rand.IntN(len(l.w.teams))])
	b := desk.ArchiveBucket(home, []desk.Month{"2026-02", "2026-03"}[l.w.rand.IntN(2)])
	keep := !slices.Contains(l.wanted(), b)
	err := l.engine.Want(l.w.ctx, b, keep)
	if l.died() {
		return
	}
	l.w.check(err)
	l.w.count.did("archives wanted")
	l.w.note("%s wants %s %v", l.device, b, keep)
	l.step(replica.Wanting{})
}

func (l *laptop) wanted() (list []desk.BucketID) {
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) (err error) {
		list, err = tx.Wanted()
		return err
	}))
	return list
}

// pin keeps a ticket on the laptop, or lets it go, whether it is there or not.
func (l *laptop) pin() {
	id := l.w.tickets[l.w.rand.IntN(min(len(l.w.tickets), 8))]
	if l.save(desk.TicketPin, id, desk.PinTicket{Keep: l.w.rand.IntN(3) > 0}, nil) {
		l.w.count.did("pins")
	}
}
