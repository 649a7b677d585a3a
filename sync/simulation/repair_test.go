package simulation

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/store"
	"holdall/sync/protocol"
)

const (
	repairTrees  = 1200 // of one bucket, each of five records
	repairRounds = 250  // with four corruptions each
)

// stock fills the bucket of a team at the hub, and returns the bytes of it.
func (w *world) stock(team desk.TeamID, trees int) (list []desk.TicketID, bytes int) {
	bulk := demo.NewBulk()
	w.check(w.central().Update(w.ctx, func(tx *store.CentralTx) error {
		var entries []store.Entry
		for range trees {
			tree := bulk.Tree()
			t := tree[0].(desk.Ticket)
			t.Team, t.Assignee, t.Number = team, "", "STOCK-"+t.Number
			tree[0] = t
			list = append(list, t.ID)
			for _, e := range tree {
				r, err := tx.Put(e)
				w.check(err)
				bytes += len(r.Body)
				entries = append(entries, store.Entry{Key: r.Key, Tree: r.Tree, Hash: r.Hash()})
			}
		}
		_, err := tx.Post(desk.TeamBucket(team), entries, w.now)
		return err
	}))
	return list, bytes
}

// corruptions are what a fault of ours or of the disk may do to a tree: a lost
// record, a changed body, one too many, and another home.
var corruptions = []func(w *world, tx *store.ReplicaTx, id desk.TicketID) error{
	func(w *world, tx *store.ReplicaTx, id desk.TicketID) error {
		thread, err := tx.Thread(id)
		w.check(err)
		return tx.Delete(thread[0].Key())
	},
	func(w *world, tx *store.ReplicaTx, id desk.TicketID) error {
		e, err := tx.Get(desk.Ticket{ID: id}.Key())
		w.check(err)
		t := e.(desk.Ticket)
		t.Title += " and something that was never said"
		return tx.Put(t)
	},
	func(w *world, tx *store.ReplicaTx, id desk.TicketID) error {
		return tx.Put(desk.Message{ID: "never sent on " + desk.MessageID(id), Ticket: id, Kind: desk.InternalNote, Text: "never sent"})
	},
	func(w *world, tx *store.ReplicaTx, id desk.TicketID) error {
		return tx.SetHomes(id, []desk.BucketID{desk.UserBucket("mira")})
	},
}

// TestCorruptionsAreMended: a thousand corruptions, each found at the next
// checkpoint and mended by what differs, while an edit waits unharmed (SPEC
// P20-P22).
func TestCorruptionsAreMended(t *testing.T) {
	w := testWorld(t, 1, 1)
	trees, bytes := w.stock(w.teams[0], repairTrees)
	l := w.laptops[0]
	w.heal()
	most, total, found := 0, 0, 0
	for round := range repairRounds {
		victims := w.rand.Perm(len(trees))[:len(corruptions)]
		w.check(l.store.Update(w.ctx, func(tx *store.ReplicaTx) error {
			for i, corrupt := range corruptions {
				w.check(corrupt(w, tx, trees[victims[i]]))
			}
			return nil
		}))
		traffic := l.untilMended()
		if traffic[protocol.Digest{}.Type()] > 0 {
			found += len(corruptions)
		}
		if traffic[protocol.Reset{}.Type()] > 0 {
			t.Fatalf("round %d: the bucket was emptied", round)
		}
		cost := 0
		for _, n := range traffic {
			cost += n
		}
		most, total = max(most, cost), total+cost
		if round%50 == 0 {
			w.same(l)
		}
	}
	w.same(l)
	t.Logf("%d corruptions mended with %d bytes each; the dearest round cost %d of %d bytes, %.2f %%", found, total/found, most, bytes, 100*float64(most)/float64(bytes))
	if found != repairRounds*len(corruptions) || most*100 >= bytes {
		t.Errorf("%d found, the dearest round cost %d of %d bytes", found, most, bytes)
	}
}

// untilMended lets the next checkpoint come and all that follows from it, and
// counts the bytes by type, but those of what comes without any corruption.
func (l *laptop) untilMended() map[string]int {
	bytes := map[string]int{}
	l.seen.corrupt, l.seen.corruptions = true, protocol.DigestTries
	l.w.pass(time.Second)
	for k := l.link; len(k.up)+len(k.down) > 0; {
		for _, frame := range slices.Concat(k.up, k.down) {
			m, err := protocol.Decode(frame)
			l.w.check(err)
			bytes[m.Type()] += len(frame)
		}
		up, down := len(k.up), len(k.down)
		if up > 0 {
			k.deliverUp(up)
		}
		for range down {
			k.deliverDown()
		}
	}
	for _, m := range []protocol.Message{protocol.Checkpoint{}, protocol.Applied{}, protocol.Ping{}, protocol.Pong{}} {
		delete(bytes, m.Type())
	}
	return bytes
}

// same wants the laptop to hold what the hub holds.
func (w *world) same(l *laptop) {
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		w.converged(tx, l, w.readTrees(tx), map[desk.BucketID]protocol.Sum{})
		return nil
	}))
}

// TestPendingEditsOutliveARepair: what is pending on a corrupted tree is
// neither taken for corruption nor lost with it.
func TestPendingEditsOutliveARepair(t *testing.T) {
	w := testWorld(t, 2, 1)
	trees, _ := w.stock(w.teams[0], 40)
	l := w.laptops[0]
	w.heal()
	l.cut("offline for a while")
	l.seen.corrupt, l.seen.corruptions = true, protocol.DigestTries
	ids := make([]desk.TicketID, 0, len(corruptions))
	for i, corrupt := range corruptions[:3] {
		id := trees[i]
		ids = append(ids, id)
		l.save(desk.TicketLabel, id, desk.LabelTicket{AddLabels: []string{fmt.Sprint("mine-", i)}}, nil)
		w.check(l.store.Update(w.ctx, func(tx *store.ReplicaTx) error { return corrupt(w, tx, id) }))
	}
	w.heal()
	w.same(l)
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		for i, id := range ids {
			e, err := tx.Get(desk.Ticket{ID: id}.Key())
			w.check(err)
			if !slices.Contains(e.(desk.Ticket).Labels, fmt.Sprint("mine-", i)) {
				t.Errorf("the edit of %s was lost", id)
			}
		}
		return nil
	}))
}

// TestWhatCannotBeMendedIsFilledAnew: a laptop that goes on to differ, here
// because its hub adds up wrongly, has that bucket emptied at the third time and
// only once, and the hub counts again (SPEC P23).
func TestWhatCannotBeMendedIsFilledAnew(t *testing.T) {
	w := testWorld(t, 3, 1)
	trees, _ := w.stock(w.teams[0], 20)
	l := w.laptops[0]
	w.heal()
	// A record that comes wrong each time: the hub's entry and its body differ.
	w.check(w.central().Update(w.ctx, func(tx *store.CentralTx) error {
		_, err := tx.Post(desk.TeamBucket(w.teams[0]), []store.Entry{{Key: desk.Ticket{ID: trees[3]}.Key(), Tree: trees[3], Hash: 4711}}, w.now)
		return err
	}))
	resets, digests := 0, 0
	for range 4 {
		traffic := l.untilMended()
		resets += min(1, traffic[protocol.Reset{}.Type()])
		digests += min(1, traffic[protocol.Digest{}.Type()])
	}
	if resets != 1 || digests == 0 {
		t.Errorf("emptied %d times after %d rounds of asking", resets, digests)
	}
	w.check(l.store.View(w.ctx, func(tx *store.ReplicaTx) error {
		cursors, err := tx.Cursors()
		if !cursors[desk.TeamBucket(w.teams[0])].Filled {
			t.Error("the bucket was not filled again")
		}
		return err
	}))
}
