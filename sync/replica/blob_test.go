package replica

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

func TestWhatIsAttachedIsDurableAndThisUsersAlone(t *testing.T) {
	c := openCabinet(t, t.TempDir(), newShelf(t))
	sum, size, err := c.Keep(t.Context(), "a.txt", strings.NewReader("hello"))
	if err != nil || sum != sumOf("hello") || size != 5 {
		t.Fatalf("%s, %d, %v", sum, size, err)
	}
	info, err := os.Stat(c.path(sum))
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if c = c.again(); c.read(sum) != "hello" || len(c.hub.heard()) != 0 {
		t.Error("it is not here after a start")
	}
	large := io.LimitReader(endless{}, desk.FileMost+1)
	if _, _, err := c.Keep(t.Context(), "film.mov", large); desk.CodeOf(err) != desk.CodeQuota || !strings.Contains(err.Error(), "film.mov") {
		t.Errorf("too large: %v", err)
	}
	broken := io.MultiReader(strings.NewReader("half"), failing{})
	if _, _, err := c.Keep(t.Context(), "half.txt", broken); !errors.Is(err, errPulled) {
		t.Errorf("cut off: %v", err)
	}
	left, err := os.ReadDir(filepath.Join(c.dir, "files"))
	if len(left) != 1 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

var errPulled = errors.New("the stick was pulled")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errPulled }

// TestTheLongestUnusedMakeRoom: SPEC P48.
func TestTheLongestUnusedMakeRoom(t *testing.T) {
	hub := newShelf(t)
	c := openCabinet(t, t.TempDir(), hub)
	start := time.Now()
	c.db.Heard(start, start)
	kept := map[string]string{"waiting": c.attaches("m1", "waiting")}
	for i, name := range []string{"pinned", "draft", "oldest", "older", "newest"} {
		hub.has[sumOf(name)] = name
		kept[name] = sumOf(name)
		c.read(sumOf(name))
		must(t, c.db.Update(t.Context(), func(tx *store.ReplicaTx) error {
			return tx.UseBlob(sumOf(name), int64(len(name)), start.Add(time.Duration(i+1)*time.Minute))
		}))
	}
	must(t, c.Pin(t.Context(), kept["pinned"], true))
	must(t, c.db.AttachDraft(t.Context(), "t1", desk.InternalNote, desk.Attachment{ID: "f", Name: "draft", SHA256: kept["draft"]}, start))
	later := start.Add(time.Hour)
	total := int64(len("waiting" + "pinned" + "draft" + "oldest" + "older" + "newest"))
	gone := map[string]bool{}
	check := func(quota int64, goes ...string) {
		t.Helper()
		c.quota = quota
		must(t, c.evict(t.Context(), later))
		for _, name := range goes {
			gone[name] = true
		}
		for name, sum := range kept {
			if c.Here(sum) == gone[name] {
				t.Errorf("quota %d: %s here %v", quota, name, c.Here(sum))
			}
		}
	}
	check(total)
	must(t, c.db.Update(t.Context(), func(tx *store.ReplicaTx) error { // its clock was years ahead
		return tx.UseBlob(kept["newest"], int64(len("newest")), start.AddDate(9, 0, 0))
	}))
	check(total-1, "oldest")
	check(total-6-5, "older")
	check(0, "newest")
	must(t, c.Pin(t.Context(), kept["pinned"], false))
	must(t, c.db.DropDraft(t.Context(), "t1", desk.InternalNote))
	check(0, "pinned", "draft")
	must(t, c.sendAll(t.Context()))
	check(0)
	later = start.AddDate(0, 0, 31)
	check(0, "waiting")
	if c.read(kept["oldest"]) != "oldest" {
		t.Error("what made room does not come back")
	}
}
