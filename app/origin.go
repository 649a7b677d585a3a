package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// Origin tells what stands behind a message. It needs no network.
func (t *Ticket) Origin(messageID string) (v OriginView, err error) {
	err = t.app.look(func(l *lens) error {
		m, err := desk.Read[desk.Message](l.tx, desk.Message{ID: desk.MessageID(messageID)}.Key())
		if err != nil {
			return err
		}
		v, err = l.origin(m)
		return err
	})
	return v, err
}

func (l *lens) origin(m desk.Message) (OriginView, error) {
	v := OriginView{Why: l.why(m), Marks: marksOf(m), Fields: knownFields(m), Nested: []Attachment{}}
	for _, f := range m.Attachments {
		itself := m.Origin != nil && f.SHA256 == m.Origin.SHA256
		if f.Nested() && !itself {
			v.Nested = append(v.Nested, showFile(f, assetURL(m.ID, f.ID)))
		}
	}
	source, kept := m.Source()
	if !kept {
		v.Said = noSource(m)
		return v, nil
	}
	v.Source, v.Here = showFile(source, assetURL(m.ID, source.ID)), l.ws.files.Here(source.SHA256)
	v.Said = "The mail as it came lies at the hub; it is fetched when you look at it."
	if v.Here {
		v.Said = "The mail as it came is on this device."
	}
	return v, nil
}

// noSource says why there is no mail behind a message.
func noSource(m desk.Message) string {
	if m.Kind == desk.FromRequester {
		return "The mail as it came is not kept with this message: it was taken in by an earlier version."
	}
	return "It was written here; there is no mail it came as."
}

// why is the reason that was stored, or who wrote it here.
func (l *lens) why(m desk.Message) string {
	if said := strings.TrimSpace(m.Why + " " + l.choice(m)); said != "" {
		return said
	}
	who := l.person(m.Author).Name
	switch {
	case m.Kind == desk.PublicReply && m.Auto:
		return "The desk answered by itself."
	case m.Kind == desk.PublicReply:
		return orNone(who, "Somebody") + " answered from this ticket."
	case m.Kind == desk.AsideMail:
		return orNone(who, "Somebody") + " wrote it in a side conversation of this ticket."
	case m.Kind == desk.InternalNote && who != "":
		return who + " wrote it on this ticket."
	}
	return "It was put on this ticket by the hub, which noted no reason."
}

// marksOf are what to know before a message is believed, the gravest first.
func marksOf(m desk.Message) []Mark {
	marks := []Mark{}
	add := func(kind, words, sentence string) { marks = append(marks, Mark{kind, words, sentence}) }
	if m.Suspect {
		add("suspect", "For agents only", "It names this ticket, but it came from somebody who is no part of it: the requester does not see it, and it changes nothing.")
	}
	if o := m.Origin; o != nil {
		switch {
		case o.Doubt != "":
			add("doubt", "Sender not believed", "Its sender is not certain: "+o.Doubt+".")
		case o.Vouched:
			add("vouched", "Sender confirmed", "The sender’s domain stands by it (DMARC), as our mail server found.")
		case m.From != nil:
			add("unvouched", "Sender not confirmed", "Our mail server has not said whether the sender’s domain stands by it: the address may be anybody’s.")
		}
		if o.Sealed != "" {
			marks = append(marks, sealMark(o.Sealed))
		}
	}
	if m.Auto && m.Kind != desk.PublicReply {
		add("machine", "By a machine", "No person wrote it: it answers nobody and resumes nothing.")
	}
	return marks
}

// sealMark tells a seal that was recognised; nobody has checked or opened it.
func sealMark(sealed string) Mark {
	said := map[string]Mark{
		"s/mime signed":    {"signed", "Signed (S/MIME)", "It is signed with S/MIME. Holdall does not check signatures; the mail is kept whole for a program that does."},
		"pgp signed":       {"signed", "Signed (PGP)", "It is signed with PGP. Holdall does not check signatures; the mail is kept whole for a program that does."},
		"s/mime encrypted": {"encrypted", "Encrypted (S/MIME)", "It is encrypted with S/MIME. Holdall has no key for it; the mail is kept whole for a program that has."},
		"pgp encrypted":    {"encrypted", "Encrypted (PGP)", "It is encrypted with PGP. Holdall has no key for it; the mail is kept whole for a program that has."},
	}
	if mark, known := said[sealed]; known {
		return mark
	}
	return Mark{"signed", "Sealed", fmt.Sprintf("It is sealed (%s); the mail is kept whole for a program that can open it.", sealed)}
}

// graveMarks are those a thread shows beside the message.
func graveMarks(m desk.Message) []Mark {
	return slices.DeleteFunc(marksOf(m), func(k Mark) bool { return k.Kind == "vouched" || k.Kind == "unvouched" || k.Kind == "suspect" })
}

func knownFields(m desk.Message) []MailField {
	fields := []MailField{}
	add := func(name, value string) {
		if value != "" {
			fields = append(fields, MailField{name, value})
		}
	}
	if m.From != nil {
		add("From", recipients([]desk.Address{*m.From}))
	}
	add("To", recipients(m.To))
	add("Cc", recipients(m.Cc))
	add("Subject", m.Subject)
	add("Message-Id", m.MailID)
	return fields
}

// mailOf finds a mail by its message: the one it came as, or one sent along.
func (ws *workspace) mailOf(r SourceRequest) (desk.Attachment, error) {
	id := r.AttachmentID
	if id == "" {
		id = desk.SourceID
	}
	file, err := ws.attachment(r.MessageID, id)
	if err == nil && !file.Nested() {
		return file, desk.Refuse(desk.CodeValidation, "%s is no mail; save it to look at it.", fileName(file.Name))
	}
	if !errors.Is(err, desk.ErrUnknown) || id != desk.SourceID {
		return file, err
	}
	var m desk.Message
	err = ws.view(func(tx *store.ReplicaTx) error {
		m, err = desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(r.MessageID)}.Key())
		return err
	})
	if err == nil {
		err = desk.Refuse(desk.CodeGone, "%s", noSource(m))
	}
	return file, err
}
