package hub

import (
	"context"
	"slices"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// feed sends the sessions that are owed something their rows, all from one
// snapshot, so that a page wanted by many is read once.
func (e *Engine) feed(ctx context.Context, now time.Time) {
	owed := slices.DeleteFunc(e.greeted(), func(s *session) bool { return !s.owes || s.full() })
	if len(owed) == 0 {
		return
	}
	err := e.store.View(ctx, func(tx *store.CentralTx) error {
		snap := &snapshot{tx: tx, heads: map[desk.BucketID]store.Head{}, pages: map[pageKey]protocol.Rows{}}
		for _, s := range owed {
			if err := e.serve(snap, s, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		for _, s := range owed {
			e.bye(s, protocol.ByeInternal, "The hub cannot read its database just now.", 5)
		}
	}
}

// full reports whether the device must answer pages first (SPEC P7).
func (s *session) full() bool { return s.sent-s.answered >= protocol.UnansweredPage }

// serve sends pages until the device must answer, or the checkpoint when nothing
// is left (SPEC P8).
func (e *Engine) serve(snap *snapshot, s *session, now time.Time) error {
	buckets := feedOrder(s.cursors)
	if err := snap.read(buckets); err != nil {
		return err
	}
	for _, b := range buckets {
		for s.cursors[b] < snap.heads[b].Seq {
			if s.full() {
				return nil
			}
			page, err := snap.page(b, s.cursors[b])
			if err != nil {
				return err
			}
			s.sent++
			page.N = s.sent
			s.cursors[b] = page.To
			e.do(Send{s.id, page})
		}
	}
	vector := make(map[desk.BucketID]int64, len(s.cursors))
	for b, seq := range s.cursors {
		vector[b] = seq
	}
	s.owes = false
	e.do(Send{s.id, protocol.Checkpoint{Vector: vector, Time: now.UTC()}})
	return nil
}

// feedOrder puts what a person needs first: the organisation, his own tickets,
// then the queues.
func feedOrder(cursors map[desk.BucketID]int64) []desk.BucketID {
	rank := func(b desk.BucketID) int {
		switch {
		case b == desk.BucketOrg:
			return 0
		case strings.HasPrefix(string(b), "user:"):
			return 1
		default:
			return 2
		}
	}
	buckets := sortedKeys(cursors)
	slices.SortStableFunc(buckets, func(a, b desk.BucketID) int { return rank(a) - rank(b) })
	return buckets
}

// snapshot is one reading of the database, shared by the sessions of a step.
type snapshot struct {
	tx    *store.CentralTx
	heads map[desk.BucketID]store.Head
	pages map[pageKey]protocol.Rows
}

type pageKey struct {
	bucket desk.BucketID
	after  int64
}

func (p *snapshot) read(buckets []desk.BucketID) error {
	missing := slices.DeleteFunc(slices.Clone(buckets), func(b desk.BucketID) bool { _, ok := p.heads[b]; return ok })
	if len(missing) == 0 {
		return nil
	}
	heads, err := p.tx.Heads(missing)
	for b, h := range heads {
		p.heads[b] = h
	}
	return err
}

// page reads the rows after a cursor, bounded in number and bytes.
func (p *snapshot) page(b desk.BucketID, after int64) (protocol.Rows, error) {
	key := pageKey{b, after}
	if page, ok := p.pages[key]; ok {
		return page, nil
	}
	changes, err := p.tx.Changes(b, after, protocol.PageRows)
	if err != nil {
		return protocol.Rows{}, err
	}
	page := protocol.Rows{Bucket: b, Epoch: p.heads[b].Epoch, To: p.heads[b].Seq}
	bytes := 0
	for i, c := range changes {
		if bytes += len(c.Record.Body); bytes > protocol.PageBytes && i > 0 {
			break
		}
		page.Rows = append(page.Rows, protocol.Row{Seq: c.Seq, Drop: c.Drop, Record: c.Record})
	}
	if n := len(page.Rows); n > 0 && (n < len(changes) || n == protocol.PageRows) {
		page.To = page.Rows[n-1].Seq
	}
	p.pages[key] = page
	return page, nil
}
