package post

import (
	"context"
	"encoding/json"
	"time"

	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub"
)

// Place is a mailbox of an account.
type Place struct{ Account, Mailbox string }

func (p Place) metaMarked() string { return "mail.marked." + p.Account + "/" + p.Mailbox }

func (p Place) metaHistory() string { return "mail.history." + p.Account + "/" + p.Mailbox }

// beginning is what stood in a mailbox when the hub first saw it: history, which is
// taken in silently.
type beginning struct {
	upTo  map[uint32]uint32 // the highest UID of it, by UIDVALIDITY
	since time.Time         // of files, which have no UIDs, and of what an older program read: before the second in which it was added
}

// began reads what is known of it.
func (p Place) began(tx *store.CentralTx) (b beginning, err error) {
	if b.since, err = tx.MailboxSince(p.Account, p.Mailbox); err != nil {
		return b, err
	}
	b.since = b.since.Truncate(time.Second)
	text, err := tx.Meta(p.metaHistory())
	if err != nil || text == "" {
		return b, err
	}
	return b, json.Unmarshal([]byte(text), &b.upTo)
}

// begin notes the history of another generation of UIDs. That of those before stays,
// for mails of theirs may wait yet.
func (p Place) begin(tx *store.CentralTx, at intake.Position) error {
	b, err := p.began(tx)
	if err != nil {
		return err
	}
	if b.upTo == nil {
		b.upTo = map[uint32]uint32{}
	}
	b.upTo[at.UIDValidity] = at.History
	text, err := json.Marshal(b.upTo)
	if err != nil {
		return err
	}
	return tx.SetMeta(p.metaHistory(), string(text))
}

// goOn notes how far the mailbox was read.
func (p Place) goOn(tx *store.CentralTx, next intake.Position) error {
	if err := tx.SetPosition(p.Account, p.Mailbox, next.UIDValidity, next.LastUID, next.HighestModSeq); err != nil {
		return err
	}
	marked, err := json.Marshal(next.MarkedUID)
	if err != nil {
		return err
	}
	return tx.SetMeta(p.metaMarked(), string(marked))
}

// Begin notes since when mails without UIDs of a server's are read, by the clock of
// the machine that dates their files: what came before is history.
func (s *Sink) Begin(ctx context.Context, account, mailbox string, now time.Time) error {
	return s.store.Update(ctx, func(tx *store.CentralTx) error { return tx.BeginMailbox(account, mailbox, now) })
}

// Lift gives a mailbox that an older program opened, which told its history by dates,
// one by UIDs: all before the first mail that the ledger has of after it was added.
// Where none came yet that program may have been at its beginning still, and it is read
// anew: the ledger knows what was read.
func (s *Sink) Lift(ctx context.Context, duty *hub.Duty, from Place) error {
	older, err := look(ctx, s, from.dated)
	if err != nil || !older {
		return err
	}
	return s.store.Update(ctx, func(tx *store.CentralTx) error {
		if older, err := from.dated(tx); err != nil || !older {
			return err
		}
		if err := duty.Keep(tx); err != nil {
			return err
		}
		return from.lift(tx)
	})
}

// dated reports whether the history of what is read now is told by dates.
func (p Place) dated(tx *store.CentralTx) (bool, error) {
	validity, _, _, err := tx.Position(p.Account, p.Mailbox)
	if err != nil || validity == 0 {
		return false, err
	}
	b, err := p.began(tx)
	_, known := b.upTo[validity]
	return !known, err
}

func (p Place) lift(tx *store.CentralTx) error {
	validity, _, _, err := tx.Position(p.Account, p.Mailbox)
	if err != nil {
		return err
	}
	b, err := p.began(tx)
	if err != nil {
		return err
	}
	first, err := tx.FirstMail(p.Account, p.Mailbox, validity, b.since)
	if err != nil {
		return err
	}
	if first == 0 {
		return tx.SetPosition(p.Account, p.Mailbox, 0, 0, 0)
	}
	return p.begin(tx, intake.Position{UIDValidity: validity, History: first - 1})
}

// Position is where to go on reading a mailbox.
func (s *Sink) Position(ctx context.Context, account, mailbox string) (p intake.Position, err error) {
	from := Place{account, mailbox}
	err = s.store.View(ctx, func(tx *store.CentralTx) error {
		if p.UIDValidity, p.LastUID, p.HighestModSeq, err = tx.Position(account, mailbox); err != nil {
			return err
		}
		b, err := from.began(tx)
		if err != nil {
			return err
		}
		p.History = b.upTo[p.UIDValidity]
		marked, err := tx.Meta(from.metaMarked())
		if err != nil || marked == "" {
			return err
		}
		return json.Unmarshal([]byte(marked), &p.MarkedUID)
	})
	return p, err
}

// history reports whether the mail is history of its mailbox. began holds what is
// known of that already.
func history(tx *store.CentralTx, m intake.Mail, began map[Place]beginning) (bool, error) {
	from := Place{m.Account, m.Mailbox}
	b, known := began[from]
	if !known {
		var err error
		if b, err = from.began(tx); err != nil {
			return false, err
		}
		began[from] = b
	}
	if upTo, known := b.upTo[m.UIDValidity]; known {
		return m.UID <= upTo, nil
	}
	return m.InternalDate.Before(b.since), nil
}
