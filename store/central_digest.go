package store

import (
	"holdall/desk"
)

// BucketDigest counts the living entries of a bucket and sums the hashes of
// their records modulo 2^64, one by one: what Head keeps running.
func (tx *CentralTx) BucketDigest(bucket desk.BucketID) (rows int64, sum uint64, err error) {
	d, err := tx.counted(bucket)
	return d.rows, d.sum(), err
}

func (tx *CentralTx) counted(bucket desk.BucketID) (d digest, err error) {
	_, err = tx.find("SELECT "+digestColumns("hash")+" FROM entry WHERE bucket = ? AND dropped = 0", []any{string(bucket)}, d.dest()...)
	return d, err
}

// Recount makes the running digest of a bucket what its entries say.
func (tx *CentralTx) Recount(bucket desk.BucketID) error {
	d, err := tx.counted(bucket)
	if err != nil {
		return err
	}
	return tx.do("UPDATE bucket SET records = ?, low = ?, high = ? WHERE id = ?", d.rows, d.low, d.high, string(bucket))
}

// BucketParts sums the hashes of a bucket in parts.
func (tx *CentralTx) BucketParts(bucket desk.BucketID) (p Parts, err error) {
	err = tx.each("SELECT "+partsColumns("hash")+" FROM entry WHERE bucket = ? AND dropped = 0 GROUP BY 1", []any{string(bucket)}, p.add)
	return p, err
}

// Marks lists the living entries of a bucket in some of its parts.
func (tx *CentralTx) Marks(bucket desk.BucketID, parts []byte) ([]Mark, error) {
	if len(parts) == 0 {
		return nil, nil
	}
	among, args := inParts("hash", parts)
	return collect(tx.txn, "SELECT kind, id, tree, hash FROM entry WHERE bucket = ? AND dropped = 0 AND "+among+" ORDER BY kind, id",
		append([]any{string(bucket)}, args...), readMark)
}

// standingAtOnce is how many records are looked for at once.
const standingAtOnce = 100

// Standing reads those of some records that stand in a bucket, as far as Page does;
// rest are the keys that are left to be read.
func (tx *CentralTx) Standing(bucket desk.BucketID, keys []desk.Key, bytes int) (list []Change, rest []desk.Key, err error) {
	for rest = keys; len(rest) > 0 && bytes >= 0; {
		kind, ids := rest[0].Kind, []any{}
		for len(rest) > 0 && rest[0].Kind == kind && len(ids) < standingAtOnce {
			if id := rest[0].ID; keepable(kind) && keepable(id) {
				ids = append(ids, id)
			}
			rest = rest[1:]
		}
		if len(ids) == 0 {
			continue
		}
		args := append([]any{string(bucket), string(kind)}, ids...)
		page, err := tx.changes("e.bucket = ? AND e.dropped = 0 AND e.kind = ? AND e.id IN ("+marks(len(ids))+") ORDER BY e.id", args, bytes)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range page {
			bytes -= len(c.Record.Body)
		}
		list = append(list, page...)
		if bytes < 0 {
			rest = append(unread(kind, ids, page), rest...)
		}
	}
	return list, rest, nil
}

// unread are those ids that a page does not have: it may have been full before them.
func unread(kind desk.Kind, ids []any, page []Change) (left []desk.Key) {
	read := map[string]bool{}
	for _, c := range page {
		read[c.Record.ID] = true
	}
	for _, id := range ids {
		if id := id.(string); !read[id] {
			left = append(left, desk.Key{Kind: kind, ID: id})
		}
	}
	return left
}
