package replica

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// page is one record of nearly a page's size, at a sequence of its own.
func page(t *testing.T, seq int64) protocol.Rows {
	t.Helper()
	s := desk.Service{ID: desk.ServiceID(fmt.Sprint("s", seq)), Name: strings.Repeat("x", protocol.PageBytes-100)}
	body, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return protocol.Rows{N: seq, Bucket: desk.BucketOrg, Epoch: 1, To: seq, Rows: []protocol.Row{{Seq: seq, Record: desk.Record{Key: s.Key(), Rev: 1, Body: body}}}}
}

func (c *conversation) cursor() (at store.Cursor) {
	c.Helper()
	err := c.engine.store.View(c.Context(), func(tx *store.ReplicaTx) error {
		cursors, err := tx.Cursors()
		at = cursors[desk.BucketOrg]
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	return at
}

// TestALongCatchUpIsNotHeldInMemory: what is more than memory should hold is
// applied before its checkpoint, each page is answered, and the checkpoint
// completes it (SPEC R8, P7).
func TestALongCatchUpIsNotHeldInMemory(t *testing.T) {
	const pages = stagedMost/protocol.PageBytes + 8
	c := welcomed(t, protocol.Welcome{Buckets: map[desk.BucketID]protocol.Cursor{desk.BucketOrg: {Epoch: 1}}})
	checkpoint := func(seq int64) {
		c.step(Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: seq}, Time: c.now}})
	}
	checkpoint(0)
	for seq := int64(1); seq <= pages; seq++ {
		effects := c.step(Received{page(t, seq)})
		answered := false
		for _, effect := range effects {
			if send, ok := effect.(Send); ok && send.Message == protocol.Message(protocol.Applied{N: seq}) {
				answered = true
			}
		}
		if !answered {
			t.Fatalf("page %d is not answered", seq)
		}
		if len(c.engine.staged) > stagedMost/(protocol.PageBytes-200) {
			t.Fatalf("%d pages are held in memory", len(c.engine.staged))
		}
	}
	if at := c.cursor(); at.Filled || at.Seq < stagedMost/protocol.PageBytes {
		t.Errorf("nothing was applied before the checkpoint: %+v", at)
	}
	checkpoint(pages)
	if at := c.cursor(); !at.Filled || at.Seq != pages {
		t.Errorf("the checkpoint left it at %+v", at)
	}
	err := c.engine.store.View(t.Context(), func(tx *store.ReplicaTx) error {
		services, err := tx.Services()
		if len(services) != pages {
			t.Errorf("%d of %d records are here", len(services), pages)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
