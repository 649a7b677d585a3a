package mailbox

import (
	"context"
	"errors"
	"fmt"

	"github.com/emersion/go-imap/v2"
)

// Marks is what is done on the server to a mail that was delivered. The zero
// value leaves the mailbox untouched. Several may be set; MoveTo and Delete
// exclude each other.
type Marks struct {
	Seen    bool
	Keyword string // such as $Holdall
	MoveTo  string // a mailbox that exists
	Delete  bool
}

func (m Marks) none() bool { return m == Marks{} }

// ErrCannotMove: without MOVE and without UIDPLUS a mail can be moved or
// deleted only by an EXPUNGE that also destroys what others have flagged.
var ErrCannotMove = errors.New("the mail server offers neither MOVE nor UIDPLUS: choose to mark mails as seen instead of moving or deleting them")

// mark marks what was delivered since the last mark. Every step may be
// repeated: a flag set twice is one flag, a UID that is gone is passed over.
func (w *Watcher) mark(ctx context.Context, s *session, pos *Position) error {
	m := w.cfg.Marks
	if m.none() || pos.MarkedUID >= pos.LastUID {
		return nil
	}
	var set imap.UIDSet
	set.AddRange(imap.UID(pos.MarkedUID)+1, imap.UID(pos.LastUID))
	if err := s.flag(ctx, set, m.flags()...); err != nil {
		return fmt.Errorf("mark mails %s: %w", set.String(), err)
	}
	if err := s.remove(ctx, set, m); err != nil {
		return fmt.Errorf("clear mails %s away: %w", set.String(), err)
	}
	pos.MarkedUID = pos.LastUID
	return nil
}

func (m Marks) flags() (flags []imap.Flag) {
	if m.Seen {
		flags = append(flags, imap.FlagSeen)
	}
	if m.Keyword != "" {
		flags = append(flags, imap.Flag(m.Keyword))
	}
	return flags
}

func (s *session) flag(ctx context.Context, set imap.UIDSet, flags ...imap.Flag) error {
	if len(flags) == 0 {
		return nil
	}
	return s.wait(ctx, func() error {
		return s.client.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: flags}, nil).Close()
	})
}

// remove never uses the library's Move on a server without MOVE: it falls back
// to a plain EXPUNGE there.
func (s *session) remove(ctx context.Context, set imap.UIDSet, m Marks) error {
	if m.MoveTo == "" && !m.Delete {
		return nil
	}
	if m.MoveTo != "" && s.caps.Has(imap.CapMove) {
		return s.wait(ctx, func() error {
			_, err := s.client.Move(set, m.MoveTo).Wait()
			return err
		})
	}
	if !s.caps.Has(imap.CapUIDPlus) {
		return ErrCannotMove
	}
	if m.MoveTo != "" {
		if err := s.copyTo(ctx, set, m.MoveTo); err != nil {
			return err
		}
	}
	if err := s.flag(ctx, set, imap.FlagDeleted); err != nil {
		return err
	}
	return s.wait(ctx, func() error { return s.client.UIDExpunge(set).Close() })
}

func (s *session) copyTo(ctx context.Context, set imap.UIDSet, mailbox string) error {
	return s.wait(ctx, func() error {
		_, err := s.client.Copy(set, mailbox).Wait()
		return err
	})
}
