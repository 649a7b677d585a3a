package replica

import (
	"context"
	"maps"
	"slices"
	"time"

	"holdall/store"
)

// An audit looks at all that is stored once a day, a little in a tick, so that
// nobody waits for it (SPEC P26).
const (
	auditEvery = 24 * time.Hour
	auditSlice = 200 // records

	metaAuditAt  = "audit_at"  // the place the audit has come to
	metaAuditEnd = "audit_end" // when the last one ended
)

// audit looks at the next records, and at the end of them has a bucket counted
// again with each tick: what was lost without a trace shows only so.
func (e *Engine) audit(ctx context.Context, now time.Time) error {
	if e.behind || !e.pushedAt.IsZero() || now.Before(e.auditAt) {
		return nil
	}
	err := e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		switch {
		case e.auditAt.IsZero():
			return e.auditDue(tx, now)
		case len(e.recount) > 0:
			return e.countNext(tx, now)
		}
		return e.auditNext(tx, now)
	})
	if err != nil {
		e.auditAt = now.Add(auditEvery) // whatever is wrong with the file, the next start sees to it
	}
	return err
}

// auditNext looks at the next records.
func (e *Engine) auditNext(tx *store.ReplicaTx, now time.Time) error {
	place, err := tx.Meta(metaAuditAt)
	if err != nil {
		return err
	}
	next, err := tx.Audit(place, auditSlice)
	if err != nil {
		return err
	}
	if next == "" {
		if err := e.audited(tx, now); err != nil {
			return err
		}
	}
	return tx.SetMeta(metaAuditAt, next)
}

// countNext counts the next bucket again.
func (e *Engine) countNext(tx *store.ReplicaTx, now time.Time) error {
	b := e.recount[0]
	if e.recount = e.recount[1:]; len(e.recount) == 0 {
		e.auditAt = now.Add(auditEvery)
	}
	if err := tx.Doubt(b); err != nil {
		return err
	}
	_, _, err := tx.BucketSum(b)
	return err
}

// auditDue reads when the last audit ended, at the first tick of a run.
func (e *Engine) auditDue(tx *store.ReplicaTx, now time.Time) error {
	text, err := tx.Meta(metaAuditEnd)
	if err != nil {
		return err
	}
	e.auditAt = now
	if ended, err := time.Parse(time.RFC3339, text); err == nil && ended.Before(now) {
		e.auditAt = now.Add(auditEvery - now.Sub(ended)) // so that it comes whatever the clock is set to
	}
	return nil
}

// audited ends the walk through the records; the buckets come next.
func (e *Engine) audited(tx *store.ReplicaTx, now time.Time) error {
	cursors, err := tx.Cursors()
	if err != nil {
		return err
	}
	e.recount = nil
	for _, b := range slices.Sorted(maps.Keys(cursors)) {
		if cursors[b].Filled {
			e.recount = append(e.recount, b)
		}
	}
	if len(e.recount) == 0 {
		e.auditAt = now.Add(auditEvery)
	}
	return tx.SetMeta(metaAuditEnd, now.UTC().Format(time.RFC3339))
}
