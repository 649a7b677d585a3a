package mailbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Find reports whether a mailbox, such as Sent, holds a mail with this
// Message-ID, written with or without angle brackets. It settles what became
// of a mail whose sending was cut off.
func Find(ctx context.Context, cfg Config, mailbox, messageID string) (bool, error) {
	id := strings.Trim(messageID, "<> \t")
	var found bool
	err := visit(ctx, cfg, mailbox, func(ctx context.Context, s *session) error {
		if _, err := s.selectBox(ctx, true); err != nil {
			return err
		}
		criteria := &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: id}}}
		return s.wait(ctx, func() error {
			data, err := s.client.UIDSearch(criteria, nil).Wait()
			found = err == nil && len(data.AllUIDs()) > 0
			return err
		})
	})
	if err != nil {
		return false, fmt.Errorf("find %s in %s: %w", id, mailbox, err)
	}
	return found, nil
}

// errHeldBack is a copy that its may held back: the server does not have it.
var errHeldBack = errors.New("the copy was held back")

// Keep puts a copy of a mail into a mailbox, such as Sent, as already read. may is
// asked in the last moment in which it can be held back; nil: it may.
func Keep(ctx context.Context, cfg Config, mailbox string, raw []byte, may func() bool) error {
	err := visit(ctx, cfg, mailbox, func(ctx context.Context, s *session) error {
		if may != nil && !may() {
			return errHeldBack
		}
		return s.wait(ctx, func() error {
			cmd := s.client.Append(mailbox, int64(len(raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}})
			if _, err := bytes.NewReader(raw).WriteTo(cmd); err != nil {
				return err
			}
			if err := cmd.Close(); err != nil {
				return err
			}
			_, err := cmd.Wait()
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("keep a copy in %s: %w", mailbox, err)
	}
	return nil
}

// visit signs in for one act.
func visit(ctx context.Context, cfg Config, mailbox string, act func(context.Context, *session) error) error {
	if err := cfg.Validate(); err != nil {
		return err
	}
	cfg = cfg.withDefaults()
	cfg.Mailbox = mailbox
	s, err := open(ctx, &cfg, nil)
	if err != nil {
		return classed(cfg.Account, err)
	}
	defer s.close()
	if err := act(ctx, s); err != nil {
		return classed(cfg.Account, err)
	}
	return nil
}
