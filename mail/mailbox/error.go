package mailbox

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Class says what to do about an error.
type Class string

// The classes. Only ClassAuth ends a Watcher; the others are tried again.
const (
	ClassAuth      Class = "auth"      // a person has to correct the sign-in
	ClassThrottled Class = "throttled" // the server asks for less
	ClassNetwork   Class = "network"   // unreachable, cut or silent
	ClassProtocol  Class = "protocol"  // an answer that was not expected
	ClassDelivery  Class = "delivery"  // our side could not take the mails
)

// Error is a failure of one account, classed.
type Error struct {
	Class   Class
	Account string
	Err     error
}

// Error says the account, the class and the cause.
func (e *Error) Error() string {
	return fmt.Sprintf("mailbox %s: %s: %v", e.Account, e.Class, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Transient reports whether trying again may help.
func (e *Error) Transient() bool { return e.Class != ClassAuth }

// ErrSilent: the server owed an answer and sent nothing until the deadline.
var ErrSilent = errors.New("the server did not answer in time")

func classed(account string, err error) *Error {
	if known, ok := errors.AsType[*Error](err); ok {
		return known
	}
	return &Error{Class: classOf(err), Account: account, Err: err}
}

// classOf reads the response code first (RFC 9051 §7.1) and, where servers
// give none, the words they are known to use.
func classOf(err error) Class {
	reply, ok := errors.AsType[*imap.Error](err)
	switch {
	case errors.Is(err, ErrCannotMove):
		return ClassProtocol
	case !ok:
		return ClassNetwork
	case reply.Code == imap.ResponseCodeUnavailable, reply.Code == imap.ResponseCodeServerBug:
		return ClassNetwork
	case strings.Contains(reply.Text, "authenticated but not connected"):
		return ClassNetwork // Exchange: its own back end is away for a moment
	case throttled(reply):
		return ClassThrottled
	}
	return ClassProtocol
}

func throttled(reply *imap.Error) bool {
	if reply.Code == imap.ResponseCodeLimit || reply.Code == imap.ResponseCodeInUse ||
		reply.Code == "THROTTLED" || reply.Code == imap.ResponseCodeOverQuota {
		return true
	}
	text := strings.ToLower(reply.Text)
	for _, word := range []string{"throttl", "too many", "rate limit", "bandwidth", "try again later"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// signInClass reads the answer to LOGIN or AUTHENTICATE: what is not known to
// pass by itself needs a person, because a wrong password repeated locks the
// account.
func signInClass(err error) Class {
	if _, ok := errors.AsType[*imap.Error](err); !ok || errors.Is(err, context.Canceled) {
		return ClassNetwork
	}
	if class := classOf(err); class != ClassProtocol {
		return class
	}
	return ClassAuth
}
