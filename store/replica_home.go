package store

import (
	"slices"
	"time"

	"holdall/desk"
)

// Homes lists the buckets through which a tree reached this laptop, sorted.
func (tx *ReplicaTx) Homes(ticket desk.TicketID) ([]desk.BucketID, error) {
	s, found, err := tx.plot(ticket)
	if err != nil || !found {
		return nil, err
	}
	homes, err := collect(tx.txn, "SELECT bucket FROM home WHERE tree = ?", []any{s.no}, readBucket)
	if s.bkt != "" {
		homes = append(homes, s.bkt)
	}
	slices.Sort(homes)
	return slices.Compact(homes), err
}

func readBucket(s scan) (desk.BucketID, error) {
	var b desk.BucketID
	return b, s(&b)
}

// Enter notes a further bucket through which a tree reached this laptop. Where
// it is the first it costs nothing, as in a first fill.
func (tx *ReplicaTx) Enter(ticket desk.TicketID, b desk.BucketID) error {
	if err := tx.movingTree(ticket); err != nil {
		return err
	}
	s, err := tx.number(ticket, b)
	if err != nil || s.bkt == b {
		return err
	}
	if s.bkt == "" {
		return tx.house(ticket, s, b)
	}
	return tx.do("INSERT INTO home (tree, bucket) VALUES (?, ?) ON CONFLICT DO NOTHING", s.no, string(b))
}

// SetHomes replaces the buckets of a tree. The first stands in the tree's own
// row.
func (tx *ReplicaTx) SetHomes(ticket desk.TicketID, homes []desk.BucketID) error {
	if err := tx.movingTree(ticket); err != nil {
		return err
	}
	first, rest := desk.BucketID(""), homes
	if len(homes) > 0 {
		first, rest = homes[0], homes[1:]
	}
	s, err := tx.number(ticket, first)
	if err != nil {
		return err
	}
	if err := tx.house(ticket, s, first); err != nil {
		return err
	}
	if err := tx.do("DELETE FROM home WHERE tree = ?", s.no); err != nil {
		return err
	}
	for _, b := range rest {
		if err := tx.do("INSERT INTO home (tree, bucket) VALUES (?, ?) ON CONFLICT DO NOTHING", s.no, string(b)); err != nil {
			return err
		}
	}
	return nil
}

// homedIn selects the numbers of the trees homed in a bucket, which is named
// twice.
const homedIn = "(SELECT no FROM tree WHERE bkt = ? UNION SELECT tree FROM home WHERE bucket = ?)"

// TreesOf lists the trees homed in a bucket.
func (tx *ReplicaTx) TreesOf(bucket desk.BucketID) ([]desk.TicketID, error) {
	return collect(tx.txn, "SELECT id FROM tree WHERE no IN "+homedIn+" ORDER BY id",
		[]any{string(bucket), string(bucket)}, func(s scan) (desk.TicketID, error) {
			var id desk.TicketID
			return id, s(&id)
		})
}

// Cursor is how far a bucket was read; Filled once its first fill was complete.
// Until then its records above Floor are here, or none if that is 0.
type Cursor struct {
	Epoch, Seq int64
	Filled     bool
	Floor      int64
}

// Cursors reads how far each subscribed bucket was read.
func (tx *ReplicaTx) Cursors() (map[desk.BucketID]Cursor, error) {
	cursors := map[desk.BucketID]Cursor{}
	err := tx.each("SELECT bucket, epoch, seq, filled, floor FROM cursor", nil, func(s scan) error {
		var b desk.BucketID
		var c Cursor
		var filled int64
		err := s(&b, &c.Epoch, &c.Seq, &filled, &c.Floor)
		c.Filled = filled != 0
		cursors[b] = c
		return err
	})
	return cursors, err
}

// SetCursor notes how far a bucket was read. What is being filled is counted
// when it is filled. When the last bucket is, the indexes that waited for it are
// built.
func (tx *ReplicaTx) SetCursor(bucket desk.BucketID, c Cursor) error {
	err := tx.do("INSERT INTO cursor (bucket, epoch, seq, filled, floor, fresh_at, records, low, high) VALUES (?, ?, ?, ?, ?, 0, -1, 0, 0) ON CONFLICT (bucket)"+
		" DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, filled = excluded.filled, floor = excluded.floor,"+
		" records = CASE WHEN excluded.filled = 0 THEN -1 ELSE cursor.records END,"+
		" fresh_at = CASE WHEN excluded.filled = 0 THEN 0 ELSE cursor.fresh_at END",
		string(bucket), c.Epoch, c.Seq, truth(c.Filled), c.Floor)
	if err != nil || !tx.late || !c.Filled {
		return err
	}
	var unfilled int64
	if _, err := tx.find("SELECT COUNT(*) FROM cursor WHERE filled = 0", nil, &unfilled); err != nil || unfilled > 0 {
		return err
	}
	return tx.BuildIndexes()
}

// Freshen notes the hub's time of a checkpoint for all buckets that are filled.
func (tx *ReplicaTx) Freshen(at time.Time) error {
	return tx.do("UPDATE cursor SET fresh_at = ? WHERE filled = 1", instant(at))
}

// Freshness reads up to when each bucket is complete, by the hub's time; zero
// where it is being filled.
func (tx *ReplicaTx) Freshness() (map[desk.BucketID]time.Time, error) {
	fresh := map[desk.BucketID]time.Time{}
	err := tx.each("SELECT bucket, fresh_at FROM cursor", nil, func(s scan) error {
		var b desk.BucketID
		var at int64
		err := s(&b, &at)
		fresh[b] = timeOf(at)
		return err
	})
	return fresh, err
}

// DeleteCursor forgets a bucket that is not subscribed any more.
func (tx *ReplicaTx) DeleteCursor(bucket desk.BucketID) error {
	return tx.do("DELETE FROM cursor WHERE bucket = ?", string(bucket))
}
