// Package message turns the bytes of one mail into a Message and promises
// that no input, however broken, crashes it, hangs it or makes it swallow the
// writer's words.
//
// Invariants: Parse always returns a Message, with an error beside it when the
// mail could only be read in part; no text holds a replacement character that
// its source does not hold; HTML has passed Sanitize; Text is complete, and
// ReplyText is Text without what the writer merely quoted. A doubtful line
// counts as the writer's.
//
// It stores nothing, sends nothing, asks no clock, and decides nothing about
// tickets: that is mail/intake. It is the only package that imports libraries of
// what mails are made of.
package message

import (
	"errors"
	"time"
)

// Address is one mailbox of RFC 5322 §3.4. Email may hold what the header
// gave although it is no valid address, since a bad sender is still a sender.
type Address struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Attachment is a part that is not part of the body text.
type Attachment struct {
	Name   string `json:"name"`
	Type   string `json:"type"`   // media type without parameters, lower case
	Size   int64  `json:"size"`   // bytes after transfer decoding
	Inline bool   `json:"inline"` // shown inside the HTML body
	CID    string `json:"cid"`    // Content-ID without angle brackets, RFC 2392
	Data   []byte `json:"-"`
}

// Bounce is what a delivery status notification says (RFC 3464). Status is
// an enhanced status code of RFC 3463: class 4 is temporary, 5 permanent.
type Bounce struct {
	Recipient []string `json:"recipient"`
	Status    string   `json:"status"`
}

// Temporary tells a delay from a final failure.
func (b *Bounce) Temporary() bool { return b != nil && len(b.Status) > 0 && b.Status[0] == '4' }

// Message is one mail, read. Ids carry no angle brackets. Date is zero when
// the mail names none.
type Message struct {
	Subject     string
	From        Address
	Authors     []Address // all that From names; more than one are no sender to be sure of
	Sender      Address
	To, Cc      []Address
	ReplyTo     []Address
	MessageID   string
	InReplyTo   string
	References  []string
	Date        time.Time
	Text        string
	HTML        string
	ReplyText   string
	Attachments []Attachment
	Invite      *Invite // the meeting it speaks of, if it brings a calendar
	Sealed      Seal    // how it is signed or encrypted, if it is

	// AutoSubmitted means made by a machine or a list: send no automatic
	// answer. It never means discard.
	AutoSubmitted bool
	// Reason names the header or rule behind AutoSubmitted, for the log.
	Reason string
	// OutOfOffice marks an absence notice: it never opens or reopens work.
	OutOfOffice bool
	Bounce      *Bounce

	ReturnPath            string // "<>" for the null sender, "" when absent
	AuthenticationResults []string
	Precedence            []string
	ListID                string
	Loop                  []string // values of X-Loop
	Delivered             []string // Delivered-To, X-Original-To, Envelope-To
	// ReportIDs are the Message-IDs found in a bounce or a returned message:
	// our own signed id among them names the ticket.
	ReportIDs []string

	// Problems are the repairs made and the limits met, in plain words.
	Problems []string

	over *Excess // the first budget it spent
}

// Errors that Parse wraps. The Message beside them is still worth filing.
var (
	ErrTooLarge   = errors.New("mail is larger than the limit")
	ErrDeadline   = errors.New("mail took longer than the limit")
	ErrUnreadable = errors.New("mail has no readable structure")
	ErrEmpty      = errors.New("mail is empty")
)

func (m *Message) problem(s string) {
	const most = 32
	if len(m.Problems) < most {
		m.Problems = append(m.Problems, s)
	}
}
