package ordeal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

// careless is the server with one word changed: where the store says FULL, its
// databases synchronise NORMAL, which survives a crash and no power cut. The go
// command lays the changed file over the source, so that the program itself has
// no such switch.
func careless(t *testing.T) string {
	t.Helper()
	source, err := filepath.Abs("../../store/sqlite.go")
	must(t, err)
	text, err := os.ReadFile(source)
	must(t, err)
	const careful, not = `durability = "FULL"`, `durability = "NORMAL"`
	if n := strings.Count(string(text), careful); n != 1 {
		t.Fatalf("%s says %d times %s", source, n, careful)
	}
	dir := t.TempDir()
	changed, overlay, path := filepath.Join(dir, "sqlite.go"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "holdalld")
	must(t, os.WriteFile(changed, []byte(strings.Replace(string(text), careful, not, 1)), 0o600))
	replaced, err := json.Marshal(map[string]any{"Replace": map[string]string{source: changed}})
	must(t, err)
	must(t, os.WriteFile(overlay, replaced, 0o600))
	must(t, build(path, "-overlay", overlay))
	return path
}

// tries is how often a careless program may be lucky.
const tries = 5

// TestAPowerCutFindsWhoDoesNotSync is the control: without it nobody would know
// whether this disk forgets anything at all.
func TestAPowerCutFindsWhoDoesNotSync(t *testing.T) {
	t.Parallel()
	binary := careless(t)
	t.Run("laptop", func(t *testing.T) { carelessLaptop(t, binary) })
	t.Run("hub", func(t *testing.T) { carelessHub(t, binary) })
}

func carelessLaptop(t *testing.T, binary string) {
	random, d, book := chance(t), plug(t), newLedger()
	h := sqliteHub(t, t.TempDir())
	l := issue(t, h, "annika", filepath.Join(d.at, "laptop"), h.url(), book)
	l.binary = binary
	h.start()
	l.start()
	for range tries {
		writing(l, random, func() { d.blackout(random, l.process) })
		if lost := book.missing(l.outbox(), saved); lost > 0 {
			t.Logf("%d of %d acts called saved are lost", lost, book.count(saved))
			return
		}
		l.start()
	}
	t.Errorf("a laptop that does not wait for its disk lost nothing in %d power cuts", tries)
}

// outbox counts the words in a laptop's outbox, or in what is left of it.
func (l *laptop) outbox() map[string]int {
	l.t.Helper()
	r, _, drop := l.open()
	defer drop()
	kept, err := r.From(ctx, 1, 1<<30)
	must(l.t, err)
	words := map[string]int{}
	for _, m := range kept {
		if m.Name != desk.Lost {
			words[wordOf(l.t, m)]++
		}
	}
	return words
}

func carelessHub(t *testing.T, binary string) {
	random, d, book := chance(t), plug(t), newLedger()
	h := sqliteHub(t, filepath.Join(d.at, "hub"))
	h.binary = binary
	w := crowd(t, h, book)
	for range tries {
		w.goOn(book.count(acked))
		later(random, 400*time.Millisecond)
		d.blackout(random, h.process)
		w.pause()
		if lost := book.missing(h.words(), acked); lost > 0 {
			t.Logf("%d of %d acknowledged mutations are lost", lost, book.count(acked))
			return
		}
		h.start()
		w.resume()
	}
	t.Errorf("a hub that does not wait for its disk lost nothing in %d power cuts", tries)
}
