package post

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"sync"
	"time"

	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub"
)

var _ intake.Sink = (*Sink)(nil)

// Sink files mails in the hub's database and carries out what they become:
// a mail is durable before anything is made of it, and is called converted in
// the transaction that makes it.
type Sink struct {
	// Acknowledge sends the answers that intake decides on; without it mails are
	// taken in silently.
	Acknowledge bool
	Silent      []string // mailboxes whose mails are never answered so

	server *hub.Server
	store  *store.Central

	mu   sync.Mutex
	duty *hub.Duty              // of converting; nil: nobody else does
	rows map[intake.EntryID]row // handed out by Pending and not settled yet
}

// keep writes only while the duty of converting is this node's. What an earlier
// turn read of the ledger is forgotten: another node may have settled it.
func (s *Sink) keep(duty *hub.Duty) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.duty, s.rows = duty, map[intake.EntryID]row{}
}

func (s *Sink) turn() *hub.Duty {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.duty
}

// row is the key of a ledger row.
type row struct{ account, sha256 string }

// NewSink makes the sink of a hub.
func NewSink(server *hub.Server) *Sink {
	return &Sink{server: server, store: server.Central(), rows: map[intake.EntryID]row{}}
}

// origin is what the ledger's columns do not say of a mail.
type origin struct {
	Size      int64 `json:"size"`
	Truncated bool  `json:"truncated"`
}

func metaOrigin(sha256 string) string { return "mail.origin." + sha256 }

// File keeps mails and the position behind them in one transaction.
func (s *Sink) File(ctx context.Context, mails []intake.Mail, next intake.Position) error {
	if len(mails) == 0 {
		return nil
	}
	return s.file(ctx, nil, Place{mails[0].Account, mails[0].Mailbox}, mails, next)
}

// file is File for the mails of one place; without any it notes that UIDs of another
// generation begin there.
func (s *Sink) file(ctx context.Context, duty *hub.Duty, from Place, mails []intake.Mail, next intake.Position) error {
	return s.store.Update(ctx, func(tx *store.CentralTx) error {
		if err := duty.Keep(tx); err != nil {
			return err
		}
		for _, m := range mails {
			if err := file(tx, m); err != nil {
				return err
			}
		}
		if len(mails) == 0 {
			if err := from.begin(tx, next); err != nil {
				return err
			}
		}
		return from.goOn(tx, next)
	})
}

func file(tx *store.CentralTx, m intake.Mail) error {
	l := store.Ledger{
		Account: m.Account, Mailbox: m.Mailbox, UIDValidity: m.UIDValidity, UID: m.UID,
		SHA256: hex.EncodeToString(m.SHA256[:]), Size: m.Size, ReceivedAt: m.InternalDate, State: store.MailFiled,
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

// pendingBytes bounds what is listed at once, so that mails of 50 MiB do not
// stand in memory by the dozen.
const pendingBytes = 32 << 20

// Pending lists filed mails that are due, oldest first: limit of them, or as
// many as pendingBytes hold, and one at least.
func (s *Sink) Pending(ctx context.Context, now time.Time, limit int) (entries []intake.Entry, err error) {
	if err := s.wake(ctx, now); err != nil {
		return nil, err
	}
	err = s.store.View(ctx, func(tx *store.CentralTx) error {
		entries = nil
		ledger, err := tx.PendingMail(limit)
		if err != nil {
			return err
		}
		began, size := map[Place]beginning{}, int64(0)
		for _, l := range ledger {
			if size += l.Size; size > pendingBytes && len(entries) > 0 {
				break
			}
			e := intake.Entry{ID: entryID(l), Tries: l.Tries}
			if e.Mail, err = mailOf(tx, l); err != nil {
				return err
			}
			if e.Old, err = history(tx, e.Mail, began); err != nil {
				return err
			}
			if e.Wanted, err = wanted(tx, l); err != nil {
				return err
			}
			s.hand(e.ID, row{l.Account, l.SHA256})
			entries = append(entries, e)
		}
		return nil
	})
	return entries, err
}

// restMost is longer than a mail rests between two tries.
const restMost = time.Hour

// wake files again what rested after a failed try. It writes only if something
// is due.
func (s *Sink) wake(ctx context.Context, now time.Time) error {
	due, err := look(ctx, s, func(tx *store.CentralTx) (bool, error) { return tx.MailDue(now, restMost) })
	if err != nil || !due {
		return err
	}
	duty := s.turn()
	return s.store.Update(ctx, func(tx *store.CentralTx) error {
		if err := duty.Keep(tx); err != nil {
			return err
		}
		return tx.WakeMail(now, restMost)
	})
}

func (s *Sink) hand(id intake.EntryID, r row) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[id] = r
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
