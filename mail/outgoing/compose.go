package outgoing

import (
	"bytes"
	"fmt"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Compose writes the mail as it goes over the wire, lines ended by CRLF. Two
// calls may differ in the boundaries between parts: what has to be the same
// mail when it is sent again is stored.
func Compose(a Answer) ([]byte, error) {
	if err := a.Check(); err != nil {
		return nil, err
	}
	msg, err := build(a)
	if err != nil {
		return nil, fmt.Errorf("compose mail %s: %w", bare(a.MessageID), err)
	}
	var out bytes.Buffer
	if _, err := msg.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("compose mail %s: %w", bare(a.MessageID), err)
	}
	// The library folds an id that is longer than its line, and some servers
	// lose a Message-ID that begins on the second one.
	return bytes.Replace(out.Bytes(), []byte("\r\nMessage-ID:\r\n <"), []byte("\r\nMessage-ID: <"), 1), nil
}

func build(a Answer) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(person(a.From))
	msg.ToMailAddress(people(a.To)...)
	if len(a.Cc) > 0 {
		msg.CcMailAddress(people(a.Cc)...)
	}
	if a.ReplyTo.Email != "" {
		msg.ReplyToMailAddress(person(a.ReplyTo))
	}
	msg.Subject(line(a.Subject))
	msg.SetDateWithValue(a.Date.Truncate(time.Second))
	msg.SetMessageIDWithValue(bare(a.MessageID))
	if isID(a.InReplyTo) {
		msg.SetGenHeaderPreformatted(gomail.HeaderInReplyTo, "<"+bare(a.InReplyTo)+">")
	}
	if ids := a.ancestors(); len(ids) > 0 {
		msg.SetGenHeaderPreformatted(gomail.HeaderReferences, references(ids))
	}
	if a.AutoReply {
		msg.SetGenHeaderPreformatted("Auto-Submitted", "auto-replied")
		msg.SetGenHeaderPreformatted("X-Auto-Response-Suppress", "All")
	}
	msg.SetBodyString(gomail.TypeTextPlain, crlf(a.Text))
	if a.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, crlf(a.HTML))
	}
	if len(a.Calendar) > 0 {
		msg.AddAlternativeString("text/calendar; method=REPLY", string(a.Calendar))
	}
	return msg, attach(msg, a.Attachments)
}

func person(a Address) *mail.Address {
	return &mail.Address{Name: line(a.Name), Address: a.Email}
}

func people(list []Address) []*mail.Address {
	out := make([]*mail.Address, 0, len(list))
	for _, a := range list {
		out = append(out, person(a))
	}
	return out
}

// references keeps the first id and the newest ones, each once, on lines of
// their own: RFC 5322 §2.1.1 limits a line, and long threads are cut by
// everyone (RFC 5537 §3.4.4 keeps the first and the last).
func references(ids []string) string {
	const most = 20
	var lines []string
	seen := map[string]bool{}
	for _, id := range ids {
		if id = "<" + bare(id) + ">"; !seen[id] {
			seen[id] = true
			lines = append(lines, id)
		}
	}
	if len(lines) > most {
		lines = append(lines[:1], lines[len(lines)-most+1:]...)
	}
	return strings.Join(lines, "\r\n ")
}

// crlf gives every line the ending of RFC 5322, whatever it had.
func crlf(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	return strings.ReplaceAll(text, "\n", "\r\n")
}
