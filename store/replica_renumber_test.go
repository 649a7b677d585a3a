package store

import (
	"slices"
	"testing"

	"holdall/desk"
)

// TestWhatTheHubHasSomethingElseUnderGoesBehindIt (SPEC R3): from a mid on, in its
// order, whether it was sent or not, with its files.
func TestWhatTheHubHasSomethingElseUnderGoesBehindIt(t *testing.T) {
	dir := t.TempDir()
	r := openReplica(t, dir)
	_, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", "a"), patch(t, "t1", "b"), patch(t, "t2", "c"), announcing(t, "m1", fileOf("a", "aa"))})
	must(t, err)
	must(t, r.MarkSent(ctx, 3))
	must(t, r.Ack(ctx, []Result{{Mid: 1}}))
	stand := func(want ...int64) {
		t.Helper()
		pending, err := r.Pending(ctx)
		must(t, err)
		var mids []int64
		for _, e := range pending {
			mids = append(mids, e.Mutation.Mid)
		}
		if !slices.Equal(mids, want) {
			t.Errorf("mids %v, want %v", mids, want)
		}
	}
	must(t, r.Renumber(ctx, 3, 5))
	stand(1, 2, 5, 6)
	must(t, r.Renumber(ctx, 3, 5)) // it is told twice
	stand(1, 2, 5, 6)
	must(t, r.Renumber(ctx, 2, 10))
	stand(1, 10, 11, 12)
	if on, err := r.PendingOn(ctx, "t2"); len(on) != 1 || on[0].Mutation.Mid != 11 || on[0].Attempts != 0 || err != nil {
		t.Errorf("on the other ticket: %+v, %v", on, err)
	}
	must(t, r.Close())
	if r = openReplica(t, dir); r.Repaired() != "" {
		t.Error(r.Repaired())
	}
	stand(1, 10, 11, 12)
	if files, err := r.OutgoingFiles(ctx); len(files) != 1 || err != nil {
		t.Errorf("files %v, %v", files, err)
	}
	if next, err := r.NextMid(ctx); next != 13 || err != nil {
		t.Errorf("next mid %d, %v", next, err)
	}
}
