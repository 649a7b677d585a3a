package store

import (
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
)

// BucketDigest counts the records of a bucket and sums their hashes modulo
// 2^64, as the hub knows them: pending changes do not count, so it equals
// Central's at the same sequence.
func (tx *ReplicaTx) BucketDigest(bucket desk.BucketID) (rows int64, sum uint64, err error) {
	rows, sum, err = tx.viewDigest(bucket)
	if err != nil {
		return 0, 0, err
	}
	bases, err := tx.Bases()
	if err != nil {
		return 0, 0, err
	}
	for _, b := range bases {
		n, hash, err := tx.correction(bucket, b)
		if err != nil {
			return 0, 0, err
		}
		rows, sum = rows+n, sum+hash
	}
	return rows, sum, nil
}

// viewDigest is the digest of what the window shows.
func (tx *ReplicaTx) viewDigest(bucket desk.BucketID) (rows int64, sum uint64, err error) {
	add := func(query string, args ...any) {
		var d digest
		if err == nil {
			_, err = tx.find(query, args, d.dest()...)
			rows, sum = rows+d.rows, sum+d.sum()
		}
	}
	columns := digestColumns("hash")
	if bucket == desk.BucketOrg {
		for _, kind := range directoryKinds {
			add("SELECT " + columns + " FROM " + tables[kind].name)
		}
		add("SELECT " + columns + " FROM record WHERE tree = ''")
	}
	if person, ok := strings.CutPrefix(string(bucket), string(desk.UserBucket(""))); ok {
		add("SELECT "+columns+" FROM rejection WHERE person = ?", person)
	}
	b := string(bucket)
	add("SELECT "+columns+" FROM ticket WHERE bkt = ?", b)
	add("SELECT "+columns+" FROM ticket WHERE id IN (SELECT tree FROM home WHERE bucket = ?) AND bkt <> ?", b, b)
	for _, name := range []string{"message", "event", "conflict", "record"} {
		of := fmt.Sprintf("SELECT %s FROM %s WHERE %s.tree IN ", columns, name, name)
		add(of+"(SELECT id FROM ticket WHERE bkt = ? UNION SELECT tree FROM home WHERE bucket = ?)", b, b)
	}
	return rows, sum, err
}

// correction takes a pending change out of a digest.
func (tx *ReplicaTx) correction(bucket desk.BucketID, b Base) (rows int64, sum uint64, err error) {
	shown, found, err := tx.record(b.Key)
	if err != nil {
		return 0, 0, err
	}
	if found {
		in, err := tx.stands(bucket, shown)
		if err != nil {
			return 0, 0, err
		}
		if in {
			rows, sum = rows-1, sum-shown.Hash()
		}
	}
	if b.Record != nil {
		in, err := tx.stands(bucket, *b.Record)
		if err != nil {
			return 0, 0, err
		}
		if in {
			rows, sum = rows+1, sum+b.Record.Hash()
		}
	}
	return rows, sum, nil
}

// stands reports whether a record counts in a bucket's digest.
func (tx *ReplicaTx) stands(bucket desk.BucketID, r desk.Record) (bool, error) {
	if r.Tree != "" {
		homes, err := tx.Homes(r.Tree)
		return slices.Contains(homes, bucket), err
	}
	if r.Kind != desk.KindRejection {
		return bucket == desk.BucketOrg, nil
	}
	e, err := desk.Decode(r)
	if err != nil {
		return false, err
	}
	return bucket == desk.UserBucket(e.(desk.Rejection).Person), nil
}
