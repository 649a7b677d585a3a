package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"holdall/desk"
)

// Draft is an answer or a note that was not sent yet. Seen is the newest public
// message its writer had seen, for the stale-reply guard.
type Draft struct {
	Ticket   desk.TicketID
	Kind     desk.MessageKind
	Text     string
	Seen     desk.MessageID
	Envelope desk.Envelope
	SavedAt  time.Time
}

// SaveDraft keeps the words of a draft, one for each ticket and kind; one without
// words, subject and files ends.
func (r *Replica) SaveDraft(ctx context.Context, d Draft) error {
	return r.outbox.update(ctx, func(t *txn) error {
		if err := errors.Join(t.putDraft(d), t.putEnvelope(d)); err != nil || d.Text != "" || d.Envelope.Subject != "" {
			return err
		}
		return t.endEmpty(d.Ticket, d.Kind)
	})
}

func (t *txn) putEnvelope(d Draft) error {
	if d.Envelope.Empty() {
		return t.do("DELETE FROM draft_envelope WHERE ticket = ? AND kind = ?", string(d.Ticket), string(d.Kind))
	}
	body, err := json.Marshal(d.Envelope)
	if err != nil {
		return fmt.Errorf("encode the envelope of a draft: %w", err)
	}
	row := []any{string(d.Ticket), string(d.Kind), string(body)}
	return t.do("INSERT INTO draft_envelope (ticket, kind, body, sum) VALUES (?, ?, ?, ?) ON CONFLICT (ticket, kind)"+
		" DO UPDATE SET body = excluded.body, sum = excluded.sum", append(row, rowSum(row...))...)
}

func (t *txn) putDraft(d Draft) error {
	row := []any{string(d.Ticket), string(d.Kind), d.Text, string(d.Seen), instant(d.SavedAt)}
	return t.do("INSERT INTO draft (ticket, kind, text, seen, saved_at, sum) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (ticket, kind)"+
		" DO UPDATE SET text = excluded.text, seen = excluded.seen, saved_at = excluded.saved_at, sum = excluded.sum",
		append(row, rowSum(row...))...)
}

const draftColumns = "SELECT draft.ticket, draft.kind, text, seen, saved_at, COALESCE(body, '{}') FROM draft" +
	" LEFT JOIN draft_envelope e ON e.ticket = draft.ticket AND e.kind = draft.kind"

// Draft reads a draft; false if there is none.
func (r *Replica) Draft(ctx context.Context, ticket desk.TicketID, kind desk.MessageKind) (d Draft, found bool, err error) {
	err = r.outbox.view(ctx, func(t *txn) error { d, found, err = t.draft(ticket, kind); return err })
	return d, found, err
}

func (t *txn) draft(ticket desk.TicketID, kind desk.MessageKind) (Draft, bool, error) {
	list, err := t.drafts(draftColumns+" WHERE draft.ticket = ? AND draft.kind = ?", string(ticket), string(kind))
	if err != nil || len(list) == 0 {
		return Draft{}, false, err
	}
	return list[0], true, nil
}

// Drafts lists the drafts, newest first.
func (r *Replica) Drafts(ctx context.Context) (list []Draft, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		list, err = t.drafts(draftColumns + " ORDER BY saved_at DESC, draft.ticket, draft.kind")
		return err
	})
	return list, err
}

func (t *txn) drafts(query string, args ...any) ([]Draft, error) {
	return collect(t, query, args, func(s scan) (Draft, error) {
		var d Draft
		var saved int64
		var envelope string
		if err := s(&d.Ticket, &d.Kind, &d.Text, &d.Seen, &saved, &envelope); err != nil {
			return d, err
		}
		d.SavedAt = timeOf(saved)
		if err := json.Unmarshal([]byte(envelope), &d.Envelope); err != nil {
			return d, fmt.Errorf("read the envelope of a draft: %w", err)
		}
		return d, nil
	})
}

// MarkSeen notes the newest message of a ticket this person has looked at.
func (r *Replica) MarkSeen(ctx context.Context, ticket desk.TicketID, message desk.MessageID) error {
	return r.change(ctx, "INSERT INTO seen (ticket, message, sum) VALUES (?, ?, ?) ON CONFLICT (ticket)"+
		" DO UPDATE SET message = excluded.message, sum = excluded.sum",
		string(ticket), string(message), rowSum(string(ticket), string(message)))
}

// Seen reads the newest message of each ticket this person has looked at.
func (r *Replica) Seen(ctx context.Context) (seen map[desk.TicketID]desk.MessageID, err error) {
	seen = map[desk.TicketID]desk.MessageID{}
	err = r.outbox.view(ctx, func(t *txn) error {
		return t.each("SELECT ticket, message FROM seen", nil, func(s scan) error {
			var ticket desk.TicketID
			var message desk.MessageID
			err := s(&ticket, &message)
			seen[ticket] = message
			return err
		})
	})
	return seen, err
}
