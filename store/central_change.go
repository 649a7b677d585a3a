package store

import (
	"cmp"
	"slices"

	"holdall/desk"
)

// Change is an entry of a bucket with its record. Of a drop, only Key and Tree
// of the record are set.
type Change struct {
	Seq    int64
	Drop   bool
	Record desk.Record
}

// Changes reads the entries of a bucket beyond a sequence, in order, with the
// records as this snapshot has them. Catch-up and first fill are the same.
func (tx *CentralTx) Changes(bucket desk.BucketID, after int64, limit int) ([]Change, error) {
	page, err := tx.entries(bucket, after, limit)
	if err != nil || len(page) == 0 {
		return nil, err
	}
	last := page[len(page)-1].Seq
	bySeq := make(map[int64]int, len(page))
	kinds := map[desk.Kind]bool{}
	for i, c := range page {
		if !c.Drop {
			bySeq[c.Seq], kinds[c.Record.Kind] = i, true
		}
	}
	for kind := range kinds {
		err := tx.fillBodies(bucket, kind, after, last, func(seq int64, rev int64, body string) {
			if i, ok := bySeq[seq]; ok {
				page[i].Record.Rev, page[i].Record.Body = rev, []byte(body)
				delete(bySeq, seq)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return withoutGhosts(page, bySeq), nil
}

// entries reads a page of a bucket without the bodies.
func (tx *CentralTx) entries(bucket desk.BucketID, after int64, limit int) ([]Change, error) {
	return collect(tx.txn, "SELECT seq, dropped, kind, id, tree FROM entry WHERE bucket = ? AND seq > ? ORDER BY seq LIMIT ?",
		[]any{string(bucket), after, limit}, func(s scan) (Change, error) {
			var c Change
			var dropped int64
			err := s(&c.Seq, &dropped, &c.Record.Kind, &c.Record.ID, &c.Record.Tree)
			c.Drop = dropped != 0
			return c, err
		})
}

// fillBodies reads the bodies of one kind in a stretch of a bucket.
func (tx *CentralTx) fillBodies(bucket desk.BucketID, kind desk.Kind, after, last int64, fill func(seq, rev int64, body string)) error {
	name, join := "record", "r.kind = e.kind AND r.id = e.id"
	if tab, known := tables[kind]; known {
		name, join = tab.name, "r.id = e.id"
	}
	return tx.each("SELECT e.seq, r.rev, r.body FROM entry e JOIN "+name+" r ON "+join+
		" WHERE e.bucket = ? AND e.seq > ? AND e.seq <= ? AND e.kind = ? AND e.dropped = 0",
		[]any{string(bucket), after, last, string(kind)}, func(s scan) error {
			var seq, rev int64
			var body string
			if err := s(&seq, &rev, &body); err != nil {
				return err
			}
			fill(seq, rev, body)
			return nil
		})
}

// withoutGhosts leaves out entries whose record is gone, which no code of ours
// leaves behind: a reader could do nothing with an empty body.
func withoutGhosts(page []Change, ghosts map[int64]int) []Change {
	if len(ghosts) == 0 {
		return page
	}
	page = slices.DeleteFunc(page, func(c Change) bool { _, ghost := ghosts[c.Seq]; return ghost })
	slices.SortFunc(page, func(a, b Change) int { return cmp.Compare(a.Seq, b.Seq) })
	return page
}
