package hub

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"sync"
	"time"

	"holdall/mail/intake"
	"holdall/store"
)

var _ intake.Sink = (*MailSink)(nil)

// MailSink files mails in the hub's database and carries out what they become:
// a mail is durable before anything is made of it, and is called converted in
// the transaction that makes it.
type MailSink struct {
	// Acknowledge sends the answers that intake decides on; without it mails are
	// taken in silently.
	Acknowledge bool

	server *Server
	store  *store.Central

	mu      sync.Mutex
	rows    map[intake.EntryID]row // handed out by Pending and not settled yet
	traffic traffic
}

// row is a ledger row that waits to be converted.
type row struct {
	account, sha256 string
	due             time.Time // zero: now
}

// NewMailSink makes the sink of a hub.
func NewMailSink(server *Server) *MailSink {
	return &MailSink{server: server, store: server.engine.store, rows: map[intake.EntryID]row{}}
}

// origin is what the ledger's columns do not say of a mail.
type origin struct {
	Size      int64 `json:"size"`
	Truncated bool  `json:"truncated"`
}

func metaOrigin(sha256 string) string { return "mail.origin." + sha256 }

func metaMarked(account, mailbox string) string { return "mail.marked." + account + "/" + mailbox }

// File keeps mails and the position behind them in one transaction.
func (s *MailSink) File(ctx context.Context, mails []intake.Mail, next intake.Position) error {
	return s.store.Update(ctx, func(tx *store.CentralTx) error {
		for _, m := range mails {
			if err := file(tx, m); err != nil {
				return err
			}
		}
		if len(mails) == 0 {
			return nil
		}
		account, mailbox := mails[0].Account, mails[0].Mailbox
		if err := tx.SetPosition(account, mailbox, next.UIDValidity, next.LastUID, next.HighestModSeq); err != nil {
			return err
		}
		marked, err := json.Marshal(next.MarkedUID)
		if err != nil {
			return err
		}
		return tx.SetMeta(metaMarked(account, mailbox), string(marked))
	})
}

func file(tx *store.CentralTx, m intake.Mail) error {
	l := store.Ledger{
		Account: m.Account, Mailbox: m.Mailbox, UIDValidity: m.UIDValidity, UID: m.UID,
		SHA256: hex.EncodeToString(m.SHA256[:]), Size: m.Size, ReceivedAt: inOrder(m), State: store.MailFiled,
	}
	if m.Problem != "" {
		l.State, l.Reason = store.MailQuarantined, m.Problem
	}
	already, err := tx.FileMail(l, m.Bytes)
	if err != nil || already || !m.Truncated {
		return err
	}
	text, err := json.Marshal(origin{m.Size, true})
	if err != nil {
		return err
	}
	return tx.SetMeta(metaOrigin(l.SHA256), string(text))
}

// inOrder is when a mail was received, so that mails of one second keep the
// order of their UIDs: an answer must not be read before what it answers. IMAP
// tells whole seconds (RFC 9051 §9, date-time).
func inOrder(m intake.Mail) time.Time {
	if m.InternalDate.Nanosecond() != 0 {
		return m.InternalDate
	}
	return m.InternalDate.Add(time.Duration(m.UID%1000) * time.Millisecond)
}

// Position is where to go on reading a mailbox.
func (s *MailSink) Position(ctx context.Context, account, mailbox string) (p intake.Position, err error) {
	err = s.store.View(ctx, func(tx *store.CentralTx) error {
		if p.UIDValidity, p.LastUID, p.HighestModSeq, err = tx.Position(account, mailbox); err != nil {
			return err
		}
		marked, err := tx.Meta(metaMarked(account, mailbox))
		if err != nil || marked == "" {
			return err
		}
		return json.Unmarshal([]byte(marked), &p.MarkedUID)
	})
	return p, err
}

// Pending lists filed mails that are due, oldest first.
func (s *MailSink) Pending(ctx context.Context, now time.Time, limit int) (entries []intake.Entry, err error) {
	s.mu.Lock()
	resting := len(s.rows)
	s.mu.Unlock()
	err = s.store.View(ctx, func(tx *store.CentralTx) error {
		entries = nil
		ledger, err := tx.PendingMail(limit + resting)
		if err != nil {
			return err
		}
		for _, l := range ledger {
			id := entryID(l)
			if len(entries) == limit || !s.due(id, l, now) {
				continue
			}
			mail, err := mailOf(tx, l)
			if err != nil {
				return err
			}
			entries = append(entries, intake.Entry{ID: id, Mail: mail, Tries: l.Tries})
		}
		return nil
	})
	return entries, err
}

// due notes a row and reports whether its pause is over.
func (s *MailSink) due(id intake.EntryID, l store.Ledger, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, known := s.rows[id]
	if !known {
		s.rows[id] = row{account: l.Account, sha256: l.SHA256}
	}
	return !now.Before(r.due)
}

func mailOf(tx *store.CentralTx, l store.Ledger) (intake.Mail, error) {
	raw, err := tx.RawMail(l.SHA256)
	if err != nil {
		return intake.Mail{}, err
	}
	m := intake.Mail{
		Account: l.Account, Mailbox: l.Mailbox, UIDValidity: l.UIDValidity, UID: l.UID,
		Size: l.Size, InternalDate: l.ReceivedAt, Bytes: raw,
	}
	if _, err := hex.Decode(m.SHA256[:], []byte(l.SHA256)); err != nil {
		return intake.Mail{}, err
	}
	text, err := tx.Meta(metaOrigin(l.SHA256))
	if err != nil || text == "" {
		return m, err
	}
	var from origin
	err = json.Unmarshal([]byte(text), &from)
	m.Size, m.Truncated = from.Size, from.Truncated
	return m, err
}

// entryID names a row by its key: the same row has the same name in every run.
func entryID(l store.Ledger) intake.EntryID {
	raw, err := hex.DecodeString(l.SHA256)
	if err != nil || len(raw) < 8 {
		return 0
	}
	var account uint64 = 14695981039346656037
	for _, c := range []byte(l.Account) {
		account = (account ^ uint64(c)) * 1099511628211
	}
	return intake.EntryID((binary.BigEndian.Uint64(raw) ^ account) >> 1)
}
