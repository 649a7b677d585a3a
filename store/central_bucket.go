package store

import (
	"maps"
	"slices"
	"time"

	"holdall/desk"
)

// Entry says that a record changed and stands in a bucket as its hash tells.
// Drop means that the record (of kind ticket: its whole tree) left.
type Entry struct {
	Key  desk.Key
	Tree desk.TicketID
	Drop bool
	Hash uint64 // of a living entry: that of the record as stored
}

// Post makes the entries of a bucket at the sequences that follow, in their
// order, each record once, and returns the last of them. Counter and digest of
// the bucket move together, and its row stays locked until the transaction ends
// (SPEC R7, P20).
func (tx *CentralTx) Post(bucket desk.BucketID, entries []Entry, now time.Time) (int64, error) {
	was, err := tx.replaced(bucket, entries)
	if err != nil {
		return 0, err
	}
	var is digest
	for _, e := range entries {
		if !e.Drop {
			is = is.plus(of(e.Hash))
		}
	}
	last, err := tx.advance(bucket, int64(len(entries)), is.minus(was))
	if err != nil {
		return 0, err
	}
	seq := last - int64(len(entries))
	for _, e := range entries {
		seq++
		if err := tx.postEntry(bucket, e, seq, now); err != nil {
			return 0, err
		}
	}
	return last, nil
}

// advance moves the counter of a bucket by n and its digest by d.
func (tx *CentralTx) advance(bucket desk.BucketID, n int64, d digest) (last int64, err error) {
	_, err = tx.find("INSERT INTO bucket (id, epoch, last_seq, records, low, high) VALUES (?, 1, ?, ?, ?, ?)"+
		" ON CONFLICT (id) DO UPDATE SET last_seq = bucket.last_seq + excluded.last_seq, records = bucket.records + excluded.records,"+
		" low = bucket.low + excluded.low, high = bucket.high + excluded.high RETURNING last_seq",
		[]any{string(bucket), n, d.rows, d.low, d.high}, &last)
	return last, err
}

// replaced is the digest of the living entries that others take the place of.
func (tx *CentralTx) replaced(bucket desk.BucketID, entries []Entry) (was digest, err error) {
	ids, trees := map[desk.Kind][]string{}, map[desk.TicketID]bool{}
	for _, e := range entries {
		if e.Drop {
			trees[e.Tree] = true
		}
	}
	for _, e := range entries {
		if e.Tree == "" || !trees[e.Tree] {
			ids[e.Key.Kind] = append(ids[e.Key.Kind], e.Key.ID)
		}
	}
	add := func(condition string, args ...any) {
		var d digest
		if err == nil {
			_, err = tx.find("SELECT "+digestColumns("hash")+" FROM entry WHERE bucket = ? AND dropped = 0 AND "+condition, append([]any{string(bucket)}, args...), d.dest()...)
			was = was.plus(d)
		}
	}
	for _, kind := range sorted(ids) {
		for chunk := range slices.Chunk(ids[kind], 100) {
			args := []any{string(kind)}
			for _, id := range chunk {
				args = append(args, id)
			}
			add("kind = ? AND id IN ("+marks(len(chunk))+")", args...)
		}
	}
	for _, tree := range sorted(trees) {
		add("tree = ?", string(tree))
	}
	return was, err
}

func (tx *CentralTx) postEntry(bucket desk.BucketID, e Entry, seq int64, now time.Time) error {
	droppedAt := int64(0)
	if e.Drop {
		droppedAt = instant(now)
		if err := tx.do("DELETE FROM entry WHERE bucket = ? AND tree = ?", string(bucket), string(e.Tree)); err != nil {
			return err
		}
	}
	return tx.do("INSERT INTO entry (bucket, kind, id, tree, seq, hash, dropped, dropped_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"+
		" ON CONFLICT (bucket, kind, id) DO UPDATE SET tree = excluded.tree, seq = excluded.seq, hash = excluded.hash,"+
		" dropped = excluded.dropped, dropped_at = excluded.dropped_at",
		string(bucket), string(e.Key.Kind), e.Key.ID, string(e.Tree), seq, int64(e.Hash), truth(e.Drop), droppedAt)
}

// Head is how far a bucket has come, and the digest of what stands in it: the
// count of its records and the sum of their hashes modulo 2^64.
type Head struct {
	Epoch, Seq int64
	Rows       int64
	Sum        uint64
}

// Heads reads how far buckets have come; one that was never touched stands at
// sequence 0 of epoch 1.
func (tx *CentralTx) Heads(buckets []desk.BucketID) (map[desk.BucketID]Head, error) {
	heads := make(map[desk.BucketID]Head, len(buckets))
	var some []desk.BucketID
	for _, b := range buckets {
		heads[b] = Head{Epoch: 1}
		if keepable(b) {
			some = append(some, b)
		}
	}
	for chunk := range slices.Chunk(some, 200) {
		args := make([]any, len(chunk))
		for i, b := range chunk {
			args[i] = string(b)
		}
		if err := tx.readHeads(heads, " WHERE id IN ("+marks(len(chunk))+")", args); err != nil {
			return nil, err
		}
	}
	return heads, nil
}

// AllHeads reads how far every bucket has come that was ever touched.
func (tx *CentralTx) AllHeads() (map[desk.BucketID]Head, error) {
	heads := map[desk.BucketID]Head{}
	return heads, tx.readHeads(heads, "", nil)
}

func (tx *CentralTx) readHeads(heads map[desk.BucketID]Head, which string, args []any) error {
	return tx.each("SELECT id, epoch, last_seq, records, low, high FROM bucket"+which, args, func(s scan) error {
		var id desk.BucketID
		var h Head
		var d digest
		err := s(append([]any{&id, &h.Epoch, &h.Seq}, d.dest()...)...)
		h.Rows, h.Sum = d.rows, d.sum()
		heads[id] = h
		return err
	})
}

func sorted[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
