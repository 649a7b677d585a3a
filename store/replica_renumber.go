package store

import (
	"context"
	"fmt"
	"slices"

	"holdall/desk"
)

// Renumber gives other mids, behind the last one the hub has, to what never left
// this outbox although the hub has taken in something under its mid. So it is
// where the disk came back as it was before: what was given those mids meanwhile
// is gone here, and the answer to it would be taken for one to this (SPEC R3). It
// reports whether there was any.
func (r *Replica) Renumber(ctx context.Context, last int64) (moved bool, err error) {
	err = r.outbox.update(ctx, func(t *txn) error {
		list, err := t.overrun(last)
		if moved = len(list) > 0; err != nil || !moved {
			return err
		}
		return t.moveBehind(last, list)
	})
	if moved {
		r.move(err, func(a *outboxIndex) { a.entries = nil })
	}
	return moved && err == nil, err
}

// overrun lists what was never sent, from the first mutation on whose mid the hub
// has passed. A mutation that only keeps its place is in nobody's way.
func (t *txn) overrun(last int64) (list []desk.Mutation, err error) {
	never := func(condition string, mid int64) ([]desk.Mutation, error) {
		return collect(t, "SELECT body FROM outbox WHERE state = ? AND attempts = 0 AND mid "+condition+" ORDER BY mid", []any{string(Waiting), mid}, func(s scan) (desk.Mutation, error) {
			m, _, err := readMutation(s)
			return m, err
		})
	}
	passed, err := never("<= ?", last)
	i := slices.IndexFunc(passed, func(m desk.Mutation) bool { return m.Name != desk.Lost })
	if err != nil || i < 0 {
		return nil, err
	}
	return never(">= ?", passed[i].Mid)
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
