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

// rows takes in a page. Pages of a bucket that is being filled are applied as
// they come; others wait for the checkpoint (SPEC R8).
func (e *Engine) rows(ctx context.Context, now time.Time, m protocol.Rows) error {
	e.received += len(m.Rows)
	filled, err := e.filled(ctx, m.Bucket)
	if err != nil {
		return err
	}
	if filled {
		e.staged = append(e.staged, m)
	} else if err := e.fill(ctx, now, m); err != nil {
		return err
	}
	e.send(now, protocol.Applied{N: m.N})
	return nil
}

func (e *Engine) filled(ctx context.Context, b desk.BucketID) (filled bool, err error) {
	err = e.store.View(ctx, func(tx *store.ReplicaTx) error {
		cursors, err := tx.Cursors()
		filled = cursors[b].Filled
		return err
	})
	return filled, err
}

// fill applies a page of a bucket's first filling.
func (e *Engine) fill(ctx context.Context, now time.Time, m protocol.Rows) error {
	moved, err := e.rebase(ctx, now, func(tx *store.ReplicaTx) ([]desk.TicketID, error) {
		touched, err := applyPages(tx, []protocol.Rows{m})
		if err != nil {
			return nil, err
		}
		return touched, tx.SetCursor(m.Bucket, store.Cursor{Epoch: m.Epoch, Seq: m.To})
	})
	e.changed(moved)
	return err
}

// checkpoint makes what was staged visible, all buckets at once (SPEC R8).
func (e *Engine) checkpoint(ctx context.Context, now time.Time, m protocol.Checkpoint) error {
	staged := e.staged
	e.staged = nil
	moved, err := e.rebase(ctx, now, func(tx *store.ReplicaTx) ([]desk.TicketID, error) {
		touched, err := applyPages(tx, staged)
		if err != nil {
			return nil, err
		}
		if err := advance(tx, m.Vector); err != nil {
			return nil, err
		}
		return touched, tx.SetMeta(MetaCompleteUpTo, m.Time.UTC().Format(time.RFC3339Nano))
	})
	if err != nil {
		return err
	}
	if e.behind {
		e.behind, e.received = false, 0
		moved = nil
		e.do(Changed{})
	}
	e.changed(moved)
	return nil
}

// advance moves the cursors to the vector and calls the buckets filled.
func advance(tx *store.ReplicaTx, vector map[desk.BucketID]int64) error {
	cursors, err := tx.Cursors()
	if err != nil {
		return err
	}
	for _, b := range slices.Sorted(maps.Keys(vector)) {
		c, ok := cursors[b]
		if !ok || c.Filled && c.Seq == vector[b] {
			continue
		}
		if err := tx.SetCursor(b, store.Cursor{Epoch: c.Epoch, Seq: vector[b], Filled: true}); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) changed(tickets []desk.TicketID) {
	if len(tickets) > 0 {
		e.do(Changed{Tickets: tickets})
	}
}

// applyPages applies records first and drops afterwards, so that a tree that
// only changes its bucket is never deleted (SPEC P9). It lists the tickets.
func applyPages(tx *store.ReplicaTx, pages []protocol.Rows) ([]desk.TicketID, error) {
	var touched []desk.TicketID
	for _, page := range pages {
		for _, row := range page.Rows {
			if row.Tree != "" {
				touched = append(touched, row.Tree)
			}
			if row.Drop {
				continue
			}
			if err := applyRow(tx, page.Bucket, row); err != nil {
				return nil, err
			}
		}
	}
	for _, page := range pages {
		for _, row := range page.Rows {
			if !row.Drop {
				continue
			}
			if err := leave(tx, page.Bucket, row.Tree); err != nil {
				return nil, err
			}
		}
	}
	slices.Sort(touched)
	return slices.Compact(touched), nil
}

func applyRow(tx *store.ReplicaTx, b desk.BucketID, row protocol.Row) error {
	if err := tx.PutRecord(row.Record); err != nil {
		return err
	}
	if row.Kind != desk.KindTicket {
		return nil
	}
	homes, err := tx.Homes(row.Tree)
	if err != nil || slices.Contains(homes, b) {
		return err
	}
	return tx.SetHomes(row.Tree, append(homes, b))
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
		return tx.SetCursor(m.Bucket, store.Cursor{Epoch: m.Epoch})
	})
}

// empty takes a bucket away, for good or to be filled again (SPEC P11, P12).
func (e *Engine) empty(ctx context.Context, now time.Time, b desk.BucketID, again *store.Cursor) error {
	e.staged = slices.DeleteFunc(e.staged, func(p protocol.Rows) bool { return p.Bucket == b })
	_, err := e.rebase(ctx, now, func(tx *store.ReplicaTx) ([]desk.TicketID, error) {
		trees, err := tx.TreesOf(b)
		if err != nil {
			return nil, err
		}
		for _, t := range trees {
			if err := leave(tx, b, t); err != nil {
				return nil, err
			}
		}
		if again != nil {
			return trees, tx.SetCursor(b, *again)
		}
		return trees, tx.DeleteCursor(b)
	})
	e.do(Changed{})
	return err
}
