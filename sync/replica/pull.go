package replica

import (
	"context"
	"maps"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// MetaCompleteUpTo holds the hub's time of the last checkpoint (SPEC P8).
const MetaCompleteUpTo = "complete_up_to"

// stagedMost is how many bytes of bodies wait for a checkpoint in memory.
const stagedMost = 32 * protocol.PageBytes

// rows takes in a page. Pages of a bucket that is being filled are applied as
// they come; others wait for the checkpoint, unless they are more than memory
// should hold (SPEC R8).
func (e *Engine) rows(ctx context.Context, now time.Time, m protocol.Rows) error {
	e.received += len(m.Rows)
	filled, err := e.filled(ctx, m.Bucket)
	if err != nil {
		return err
	}
	apply := []protocol.Rows{m}
	if filled {
		apply = e.stage(m)
	}
	for _, page := range apply {
		if err := e.fill(ctx, now, page); err != nil {
			return err
		}
	}
	e.answer(now, m)
	return nil
}

// answer says how far the pages of this connection are taken in (SPEC P7): each
// while the device lacks something, and later only so many together that the hub
// never waits.
func (e *Engine) answer(now time.Time, m protocol.Rows) {
	e.pages++
	for _, row := range m.Rows {
		e.owed.bytes += len(row.Body)
	}
	if e.owed.pages++; !e.behind && e.owed.pages < protocol.AnswerPages && e.owed.bytes < protocol.AnswerBytes {
		return
	}
	e.owed.pages, e.owed.bytes = 0, 0
	e.send(now, protocol.Applied{N: e.pages})
}

// stage keeps a page for the checkpoint, or returns all that was kept, with it,
// where that would be too much.
func (e *Engine) stage(m protocol.Rows) (apply []protocol.Rows) {
	e.staged = append(e.staged, m)
	bytes := 0
	for _, page := range e.staged {
		for _, row := range page.Rows {
			bytes += len(row.Body)
		}
	}
	if bytes > stagedMost {
		apply, e.staged = e.staged, nil
	}
	return apply
}

func (e *Engine) filled(ctx context.Context, b desk.BucketID) (filled bool, err error) {
	err = e.store.View(ctx, func(tx *store.ReplicaTx) error {
		cursors, err := tx.Cursors()
		filled = cursors[b].Filled
		return err
	})
	return filled, err
}

// fill applies a page of a bucket that is being filled, or has too much to come.
func (e *Engine) fill(ctx context.Context, now time.Time, m protocol.Rows) error {
	moved, err := e.rebase(ctx, now, func(p *pass) ([]desk.TicketID, error) {
		touched, err := p.apply([]protocol.Rows{m})
		if err != nil {
			return nil, err
		}
		return touched, p.SetCursor(m.Bucket, store.Cursor{Epoch: m.Epoch, Seq: m.To, Floor: m.Floor})
	})
	e.changed(moved, []protocol.Rows{m})
	return err
}

// checkpoint makes what was staged visible, all buckets at once (SPEC R8).
func (e *Engine) checkpoint(ctx context.Context, now time.Time, m protocol.Checkpoint) error {
	e.store.Heard(m.Time, now)
	staged, diffs := e.staged, e.diffs
	e.staged, e.diffs = nil, nil
	var ask []protocol.Digest
	complete := false
	moved, err := e.rebase(ctx, now, func(p *pass) ([]desk.TicketID, error) {
		cursors, err := p.Cursors()
		if err != nil {
			return nil, err
		}
		var to map[desk.BucketID]store.Cursor
		to, complete = reach(cursors, m)
		if err := p.foresee(ctx, to, complete); err != nil {
			return nil, err
		}
		touched, err := p.apply(staged)
		if err != nil {
			return nil, err
		}
		if err := e.mend(p, diffs); err != nil {
			return nil, err
		}
		if err := advance(p.ReplicaTx, cursors, to, m.Time); err != nil {
			return nil, err
		}
		p.abreast = complete
		if ask, err = e.compare(p, m); err != nil {
			return nil, err
		}
		if !complete {
			return touched, nil
		}
		return touched, p.SetMeta(MetaCompleteUpTo, m.Time.UTC().Format(time.RFC3339Nano))
	})
	if err != nil {
		return err
	}
	e.inquire(now, ask)
	if e.behind || len(diffs) > 0 {
		if e.behind = e.behind && !complete; !e.behind {
			e.received = 0
		}
		e.do(Changed{})
		return nil
	}
	e.changed(moved, staged)
	return nil
}

// reach is where the cursors stand after a checkpoint, with the buckets it names
// filled; complete if those are all (SPEC P25).
func reach(cursors map[desk.BucketID]store.Cursor, m protocol.Checkpoint) (to map[desk.BucketID]store.Cursor, complete bool) {
	to, complete = maps.Clone(cursors), true
	for b, c := range cursors {
		seq, named := m.Vector[b]
		complete = complete && (named || c.Filled)
		if named && (!c.Filled || c.Seq != seq) {
			to[b] = store.Cursor{Epoch: c.Epoch, Seq: seq, Filled: true}
		}
	}
	return to, complete
}

// advance moves the cursors.
func advance(tx *store.ReplicaTx, from, to map[desk.BucketID]store.Cursor, at time.Time) error {
	for _, b := range slices.Sorted(maps.Keys(to)) {
		if to[b] == from[b] {
			continue
		}
		if err := tx.SetCursor(b, to[b]); err != nil {
			return err
		}
	}
	return tx.Freshen(at)
}

// changed tells what came with pages, if anything did.
func (e *Engine) changed(tickets []desk.TicketID, pages []protocol.Rows) {
	came := func(wanted func(protocol.Row) bool) bool {
		return slices.ContainsFunc(pages, func(p protocol.Rows) bool { return slices.ContainsFunc(p.Rows, wanted) })
	}
	if came(func(r protocol.Row) bool { return r.Kind == desk.KindRejection }) {
		e.do(Changed{}) // the tray moved, which no ticket names
		return
	}
	directory := came(func(r protocol.Row) bool { return r.Tree == "" && !r.Kind.OfMail() })
	mail := came(func(r protocol.Row) bool { return r.Kind.OfMail() })
	if len(tickets) > 0 || directory || mail {
		e.do(Changed{Tickets: tickets, Directory: directory, Mail: mail})
	}
}

// apply applies records first and drops afterwards, so that a tree that only
// changes its bucket is never deleted (SPEC P9). It lists the tickets.
func (p *pass) apply(pages []protocol.Rows) ([]desk.TicketID, error) {
	_, touched := touches(pages)
	under, err := p.beneath(pages)
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		var records []desk.Record
		for _, row := range page.Rows {
			if !row.Drop {
				records = append(records, row.Record)
			}
		}
		if err := p.PutPage(page.Bucket, records); err != nil {
			return nil, err
		}
	}
	for _, page := range pages {
		for _, row := range page.Rows {
			if !row.Drop {
				continue
			}
			if err := leave(p.ReplicaTx, page.Bucket, row.Tree); err != nil {
				return nil, err
			}
		}
	}
	return touched, p.lay(under)
}

// touches lists the records of pages as a trail names them, and the tickets.
func touches(pages []protocol.Rows) (keys []desk.Key, tickets []desk.TicketID) {
	for _, page := range pages {
		for _, row := range page.Rows {
			keys = append(keys, row.Key)
			if row.Tree != "" {
				keys, tickets = append(keys, homeOf(row.Key, row.Tree)), append(tickets, row.Tree)
			}
		}
	}
	slices.Sort(tickets)
	return keys, slices.Compact(tickets)
}

// leave takes a tree out of a bucket and deletes it with its last (SPEC P10).
func leave(tx *store.ReplicaTx, b desk.BucketID, ticket desk.TicketID) error {
	homes, err := tx.Homes(ticket)
	if err != nil {
		return err
	}
	rest := slices.DeleteFunc(slices.Clone(homes), func(h desk.BucketID) bool { return h == b })
	if len(rest) == 0 {
		return tx.DropTree(ticket)
	}
	return tx.SetHomes(ticket, rest)
}

// subscribe notes a bucket that was given (SPEC P11).
func (e *Engine) subscribe(ctx context.Context, m protocol.Sub) error {
	e.behind = true
	return e.store.Update(ctx, func(tx *store.ReplicaTx) error {
		if _, _, archive := m.Bucket.Archive(); archive {
			if err := tx.Want(m.Bucket, true); err != nil { // an UNSUB that crossed the wish may have ended it
				return err
			}
		}
		return tx.SetCursor(m.Bucket, store.Cursor{Epoch: m.Epoch})
	})
}

// empty takes a bucket away, for good or to be filled again (SPEC P11, P12).
func (e *Engine) empty(ctx context.Context, now time.Time, b desk.BucketID, again *store.Cursor) error {
	e.staged = slices.DeleteFunc(e.staged, func(p protocol.Rows) bool { return p.Bucket == b })
	e.diffs = slices.DeleteFunc(e.diffs, func(d protocol.DigestDiff) bool { return d.Bucket == b })
	_, err := e.rebase(ctx, now, func(p *pass) ([]desk.TicketID, error) {
		if err := p.everything(); err != nil {
			return nil, err
		}
		tx := p.ReplicaTx
		trees, err := tx.TreesOf(b)
		if err != nil {
			return nil, err
		}
		for _, t := range trees {
			if err := leave(tx, b, t); err != nil {
				return nil, err
			}
		}
		if err := tx.DropLoose(b); err != nil {
			return nil, err
		}
		if again != nil {
			return trees, tx.SetCursor(b, *again)
		}
		if err := tx.Want(b, false); err != nil {
			return nil, err
		}
		return trees, tx.DeleteCursor(b)
	})
	e.do(Changed{})
	return err
}
