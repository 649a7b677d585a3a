package desk

import (
	"slices"
	"time"
)

// MessageKind separates what a requester may see from what he must not.
type MessageKind string

const (
	FromRequester MessageKind = "requester"
	PublicReply   MessageKind = "reply"
	InternalNote  MessageKind = "note"    // never leaves the desk
	Forward       MessageKind = "forward" // goes to somebody outside the conversation
	AsideMail     MessageKind = "aside"   // of a side conversation: goes to its people
	AsideAnswer   MessageKind = "answer"  // what came back to one
)

// Address is a mail address with the name it came with.
type Address struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email"`
}

// Attachment is a file of a message; its bytes are addressed by content.
type Attachment struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Type    string `json:"type"`
	Size    int64  `json:"size"`   // bytes
	SHA256  string `json:"sha256"` // 64 hexadecimal digits in lower case
	Inline  bool   `json:"inline,omitempty"`
	CID     string `json:"cid,omitempty"`     // RFC 2392, without angle brackets
	Awaited bool   `json:"awaited,omitempty"` // the bytes have not reached the hub yet (SPEC P40)
}

// Message is one block of a ticket's thread.
type Message struct {
	ID          MessageID    `json:"id"`
	Ticket      TicketID     `json:"ticket"`
	Kind        MessageKind  `json:"kind"`
	Author      PersonID     `json:"author,omitempty"`    // of a reply or note
	Requester   RequesterID  `json:"requester,omitempty"` // of a requester's message
	From        *Address     `json:"from,omitempty"`      // as the mail said
	To          []Address    `json:"to,omitempty"`
	Cc          []Address    `json:"cc,omitempty"`
	Subject     string       `json:"subject,omitempty"`
	Text        string       `json:"text"`                // what the writer wrote
	Quoted      string       `json:"quoted,omitempty"`    // the quotation below it, folded in the view
	Signature   string       `json:"signature,omitempty"` // of an answer, as it was when its writer sent it
	HTML        string       `json:"html,omitempty"`      // sanitised
	Attachments []Attachment `json:"attachments,omitempty"`
	MailID      string       `json:"mail_id,omitempty"` // RFC 5322 Message-ID, without angle brackets
	About       MessageID    `json:"about,omitempty"`   // of a forward: the message that is passed on, or DescriptionOf its ticket; of an answer to an invitation: that one
	Admits      bool         `json:"admits,omitempty"`  // of a forward: its readers may answer into the conversation
	Aside       AsideID      `json:"aside,omitempty"`   // the side conversation it belongs to
	Seen        MessageID    `json:"seen,omitempty"`    // newest message of its conversation the writer had seen
	Delivery    Delivery     `json:"delivery,omitempty"`
	Problem     string       `json:"problem,omitempty"`    // why it is held, waits, failed or is unknown
	Wait        *Wait        `json:"wait,omitempty"`       // of a reply that waits or is unknown
	Auto        bool         `json:"auto,omitempty"`       // made by a machine: answers nobody, resumes nothing
	Suspect     bool         `json:"suspect,omitempty"`    // a known thread, but a stranger's hand: for agents only
	Why         string       `json:"why,omitempty"`        // why the mail joined this ticket or opened it
	Origin      *Origin      `json:"origin,omitempty"`     // the mail it came as
	Placing     *Placing     `json:"placing,omitempty"`    // who said where it belongs
	Invitation  *Invitation  `json:"invitation,omitempty"` // the meeting it speaks of
	At          time.Time    `json:"at"`                   // done-time
	SyncedAt    time.Time    `json:"synced_at"`            // when the hub took it, by its clock
	Turn        Turn         `json:"turn,omitempty"`       // its place in the ticket
	Rev         int64        `json:"rev"`
	surplus
}

// Key names the record of the message.
func (m Message) Key() Key { return Key{KindMessage, string(m.ID)} }

// Whole reports whether the hub has the bytes of every file of the message.
func (m Message) Whole() bool {
	return !slices.ContainsFunc(m.Attachments, func(a Attachment) bool { return a.Awaited })
}

// Public reports whether the requester may see the message.
func (m Message) Public() bool {
	return (m.Kind == FromRequester || m.Kind == PublicReply) && !m.Suspect && !m.Away() && m.Delivery != DeliveryHeld && m.Delivery != DeliveryDiscarded
}
