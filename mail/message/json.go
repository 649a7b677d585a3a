package message

import (
	"encoding/json"
	"time"
)

// record is the object that the command prints; its keys are a contract.
type record struct {
	Subject       string       `json:"subject"`
	From          Address      `json:"from"`
	To            []Address    `json:"to"`
	Cc            []Address    `json:"cc"`
	MessageID     string       `json:"message_id"`
	InReplyTo     string       `json:"in_reply_to"`
	References    []string     `json:"references"`
	Date          *time.Time   `json:"date"`
	Text          string       `json:"text"`
	HTML          string       `json:"html"`
	ReplyText     string       `json:"reply_text"`
	Attachments   []Attachment `json:"attachments"`
	AutoSubmitted bool         `json:"auto_submitted"`
	Bounce        *Bounce      `json:"bounce"`
	Invite        *Invite      `json:"invite,omitempty"`
	Sealed        Seal         `json:"sealed,omitempty"`
}

// MarshalJSON writes the object of `holdalld mail parse`: lists are never
// null, an absent date is null, ids carry no angle brackets.
func (m *Message) MarshalJSON() ([]byte, error) {
	r := record{
		Subject: m.Subject, From: m.From, To: list(m.To), Cc: list(m.Cc),
		MessageID: m.MessageID, InReplyTo: m.InReplyTo, References: list(m.References),
		Text: m.Text, HTML: m.HTML, ReplyText: m.ReplyText, Attachments: list(m.Attachments),
		AutoSubmitted: m.AutoSubmitted, Bounce: m.Bounce, Invite: m.Invite, Sealed: m.Sealed,
	}
	if y := m.Date.Year(); !m.Date.IsZero() && y > 0 && y < 10000 {
		r.Date = &m.Date
	}
	return json.Marshal(r)
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
