package store

import (
	"fmt"
	"slices"
	"time"

	"holdall/desk"
)

// Entry says where a record stands in a bucket: at the sequence of its last
// change. Drop means that the record (of kind ticket: its whole tree) left.
type Entry struct {
	Bucket desk.BucketID
	Key    desk.Key
	Tree   desk.TicketID
	Seq    int64
	Drop   bool
	Hash   uint64 // 0 of a living entry: the hash of the record as stored
}

// Advance takes the next n sequences of a bucket and returns the first. The
// bucket's row stays locked until the transaction ends (SPEC R7).
func (tx *CentralTx) Advance(bucket desk.BucketID, n int64) (int64, error) {
	var last int64
	_, err := tx.find("INSERT INTO bucket (id, epoch, last_seq) VALUES (?, 1, ?)"+
		" ON CONFLICT (id) DO UPDATE SET last_seq = bucket.last_seq + ? RETURNING last_seq", []any{string(bucket), n, n}, &last)
	return last - n + 1, err
}

// PutEntry puts the only entry of a record in a bucket.
func (tx *CentralTx) PutEntry(e Entry) error {
	if e.Hash == 0 && !e.Drop {
		r, found, err := tx.record(e.Key)
		if err != nil {
			return err
		}
		if !found {
			return fmt.Errorf("entry of %s %s: %w", e.Key.Kind, e.Key.ID, desk.ErrUnknown)
		}
		e.Hash = r.Hash()
	}
	return tx.putEntry(e, 0)
}

func (tx *CentralTx) putEntry(e Entry, droppedAt int64) error {
	return tx.do("INSERT INTO entry (bucket, kind, id, tree, seq, hash, dropped, dropped_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"+
		" ON CONFLICT (bucket, kind, id) DO UPDATE SET tree = excluded.tree, seq = excluded.seq, hash = excluded.hash,"+
		" dropped = excluded.dropped, dropped_at = excluded.dropped_at",
		string(e.Bucket), string(e.Key.Kind), e.Key.ID, string(e.Tree), e.Seq, int64(e.Hash), truth(e.Drop), droppedAt)
}

// DropTree takes a tree out of a bucket: one drop entry at seq stays of it.
func (tx *CentralTx) DropTree(bucket desk.BucketID, ticket desk.TicketID, seq int64, now time.Time) error {
	if err := tx.do("DELETE FROM entry WHERE bucket = ? AND tree = ?", string(bucket), string(ticket)); err != nil {
		return err
	}
	key := desk.Key{Kind: desk.KindTicket, ID: string(ticket)}
	return tx.putEntry(Entry{Bucket: bucket, Key: key, Tree: ticket, Seq: seq, Drop: true}, instant(now))
}

// Head is how far a bucket has come.
type Head struct{ Epoch, Seq int64 }

// Heads reads how far buckets have come; one that was never touched stands at
// sequence 0 of epoch 1.
func (tx *CentralTx) Heads(buckets []desk.BucketID) (map[desk.BucketID]Head, error) {
	heads := make(map[desk.BucketID]Head, len(buckets))
	for _, b := range buckets {
		heads[b] = Head{Epoch: 1}
	}
	for chunk := range slices.Chunk(buckets, 200) {
		args := make([]any, len(chunk))
		for i, b := range chunk {
			args[i] = string(b)
		}
		err := tx.each("SELECT id, epoch, last_seq FROM bucket WHERE id IN ("+marks(len(chunk))+")", args, func(s scan) error {
			var id desk.BucketID
			var h Head
			err := s(&id, &h.Epoch, &h.Seq)
			heads[id] = h
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return heads, nil
}

// BucketDigest counts the living entries of a bucket and sums the hashes of
// their records modulo 2^64.
func (tx *CentralTx) BucketDigest(bucket desk.BucketID) (rows int64, sum uint64, err error) {
	var d digest
	_, err = tx.find("SELECT "+digestColumns("hash")+" FROM entry WHERE bucket = ? AND dropped = 0", []any{string(bucket)}, d.dest()...)
	return d.rows, d.sum(), err
}
