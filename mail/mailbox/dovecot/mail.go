package dovecot

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"
)

var deliveries atomic.Int64

// Deliver puts a mail into a user's mailbox the way a mail system does: a
// complete file that is renamed into the Maildir. Lines end with LF or CRLF.
func (s *Server) Deliver(user, mailbox string, raw []byte) error {
	return s.DeliverAt(user, mailbox, raw, time.Now())
}

// DeliverAt is Deliver by a server whose clock says otherwise: INTERNALDATE is the
// time of the file.
func (s *Server) DeliverAt(user, mailbox string, raw []byte, at time.Time) error {
	dir := s.maildir(user, mailbox)
	if err := s.makeMaildir(user, dir); err != nil {
		return fmt.Errorf("make mailbox %s of %s: %w", mailbox, user, err)
	}
	name := fmt.Sprintf("%010d.%d.example", deliveries.Add(1), os.Getpid())
	tmp := filepath.Join(dir, "tmp", name)
	if err := os.WriteFile(tmp, bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), 0o600); err != nil {
		return fmt.Errorf("deliver to %s: %w", user, err)
	}
	if err := errors.Join(os.Chown(tmp, s.owner.uid, s.owner.gid), os.Chtimes(tmp, at, at)); err != nil {
		return fmt.Errorf("deliver to %s: %w", user, err)
	}
	return os.Rename(tmp, filepath.Join(dir, "new", name))
}

// Recreate deletes a mailbox with all its mails and makes it anew: the server
// gives it another UIDVALIDITY. INBOX cannot be deleted (RFC 9051 §6.3.5).
func (s *Server) Recreate(user, mailbox string) error {
	for _, act := range []string{"delete", "create"} {
		doveadm := exec.Command("doveadm", "-c", s.path("dovecot.conf"), "mailbox", act, "-u", user, mailbox)
		if out, err := doveadm.CombinedOutput(); err != nil {
			return fmt.Errorf("%s mailbox %s of %s: %w: %s", act, mailbox, user, err, bytes.TrimSpace(out))
		}
	}
	return nil
}

func (s *Server) maildir(user, mailbox string) string {
	dir := filepath.Join(s.Dir, "mail", user, "Maildir")
	if mailbox != "INBOX" {
		dir = filepath.Join(dir, "."+mailbox)
	}
	return dir
}

func (s *Server) makeMaildir(user, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "new")); err == nil {
		return nil
	}
	for _, sub := range []string{"tmp", "new", "cur"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return err
		}
	}
	return filepath.Walk(filepath.Join(s.Dir, "mail", user), func(path string, info os.FileInfo, err error) error {
		if err != nil || !info.IsDir() {
			return nil // files belong to their writer, and may vanish under us
		}
		return os.Chown(path, s.owner.uid, s.owner.gid)
	})
}
