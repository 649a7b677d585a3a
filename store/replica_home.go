package store

import (
	"slices"

	"holdall/desk"
)

// Homes lists the buckets through which a tree reached this laptop, sorted.
func (tx *ReplicaTx) Homes(ticket desk.TicketID) ([]desk.BucketID, error) {
	homes, err := collect(tx.txn, "SELECT bkt FROM ticket WHERE id = ? AND bkt <> '' UNION SELECT bucket FROM home WHERE tree = ?",
		[]any{string(ticket), string(ticket)}, readBucket)
	slices.Sort(homes)
	return homes, err
}

func readBucket(s scan) (desk.BucketID, error) {
	var b desk.BucketID
	return b, s(&b)
}

// SetHomes replaces the buckets of a tree. The first stands in the ticket's own
// row; a tree whose ticket has not come yet has them all in a table.
func (tx *ReplicaTx) SetHomes(ticket desk.TicketID, homes []desk.BucketID) error {
	first := desk.BucketID("")
	if len(homes) > 0 {
		first = homes[0]
	}
	n, err := tx.exec("UPDATE ticket SET bkt = ? WHERE id = ?", string(first), string(ticket))
	if err != nil {
		return err
	}
	if err := tx.do("DELETE FROM home WHERE tree = ?", string(ticket)); err != nil {
		return err
	}
	for i, b := range homes {
		if i == 0 && n > 0 {
			continue
		}
		if err := tx.do("INSERT INTO home (tree, bucket) VALUES (?, ?) ON CONFLICT DO NOTHING", string(ticket), string(b)); err != nil {
			return err
		}
	}
	return nil
}

// TreesOf lists the trees homed in a bucket.
func (tx *ReplicaTx) TreesOf(bucket desk.BucketID) ([]desk.TicketID, error) {
	return collect(tx.txn, "SELECT id FROM ticket WHERE bkt = ? UNION SELECT tree FROM home WHERE bucket = ? ORDER BY 1",
		[]any{string(bucket), string(bucket)}, func(s scan) (desk.TicketID, error) {
			var id desk.TicketID
			return id, s(&id)
		})
}

// Cursor is how far a bucket was read; Filled once its first fill was complete.
type Cursor struct {
	Epoch, Seq int64
	Filled     bool
}

// Cursors reads how far each subscribed bucket was read.
func (tx *ReplicaTx) Cursors() (map[desk.BucketID]Cursor, error) {
	cursors := map[desk.BucketID]Cursor{}
	err := tx.each("SELECT bucket, epoch, seq, filled FROM cursor", nil, func(s scan) error {
		var b desk.BucketID
		var c Cursor
		var filled int64
		err := s(&b, &c.Epoch, &c.Seq, &filled)
		c.Filled = filled != 0
		cursors[b] = c
		return err
	})
	return cursors, err
}

// SetCursor notes how far a bucket was read. When the last bucket is filled the
// indexes that waited for it are built.
func (tx *ReplicaTx) SetCursor(bucket desk.BucketID, c Cursor) error {
	err := tx.do("INSERT INTO cursor (bucket, epoch, seq, filled) VALUES (?, ?, ?, ?) ON CONFLICT (bucket)"+
		" DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, filled = excluded.filled",
		string(bucket), c.Epoch, c.Seq, truth(c.Filled))
	if err != nil || !tx.late || !c.Filled {
		return err
	}
	var unfilled int64
	if _, err := tx.find("SELECT COUNT(*) FROM cursor WHERE filled = 0", nil, &unfilled); err != nil || unfilled > 0 {
		return err
	}
	return tx.BuildIndexes()
}

// DeleteCursor forgets a bucket that is not subscribed any more.
func (tx *ReplicaTx) DeleteCursor(bucket desk.BucketID) error {
	return tx.do("DELETE FROM cursor WHERE bucket = ?", string(bucket))
}
