package store

import (
	"slices"
	"strings"

	"holdall/desk"
)

// BucketDigest counts the records of a bucket and sums their hashes modulo
// 2^64, as the hub knows them: pending changes do not count, so it equals
// Central's at the same sequence.
func (tx *ReplicaTx) BucketDigest(bucket desk.BucketID) (rows int64, sum uint64, err error) {
	d, err := tx.hubDigest(bucket)
	return d.rows, d.sum(), err
}

func (tx *ReplicaTx) hubDigest(bucket desk.BucketID) (digest, error) {
	d, err := tx.viewDigest(bucket)
	if err != nil {
		return digest{}, err
	}
	bases, err := tx.Bases()
	if err != nil {
		return digest{}, err
	}
	for _, b := range bases {
		shown, known, err := tx.correction(bucket, b)
		if err != nil {
			return digest{}, err
		}
		d = d.minus(shown).plus(known)
	}
	return d, nil
}

// standing are the queries, below their columns, that together select what the
// window shows of a bucket: each FROM with its arguments, and the tree it is of.
func standing(bucket desk.BucketID) (list []selection) {
	b := string(bucket)
	for _, kind := range looseKinds[bucket] {
		list = append(list, selected(kind, ""))
	}
	if bucket == desk.BucketOrg {
		list = append(list, selection{key: "kind, id, ''", from: "record WHERE tree = ''"})
	}
	if person, ok := strings.CutPrefix(b, string(desk.UserBucket(""))); ok {
		list = append(list, selected(desk.KindRejection, " WHERE person = ?", person))
	}
	for _, kind := range treeKinds {
		list = append(list, selected(kind, " WHERE tree IN "+homedIn, b, b))
	}
	return append(list, selection{key: "kind, id, tree", args: []any{b, b}, from: "record WHERE tree IN (SELECT id FROM tree WHERE no IN " + homedIn + ")"})
}

// selection is what stands behind a FROM, and how it names kind, id and tree.
type selection struct {
	key, from string
	args      []any
}

// selected is a selection of the records of a known kind.
func selected(kind desk.Kind, condition string, args ...any) selection {
	return selection{"'" + string(kind) + "', " + idOf(kind) + ", " + treeOf(kind), tables[kind].name + condition, args}
}

// where adds a condition.
func (s selection) where(condition string) string {
	if strings.Contains(s.from, " WHERE ") {
		return s.from + " AND " + condition
	}
	return s.from + " WHERE " + condition
}

// viewDigest is the digest of what the window shows.
func (tx *ReplicaTx) viewDigest(bucket desk.BucketID) (sum digest, err error) {
	for _, s := range standing(bucket) {
		var d digest
		if _, err := tx.find("SELECT "+digestColumns("hash")+" FROM "+s.from, s.args, d.dest()...); err != nil {
			return digest{}, err
		}
		sum = sum.plus(d)
	}
	return sum, nil
}

// BucketParts sums the hashes of a bucket in parts, as the view stands.
func (tx *ReplicaTx) BucketParts(bucket desk.BucketID) (p Parts, err error) {
	for _, s := range standing(bucket) {
		if err := tx.each("SELECT "+partsColumns("hash")+" FROM "+s.from+" GROUP BY 1", s.args, p.add); err != nil {
			return p, err
		}
	}
	return p, nil
}

// Marks lists the records of a bucket in some of its parts, as the view stands.
func (tx *ReplicaTx) Marks(bucket desk.BucketID, parts []byte) (list []Mark, err error) {
	if len(parts) == 0 {
		return nil, nil
	}
	among, args := inParts("hash", parts)
	for _, s := range standing(bucket) {
		some, err := collect(tx.txn, "SELECT "+s.key+", hash FROM "+s.where(among), slices.Concat(s.args, args), readMark)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// Holds reports whether a record is here with a hash, in whatever bucket, and of
// which tree it is.
func (tx *ReplicaTx) Holds(key desk.Key, hash uint64) (desk.TicketID, bool, error) {
	has, found, err := tx.hashOf(key)
	if err != nil || !found || has != hash {
		return "", false, err
	}
	r, found, err := tx.record(key)
	return r.Tree, found, err
}

// DropLoose removes the records of a bucket that stand in no tree.
func (tx *ReplicaTx) DropLoose(bucket desk.BucketID) error {
	if err := tx.Doubt(bucket); err != nil {
		return err
	}
	if person, ok := strings.CutPrefix(string(bucket), string(desk.UserBucket(""))); ok {
		return tx.do("DELETE FROM rejection WHERE person = ?", person)
	}
	for _, kind := range looseKinds[bucket] {
		if err := tx.do("DELETE FROM " + tables[kind].name); err != nil {
			return err
		}
	}
	if bucket != desk.BucketOrg {
		return nil
	}
	return tx.do("DELETE FROM record WHERE tree = ''")
}

// correction is what of a remembered record counts in a bucket: as it is shown,
// and as the hub knows it.
func (tx *ReplicaTx) correction(bucket desk.BucketID, b Base) (shown, known digest, err error) {
	r, found, err := tx.record(b.Key)
	if err != nil {
		return digest{}, digest{}, err
	}
	if found {
		if shown, err = tx.counts(bucket, r); err != nil {
			return digest{}, digest{}, err
		}
	}
	if b.Record != nil {
		known, err = tx.counts(bucket, *b.Record)
	}
	return shown, known, err
}

// counts is what a record adds to a bucket's digest.
func (tx *ReplicaTx) counts(bucket desk.BucketID, r desk.Record) (digest, error) {
	in, err := tx.stands(bucket, r)
	if err != nil || !in {
		return digest{}, err
	}
	return of(r.Hash()), nil
}

// stands reports whether a record counts in a bucket's digest.
func (tx *ReplicaTx) stands(bucket desk.BucketID, r desk.Record) (bool, error) {
	if r.Tree != "" {
		homes, err := tx.Homes(r.Tree)
		return slices.Contains(homes, bucket), err
	}
	if r.Kind != desk.KindRejection {
		return bucket == looseHome(r.Kind), nil
	}
	e, err := desk.Decode(r)
	if err != nil {
		return false, err
	}
	return bucket == desk.UserBucket(e.(desk.Rejection).Person), nil
}
