package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/message"
)

// builder collects what a mail becomes.
type builder struct {
	c     *Converter
	entry Entry
	m     *message.Message
	at    time.Time
	files []File
	list  []desk.Mutation
	err   error
}

func (c *Converter) builder(e Entry, m *message.Message) *builder {
	at := e.Mail.InternalDate
	if now := c.now(); at.IsZero() || at.After(now) {
		at = now
	}
	return &builder{c: c, entry: e, m: m, at: at}
}

// mutate adds a mutation, done when the mail reached the mailbox: the Date
// field is the sender's claim.
func (b *builder) mutate(name desk.Name, ticket desk.TicketID, args any) {
	mutation, err := desk.NewMutation(name, ticket, args, b.at)
	if err != nil && b.err == nil {
		b.err = err
	}
	b.list = append(b.list, mutation)
}

func (b *builder) outcome(ticket desk.TicketID, why string) (Outcome, error) {
	o := Outcome{Entry: b.entry.ID, State: Converted, Reason: why, Ticket: ticket, Mutations: b.list, Files: b.files}
	if !b.entry.Old && reachable(b.m.From.Email) {
		o.From = b.m.From.Email
	}
	if len(b.list) > 0 {
		o.Message = messageID(b.entry.Mail)
	}
	return o, b.err
}

// message is the mail as a block of the thread.
func (b *builder) message(p place) desk.Message {
	m := b.m
	b.files = nil
	text, quoted := split(m.Text, m.ReplyText)
	if p.kind == desk.InternalNote && text == "" && m.HTML == "" && len(m.Attachments) == 0 {
		text = title(m) // the desk takes no empty note, and the mail is one all the same
	}
	return desk.Message{
		ID: messageID(b.entry.Mail), Ticket: p.ticket, Kind: p.kind, Aside: p.beside,
		From: &desk.Address{Name: m.From.Name, Email: m.From.Email}, To: addresses(m.To), Cc: addresses(m.Cc),
		Subject: m.Subject, Text: text, Quoted: quoted, HTML: m.HTML, Attachments: b.attachments(),
		MailID: m.MessageID, Auto: machineMade(m), Suspect: p.suspect, Why: p.why, Origin: b.origin(), Invitation: invitation(m.Invite),
	}
}

// invitation is the meeting a mail speaks of, if it brings a calendar, its times
// in no zone but that of whoever looks.
func invitation(read *message.Invite) *desk.Invitation {
	if read == nil {
		return nil
	}
	i := read.Invitation
	i.Start, i.End, i.Occurrence = storable(i.Start), storable(i.End), storable(i.Occurrence)
	if i.Start.IsZero() {
		i.End = time.Time{}
	}
	return &i
}

// storable is an instant in UTC; RFC 3339 knows no years beyond four digits.
func storable(t time.Time) time.Time {
	if t = t.UTC(); t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// origin leads back to the mail, whose bytes the ledger has.
func (b *builder) origin() *desk.Origin {
	mail := b.entry.Mail
	return &desk.Origin{SHA256: hex.EncodeToString(mail.SHA256[:]), Size: int64(len(mail.Bytes)), Sealed: string(b.m.Sealed)}
}

func (b *builder) attachments() []desk.Attachment {
	list := make([]desk.Attachment, 0, len(b.m.Attachments))
	for n, a := range b.m.Attachments {
		sum := b.keep(a.Data)
		list = append(list, desk.Attachment{
			ID: attachmentID(b.entry.Mail, n), Name: a.Name, Type: a.Type, Size: int64(len(a.Data)),
			SHA256: sum, Inline: a.Inline, CID: a.CID,
		})
	}
	return list
}

// attachRaw adds the mail itself to a message that could not be made of it.
func (b *builder) attachRaw(m *desk.Message) {
	raw := b.entry.Mail.Bytes
	m.Attachments = append(m.Attachments, desk.Attachment{
		ID: attachmentID(b.entry.Mail, len(m.Attachments)), Name: "original.eml", Type: "message/rfc822",
		Size: int64(len(raw)), SHA256: b.keep(raw),
	})
}

func (b *builder) keep(data []byte) string {
	hash := sha256.Sum256(data)
	sum := hex.EncodeToString(hash[:])
	b.files = append(b.files, File{SHA256: sum, Data: data})
	return sum
}

func addresses(list []message.Address) []desk.Address {
	out := make([]desk.Address, 0, len(list))
	for _, a := range list {
		out = append(out, desk.Address{Name: a.Name, Email: a.Email})
	}
	return out
}

// split tells what the writer wrote from the quotation below it. Where the
// reply is not the beginning of the text, the whole text is kept as quoted:
// showing words twice is better than losing one.
func split(text, reply string) (written, quoted string) {
	written = strings.TrimSpace(reply)
	rest, below := strings.CutPrefix(strings.TrimSpace(text), written)
	switch {
	case written == "":
		return strings.TrimSpace(text), ""
	case below:
		return written, strings.TrimSpace(rest)
	}
	return written, strings.TrimSpace(text)
}

// title is the subject, or the first words, since a ticket needs one.
func title(m *message.Message) string {
	if s := strings.Join(strings.Fields(m.Subject), " "); s != "" {
		return cut(s, 200)
	}
	for l := range strings.Lines(m.ReplyText) {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			return cut(l, 80)
		}
	}
	if m.From.Email != "" {
		return fmt.Sprintf("Mail from %s without a subject", m.From.Email)
	}
	return "Mail without a subject"
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}
