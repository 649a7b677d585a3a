package simulation

import (
	"errors"

	"holdall/desk"
	"holdall/store"
)

// decide settles something in the tray of the person at a laptop: a conflict on
// any ticket here, or a held reply. It reports whether there was anything.
func (l *laptop) decide() bool {
	var acts []func()
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) error {
		for _, id := range l.w.tickets {
			e, err := tx.Get(desk.Ticket{ID: id}.Key())
			if errors.Is(err, desk.ErrUnknown) {
				continue
			}
			if err != nil {
				return err
			}
			found, err := l.undecided(tx, e.(desk.Ticket))
			if err != nil {
				return err
			}
			acts = append(acts, found...)
		}
		return nil
	}))
	if len(acts) == 0 {
		return false
	}
	acts[l.w.rand.IntN(len(acts))]()
	return true
}

// undecided are the decisions that a ticket waits for.
func (l *laptop) undecided(tx *store.ReplicaTx, t desk.Ticket) (acts []func(), err error) {
	conflicts, err := tx.OpenConflicts(t.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range conflicts {
		acts = append(acts, func() { l.resolve(t, c) })
	}
	thread, err := tx.Thread(t.ID)
	for _, m := range thread {
		if m.Delivery == desk.DeliveryHeld && m.Author == l.person {
			acts = append(acts, func() { l.decideReply(t, m) })
		}
	}
	return acts, err
}

func (l *laptop) resolve(t desk.Ticket, c desk.Conflict) {
	choice := []desk.Choice{desk.ChooseMine, desk.ChooseServer, desk.ChooseDismiss}[l.w.rand.IntN(3)]
	if l.save(desk.ConflictResolve, t.ID, desk.ResolveConflict{Conflict: c.ID, Choice: choice, Seen: t.Value(c.Field)}, nil) {
		l.w.count.did("conflicts resolved")
	}
}

func (l *laptop) decideReply(t desk.Ticket, m desk.Message) {
	act := []desk.ReplyAct{desk.ReplySend, desk.ReplyToNote, desk.ReplyDiscard}[l.w.rand.IntN(3)]
	if l.save(desk.ReplyDecide, t.ID, desk.DecideReply{Message: m.ID, Act: act, Seen: t.LastPublic}, nil) {
		l.w.count.did("held replies decided")
	}
}
