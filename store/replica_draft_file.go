package store

import (
	"context"
	"time"

	"holdall/desk"
)

// AttachDraft gives a draft a file, after those it has.
func (r *Replica) AttachDraft(ctx context.Context, ticket desk.TicketID, kind desk.MessageKind, f desk.Attachment, now time.Time) error {
	return r.outbox.update(ctx, func(t *txn) error {
		if err := t.attach(ticket, kind, f); err != nil {
			return err
		}
		_, found, err := t.draft(ticket, kind)
		if err != nil || found {
			return err
		}
		return t.putDraft(Draft{Ticket: ticket, Kind: kind, SavedAt: now})
	})
}

func (t *txn) attach(ticket desk.TicketID, kind desk.MessageKind, f desk.Attachment) error {
	var place int64
	if _, err := t.find("SELECT COALESCE(MAX(place), 0) + 1 FROM draft_file", nil, &place); err != nil {
		return err
	}
	row := []any{f.ID, string(ticket), string(kind), place, f.Name, f.Type, f.Size, f.SHA256}
	return t.do("INSERT INTO draft_file (id, ticket, kind, place, name, type, size, sha256, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", append(row, rowSum(row...))...)
}

// DetachDraft takes a file from a draft; a draft without words and files ends.
func (r *Replica) DetachDraft(ctx context.Context, ticket desk.TicketID, kind desk.MessageKind, id string) error {
	return r.outbox.update(ctx, func(t *txn) error {
		if err := t.do("DELETE FROM draft_file WHERE id = ? AND ticket = ? AND kind = ?", id, string(ticket), string(kind)); err != nil {
			return err
		}
		return t.endEmpty(ticket, kind)
	})
}

// DropDraft ends a draft with its files.
func (r *Replica) DropDraft(ctx context.Context, ticket desk.TicketID, kind desk.MessageKind) error {
	return r.outbox.update(ctx, func(t *txn) error { return t.dropDraft(ticket, kind) })
}

func (t *txn) dropDraft(ticket desk.TicketID, kind desk.MessageKind) error {
	for _, table := range []string{"draft_file", "draft_envelope", "draft"} {
		if err := t.do("DELETE FROM "+table+" WHERE ticket = ? AND kind = ?", string(ticket), string(kind)); err != nil {
			return err
		}
	}
	return nil
}

// DraftFiles lists the files of a draft in the order they were attached.
func (r *Replica) DraftFiles(ctx context.Context, ticket desk.TicketID, kind desk.MessageKind) (list []desk.Attachment, err error) {
	err = r.outbox.view(ctx, func(t *txn) error { list, err = t.draftFiles(ticket, kind); return err })
	return list, err
}

func (t *txn) draftFiles(ticket desk.TicketID, kind desk.MessageKind) ([]desk.Attachment, error) {
	return collect(t, "SELECT id, name, type, size, sha256 FROM draft_file WHERE ticket = ? AND kind = ? ORDER BY place", []any{string(ticket), string(kind)},
		func(s scan) (f desk.Attachment, err error) { return f, s(&f.ID, &f.Name, &f.Type, &f.Size, &f.SHA256) })
}

// endEmpty deletes a draft that has neither words nor files, and its envelope. One
// with a subject is begun.
func (t *txn) endEmpty(ticket desk.TicketID, kind desk.MessageKind) error {
	if d, found, err := t.draft(ticket, kind); err != nil || found && d.Envelope.Subject != "" {
		return err
	}
	ended, err := t.exec("DELETE FROM draft WHERE ticket = ? AND kind = ? AND text = '' AND NOT EXISTS"+
		" (SELECT 1 FROM draft_file f WHERE f.ticket = draft.ticket AND f.kind = draft.kind)", string(ticket), string(kind))
	if err != nil || ended == 0 {
		return err
	}
	return t.do("DELETE FROM draft_envelope WHERE ticket = ? AND kind = ?", string(ticket), string(kind))
}
