package outgoing

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
)

// Address is a person and an address, without any quoting.
type Address struct {
	Name  string
	Email string
}

// Attachment is a file that goes along.
type Attachment struct {
	Name string // as the reader will see it
	Type string // media type; application/octet-stream if empty
	Data []byte
}

// Answer is a public mail. It is written by a person, or by the desk itself
// when AutoReply is set.
type Answer struct {
	From    Address
	ReplyTo Address // optional
	To      []Address
	Cc      []Address
	Subject string
	Date    time.Time // of writing; it is part of the bytes
	Text    string
	HTML    string // optional; Text is then its alternative
	// MessageID is ours, made by MessageID; angle brackets optional.
	MessageID  string
	InReplyTo  string
	References []string // oldest first; InReplyTo is added
	// Calendar answers an invitation; it stands beside the text as another way to
	// say the same (RFC 6047 §2.4).
	Calendar []byte
	// Attachments follow the text.
	Attachments []Attachment
	// AutoReply marks an answer no person wrote (RFC 3834 §5): machines do not
	// answer it.
	AutoReply bool
}

// Mail is an answer as it goes over the wire, with its envelope.
type Mail struct {
	From string
	To   []string // everybody it goes to
	Raw  []byte
	// Leaves is asked in the last moment in which the mail can be held back, after
	// its last word and before the end of DATA; nil: it leaves.
	Leaves func() bool
}

// Write makes the mail of an answer. It is stored before it is first sent, so
// that every try is of the same mail.
func Write(a Answer) (Mail, error) {
	raw, err := Compose(a)
	if err != nil {
		return Mail{}, err
	}
	m := Mail{From: a.From.Email, Raw: raw}
	for _, one := range append(a.To[:len(a.To):len(a.To)], a.Cc...) {
		m.To = append(m.To, one.Email)
	}
	return m, nil
}

// Check says in a sentence why the answer cannot be sent, or returns nil.
func (a Answer) Check() error {
	if len(a.To)+len(a.Cc) == 0 {
		return errors.New("the answer has no recipient")
	}
	for _, one := range a.everyone() {
		if parsed, err := mail.ParseAddress("<" + one.Email + ">"); err != nil || parsed.Address != one.Email {
			return fmt.Errorf("%q is not an e-mail address", one.Email)
		}
	}
	if !isID(a.MessageID) {
		return fmt.Errorf("%q is not a message id", a.MessageID)
	}
	if a.Date.IsZero() {
		return errors.New("the answer has no date")
	}
	return nil
}

func (a Answer) everyone() []Address {
	all := append([]Address{a.From}, a.To...)
	all = append(all, a.Cc...)
	if a.ReplyTo.Email != "" {
		all = append(all, a.ReplyTo)
	}
	return all
}

// ancestors are the ids of the thread that can stand in a header. Those of
// others come as they please: one that is no id is left out, so that it cannot
// keep an answer from leaving.
func (a Answer) ancestors() []string {
	var ids []string
	for _, id := range append(a.References[:len(a.References):len(a.References)], a.InReplyTo) {
		if isID(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// isID holds to printable ASCII (RFC 5322 §3.6.4) and to a line's length.
func isID(id string) bool {
	id = bare(id)
	strange := func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' }
	return strings.Contains(id, "@") && len(id) < 900 && !strings.ContainsFunc(id, strange)
}

// bare is a message id without its angle brackets.
func bare(id string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(id), "<"), ">")
}

// line is a value that stays within its header: control characters become
// blanks (RFC 5322 §2.2 allows none in a field body).
func line(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == 0x85 {
			return ' '
		}
		return r
	}, s))
}
