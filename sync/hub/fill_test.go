package hub_test

import (
	"fmt"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

const stockedTickets = 3*protocol.PageRows + 100

// stocked puts tickets into the queue of Mira's team, each at a sequence of its
// own.
func (h *house) stocked() {
	h.Helper()
	err := h.Central.Update(h.Context(), func(tx *store.CentralTx) error {
		var entries []store.Entry
		for n := range stockedTickets {
			id := desk.TicketID(fmt.Sprint("t", n))
			r, err := tx.Put(desk.Ticket{ID: id, Number: desk.Number(id), Team: "first"})
			if err != nil {
				return err
			}
			entries = append(entries, store.Entry{Key: r.Key, Tree: r.Tree, Hash: r.Hash()})
		}
		_, err := tx.Post(desk.TeamBucket("first"), entries, day)
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
}

// TestWhatIsNeededFirstComesFirst: organisation and person are complete, with a
// checkpoint of their own, before the first page of a queue, and a queue comes
// from its newest change back (SPEC P24, P25).
func TestWhatIsNeededFirstComesFirst(t *testing.T) {
	h := build(t).run()
	h.Stop()
	h.stocked()
	queue := desk.TeamBucket("first")
	list := h.greets(protocol.Hello{Protocol: protocol.Version})
	var checkpoints []protocol.Checkpoint
	last := int64(stockedTickets + 1)
	for _, m := range list {
		switch m := m.(type) {
		case protocol.Checkpoint:
			checkpoints = append(checkpoints, m)
		case protocol.Rows:
			if m.Bucket != queue {
				if len(checkpoints) > 0 {
					t.Errorf("%s comes after a checkpoint", m.Bucket)
				}
				continue
			}
			if len(checkpoints) != 1 {
				t.Fatalf("a page of the queue comes after %d checkpoints", len(checkpoints))
			}
			for i := len(m.Rows) - 1; i >= 0; i-- {
				if m.Rows[i].Seq != last-1 {
					t.Fatalf("%d follows %d", m.Rows[i].Seq, last)
				}
				last--
			}
		}
	}
	if len(checkpoints) != 2 || last != 1 {
		t.Fatalf("%d checkpoints, filled down to %d", len(checkpoints), last)
	}
	if _, named := checkpoints[0].Vector[queue]; named || len(checkpoints[0].Vector) == 0 {
		t.Errorf("the first checkpoint names %v", checkpoints[0].Vector)
	}
	if checkpoints[1].Vector[queue] != stockedTickets {
		t.Errorf("the last checkpoint names %v", checkpoints[1].Vector)
	}
}

// TestAFillGoesOnWhereItWasCut: a device that has the records above a floor is
// sent those below it and what changed meanwhile, and nothing twice (SPEC P24).
func TestAFillGoesOnWhereItWasCut(t *testing.T) {
	h := build(t).run()
	h.Stop()
	h.stocked()
	const floor, changed = 1000, 1500
	queue := desk.TeamBucket("first")
	err := h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		r, _, err := tx.Record(desk.Ticket{ID: desk.TicketID(fmt.Sprint("t", changed))}.Key())
		if err != nil {
			return err
		}
		_, err = tx.Post(queue, []store.Entry{{Key: r.Key, Tree: r.Tree, Hash: r.Hash()}}, day)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	list := h.greets(protocol.Hello{
		Protocol: protocol.Version, Epoch: h.Central.Epoch(),
		Cursors: map[desk.BucketID]protocol.Cursor{queue: {Epoch: 1, Seq: stockedTickets, Floor: floor}},
	})
	seen := map[int64]bool{}
	for _, page := range of[protocol.Rows](list) {
		for _, row := range page.Rows {
			if page.Bucket == queue {
				seen[row.Seq] = true
			}
		}
	}
	if len(seen) != floor || !seen[1] || !seen[floor-1] || seen[floor] || !seen[stockedTickets+1] {
		t.Errorf("%d rows: %v %v %v %v", len(seen), seen[1], seen[floor-1], seen[floor], seen[stockedTickets+1])
	}
	if end := of[protocol.Checkpoint](list); len(end) == 0 || end[len(end)-1].Vector[queue] != stockedTickets+1 {
		t.Errorf("checkpoints %+v", end)
	}
}

// greets lists all that a device of Mira's is sent for its HELLO.
func (h *house) greets(m protocol.Hello) []protocol.Message {
	c := h.crowd(1)
	c.step(hub.Opened{Session: 1, Device: c.device[1]}, hub.Received{Session: 1, Message: m})
	return c.sent[1]
}
