package replica

import (
	"fmt"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// TestPagesAreCountedAndAnsweredTogether: a device counts the pages of its
// connection, whatever number the hub gives them, and once it is in step it
// answers so many together that the hub never waits (SPEC P7, P30).
func TestPagesAreCountedAndAnsweredTogether(t *testing.T) {
	s := seated(t)
	s.online(twinBuckets...)
	seq := int64(5)
	answers := func(size int) (list []int64) {
		t.Helper()
		seq++
		r, err := desk.Encode(desk.Service{ID: desk.ServiceID(fmt.Sprint(seq)), Name: string(make([]byte, size))})
		s.must(err)
		for _, m := range s.step(Received{protocol.Rows{N: 1000, Bucket: desk.BucketOrg, Epoch: 1, To: seq, Rows: []protocol.Row{{Seq: seq, Record: r}}}}) {
			if a, ok := m.(protocol.Applied); ok {
				list = append(list, a.N)
			}
		}
		return list
	}
	if got := answers(1); len(got) != 1 || got[0] != 1 {
		t.Errorf("while it lacks something it answers %v, want 1", got)
	}
	s.step(Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: seq}, Time: s.now}})
	for n := 2; n <= protocol.AnswerPages; n++ {
		if got := answers(1); len(got) != 0 {
			t.Fatalf("page %d is answered by %v", n, got)
		}
	}
	if got := answers(1); len(got) != 1 || got[0] != protocol.AnswerPages+1 {
		t.Errorf("after %d pages it answers %v", protocol.AnswerPages, got)
	}
	if got := answers(protocol.AnswerBytes); len(got) != 1 || got[0] != protocol.AnswerPages+2 {
		t.Errorf("a large page is answered by %v", got)
	}
	s.step(Lost{Reason: "cut"})
	s.online(twinBuckets...)
	if got := answers(1); len(got) != 1 || got[0] != 1 {
		t.Errorf("on another connection it answers %v, want 1", got)
	}
}

// TestWhatIsNotNamedIsAsCompleteAsWhatIs: a checkpoint says that all was sent,
// also of the buckets in which nothing moved (SPEC P8, P25).
func TestWhatIsNotNamedIsAsCompleteAsWhatIs(t *testing.T) {
	s := seated(t)
	s.online(twinBuckets...)
	s.step(Received{protocol.Sub{Bucket: "team:second", Epoch: 1}})
	s.step(Received{protocol.Checkpoint{Vector: map[desk.BucketID]int64{desk.BucketOrg: 5}, Time: s.now.Add(time.Minute)}})
	s.must(s.store.View(t.Context(), func(tx *store.ReplicaTx) error {
		fresh, err := tx.Freshness()
		for _, b := range twinBuckets {
			if !fresh[b].Equal(s.now.Add(time.Minute)) {
				t.Errorf("%s is complete up to %s", b, fresh[b])
			}
		}
		if !fresh["team:second"].IsZero() {
			t.Errorf("what is being filled is complete up to %s", fresh["team:second"])
		}
		return err
	}))
}
