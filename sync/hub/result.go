package hub

import (
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// conclude writes the results with their vectors, now that these are known; the i-th
// is of the i-th mutation. What was executed before is answered with its stored
// result; of what was executed in this very transaction it is not read before now.
func (o *outcome) conclude(tx *store.CentralTx, book *ledger, list []desk.Mutation, now time.Time) error {
	for i := range o.results {
		if !o.fresh[i] {
			if err := o.remember(tx, i); err != nil {
				return err
			}
			continue
		}
		vector := make(map[desk.BucketID]int64, len(o.touched[i]))
		for _, b := range o.touched[i] {
			vector[b] = book.heads[b]
		}
		o.results[i].Vector = vector
		if o.device == "" {
			continue
		}
		if err := tx.PutResult(o.device, o.results[i], list[i].Fingerprint(), now); err != nil {
			return err
		}
	}
	return nil
}

// remember looks up the i-th result where that is not done.
func (o *outcome) remember(tx *store.CentralTx, i int) error {
	if o.results[i].Status != "" {
		return nil
	}
	mid := o.results[i].Mid
	result, ok, err := tx.Result(o.device, mid)
	if err == nil && !ok {
		result = desk.Result{Mid: mid, Status: desk.Duplicate}
	}
	o.results[i] = result
	return err
}

// recall finds what a mid that was executed before is answered with; without a status
// where that is not known yet. other: the device gave the mid to something else before,
// for its disk was put back to an earlier day, and the hub has what was done in between
// (SPEC R3). What only keeps a place is in nobody's way.
func (s *session) recall(tx *store.CentralTx, m desk.Mutation) (r desk.Result, other bool, err error) {
	r, fingerprint, found, err := tx.Answer(s.device, m.Mid)
	if err != nil || !found {
		return desk.Result{Mid: m.Mid}, false, err
	}
	if m.Name == desk.Lost || !slices.Contains(s.terms.Caps, protocol.CapOther) {
		return r, false, nil
	}
	return r, fingerprint != "" && fingerprint != m.Fingerprint(), nil
}
