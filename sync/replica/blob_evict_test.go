package replica

import (
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

// fits lets files come that are over the quota together with what is kept next.
func fits(t *testing.T, hub *shelf, names ...string) *cabinet {
	t.Helper()
	c := openCabinet(t, t.TempDir(), hub)
	long := time.Now().Add(-time.Hour)
	for i, name := range names {
		hub.has[sumOf(name)] = name
		c.read(sumOf(name))
		c.used[sumOf(name)] = long // of a run before
		must(t, c.db.Update(t.Context(), func(tx *store.ReplicaTx) error {
			must(t, tx.ForgetBlob(sumOf(name)))
			return tx.UseBlob(sumOf(name), int64(len(name)), long.Add(time.Duration(i)*time.Minute))
		}))
	}
	return c
}

// TestWhatIsAttachedMakesNoRoomForItself, also where a clock that was wrong had noted
// a use of the same bytes in years to come (SPEC P47).
func TestWhatIsAttachedMakesNoRoomForItself(t *testing.T) {
	c := fits(t, newShelf(t))
	c.quota = 1
	must(t, c.db.Update(t.Context(), func(tx *store.ReplicaTx) error {
		return tx.UseBlob(sumOf("plan"), 4, time.Now().AddDate(9, 0, 0))
	}))
	sum, _, err := c.Keep(t.Context(), "plan.pdf", strings.NewReader("plan"))
	must(t, err)
	if !c.Here(sum) {
		t.Error("it was called attached and is gone")
	}
}

// TestWhatIsWantedWhileRoomIsMadeStays: between the look at what may go and its
// going, somebody attaches it or opens it, and finds it whole afterwards too.
func TestWhatIsWantedWhileRoomIsMadeStays(t *testing.T) {
	for name, want := range map[string]func(c *cabinet){
		"attached": func(c *cabinet) {
			sum, _, err := c.Keep(t.Context(), "second.pdf", strings.NewReader("second"))
			must(t, err)
			must(t, c.db.AttachDraft(t.Context(), "t1", desk.InternalNote, desk.Attachment{ID: "f", Name: "second.pdf", SHA256: sum}, time.Now()))
		},
		"opened": func(c *cabinet) { c.read(sumOf("second")) },
	} {
		t.Run(name, func(t *testing.T) {
			c := fits(t, newShelf(t), "first", "second")
			c.quota = 0
			c.changed = func(sum string) {
				if sum == sumOf("first") {
					c.changed = func(string) {}
					c.quota = 1 << 20
					want(c)
					c.quota = 0
				}
			}
			must(t, c.evict(t.Context(), time.Now()))
			if c.Here(sumOf("first")) || !c.Here(sumOf("second")) {
				t.Errorf("first here %v, second %v", c.Here(sumOf("first")), c.Here(sumOf("second")))
			}
			total := int64(-1)
			must(t, c.db.View(t.Context(), func(tx *store.ReplicaTx) (err error) { total, err = tx.BlobBytes(); return err }))
			if total != int64(len("second")) {
				t.Errorf("it counts %d bytes", total)
			}
		})
	}
}

// TestWhatIsUsedAllTheTimeIsNotTheLongestUnused: each use is later than the one that
// was noted, however short the pauses are.
func TestWhatIsUsedAllTheTimeIsNotTheLongestUnused(t *testing.T) {
	c := fits(t, newShelf(t), "daily", "once")
	begun := time.Now()
	for pause := range 10 {
		c.use(t.Context(), sumOf("daily"), 5, begun.Add(time.Duration(pause)*useNoted/2))
	}
	must(t, c.db.View(t.Context(), func(tx *store.ReplicaTx) error {
		list, err := tx.Blobs()
		if last := list[len(list)-1]; last.SHA256 != sumOf("daily") || last.LastUsed.Before(begun.Add(3*useNoted)) {
			t.Errorf("noted %v after %v", last.LastUsed.Sub(begun), 9*useNoted/2)
		}
		return err
	}))
}
