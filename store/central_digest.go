package store

import (
	"slices"

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

// Standing reads those of some records that stand in a bucket, as Changes does.
func (tx *CentralTx) Standing(bucket desk.BucketID, keys []desk.Key) (list []Change, err error) {
	ids := map[desk.Kind][]string{}
	for _, k := range keys {
		if keepable(k.Kind) && keepable(k.ID) {
			ids[k.Kind] = append(ids[k.Kind], k.ID)
		}
	}
	for _, kind := range sorted(ids) {
		for chunk := range slices.Chunk(ids[kind], 100) {
			args := []any{string(bucket), string(kind)}
			for _, id := range chunk {
				args = append(args, id)
			}
			page, err := tx.changes("e.bucket = ? AND e.dropped = 0 AND e.kind = ? AND e.id IN ("+marks(len(chunk))+") ORDER BY e.id", args)
			if err != nil {
				return nil, err
			}
			list = append(list, page...)
		}
	}
	return list, nil
}
