package hub_test

import (
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
)

// TestAMovedMessageLeavesItsTeam: SPEC R20. It reaches the other team with its
// files; who had it keeps the place it left, and no way to the bytes.
func TestAMovedMessageLeavesItsTeam(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	w.Open("t2", "other")
	data, raw := "the plan", "From: annika@example.com\n\nSee the plan.\n"
	w.Do(hub.Act{Name: desk.MessageAdd, Ticket: "t1", Args: desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.FromRequester, Text: "See the plan.",
		Origin: &desk.Origin{SHA256: stand.Sum(raw), Size: int64(len(raw))}, Attachments: []desk.Attachment{{ID: "f", Name: "plan.pdf", Size: int64(len(data)), SHA256: stand.Sum(data)}}}}})
	must(t, w.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		for _, file := range []string{data, raw} {
			must(t, tx.PutBlob(stand.Sum(file), []byte(file)))
			must(t, tx.HoldBlob(stand.Sum(file), "m"))
		}
		return nil
	}))
	reads := func(file string) bool {
		status, _ := w.Ask("GET", "/api/v1/blobs/"+stand.Sum(file), w.Token, "")
		return status == 200
	}
	if !reads(data) || !reads(raw) {
		t.Fatal("Mira cannot read what is on her team's ticket")
	}
	before := w.heads()
	w.Do(hub.Act{Name: desk.MessageMove, Ticket: "t1", Args: desk.MoveMessage{Message: "m", To: "t2"}})
	after := w.heads()
	first, other := desk.TeamBucket("first"), desk.TeamBucket("other")
	if after[first] <= before[first] || after[other] <= before[other] {
		t.Errorf("one act moves both buckets: %v, then %v", before, after)
	}
	if reads(data) || reads(raw) {
		t.Error("the files of a message that left her team are still hers")
	}
	var there desk.Message
	must(t, w.Central.View(t.Context(), func(tx *store.CentralTx) error {
		thread, err := tx.Thread("t2")
		if i := slices.IndexFunc(thread, func(m desk.Message) bool { return m.Origin != nil }); i >= 0 {
			there = thread[i]
		}
		return err
	}))
	if there.Text != "See the plan." || len(there.Attachments) != 1 || w.Message("m").Text != "" {
		t.Errorf("there it is %+v, here %+v", there, w.Message("m"))
	}
	w.Do(hub.Act{Name: desk.MessageMove, Ticket: "t2", Args: desk.MoveMessage{Message: there.ID, To: "t1"}})
	if !reads(data) || !reads(raw) || w.Message("m").Text != "See the plan." {
		t.Error("it came back without its files")
	}
}

func (w *web) heads() (at map[desk.BucketID]int64) {
	w.Helper()
	at = map[desk.BucketID]int64{}
	must(w, w.Central.View(w.Context(), func(tx *store.CentralTx) error {
		heads, err := tx.AllHeads()
		for b, h := range heads {
			at[b] = h.Seq
		}
		return err
	}))
	return at
}
