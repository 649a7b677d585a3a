package replica

import (
	"errors"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// TestAnOrphanKeepsItsAuthorsWords: when the rights to a ticket are lost, what
// the hub had sent goes, what was written here stays until the hub has decided,
// and what it refuses comes back whole (SPEC P10, R18).
func TestAnOrphanKeepsItsAuthorsWords(t *testing.T) {
	s := seated(t)
	s.set(map[desk.Field]string{desk.FieldTitle: "Words of a title"})
	s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.InternalNote, Text: "Words of a note"}}, nil)
	s.online(desk.BucketOrg, "user:ana")
	s.step(Received{protocol.Unsub{Bucket: "team:first"}},
		Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: 5, "user:ana": 5}, Time: s.now}})
	if _, err := s.find("t"); !errors.Is(err, desk.ErrUnknown) {
		t.Errorf("the ticket is still here: %v", err)
	}
	s.must(s.store.View(t.Context(), func(tx *store.ReplicaTx) error {
		bases, err := tx.Bases()
		history, _ := tx.History("t")
		thread, _ := tx.Thread("t")
		if len(bases)+len(history)+len(thread) != 0 {
			t.Errorf("what the hub sent stays as %v, %v, %v", bases, history, thread)
		}
		return err
	}))
	if list := s.outbox(); len(list) != 2 || !strings.Contains(string(list[0].Args)+string(list[1].Args), "Words of a title") || !strings.Contains(string(list[1].Args), "Words of a note") {
		t.Errorf("outbox %+v", list)
	}
	s.refuse(1, 2)
	if len(s.told) != 1 || s.told[0].Tickets != nil {
		t.Errorf("of the tray the window is told %+v", s.told)
	}
	if list := s.outbox(); len(list) != 0 {
		t.Errorf("decided and still here: %+v", list)
	}
	s.must(s.store.View(t.Context(), func(tx *store.ReplicaTx) error {
		tray, err := tx.Rejections("ana")
		if len(tray) != 2 || tray[0].Related != "t" || tray[1].Related != "t" {
			t.Errorf("tray %+v", tray)
		}
		return err
	}))
}

// refuse lets the hub refuse what is in the outbox, and send what it kept.
func (s *seat) refuse(mids ...int64) {
	s.Helper()
	var results []desk.Result
	rows := protocol.Rows{N: 1, Bucket: "user:ana", Epoch: 1}
	by := desk.Principal{Person: "ana", Device: "laptop"}
	for i, m := range s.outbox() {
		seq := int64(6 + i)
		results = append(results, desk.Result{Mid: mids[i], Status: desk.Rejected, Code: desk.CodePerm, Message: "No.", Vector: map[desk.BucketID]int64{"user:ana": seq}})
		r, err := desk.Encode(desk.NewRejection(m, by, desk.Refuse(desk.CodePerm, "No."), s.now))
		s.must(err)
		rows.Rows, rows.To = append(rows.Rows, protocol.Row{Seq: seq, Record: r}), seq
	}
	s.step(Received{protocol.Ack{Results: results}}, Received{rows})
	s.told = nil
	s.step(Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: 5, "user:ana": rows.To}, Time: s.now}})
}
