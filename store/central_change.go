package store

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

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
// Entries whose record is gone, which no code of ours leaves behind, are left
// out: a reader could do nothing with an empty body.
func (tx *CentralTx) Changes(bucket desk.BucketID, after int64, limit int) ([]Change, error) {
	return tx.Page(bucket, after, limit, math.MaxInt)
}

// Page is Changes up to the one whose body is beyond so many bytes of all, the second
// at least: records may be large, and whoever reads a page holds no more of them.
func (tx *CentralTx) Page(bucket desk.BucketID, after int64, limit, bytes int) ([]Change, error) {
	return tx.changes("e.bucket = ? AND e.seq > ? ORDER BY e.seq LIMIT ?", []any{string(bucket), after, limit}, bytes)
}

// PageBelow reads the entries of a bucket below a sequence, the newest first, as far
// as Page does.
func (tx *CentralTx) PageBelow(bucket desk.BucketID, below int64, limit, bytes int) ([]Change, error) {
	return tx.changes("e.bucket = ? AND e.seq < ? ORDER BY e.seq DESC LIMIT ?", []any{string(bucket), below, limit}, bytes)
}

// errFull ends the reading of a page.
var errFull = errors.New("the page is full")

func (tx *CentralTx) changes(which string, args []any, bytes int) ([]Change, error) {
	var page []Change
	err := tx.each(changesText+which, args, func(s scan) error {
		if bytes < 0 && len(page) > 1 {
			return errFull
		}
		var c Change
		var dropped int64
		var version *string
		if err := s(&c.Seq, &dropped, &c.Record.Kind, &c.Record.ID, &c.Record.Tree, &version); err != nil {
			return err
		}
		if c.Drop = dropped != 0; c.Drop {
			page = append(page, c)
			return nil
		}
		if version == nil {
			return nil
		}
		rev, body, _ := strings.Cut(*version, ":")
		c.Record.Body = []byte(body)
		bytes -= len(body)
		page = append(page, c)
		var err error
		page[len(page)-1].Record.Rev, err = strconv.ParseInt(rev, 10, 64)
		return err
	})
	if errors.Is(err, errFull) {
		err = nil
	}
	return page, err
}

// changesText looks each entry's record up in the table of its kind, in one
// pass over the entries; rev and body come as one value, rev:body, for only so
// is the record looked up once.
var changesText = func() string {
	var kinds strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(tables)) {
		fmt.Fprintf(&kinds, " WHEN '%s' THEN (SELECT r.rev || ':' || r.body FROM %s r WHERE r.id = e.id)", kind, tables[kind].name)
	}
	return "SELECT e.seq, e.dropped, e.kind, e.id, e.tree, CASE WHEN e.dropped = 1 THEN NULL ELSE CASE e.kind" + kinds.String() +
		" ELSE (SELECT r.rev || ':' || r.body FROM record r WHERE r.kind = e.kind AND r.id = e.id) END END" +
		" FROM entry e WHERE "
}()
