package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"holdall/desk"
)

// besidePouch fills a fresh replica and lets PouchDB do the same with the same
// documents, each from a server of its own on this machine to its own files.
func besidePouch(tb testing.TB, v volume) []line {
	_, list, ours := filled(tb, v.docs)
	theirs := pouch(tb, list)
	return []line{{
		what:   fmt.Sprintf("%s documents into a fresh replica, with search", count(len(list))),
		figure: count(int(ours)) + " rows/s", limit: "PouchDB 9 from express-pouchdb " + count(int(theirs)) + " documents/s",
		ratio: ours / theirs, goal: "≥ 10.00", holds: ours >= 10*theirs,
	}}
}

// pouch lets PouchDB replicate records as documents; it returns how many in a
// second.
func pouch(tb testing.TB, list []desk.Record) float64 {
	dir := tb.TempDir()
	docs := filepath.Join(dir, "docs.jsonl")
	out, err := os.Create(docs)
	must(tb, err)
	lines := json.NewEncoder(out)
	for _, r := range list {
		must(tb, lines.Encode(map[string]any{"_id": string(r.Kind) + "/" + r.ID, "tree": r.Tree, "rev": r.Rev, "body": r.Body}))
	}
	must(tb, out.Close())
	peer := exec.Command("node", "peers/replicate.cjs", docs, dir)
	peer.Stderr = os.Stderr
	said, err := peer.Output()
	must(tb, err)
	var told struct {
		Docs    int
		Seconds float64
	}
	must(tb, json.Unmarshal(said, &told))
	if told.Docs != len(list) {
		tb.Fatalf("PouchDB has %d of %d documents", told.Docs, len(list))
	}
	return float64(told.Docs) / told.Seconds
}
