package store

import (
	"slices"
	"testing"

	"holdall/desk"
)

// TestWhatNeverLeftGoesBehindTheHub (SPEC R3): only that, in its order, and once.
func TestWhatNeverLeftGoesBehindTheHub(t *testing.T) {
	dir := t.TempDir()
	r := openReplica(t, dir)
	_, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", "a"), patch(t, "t1", "b")})
	must(t, err)
	must(t, r.MarkSent(ctx, 2))
	must(t, r.Unsend(ctx))
	_, err = r.Append(ctx, []desk.Mutation{patch(t, "t2", "c"), announcing(t, "m1", fileOf("a", "aa"))})
	must(t, err)
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
	for _, c := range []struct {
		last  int64
		moved bool
		mids  []int64
	}{{0, false, []int64{1, 2, 3, 4}}, {2, false, []int64{1, 2, 3, 4}}, {3, true, []int64{1, 2, 4, 5}}, {3, false, []int64{1, 2, 4, 5}}, {9, true, []int64{1, 2, 10, 11}}} {
		if moved, err := r.Renumber(ctx, c.last); moved != c.moved || err != nil {
			t.Errorf("the hub has %d: moved %v, %v", c.last, moved, err)
		}
		stand(c.mids...)
	}
	if on, err := r.PendingOn(ctx, "t2"); len(on) != 1 || on[0].Mutation.Mid != 10 || on[0].Attempts != 0 || err != nil {
		t.Errorf("on the other ticket: %+v, %v", on, err)
	}
	must(t, r.Close())
	if r = openReplica(t, dir); r.Repaired() != "" {
		t.Error(r.Repaired())
	}
	stand(1, 2, 10, 11)
	if files, err := r.OutgoingFiles(ctx); len(files) != 1 || err != nil {
		t.Errorf("files %v, %v", files, err)
	}
	filled, err := r.FillGaps(ctx, 1)
	must(t, err)
	if moved, err := r.Renumber(ctx, 9); len(filled) != 7 || moved || err != nil {
		t.Errorf("places that are kept are in nobody's way: %v, moved %v, %v", filled, moved, err)
	}
	if next, err := r.NextMid(ctx); next != 12 || err != nil {
		t.Errorf("next mid %d, %v", next, err)
	}
}
