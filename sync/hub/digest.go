package hub

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

const (
	marksAtOnce = 8000    // marks of a DIGEST_DIFF, about 1 MiB
	marksMost   = 128_000 // marks that one DIGEST is answered with; the rest differs again
	keysKept    = 50_000  // records a device may wait for; more are asked for again
	countedMost = 500_000 // records that are counted for a device between two ticks
	countedEach = 1000    // what a DIGEST counts for at least
)

// wishes is what a device wants mended before its next checkpoint.
type wishes struct {
	n       int64 // the newest DIGEST or FETCH
	digests map[desk.BucketID]protocol.Digest
	keys    map[desk.BucketID][]desk.Key
	counted int64 // records that were counted to answer it since the last tick
}

func (w wishes) waiting() (n int) {
	for _, keys := range w.keys {
		n += len(keys)
	}
	return n
}

// digest notes what a device has of a bucket that differs (SPEC P21).
func (e *Engine) digest(s *session, m protocol.Digest) {
	if len(m.Parts) != 8*len(store.Parts{}) {
		e.bye(s, protocol.ByeFrame, "A DIGEST carries 256 sums of 8 bytes.", 0)
		return
	}
	s.wishes.n, s.owes, s.news, s.all = m.N, true, true, true
	if _, given := s.cursors[m.Bucket]; given {
		s.wishes.digests[m.Bucket] = m
	}
}

// fetch notes which records a device lacks (SPEC P22).
func (e *Engine) fetch(s *session, m protocol.Fetch) {
	if len(m.Keys) > protocol.FetchKeys {
		e.bye(s, protocol.ByeFrame, "A FETCH asks for too many records at once.", 0)
		return
	}
	s.wishes.n, s.owes, s.news, s.all = m.N, true, true, true
	if _, given := s.cursors[m.Bucket]; given && s.wishes.waiting() < keysKept {
		s.wishes.keys[m.Bucket] = append(s.wishes.keys[m.Bucket], nameable(m.Keys)...)
	}
}

// nameable are the keys that a record can have, each once, by their kinds.
func nameable(keys []desk.Key) []desk.Key {
	keys = slices.DeleteFunc(keys, func(k desk.Key) bool { return len(k.Kind)+len(k.ID) > store.IDMost })
	slices.SortFunc(keys, func(a, b desk.Key) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	return slices.Compact(keys)
}

// refill empties what has differed too often in a row (SPEC P23).
func (e *Engine) refill(snap *snapshot, s *session) {
	for _, b := range sortedKeys(s.wishes.digests) {
		if s.wishes.digests[b].Try < protocol.DigestTries {
			continue
		}
		delete(s.wishes.digests, b)
		s.stand(b, protocol.Cursor{}, snap.heads[b])
		e.do(Send{s.id, protocol.Reset{Bucket: b, Epoch: snap.heads[b].Epoch, Reason: "the local copy went on to differ from the hub"}})
	}
}

// mend answers what the device asked for; false if it must answer pages first, or
// had so much counted that it waits for the next tick: nobody's questions take the
// time of all.
func (e *Engine) mend(snap *snapshot, s *session) (bool, error) {
	for _, b := range sortedKeys(s.wishes.digests) {
		if s.wishes.counted >= countedMost {
			return false, nil
		}
		s.wishes.counted += snap.heads[b].Rows + countedEach
		if err := e.differ(snap, s, s.wishes.digests[b]); err != nil {
			return false, err
		}
		delete(s.wishes.digests, b)
	}
	for _, b := range sortedKeys(s.wishes.keys) {
		for len(s.wishes.keys[b]) > 0 {
			if s.credit.used() {
				return false, nil
			}
			if err := e.supply(snap, s, b); err != nil {
				return false, err
			}
		}
		delete(s.wishes.keys, b)
	}
	return true, nil
}

// differ tells what the hub has in the parts that are not the device's.
func (e *Engine) differ(snap *snapshot, s *session, m protocol.Digest) error {
	here, err := snap.tx.BucketParts(m.Bucket)
	if err != nil {
		return err
	}
	var parts []byte
	sum := uint64(0)
	for i, p := range here {
		sum += p
		if p != binary.BigEndian.Uint64(m.Parts[8*i:]) {
			parts = append(parts, byte(i))
		}
	}
	if sum != snap.heads[m.Bucket].Sum {
		snap.miscounted = append(snap.miscounted, m.Bucket)
	}
	parts = parts[:min(len(parts), partsOf(marksMost, snap.heads[m.Bucket].Rows))]
	list, err := snap.tx.Marks(m.Bucket, parts)
	if err != nil {
		return err
	}
	for group := range slices.Chunk(parts, len(parts)/(len(list)/marksAtOnce+1)+1) {
		diff := protocol.DigestDiff{Bucket: m.Bucket, Parts: group, Marks: []protocol.Mark{}}
		for _, mark := range list {
			if slices.Contains(group, byte(mark.Hash)) {
				diff.Marks = append(diff.Marks, protocol.Mark{Key: mark.Key, Hash: mark.Hash})
			}
		}
		e.do(Send{s.id, diff})
	}
	return nil
}

// partsOf is how many parts of a bucket hold so many marks, one at least.
func partsOf(marks, rows int64) int {
	return int(max(1, marks/(rows/int64(len(store.Parts{}))+1)))
}

// supply sends a page of the records that the device asked for and that stand in the
// bucket, at its cursor.
func (e *Engine) supply(snap *snapshot, s *session, b desk.BucketID) error {
	changes, rest, err := snap.tx.Standing(b, s.wishes.keys[b], protocol.PageBytes)
	if err != nil {
		return err
	}
	for len(changes) > 0 {
		page := protocol.Rows{Bucket: b, Epoch: snap.heads[b].Epoch, To: s.cursors[b]}
		page.Rows, changes = cut(changes)
		e.do(Send{s.id, s.counted(page)})
	}
	s.wishes.keys[b] = rest
	return nil
}

// recount mends running digests of the hub's own, which no device can mend by
// fetching.
func (e *Engine) recount(ctx context.Context, buckets []desk.BucketID) error {
	if len(buckets) == 0 {
		return nil
	}
	return e.store.Update(ctx, func(tx *store.CentralTx) error {
		for _, b := range buckets {
			if err := tx.Recount(b); err != nil {
				return err
			}
		}
		return nil
	})
}
