package store

import (
	"context"
	"path"
	"strings"
)

// metaIndexes is set once the indexes of late.sql and the search stand.
const metaIndexes = "indexes"

// searchText selects a ticket's search document and its place.
const searchText = "SELECT t.doc, t.number || ' ' || t.title || ' ' || COALESCE(json_extract(r.body, '$.name'), '') || ' ' ||" +
	" COALESCE(json_extract(t.body, '$.description'), '') || ' ' || COALESCE(" +
	"(SELECT group_concat(json_extract(m.body, '$.text'), ' ') FROM message m WHERE m.tree = t.tree), '')" +
	" FROM ticket t LEFT JOIN requester r ON r.id = t.requester"

// BulkLoad runs fn like Update, without the secondary indexes and the search,
// and builds them once when fn is done. Queries work meanwhile, more slowly.
func (r *Replica) BulkLoad(ctx context.Context, fn func(*ReplicaTx) error) error {
	return r.Update(ctx, func(tx *ReplicaTx) error {
		if err := tx.DeferIndexes(); err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		return tx.BuildIndexes()
	})
}

// Indexed reports whether the secondary indexes and the search stand.
func (tx *ReplicaTx) Indexed() bool { return !tx.late }

// DeferIndexes takes down the secondary indexes and the search before many rows
// are written. A fresh replica begins without them.
func (tx *ReplicaTx) DeferIndexes() error {
	if tx.late {
		return nil
	}
	for _, name := range lateIndexes() {
		if err := tx.do("DROP INDEX IF EXISTS " + name); err != nil {
			return err
		}
	}
	if err := tx.do("INSERT INTO search (search) VALUES ('delete-all')"); err != nil {
		return err
	}
	if err := tx.do("UPDATE cursor SET records = -1"); err != nil {
		return err
	}
	tx.late, tx.worded, tx.tally = true, map[string]document{}, newTally()
	return tx.do("DELETE FROM meta WHERE key = ?", metaIndexes)
}

// BuildIndexes builds the secondary indexes and the search over everything that
// is there.
func (tx *ReplicaTx) BuildIndexes() error {
	if !tx.late {
		return nil
	}
	if err := tx.script(texts, lateScript); err != nil {
		return err
	}
	if err := tx.do("INSERT INTO search (search) VALUES ('delete-all')"); err != nil {
		return err
	}
	if err := tx.gatherWords(manyWords); err != nil {
		return err
	}
	if err := tx.do("INSERT INTO search (rowid, text) " + searchText + " ORDER BY t.doc"); err != nil {
		return err
	}
	if err := tx.gatherWords(fewWords); err != nil {
		return err
	}
	tx.late = false
	return tx.SetMeta(metaIndexes, "built")
}

// Bytes of words that FTS5 gathers in memory before it writes them as a segment,
// which it merges with others later: many while all is built, for what is never
// written needs no merging, and otherwise as few as it does by itself.
const (
	manyWords = 32 << 20
	fewWords  = 1 << 20
)

func (tx *ReplicaTx) gatherWords(bytes int) error {
	return tx.do("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", bytes)
}

var lateScript = path.Join("schema", "replica", late)

// lateIndexes are the names of the indexes late.sql makes.
func lateIndexes() []string {
	text, err := texts.ReadFile(lateScript)
	if err != nil {
		panic(err) // embedded with the program
	}
	var names []string
	for _, s := range statements(string(text)) {
		names = append(names, strings.Fields(s)[5]) // CREATE INDEX IF NOT EXISTS name
	}
	return names
}
