package store

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestALeadingUpThatIsCutGoesOn, wherever the program ended in it: the next start
// makes of both files what the first would have, and sets nothing aside.
func TestALeadingUpThatIsCutGoesOn(t *testing.T) {
	for _, version := range []string{"version-1", "replica-5", "version-7"} {
		t.Run(version, func(t *testing.T) {
			at := func(left int) (done bool, dir string) {
				dir = t.TempDir()
				must(t, os.CopyFS(dir, os.DirFS("testdata/"+version)))
				r, err := OpenReplica(&dying{ctx, left}, dir)
				if err == nil {
					must(t, r.Close())
				}
				return err == nil, dir
			}
			done, dir := at(1 << 30)
			want := holdings(t, dir)
			if !done || len(want) < 10 {
				t.Fatalf("led up: %v, to %d tables", done, len(want))
			}
			cuts := 0
			for left := 0; ; left += 1 + left/8 {
				done, dir := at(left)
				if got := holdings(t, dir); !maps.Equal(got, want) {
					t.Fatalf("cut at look %d: %v, not %v", left, got, want)
				}
				if done {
					break
				}
				cuts++
			}
			if cuts < 10 {
				t.Errorf("it was cut %d times: that proves little", cuts)
			}
		})
	}
}

// holdings opens a replica and counts the rows of its tables.
func holdings(t *testing.T, dir string) map[string]int {
	t.Helper()
	r := openReplica(t, dir)
	if s := r.Repaired(); s != "" {
		t.Error(s)
	}
	counts := map[string]int{}
	for file, db := range map[string]*database{outboxFile: r.outbox, replicaFile: r.replica} {
		must(t, db.view(ctx, func(tx *txn) error {
			tables, err := collect(tx, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", nil, func(s scan) (name string, err error) { return name, s(&name) })
			for _, table := range slices.Sorted(slices.Values(tables)) {
				var n int
				if _, err := tx.find("SELECT COUNT(*) FROM "+table, nil, &n); err != nil {
					return err
				}
				counts[file+"."+table] = n
			}
			return err
		}))
	}
	must(t, r.Close())
	if left, _ := filepath.Glob(filepath.Join(dir, "replica.db.*")); len(left) > 0 {
		t.Errorf("left: %s", strings.Join(left, ", "))
	}
	return counts
}

// TestAReplicaOpensWhateverItsFolderIsCalled: people's folders look like addresses,
// options and patterns.
func TestAReplicaOpensWhateverItsFolderIsCalled(t *testing.T) {
	for _, name := range []string{"two words", "Grüße 🙂", "a[b", "what?mode=memory#1", "100%41", "it's \"so\"", "line\nend", "-wal"} {
		dir := filepath.Join(t.TempDir(), name)
		must(t, os.CopyFS(dir, os.DirFS("testdata/version-1")))
		r := openReplica(t, dir)
		if pending, err := r.Pending(ctx); len(pending) != 1 || err != nil {
			t.Errorf("%q: %d pending, %v", name, len(pending), err)
		}
		must(t, r.Close())
		if _, err := os.Stat(filepath.Join(dir, outboxFile+copyEnd+"1")); err != nil {
			t.Errorf("%q: the copy is not there: %v", name, err)
		}
	}
}
