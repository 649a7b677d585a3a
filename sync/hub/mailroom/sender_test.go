package mailroom

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

const personnel = "personnel@nordlicht-werke.example"

// second is the mailbox of the personnel office at the same IMAP server, with a
// mail server of its own.
func (p *room) second(out *exchange) desk.MailboxConnection {
	return p.connection(func(c *desk.MailboxConnection) {
		c.Setup.Address, c.Setup.Name, c.Setup.SMTP.Addr = personnel, "Personnel", out.addr
		c.Setup.Sent, c.Setup.KeepSent, c.Setup.Acknowledge = "Sent", true, true
	})
}

// reply lets the desk answer on the ticket of a letter.
func (p *room) reply(letter string, id desk.MessageID) {
	p.Helper()
	var ticket desk.TicketID
	must(p, p.central.View(p.Context(), func(tx *store.CentralTx) (err error) {
		ticket, _, err = tx.TicketByMailID(letter + "@nordlicht-werke.example")
		return err
	}))
	must(p, p.desk.Do(p.Context(), nil, hub.Act{Name: desk.MessageAdd, Ticket: ticket, At: time.Now(), Args: desk.AddMessage{Message: desk.Message{
		ID: id, Kind: desk.PublicReply, Text: "About " + letter + ".", Auto: true, To: []desk.Address{{Email: "a.petersen@nordlicht-werke.example"}},
	}}}))
}

// took counts the mails of a mail server that say something.
func (x *exchange) took(words string) (n int) {
	x.set(func(x *exchange) {
		for _, raw := range x.taken {
			if strings.Contains(raw, words) {
				n++
			}
		}
	})
	return n
}

// copied reports whether a mail stands among the sent mails of an address.
func (p *room) copied(address string, id desk.MessageID) bool {
	var mail string
	must(p, p.central.View(p.Context(), func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Message{ID: id}.Key())
		if err == nil {
			mail = e.(desk.Message).MailID
		}
		return err
	}))
	there, err := mailbox.Find(p.Context(), mailbox.Config{
		Addr: p.server.Addr, TLS: mailbox.Plain, User: address, Silence: 10 * time.Second, Password: word("correct horse"),
	}, "Sent", mail)
	must(p, err)
	return there
}

// TestEachMailboxIsAnsweredFromItsOwnAddress: two of a real IMAP server with a mail
// server each. Acknowledgements, answers and copies go their own ways, one refused
// sign-in stops no other, and what a removed one has not tried leaves by the first
// (SPEC P76, P81).
func TestEachMailboxIsAnsweredFromItsOwnAddress(t *testing.T) {
	p := openPost(t, Settings{})
	out := openExchange(t, "correct horse")
	must(t, p.server.AddUser(personnel, "correct horse"))
	must(t, p.rules.Connect(t.Context(), p.connection(func(c *desk.MailboxConnection) { c.Setup.Sent, c.Setup.KeepSent = "Sent", true })))
	must(t, p.rules.Connect(t.Context(), p.second(out)))
	sender := func(address string, holds func(desk.Mailbox) bool) desk.Mailbox {
		t.Helper()
		var found desk.Mailbox
		p.told("the sender of "+address, func(list []desk.Mailbox) bool {
			for _, m := range list {
				if m.Sends && m.Address == address && holds(m) {
					found = m
					return true
				}
			}
			return false
		})
		return found
	}
	for _, address := range []string{address, personnel} {
		sender(address, func(m desk.Mailbox) bool { return m.State == desk.MailboxWatching })
	}
	p.told("both are read", func(list []desk.Mailbox) bool {
		return len(list) == 4 && !slices.ContainsFunc(list, func(m desk.Mailbox) bool { return m.State != desk.MailboxWatching })
	})
	must(t, p.server.Deliver(address, "INBOX", letter("toner")))
	must(t, p.server.Deliver(personnel, "INBOX", letter("leave")))
	p.arrived("toner")
	p.arrived("leave")
	p.reply("toner", "r1")
	p.reply("leave", "r2")
	p.comes("r1", desk.DeliverySent)
	p.comes("r2", desk.DeliverySent)
	p.told("the new letter to personnel is acknowledged", func([]desk.Mailbox) bool { return out.took("We have your message") == 1 })
	if p.out.took("About toner.") != 1 || p.out.took(personnel) != 0 || p.out.took("We have your message") != 0 {
		t.Errorf("by the first: %q", p.out.taken)
	}
	if out.took("From: \"Personnel\" <"+personnel+">") != 2 || out.took("About leave.") != 1 || out.took("toner") != 0 {
		t.Errorf("by that of personnel: %q", out.taken)
	}
	p.told("each copy stands in its own mailbox", func([]desk.Mailbox) bool { return p.copied(address, "r1") && p.copied(personnel, "r2") })
	if p.copied(personnel, "r1") || p.copied(address, "r2") {
		t.Error("a copy stands in both")
	}
	out.set(func(x *exchange) { x.password = "battery staple" })
	p.reply("leave", "r3")
	ill := sender(personnel, desk.Mailbox.NeedsPerson)
	p.reply("toner", "r4")
	p.comes("r4", desk.DeliverySent)
	if well := sender(address, func(m desk.Mailbox) bool { return m.State == desk.MailboxWatching }); ill.Waiting != 1 || well.NeedsPerson() {
		t.Errorf("%+v, %+v", ill, well)
	}
	must(t, p.rules.Remove(t.Context(), post.MailboxID(personnel+"@"+p.server.Addr, "INBOX")))
	p.reply("leave", "r5")
	p.comes("r5", desk.DeliverySent)
	p.comes("r3", desk.DeliverySent)
	if p.out.took("About leave.") != 2 || p.out.took(personnel) != 0 {
		t.Errorf("after it was removed: %q", p.out.taken)
	}
}

// TestWaysOfSending: one for each address, the desk's own first, its copies among
// the sent mails of a mailbox that sends nothing itself; both addresses are the
// desk's.
func TestWaysOfSending(t *testing.T) {
	send := func(context.Context, outgoing.Mail) error { return nil }
	there := func(yes bool) func(context.Context, string) (bool, error) {
		return func(context.Context, string) (bool, error) { return yes, nil }
	}
	as := func(email string) *Sender {
		return &Sender{Send: send, From: outgoing.Address{Email: email}, Acknowledge: email == personnel}
	}
	boxes := []Box{
		{Account: "a", Sent: there(true)}, {Account: "b", Answers: as(personnel), Sent: there(false)}, {Account: "c", Answers: as("Personnel@nordlicht-werke.example")}, {Account: "d", Answers: as("rest@x.example"), Paused: true},
	}
	s := Settings{Boxes: boxes, Send: send, From: outgoing.Address{Email: address}}
	ways := s.ways()
	if len(ways) != 3 || ways[0].From.Email != address || len(ways[0].accounts) != 0 || strings.Join(ways[1].accounts, " ") != "b c" || strings.Join(ways[2].accounts, " ") != "d" {
		t.Fatalf("%+v", ways)
	}
	for i, want := range []bool{true, false} {
		if got, _ := ways[i].sent(t.Context(), ""); got != want {
			t.Errorf("copies of %s are looked for elsewhere", ways[i].From.Email)
		}
	}
	if silent := strings.Join(s.silent(ways), " "); silent != "a d" {
		t.Errorf("silent are %s", silent)
	}
	if own := strings.Join(s.addresses(), " "); own != personnel+" rest@x.example "+address {
		t.Errorf("the desk's addresses are %s", own)
	}
	s.Send, s.From = nil, outgoing.Address{}
	if ways = s.ways(); len(ways) != 2 || ways[0].From.Email != personnel || s.domain() != "nordlicht-werke.example" {
		t.Errorf("without the desk's own: %+v", ways)
	}
}
