package hub

import (
	"context"
	"time"

	"holdall/desk"
	"holdall/store"
)

const (
	archiveFirst = 5 * time.Minute // after the start, when the laptops have come back
	archiveEvery = 24 * time.Hour
	archivedOnce = 50 // tickets of one transaction
)

// archive takes what ended long ago off the desks once a day, on one node of
// several, until the context ends.
func (s *Server) archive(ctx context.Context, d *Duty) error {
	next := time.NewTimer(archiveFirst)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-next.C:
		}
		if err := s.Archive(ctx, d, time.Now()); err != nil && ctx.Err() == nil {
			s.log.Error("archive tickets", "error", err)
		}
		next.Reset(archiveEvery)
	}
}

// Archive takes the tickets off the desks that ended more than the workspace's
// ArchiveDays ago, some in a transaction (SPEC P28).
func (s *Server) Archive(ctx context.Context, d *Duty, now time.Time) error {
	for {
		var acts []Act
		err := s.engine.store.View(ctx, func(tx *store.CentralTx) (err error) {
			acts, err = ToArchive(tx, now)
			return err
		})
		if err != nil || len(acts) == 0 {
			return err
		}
		if err := s.Do(ctx, d.Keep, acts...); err != nil {
			return err
		}
	}
}

// ToArchive are the acts that archive the next tickets whose time has come, those
// that ended first before the others; none: nothing is left to do.
func ToArchive(tx *store.CentralTx, now time.Time) ([]Act, error) {
	e, err := tx.Get(desk.Workspace{}.Key())
	if err != nil {
		return nil, err
	}
	days := e.(desk.Workspace).ArchiveDays
	if days == 0 {
		return nil, nil
	}
	before := now.AddDate(0, 0, -days).UTC()
	tickets, err := tx.Ended(before, archivedOnce)
	if err != nil {
		return nil, err
	}
	acts := make([]Act, len(tickets))
	for i, id := range tickets {
		acts[i] = Act{Name: desk.TicketArchive, Ticket: id, Args: desk.ArchiveTicket{Before: before}, At: now}
	}
	return acts, nil
}

// unpin ends the pins of people who may not read any more what they pinned, and
// says which buckets that touches.
func (l *ledger) unpin(tx *store.CentralTx, people []desk.Person) ([]desk.BucketID, error) {
	var touched []desk.BucketID
	for _, p := range people {
		tickets, err := tx.Pins(p.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range tickets {
			c := &change{}
			g, err := c.tree(tx, id)
			if err != nil {
				return nil, err
			}
			if desk.PrincipalOf(p, "").CanRead(g.was) {
				continue
			}
			if err := c.put(tx, []desk.Entity{g.was.Unpinned(p.ID)}); err != nil {
				return nil, err
			}
			moved, err := l.enter(tx, c)
			if err != nil {
				return nil, err
			}
			touched = append(touched, moved...)
		}
	}
	return touched, nil
}
