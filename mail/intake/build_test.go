package intake

import (
	"regexp"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/message"
)

// A raw mail of the mailbox is a Mail, and a position a Position.
var (
	_ = Mail(mailbox.Raw{})
	_ = Position(mailbox.Position{})
)

func TestAMailBecomesATicket(t *testing.T) {
	w := newWorld(t)
	w.conv.Kind = desk.Request
	o := w.get(letter("Mira Sommer <mira@example.com>", "x", "  New   laptop ", "\nCc: Tobias <tobias@example.com>\nDate: Mon, 1 Jan 2001 00:00:00 +0000"))
	ticket, m := w.ticket(o.Ticket), w.message(o)
	if ticket.Title != "New laptop" || ticket.Kind != desk.Request || ticket.Source != desk.SourceMail || ticket.State != desk.StateNew ||
		!ticket.OpenedAt.Equal(w.now) || !ticket.AwaitsReply || len(ticket.Watchers) != 0 {
		t.Errorf("ticket %+v", ticket)
	}
	mira := must[desk.Requester](t)(w.sink.RequesterByEmail(t.Context(), "mira@example.com"))
	if mira.Name != "Mira Sommer" || ticket.Requester != mira.ID || m.Requester != mira.ID {
		t.Errorf("requester %+v of %s", mira, ticket.Requester)
	}
	if m.Kind != desk.FromRequester || m.MailID != "x@example.com" || m.Text != "Text of x." || m.Quoted != "" ||
		m.Cc[0].Email != "tobias@example.com" || m.Auto || m.Suspect || m.Why != o.Reason {
		t.Errorf("message %+v", m)
	}
	if len(all[desk.Requester](w.sink)) != 1 {
		t.Error("someone in Cc became a requester")
	}
}

func TestTheQuotationIsKeptApart(t *testing.T) {
	for _, c := range []struct{ text, reply, written, quoted string }{
		{"Yes.\n\nOn Monday Ana wrote:\n> Done?", "Yes.", "Yes.", "On Monday Ana wrote:\n> Done?"},
		{"Yes.", "Yes.", "Yes.", ""},
		{"> Done?\nYes.\n> Really?", "Yes.", "Yes.", "> Done?\nYes.\n> Really?"},
		{"> only a quotation", "", "> only a quotation", ""},
		{"", "", "", ""},
	} {
		if written, quoted := split(c.text, c.reply); written != c.written || quoted != c.quoted {
			t.Errorf("%q: %q and %q", c.text, written, quoted)
		}
	}
}

func TestATicketHasATitle(t *testing.T) {
	for _, c := range []struct {
		m    message.Message
		want string
	}{
		{message.Message{Subject: " a \r\n b "}, "a b"},
		{message.Message{ReplyText: "\n  Hello there  \nmore"}, "Hello there"},
		{message.Message{From: message.Address{Email: "mira@example.com"}}, "Mail from mira@example.com without a subject"},
		{message.Message{}, "Mail without a subject"},
		{message.Message{Subject: strings.Repeat("ü", 300)}, strings.Repeat("ü", 199) + "…"},
	} {
		if got := title(&c.m); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestIDsAreUUIDsAndDiffer(t *testing.T) {
	m := Mail{SHA256: [32]byte{1}}
	ids := []string{string(ticketID(m)), string(messageID(m)), attachmentID(m, 0), attachmentID(m, 1), string(requesterID("a@b"))}
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := map[string]bool{}
	for _, id := range ids {
		if !form.MatchString(id) || seen[id] {
			t.Errorf("id %s", id)
		}
		seen[id] = true
	}
	if requesterID(" A@B ") != requesterID("a@b") {
		t.Error("one address gives two requesters")
	}
}

func TestOnlyOurOwnServersWordCounts(t *testing.T) {
	servers := []string{"mx.example.com"}
	for field, want := range map[string]bool{
		"mx.example.com; dmarc=fail header.from=a.example":                 true,
		"MX.example.com 1; spf=pass; dmarc = FAIL (p=reject; sp=none) x=y": true,
		"mx.example.com (comment; dmarc=fail); dmarc=pass":                 false,
		"mx.example.com; dmarc=none":                                       false,
		"mx.example.com; dkim=fail; spf=fail":                              false,
		"mx.example.com; none":                                             false,
		"mx.example.org; dmarc=fail":                                       false,
		"mx.example.com.evil.example; dmarc=fail":                          false,
		"": false,
		"mx.example.com; dmarc=pass reason=\"(\" header.from=a ; x=dmarc=fail": false,
		"mx.example.com; dmarc=fail":                                              true,
		"mx.example.com; dmarc=failure":                                           false,
		"mx.example.com; arc=pass; dmarc=fail (p=none dis=none) header.from=b.de": true,
	} {
		if got := disowned([]string{field}, servers); got != want {
			t.Errorf("%q: %v", field, got)
		}
	}
}

func TestOneFromFieldIsASender(t *testing.T) {
	for raw, want := range map[string]bool{
		"From: a@b\r\n\r\nFrom: x":             true,
		"from : a@b\n\n":                       true,
		"To: x\r\n\r\nFrom: a@b":               false,
		"From: a@b\r\nFROM: c@d\r\n\r\n":       false,
		"X: y\r\n From: folded\r\nFrom: a@b\n": true,
		"":                                     false,
	} {
		if got := soleFrom([]byte(raw)); got != want {
			t.Errorf("%q: %v", raw, got)
		}
	}
}
