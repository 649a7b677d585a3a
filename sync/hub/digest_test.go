package hub_test

import (
	"errors"
	"fmt"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// told lists what the hub sends a device in one step.
func (d *desktop) told(events ...hub.Event) (list []protocol.Message) {
	d.Helper()
	for _, effect := range d.engine.Step(d.Context(), day, events...) {
		if send, ok := effect.(hub.Send); ok {
			list = append(list, send.Message)
		}
	}
	return list
}

// of picks the messages of a type.
func of[M protocol.Message](list []protocol.Message) (some []M) {
	for _, m := range list {
		if one, ok := m.(M); ok {
			some = append(some, one)
		}
	}
	return some
}

var noParts = make([]byte, 8*len(store.Parts{}))

// TestAQuestionIsAnsweredBeforeTheCheckpoint: what differs comes by key and
// hash, what is asked for as rows, and the checkpoint names the question (SPEC
// P21, P22).
func TestAQuestionIsAnsweredBeforeTheCheckpoint(t *testing.T) {
	h := build(t).run()
	h.Stop()
	d := h.greeted()
	d.step(d.says(protocol.Applied{N: d.last}))
	answer := d.told(d.says(protocol.Digest{N: 1, Bucket: desk.BucketOrg, Parts: noParts, Try: 1}))
	diffs, checkpoints := of[protocol.DigestDiff](answer), of[protocol.Checkpoint](answer)
	if len(diffs) != 1 || len(checkpoints) != 1 || checkpoints[0].Answered != 1 {
		t.Fatalf("the answer is %+v", answer)
	}
	sum := checkpoints[0].Sums[desk.BucketOrg]
	if int64(len(diffs[0].Marks)) != sum.Rows || sum.Rows == 0 {
		t.Errorf("%d marks of a bucket of %d", len(diffs[0].Marks), sum.Rows)
	}
	foreign := desk.Ticket{ID: "elsewhere"}.Key()
	answer = d.told(d.says(protocol.Fetch{N: 2, Bucket: desk.BucketOrg, Keys: []desk.Key{h.Mira.Key(), foreign}}))
	rows, checkpoints := of[protocol.Rows](answer), of[protocol.Checkpoint](answer)
	if len(rows) != 1 || len(rows[0].Rows) != 1 || rows[0].Rows[0].Key != h.Mira.Key() || len(checkpoints) != 1 || checkpoints[0].Answered != 2 {
		t.Errorf("the answer is %+v", answer)
	}
}

// TestAForeignBucketIsNotTold: who asks about a bucket that is not given learns
// nothing of it.
func TestAForeignBucketIsNotTold(t *testing.T) {
	h := build(t).run()
	h.Stop()
	d := h.greeted()
	other := desk.TeamBucket("other")
	answer := d.told(d.says(protocol.Digest{N: 1, Bucket: other, Parts: noParts, Try: 9}), d.says(protocol.Fetch{N: 2, Bucket: other, Keys: []desk.Key{h.Mira.Key()}}))
	if len(answer) != 1 || len(of[protocol.Checkpoint](answer)) != 1 || of[protocol.Checkpoint](answer)[0].Answered != 2 {
		t.Errorf("the answer is %+v", answer)
	}
}

// TestABrokenQuestionEndsTheConversation with a code and a sentence.
func TestABrokenQuestionEndsTheConversation(t *testing.T) {
	for _, m := range []protocol.Message{
		protocol.Digest{N: 1, Bucket: desk.BucketOrg, Parts: []byte{1, 2, 3}},
		protocol.Fetch{N: 1, Bucket: desk.BucketOrg, Keys: make([]desk.Key, protocol.FetchKeys+1)},
	} {
		h := build(t).run()
		h.Stop()
		d := h.greeted()
		byes := of[protocol.Bye](d.told(d.says(m)))
		if len(byes) != 1 || byes[0].Code != protocol.ByeFrame || byes[0].Message == "" {
			t.Errorf("%s is answered with %+v", m.Type(), byes)
		}
	}
}

// TestTheHubCountsAgain: a running digest that is not that of the entries is
// mended as soon as a device asks (SPEC P23).
func TestTheHubCountsAgain(t *testing.T) {
	h := build(t).run()
	h.Stop()
	d := h.greeted()
	d.step(d.says(protocol.Applied{N: d.last}))
	sums := func(list []protocol.Message) protocol.Sum {
		return of[protocol.Checkpoint](list)[0].Sums[desk.BucketOrg]
	}
	right := sums(d.told(hub.Ticked{}))
	err := h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		r, _, err := tx.Record(h.Mira.Key())
		twice := store.Entry{Key: r.Key, Hash: r.Hash()} // against the rule of Post: one of them is counted in vain
		_, posted := tx.Post(desk.BucketOrg, []store.Entry{twice, twice}, day)
		return errors.Join(err, posted)
	})
	if err != nil {
		t.Fatal(err)
	}
	if wrong := sums(d.told(hub.Ticked{})); wrong == right {
		t.Fatal("the running digest is not wrong")
	}
	d.told(d.says(protocol.Digest{N: 1, Bucket: desk.BucketOrg, Parts: noParts, Try: 1}))
	if again := sums(d.told(hub.Ticked{})); again != right {
		t.Errorf("it stays at %+v and should be %+v", again, right)
	}
}

// TestWhatIsAskedForIsChargedToo: a FETCH of much more than a credit is answered by
// pages, no more at once than the device has credit for, and whole in the end.
func TestWhatIsAskedForIsChargedToo(t *testing.T) {
	h := build(t).run()
	h.Stop()
	const size = protocol.PageBytes / 3
	const total = 3 * protocol.UnansweredBytes / size
	h.services(total, size)
	d := h.greeted()
	var keys []desk.Key
	for i := range total {
		keys = append(keys, desk.Service{ID: desk.ServiceID(fmt.Sprint("s", i))}.Key())
	}
	for pages := 1; pages > 0; {
		pages, _, _ = d.step(d.says(protocol.Applied{N: d.last}))
	}
	want, steps := len(keys), 0
	answer := d.told(d.says(protocol.Fetch{N: 1, Bucket: desk.BucketOrg, Keys: append(keys, keys...)}))
	for ; want > 0 && steps < 100; steps++ {
		bytes := 0
		for _, page := range of[protocol.Rows](answer) {
			d.last++
			for _, row := range page.Rows {
				want, bytes = want-1, bytes+len(row.Body)
			}
		}
		if bytes > protocol.UnansweredBytes+2*protocol.PageBytes {
			t.Errorf("%d bytes at once", bytes)
		}
		answer = d.told(d.says(protocol.Applied{N: d.last}))
	}
	if want != 0 || steps < 3 {
		t.Errorf("%d records are missing after %d steps", want, steps)
	}
}

// TestNobodysQuestionsTakeTheTimeOfAll: who asks where buckets differ without end is
// answered as far as counting is credited, and goes on with the next tick (SPEC P21).
func TestNobodysQuestionsTakeTheTimeOfAll(t *testing.T) {
	h := build(t).run()
	h.Stop()
	d := h.greeted()
	d.step(d.says(protocol.Applied{N: d.last}))
	asked := int64(0)
	answered := func() bool {
		asked++
		return len(of[protocol.DigestDiff](d.told(d.says(protocol.Digest{N: asked, Bucket: desk.BucketOrg, Parts: noParts, Try: 1})))) > 0
	}
	count := 0
	for range 2000 {
		if answered() {
			count++
		}
	}
	if count == 0 || count > 500 {
		t.Errorf("%d of %d questions were answered", count, asked)
	}
	answer := d.told(hub.Ticked{})
	checkpoints := of[protocol.Checkpoint](answer)
	if len(of[protocol.DigestDiff](answer)) != 1 || len(checkpoints) != 1 || checkpoints[0].Answered != asked {
		t.Errorf("the newest question is answered with %d messages", len(answer))
	}
}
