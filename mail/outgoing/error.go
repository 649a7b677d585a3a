package outgoing

import (
	"errors"
	"fmt"
	"net/textproto"
	"strings"
	"time"
)

// Outcome is what is known of a mail that Send did not confirm.
type Outcome string

// The outcomes.
const (
	// Temporary: the server has not taken it and may later (4xx, or the
	// network failed before the end of DATA).
	Temporary Outcome = "temporary"
	// Permanent: the server will not take it (5xx), or it cannot be written.
	Permanent Outcome = "permanent"
	// Unknown: the connection was cut after the end of DATA and before the
	// reply (RFC 5321 §4.1.1.4); it may have been taken.
	Unknown Outcome = "unknown"
)

// ErrHeldBack is a mail that its Leaves held back: the server has not taken it.
var ErrHeldBack = errors.New("the mail was held back before its end")

// Error tells what became of a mail.
type Error struct {
	Outcome    Outcome
	Code       int           // of the server's reply, 0 if it gave none
	Recipients []string      // those it refused; empty if it concerns all
	Server     bool          // it concerns the server: no other mail would leave just now
	SignIn     bool          // it concerns the account, not the mail: a person has to act
	After      time.Duration // the server asked for so much patience; 0: it did not say
	Err        error
}

// Error says the outcome, the act and the cause.
func (e *Error) Error() string {
	if len(e.Recipients) > 0 {
		return fmt.Sprintf("%s: %v (refused: %v)", e.Outcome, e.Err, e.Recipients)
	}
	return fmt.Sprintf("%s: %v", e.Outcome, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Words are what the server said, or what happened, for people: without the steps
// that led there and without addresses of machines.
// They fit into a sentence: a server may say as much as it likes.
func (e *Error) Words() string {
	words := []rune(line(strings.Join(leaves(e.Err), "; ")))
	if len(words) > wordsMost {
		words = append(words[:wordsMost-1], '…')
	}
	return string(words)
}

const wordsMost = 300

// leaves are the causes an error began with.
func leaves(err error) []string {
	switch e := err.(type) {
	case *textproto.Error:
		return []string{fmt.Sprintf("%d %s", e.Code, strings.TrimRight(strings.ReplaceAll(e.Msg, "\n", " "), ". "))}
	case interface{ Unwrap() []error }:
		var all []string
		for _, one := range e.Unwrap() {
			all = append(all, leaves(one)...)
		}
		return all
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			return leaves(inner)
		}
	}
	return []string{strings.TrimRight(strings.ReplaceAll(err.Error(), "\n", " "), ". ")}
}

// refused classes an error before the end of DATA; act is what was being done.
func refused(act string, err error) *Error {
	out := &Error{Outcome: Temporary, Err: fmt.Errorf("%s: %w", act, err)}
	if reply, ok := errors.AsType[*textproto.Error](err); ok {
		out.Code = reply.Code
		if reply.Code >= 500 && !congested(reply.Msg) {
			out.Outcome = Permanent
		}
		out.Server = reply.Code == 421 // RFC 5321 §3.8: the server goes away
		if reply.Code == 530 {         // RFC 4954 §6: any command may say that it wants a sign-in
			out.Outcome, out.Server, out.SignIn = Temporary, true, true
		}
		out.After = patience(reply.Msg)
	}
	return out
}

// congested is X.4.5, which passes by itself whatever class it is given: RFC 3463
// §3.5 calls it useful only as a transient error, and providers say it with 550
// when a mailbox has sent as much as it may in a day.
func congested(text string) bool {
	return strings.HasPrefix(text, "5.4.5 ") || strings.HasPrefix(text, "4.4.5 ")
}

// unreached is an error before the mail was spoken of: whatever the server
// said, it has not refused the mail.
func unreached(act string, err error) *Error {
	out := refused(act, err)
	out.Outcome, out.Server = Temporary, true
	// RFC 4954 §6: 530, 534, 535 and 538 speak of the sign-in.
	out.SignIn = out.Code >= 530 && out.Code < 540
	return out
}

// unconfirmed classes an error after the end of DATA.
func unconfirmed(err error) *Error {
	out := refused("await the reply to the mail", err)
	if out.Code == 0 {
		out.Outcome = Unknown
	}
	return out
}
