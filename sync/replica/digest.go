package replica

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// doubt is a bucket that differed from the hub at its last comparison.
type doubt struct {
	tries int   // comparisons in a row that failed
	asked int64 // the DIGEST or FETCH whose answer must come before the next
}

// mend makes the parts that differ what the hub has in them (SPEC P21, P22): it
// removes what the hub does not have, notes a bucket that was forgotten, and
// lists what is to be fetched.
func (e *Engine) mend(p *pass, diffs []protocol.DigestDiff) error {
	e.lacking = map[desk.BucketID][]desk.Key{}
	if len(diffs) == 0 {
		return nil
	}
	if err := p.everything(); err != nil {
		return err
	}
	of := joined(diffs)
	for _, b := range slices.Sorted(maps.Keys(of)) {
		if err := e.mendBucket(p.ReplicaTx, b, of[b]); err != nil {
			return err
		}
	}
	return nil
}

// joined puts the answers for a bucket together, for an entry that changed may
// have gone from one part to another.
func joined(diffs []protocol.DigestDiff) map[desk.BucketID]protocol.DigestDiff {
	of := map[desk.BucketID]protocol.DigestDiff{}
	for _, d := range diffs {
		one := of[d.Bucket]
		one.Parts, one.Marks = append(one.Parts, d.Parts...), append(one.Marks, d.Marks...)
		of[d.Bucket] = one
	}
	return of
}

func (e *Engine) mendBucket(tx *store.ReplicaTx, b desk.BucketID, diff protocol.DigestDiff) error {
	here, err := tx.Marks(b, diff.Parts)
	if err != nil {
		return err
	}
	surplus := make(map[desk.Key]store.Mark, len(here))
	for _, m := range here {
		surplus[m.Key] = m
	}
	for _, m := range diff.Marks {
		have, stands := surplus[m.Key]
		delete(surplus, m.Key)
		if stands && have.Hash == m.Hash {
			continue
		}
		tree, held, err := tx.Holds(m.Key, m.Hash)
		if err != nil {
			return err
		}
		if !held || tree == "" {
			e.lacking[b] = append(e.lacking[b], m.Key)
			continue
		}
		if err := tx.Enter(tree, b); err != nil {
			return err
		}
	}
	return remove(tx, b, surplus)
}

// remove takes out of a bucket what the hub does not have in it: whole trees
// first, for they may stand rightly in another bucket.
func remove(tx *store.ReplicaTx, b desk.BucketID, surplus map[desk.Key]store.Mark) error {
	keys := slices.SortedFunc(maps.Keys(surplus), func(x, y desk.Key) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.ID, y.ID))
	})
	for _, k := range keys {
		if k.Kind == desk.KindTicket {
			if err := leave(tx, b, surplus[k].Tree); err != nil {
				return err
			}
		}
	}
	for _, k := range keys {
		if tree := surplus[k].Tree; tree != "" {
			homes, err := tx.Homes(tree)
			if err != nil {
				return err
			}
			if !slices.Contains(homes, b) {
				continue
			}
		}
		if err := tx.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// compare looks whether the buckets of a checkpoint are what the hub has (SPEC
// P20), and lists what is to be asked where they are not. While the first fill
// runs no digest is kept: the checkpoint that ends it compares all.
func (e *Engine) compare(p *pass, m protocol.Checkpoint) (ask []protocol.Digest, err error) {
	if !p.Indexed() {
		return nil, nil
	}
	cursors, err := p.Cursors()
	if err != nil {
		return nil, err
	}
	for _, b := range slices.Sorted(maps.Keys(m.Sums)) {
		d := e.doubts[b]
		if !cursors[b].Filled || d.asked > m.Answered || len(e.lacking[b]) > 0 {
			continue
		}
		same, err := p.sameAs(b, m.Sums[b])
		if err != nil {
			return nil, err
		}
		if same {
			delete(e.doubts, b)
			continue
		}
		if d.tries++; d.tries > protocol.DigestTries {
			continue // it was filled anew in vain; another connection may try again
		}
		parts, err := p.BucketParts(b)
		if err != nil {
			return nil, err
		}
		e.doubts[b] = d
		ask = append(ask, protocol.Digest{Bucket: b, Parts: inBytes(parts), Try: d.tries})
	}
	return ask, nil
}

// sameAs compares a bucket with what the hub has. One that differs is counted
// first: whatever is not what it was may have been counted as what it was.
func (p *pass) sameAs(b desk.BucketID, hub protocol.Sum) (bool, error) {
	rows, sum, err := p.BucketSum(b)
	if err != nil || (protocol.Sum{Rows: rows, Sum: sum}) == hub {
		return err == nil, err
	}
	if err := errors.Join(p.everything(), p.Doubt(b)); err != nil {
		return false, err
	}
	rows, sum, err = p.BucketSum(b)
	return (protocol.Sum{Rows: rows, Sum: sum}) == hub, err
}

func inBytes(parts store.Parts) []byte {
	body := make([]byte, 0, 8*len(parts))
	for _, p := range parts {
		body = binary.BigEndian.AppendUint64(body, p)
	}
	return body
}

// inquire asks where buckets differ, and for what is lacking.
func (e *Engine) inquire(now time.Time, ask []protocol.Digest) {
	for _, d := range ask {
		d.N = e.asking(d.Bucket)
		e.send(now, d)
	}
	for _, b := range slices.Sorted(maps.Keys(e.lacking)) {
		for keys := range slices.Chunk(e.lacking[b], protocol.FetchKeys) {
			e.send(now, protocol.Fetch{N: e.asking(b), Bucket: b, Keys: keys})
		}
	}
	e.lacking = nil
}

func (e *Engine) asking(b desk.BucketID) int64 {
	e.asked++
	d := e.doubts[b]
	d.asked = e.asked
	e.doubts[b] = d
	return e.asked
}
