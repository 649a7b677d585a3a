package store

import (
	"context"
	"fmt"

	"holdall/desk"
)

// Renumber gives all that was not answered from a mid on other mids, from next on, in
// its order: under those it has, the hub knows something else, which this device did
// before its disk was put back to an earlier day (SPEC R3).
func (r *Replica) Renumber(ctx context.Context, from, next int64) error {
	err := r.outbox.update(ctx, func(t *txn) error {
		list, err := collect(t, "SELECT body FROM outbox WHERE state IN (?, ?) AND mid >= ? ORDER BY mid", []any{string(Waiting), string(Sent), from}, func(s scan) (desk.Mutation, error) {
			m, _, err := readMutation(s)
			return m, err
		})
		if err != nil {
			return err
		}
		return t.moveBehind(next-1, list)
	})
	r.move(err, func(a *outboxIndex) { a.entries = nil })
	return err
}

// moveBehind puts the newest mutations, in their order, behind a mid and all that
// is left.
func (t *txn) moveBehind(mid int64, list []desk.Mutation) error {
	for _, m := range list {
		if err := t.do("DELETE FROM outbox WHERE mid = ?", m.Mid); err != nil {
			return err
		}
	}
	var highest int64
	if _, err := t.find("SELECT COALESCE(MAX(mid), 0) FROM outbox", nil, &highest); err != nil {
		return err
	}
	mid = max(mid, highest)
	for _, m := range list {
		mid++
		m.Mid = mid
		if err := t.putMutation(m); err != nil {
			return err
		}
	}
	return t.keepFact(metaMid, fmt.Sprint(mid))
}
