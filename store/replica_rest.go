package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"holdall/desk"
)

// Resting is a message its writer sent and may still take back: the mutation as
// it will enter the outbox, and the draft as it was.
type Resting struct {
	ID       desk.MessageID
	Mutation desk.Mutation
	Draft    Draft
}

// files are those of a draft whose kind is the message's id.
func (m Resting) files() desk.MessageKind { return desk.MessageKind(m.ID) }

// Rest keeps a message that rests and ends its draft, in one transaction: its
// words are never in two places, and never in none.
func (r *Replica) Rest(ctx context.Context, m Resting) error {
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode a message that rests: %w", err)
	}
	return r.outbox.update(ctx, func(t *txn) error {
		row := []any{string(m.ID), string(m.Draft.Ticket), string(body)}
		if err := t.do("INSERT INTO resting (id, ticket, body, sum) VALUES (?, ?, ?, ?)", append(row, rowSum(row...))...); err != nil {
			return err
		}
		if err := t.moveFiles(m.Draft.Ticket, m.Draft.Kind, m.files()); err != nil {
			return err
		}
		return t.dropDraft(m.Draft.Ticket, m.Draft.Kind)
	})
}

// Resting lists what rests, in the order it was sent.
func (r *Replica) Resting(ctx context.Context) (list []Resting, err error) {
	err = r.outbox.view(ctx, func(t *txn) error {
		list, err = t.resting("SELECT body FROM resting ORDER BY rowid")
		return err
	})
	return list, err
}

func (t *txn) resting(query string, args ...any) ([]Resting, error) {
	return collect(t, query, args, func(s scan) (m Resting, err error) {
		var body string
		if err := s(&body); err != nil {
			return m, err
		}
		if err := json.Unmarshal([]byte(body), &m); err != nil {
			return m, fmt.Errorf("read what rests: %w", err)
		}
		return m, nil
	})
}

// TakeBack makes a draft of a message that rests; false if it rests no more.
// What was begun meanwhile stays, below it, and goes to the people of both.
func (r *Replica) TakeBack(ctx context.Context, id desk.MessageID) (d Draft, found bool, err error) {
	err = r.outbox.update(ctx, func(t *txn) error {
		list, err := t.resting("SELECT body FROM resting WHERE id = ?", string(id))
		if found = len(list) > 0; err != nil || !found {
			return err
		}
		d = list[0].Draft
		begun, has, err := t.draft(d.Ticket, d.Kind)
		if err != nil {
			return err
		}
		if has {
			if d, err = list[0].over(begun); err != nil {
				return err
			}
		}
		if err := t.putDraft(d); err != nil {
			return err
		}
		if err := t.putEnvelope(d); err != nil {
			return err
		}
		if err := t.moveFiles(d.Ticket, list[0].files(), d.Kind); err != nil {
			return err
		}
		return t.do("DELETE FROM resting WHERE id = ?", string(id))
	})
	return d, found, err
}

// over is the draft of a message that was taken back and of what was begun after
// it. Where people are added to those it was to be sent to, these are named too.
func (m Resting) over(begun Draft) (Draft, error) {
	d := m.Draft
	if e := begun.Envelope; len(e.To)+len(e.Cc) > 0 && len(d.Envelope.To)+len(d.Envelope.Cc) == 0 {
		var args desk.AddMessage
		if err := json.Unmarshal(m.Mutation.Args, &args); err != nil {
			return d, fmt.Errorf("read the message that rests: %w", err)
		}
		d.Envelope.To, d.Envelope.Cc = args.Message.To, args.Message.Cc
	}
	both, left := d.Envelope.Over(begun.Envelope)
	d.Envelope = both
	for _, more := range []string{left, begun.Text} {
		if strings.TrimSpace(more) != "" {
			d.Text = strings.TrimSpace(d.Text) + "\n\n" + more
		}
	}
	return d, nil
}

// restNoMore ends the rest of the message a mutation adds, in the transaction
// that puts it into the outbox.
func (t *txn) restNoMore(m desk.Mutation) error {
	if m.Name != desk.MessageAdd {
		return nil
	}
	var args desk.AddMessage
	if err := json.Unmarshal(m.Args, &args); err != nil {
		return fmt.Errorf("read the message of mutation %d: %w", m.Mid, err)
	}
	if err := t.do("DELETE FROM draft_file WHERE ticket = ? AND kind = ?", string(m.Ticket), string(args.Message.ID)); err != nil {
		return err
	}
	return t.do("DELETE FROM resting WHERE id = ?", string(args.Message.ID))
}

// moveFiles gives the files of one draft to another, in their order.
func (t *txn) moveFiles(ticket desk.TicketID, from, to desk.MessageKind) error {
	files, err := t.draftFiles(ticket, from)
	if err != nil {
		return err
	}
	if err := t.do("DELETE FROM draft_file WHERE ticket = ? AND kind = ?", string(ticket), string(from)); err != nil {
		return err
	}
	for _, f := range files {
		if err := t.attach(ticket, to, f); err != nil {
			return err
		}
	}
	return nil
}
