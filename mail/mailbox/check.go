package mailbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// MissingError is a mailbox that the account does not have.
type MissingError struct {
	Mailbox string
	Has     []string // those it has, in their order
	Err     error    // what the server said
}

// Error says which it is.
func (e *MissingError) Error() string {
	return fmt.Sprintf("there is no mailbox %s: %v", e.Mailbox, e.Err)
}

// Unwrap returns what the server said.
func (e *MissingError) Unwrap() error { return e.Err }

// Check signs in and opens the mailbox once, and those besides that a caller
// relies on. It changes nothing. Its error is an *Error that says at what it
// failed; where a mailbox is missing it holds a *MissingError.
func Check(ctx context.Context, cfg Config, besides ...string) error {
	name := cfg.withDefaults().Mailbox
	return visit(ctx, cfg, name, func(ctx context.Context, s *session) error {
		for _, one := range append([]string{name}, besides...) {
			s.cfg.Mailbox = one
			if _, err := s.selectBox(ctx, true); err != nil {
				return s.missing(ctx, one, err)
			}
		}
		return nil
	})
}

// missing tells a mailbox that is not there from one that cannot be opened.
func (s *session) missing(ctx context.Context, name string, refusal error) error {
	if _, said := errors.AsType[*imap.Error](refusal); !said || !s.alive() {
		return refusal
	}
	has, err := s.names(ctx)
	if err != nil || slices.Contains(has, name) {
		return refusal
	}
	return &Error{Class: ClassProtocol, Account: s.cfg.Account, Err: &MissingError{name, has, refusal}}
}

// names lists the mailboxes that can be opened.
func (s *session) names(ctx context.Context) (names []string, err error) {
	err = s.wait(ctx, func() error {
		list, err := s.client.List("", "*", nil).Collect()
		for _, box := range list {
			if !slices.Contains(box.Attrs, imap.MailboxAttrNoSelect) {
				names = append(names, box.Mailbox)
			}
		}
		return err
	})
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return names, err
}
