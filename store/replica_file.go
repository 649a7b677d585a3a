package store

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"holdall/desk"
)

// OwnFile is a file of this device's on its way to the hub, with the message
// that announced it.
type OwnFile struct {
	Message desk.MessageID
	Ticket  desk.TicketID
	SHA256  string
	Size    int64  // bytes
	Problem string // why it has not gone yet; a sentence
}

// The states of a file of this device's.
const (
	fileWaiting = "waiting"
	fileSent    = "sent"
)

// awaitFiles notes what a new message announces, in the transaction that makes
// it durable: the one never stands without the other.
func (t *txn) awaitFiles(m desk.Mutation) error {
	if m.Name != desk.MessageAdd {
		return nil
	}
	var args desk.AddMessage
	if err := json.Unmarshal(m.Args, &args); err != nil {
		return fmt.Errorf("read the files of mutation %d: %w", m.Mid, err)
	}
	for _, f := range args.Message.Attachments {
		row := []any{string(args.Message.ID), f.SHA256, string(m.Ticket), f.Size}
		// A message that was refused may be announced again, on another ticket.
		err := t.do("INSERT INTO attached (message, sha256, ticket, size, sum, state, problem, sent_at) VALUES (?, ?, ?, ?, ?, ?, '', 0) ON CONFLICT (message, sha256)"+
			" DO UPDATE SET ticket = excluded.ticket, size = excluded.size, sum = excluded.sum, state = excluded.state, problem = ''",
			append(row, rowSum(row...), fileWaiting)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Stand notes the last mid that the hub has taken in, in its present life: one that
// was restored from a backup has yet to be told of what the journal keeps.
func (r *Replica) Stand(mid int64) { r.stand.Store(mid) }

// Standing is what Stand noted last.
func (r *Replica) Standing() int64 { return r.stand.Load() }

// FileUnwanted ends a file of which the hub says that no message announces it: that was
// refused. It does not where a message that does is among what the hub had yet to take
// in when it was asked, for the first time or once more; stand is Standing of then.
func (r *Replica) FileUnwanted(ctx context.Context, f OwnFile, stand int64, now time.Time) (ended bool, err error) {
	at, _ := r.hubTime(now)
	err = r.outbox.update(ctx, func(t *txn) error {
		untold, err := t.announces(f.Message, stand)
		if ended = err == nil && !untold; !ended {
			return err
		}
		return t.fileSent(f, at)
	})
	return ended && err == nil, err
}

// announces reports whether a mutation behind a mid brings a message.
func (t *txn) announces(message desk.MessageID, mid int64) (found bool, err error) {
	err = t.each("SELECT body FROM outbox WHERE mid > ?", []any{mid}, func(s scan) error {
		m, _, err := readMutation(s)
		if err != nil || m.Name != desk.MessageAdd {
			return err
		}
		var args desk.AddMessage
		if err := json.Unmarshal(m.Args, &args); err != nil {
			return fmt.Errorf("read the files of mutation %d: %w", m.Mid, err)
		}
		found = found || args.Message.ID == message
		return nil
	})
	return found, err
}

// OutgoingFiles lists the files the hub has not confirmed, oldest first.
func (r *Replica) OutgoingFiles(ctx context.Context) (list []OwnFile, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		list, err = collect(t, "SELECT message, ticket, sha256, size, problem FROM attached WHERE state = ? ORDER BY rowid", []any{fileWaiting},
			func(s scan) (f OwnFile, err error) {
				return f, s(&f.Message, &f.Ticket, &f.SHA256, &f.Size, &f.Problem)
			})
		return err
	})
	return list, err
}

// FileSent notes that the hub has a file. It is kept here for as long as the
// journal: a hub restored from a backup may ask for it again.
func (r *Replica) FileSent(ctx context.Context, f OwnFile, now time.Time) error {
	at, _ := r.hubTime(now)
	return r.outbox.update(ctx, func(t *txn) error { return t.fileSent(f, at) })
}

func (t *txn) fileSent(f OwnFile, at time.Time) error {
	return t.do("UPDATE attached SET state = ?, problem = '', sent_at = ? WHERE message = ? AND sha256 = ?", fileSent, instant(at), string(f.Message), f.SHA256)
}

// FileStuck notes why a file has not gone yet.
func (r *Replica) FileStuck(ctx context.Context, f OwnFile, problem string) error {
	return r.change(ctx, "UPDATE attached SET problem = ? WHERE message = ? AND sha256 = ?", problem, string(f.Message), f.SHA256)
}

// metaFileHub is the epoch of the hub that was last told of this device's files.
const metaFileHub = "files.epoch"

// TellFiles makes every file of the journal wait again for a hub of another
// epoch: restored from a backup, it may have forgotten them. It ends what is
// older than the journal.
func (r *Replica) TellFiles(ctx context.Context, epoch string, now time.Time) error {
	return r.outbox.update(ctx, func(t *txn) error {
		told, err := t.kept(metaFileHub)
		if err != nil || told == epoch {
			return err
		}
		if at, known := r.hubTime(now); known {
			if err := t.do("DELETE FROM attached WHERE state = ? AND sent_at < ?", fileSent, journalEnd(at)); err != nil {
				return err
			}
		}
		if err := t.do("UPDATE attached SET state = ? WHERE state = ?", fileWaiting, fileSent); err != nil {
			return err
		}
		return t.keepFact(metaFileHub, epoch)
	})
}

// NeededFiles are the files that only this device may have: those of drafts,
// those on their way, and those the hub has had for less than the journal's
// days, or for nobody knows how long.
func (r *Replica) NeededFiles(ctx context.Context, now time.Time) (needed map[string]bool, err error) {
	needed = map[string]bool{}
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if at, known := r.hubTime(now); known { // what is from times to come is from a clock that was wrong
		from, to = journalEnd(at), instant(at.AddDate(0, 0, 1))
	}
	err = r.outbox.view(ctx, func(t *txn) error {
		return t.each("SELECT sha256 FROM draft_file UNION SELECT sha256 FROM attached WHERE state = ? OR sent_at BETWEEN ? AND ?",
			[]any{fileWaiting, from, to}, func(s scan) error {
				var sum string
				err := s(&sum)
				needed[sum] = true
				return err
			})
	})
	return needed, err
}
