package intake

import (
	"bytes"
	"context"
	"fmt"
	"net/mail"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
)

// The cases of the list of attacks on mail as a way to identify oneself, by
// their numbers.

// TestCase18NoHeaderIsInjected brings line ends into everything an answer repeats of a mail.
func TestCase18NoHeaderIsInjected(t *testing.T) {
	w := newWorld(t)
	o := w.get("From: =?utf-8?q?Mira=0D=0ABcc:_eve=40example.org?= <mira@example.com>\nTo: desk@example.com\n" +
		"Subject: =?utf-8?q?Printer=0D=0ABcc:_eve=40example.org=0D=0A=0D=0ABody?=\nMessage-ID: <a@example.com>\n\nHello.\n")
	ticket := w.ticket(o.Ticket)
	if o.Reply == nil || strings.ContainsAny(ticket.Title, "\r\n") {
		t.Fatalf("title %q, answer %+v", ticket.Title, o.Reply)
	}
	raw := must[[]byte](t)(outgoing.Compose(outgoing.Answer{
		From: outgoing.Address{Name: "Desk", Email: "desk@example.com"}, To: []outgoing.Address{{Name: o.Reply.To.Name, Email: o.Reply.To.Email}},
		Subject: "Re: " + w.message(o).Subject, Text: "On it.", MessageID: "b@desk.example.com", InReplyTo: o.Reply.InReplyTo, References: o.Reply.References, Date: w.now,
	}))
	header, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	for line := range bytes.Lines(header) {
		if bytes.HasPrefix(bytes.ToLower(line), []byte("bcc")) {
			t.Errorf("a header was injected: %q", line)
		}
	}
	read := must[*mail.Message](t)(mail.ReadMessage(bytes.NewReader(raw)))
	if read.Header.Get("Bcc") != "" || len(read.Header["To"]) != 1 {
		t.Errorf("%q", read.Header)
	}
}

func TestCase19ASpoofedCustomerDoesNotJoin(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	w.resolve(ticket)
	o := w.get(letter("mira@example.com", "b", "Re: ["+string(ticket.Number)+"]", "\nAuthentication-Results: mx.example.com; dmarc=fail"))
	if w.verdict(o, ticket) != linked || w.ticket(ticket.ID).State != desk.StateResolved {
		t.Errorf("%s: %s", w.verdict(o, ticket), o.Reason)
	}
	if o.Reply != nil {
		t.Error("the one who was spoofed gets an answer")
	}
}

func TestCase20MailNeverActsForAnAgent(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	_, token := w.answered(ticket)
	before := w.ticket(ticket.ID)
	for i, more := range []string{"", "\nAuthentication-Results: mx.example.com; dmarc=fail", "\nX-Command: close"} {
		o := w.get(letter("ana@example.com", fmt.Sprint("b", i), "#close #assign ana", "\nIn-Reply-To: <"+token+">"+more))
		if m := w.message(o); m.Author != "" || m.Public() && !m.Suspect {
			t.Errorf("%q became %+v", more, m)
		}
	}
	after := w.ticket(ticket.ID)
	if after.State != before.State || after.Assignee != before.Assignee || after.LastPublic != before.LastPublic || after.FirstResponseAt == nil || !after.FirstResponseAt.Equal(*before.FirstResponseAt) {
		t.Errorf("from %+v\nto %+v", before, after)
	}
}

// TestCase22ATokenHoldsForItsTicketOnly uses a token for what it was not made for. (21, guessing, is
// tested where tokens are read.)
func TestCase22ATokenHoldsForItsTicketOnly(t *testing.T) {
	w := newWorld(t)
	one := w.opened()
	two := w.ticket(w.get(letter("tobias@example.com", "other", "Another matter", "")).Ticket)
	_, token := w.answered(one)
	_, other := w.answered(two)
	mine, theirs := strings.Split(token, "."), strings.Split(other, ".")
	spliced := strings.Join(append(theirs[:1:1], mine[1:]...), ".")
	if o := w.get(letter("mira@example.com", "b", "x", "\nIn-Reply-To: <"+spliced+">")); w.verdict(o, two) != opens {
		t.Errorf("a spliced token %s", w.verdict(o, two))
	}
	if o := w.get(letter("mira@example.com", "c", "x", "\nIn-Reply-To: <"+other+">")); w.verdict(o, two) != held || w.message(o).Public() {
		t.Errorf("the token of a stranger's ticket %s", w.verdict(o, two))
	}
	w.sink.added[string(two.ID)+" mira@example.com"] = true
	if o := w.get(letter("mira@example.com", "d", "x", "\nIn-Reply-To: <"+other+">")); w.verdict(o, two) != joins {
		t.Errorf("someone added %s", w.verdict(o, two))
	}
	delete(w.sink.added, string(two.ID)+" mira@example.com")
	if o := w.get(letter("mira@example.com", "e", "x", "\nIn-Reply-To: <"+other+">")); w.verdict(o, two) != held {
		t.Errorf("someone taken away again %s", w.verdict(o, two))
	}
	w.act(w.ana(), desk.TicketMerge, two.ID, desk.MergeTicket{Into: one.ID})
	if o := w.get(letter("tobias@example.com", "f", "x", "\nIn-Reply-To: <"+other+">")); w.verdict(o, one) != joins {
		t.Errorf("after the merge it %s", w.verdict(o, one))
	}
	if o := w.get(letter("eve@example.org", "g", "x", "\nIn-Reply-To: <"+other+">")); w.verdict(o, one) != held {
		t.Errorf("a stranger after the merge %s", w.verdict(o, one))
	}
}

func TestCase23MailAddsNobody(t *testing.T) {
	w := newWorld(t)
	o := w.get(letter("mira@example.com", "a", "Printer", "\nCc: eve@example.org\nReply-To: eve@example.org"))
	ticket := w.ticket(o.Ticket)
	if len(ticket.Watchers) != 0 || o.Reply.To.Email != "mira@example.com" {
		t.Errorf("%+v, %+v", ticket.Watchers, o.Reply)
	}
	_, token := w.answered(ticket)
	for i, more := range []string{"\nIn-Reply-To: <a@example.com>", "\nIn-Reply-To: <" + token + ">"} {
		if o := w.get(letter("eve@example.org", fmt.Sprint("b", i), "Re: ["+string(ticket.Number)+"]", more)); w.verdict(o, ticket) == joins {
			t.Errorf("a Cc of a mail joins by %q", more)
		}
	}
	if _, err := w.sink.RequesterByEmail(t.Context(), "nobody@example.org"); err == nil {
		t.Error("a requester was made of a Cc")
	}
}

func TestCase24OnlyOurOwnServersVerdictCounts(t *testing.T) {
	const forged, own = "\nAuthentication-Results: mx.example.org; dmarc=pass", "\nAuthentication-Results: mx.example.com; dmarc=fail"
	for more, want := range map[string]string{forged: joins, own: linked, forged + own: linked, own + forged: linked,
		"\nAuthentication-Results: mx.example.com.example.org; dmarc=fail": joins, "\nAuthentication-Results: (mx.example.com;) mx.example.org; dmarc=fail": joins} {
		w := newWorld(t)
		ticket := w.opened()
		if o := w.get(letter("mira@example.com", "b", "Re: ["+string(ticket.Number)+"]", more)); w.verdict(o, ticket) != want {
			t.Errorf("%q %s, want %s", more, w.verdict(o, ticket), want)
		}
	}
}

// TestCase25MachinesDoNotTalkToEachOther lets machines of every sort write a thousand times, each as soon as
// the one before was taken in: nothing grows but the one thread they answer.
func TestCase25MachinesDoNotTalkToEachOther(t *testing.T) {
	const rounds = 1000
	for title, more := range map[string]string{
		"vacation with a token": "\nAuto-Submitted: auto-replied (vacation)\nIn-Reply-To: <$TOKEN>",
		"auto-replied":          "\nAuto-Submitted: auto-replied\nIn-Reply-To: <$TOKEN>",
		"a list":                "\nList-Id: <staff.example.com>\nIn-Reply-To: <$TOKEN>",
		"bulk":                  "\nPrecedence: bulk\nIn-Reply-To: <$TOKEN>",
		"been here":             "\nX-Loop: desk@example.com\nIn-Reply-To: <$TOKEN>",
		"null sender":           "\nReturn-Path: <>\nIn-Reply-To: <$TOKEN>",
		"no mark at all":        "\nIn-Reply-To: <$TOKEN>",
	} {
		t.Run(title, func(t *testing.T) {
			w := newWorld(t)
			ticket := w.opened()
			_, token := w.answered(ticket)
			answers := 0
			for i := range rounds {
				w.file(letter("mira@example.com", fmt.Sprint("m", i), "Automatic", strings.ReplaceAll(more, "$TOKEN", token)))
			}
			w.run()
			for _, r := range w.sink.rows[1:] {
				if r.outcome.Reply != nil {
					answers++
				}
			}
			warnings := 0
			for _, each := range all[desk.Ticket](w.sink) {
				if strings.HasPrefix(each.Title, "Mail storm") {
					warnings++
				}
			}
			if n := len(all[desk.Ticket](w.sink)); answers != 0 || warnings > 1 || n != 1+warnings {
				t.Errorf("%d answers and %d tickets after %d rounds", answers, n, rounds)
			}
		})
	}
}

// TestCase25ADumbMachineIsAnsweredOnceAnHour: a machine that bears no mark and no reference, and answers each
// answer of ours at once gets one an hour.
func TestCase25ADumbMachineIsAnsweredOnceAnHour(t *testing.T) {
	w := newWorld(t)
	answers, turns := 0, 0
	for hour := range 24 {
		for o := w.get(letter("robot@example.org", fmt.Sprint("m", hour, "-0"), "Thank you", "")); ; {
			if turns++; o.Reply == nil {
				break
			}
			answers++
			w.now = w.now.Add(time.Second)
			o = w.get(letter("robot@example.org", fmt.Sprint("m", hour, "-", turns), "Thank you", ""))
		}
		w.now = w.now.Add(61 * time.Minute)
	}
	if answers != 24 || turns != 48 {
		t.Errorf("%d answers in %d turns of 24 hours", answers, turns)
	}
}

func TestCase25OurOwnAddressAndABounceOfABounce(t *testing.T) {
	w := newWorld(t)
	if o := w.get(letter("Desk <desk@example.com>", "a", "We have your message", "")); o.Reply != nil {
		t.Error("the desk answers itself")
	}
	before := len(all[desk.Ticket](w.sink))
	r := w.file(letter("MAILER-DAEMON@example.com", "b", "Undelivered Mail Returned to Sender: Undelivered Mail Returned to Sender",
		"\nReturn-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b") +
		"--b\nContent-Type: text/plain\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; MAILER-DAEMON@example.org\nAction: failed\nStatus: 5.1.1\n--b--\n")
	w.run()
	if r.outcome.Reply != nil || len(all[desk.Ticket](w.sink)) != before {
		t.Errorf("a bounce of a bounce: %s, %+v", r.state, r.outcome)
	}
}

// TestCase26AVerificationCodeIsNotReadByTheRequester is the ticket trick: somebody registers elsewhere with the desk's
// address and a token, and wants to read the code that comes.
func TestCase26AVerificationCodeIsNotReadByTheRequester(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	reply, token := w.answered(ticket)
	local, _, _ := strings.Cut(token, "@")
	for i, more := range []string{"\nDelivered-To: desk+" + local + "@example.com", "\nIn-Reply-To: <" + token + ">"} {
		o := w.get(letter("noreply@service.example", fmt.Sprint("c", i), "Your code is 123456", more))
		if m := w.message(o); o.Ticket != ticket.ID || m.Public() || !m.Suspect {
			t.Errorf("%+v", m)
		}
	}
	o := w.get(letter("noreply@service.example", "d", "["+string(ticket.Number)+"] Your code is 123456", ""))
	if w.verdict(o, ticket) != linked {
		t.Errorf("by its number it %s", w.verdict(o, ticket))
	}
	if after := w.ticket(ticket.ID); after.LastPublic != reply || after.AwaitsReply {
		t.Errorf("%+v", after)
	}
}

// strangers is a desk that has never heard of anyone.
type strangers struct {
	*memory
	answered int
}

func (s *strangers) RequesterByEmail(context.Context, string) (desk.Requester, error) {
	return desk.Requester{}, ErrUnknown
}

func (s *strangers) PersonByEmail(context.Context, string) (desk.Person, error) {
	return desk.Person{}, ErrUnknown
}

func (s *strangers) Traffic(context.Context, string, time.Time) (Traffic, error) {
	return Traffic{Total: s.answered}, nil
}

func TestCase27ForgedSendersAreNotAmplified(t *testing.T) {
	w := newWorld(t)
	crowd := &strangers{memory: w.sink}
	w.conv.Sink = crowd
	for i := range 10_000 {
		raw := []byte(letter(fmt.Sprintf("victim%d@example.org", i), fmt.Sprint("m", i), "Hello", ""))
		o := must[Outcome](t)(w.conv.Decide(t.Context(), Entry{ID: EntryID(i + 1), Mail: Mail{Bytes: raw, InternalDate: w.now}}))
		if o.Ticket == "" {
			t.Fatalf("mail %d was not taken in", i)
		}
		if o.Reply != nil {
			crowd.answered++
		}
	}
	if crowd.answered != w.conv.replyBudget() {
		t.Errorf("%d answers to 10,000 forged senders, the budget is %d", crowd.answered, w.conv.replyBudget())
	}
}

// TestCase10ASpoofedNameIsMarked: whoever writes a From to be taken for somebody
// else either has an address that is believed, his own, or is marked.
func TestCase10ASpoofedNameIsMarked(t *testing.T) {
	const victim, eve = "mira@nordlicht-werke.example", "eve@canary.example"
	for _, from := range []string{
		`"` + victim + `" <` + eve + `>`,
		victim + ` <` + eve + `>`,
		`=?utf-8?q?mira=40nordlicht-werke.example?= <` + eve + `>`,
		`=?utf-8?b?bWlyYUBub3JkbGljaHQtd2Vya2UuZXhhbXBsZQ==?= <` + eve + `>`,
		"\"mira\uff20nordlicht-werke.example\" <" + eve + ">",
		"\"mira@\u202enordlicht-werke.example\" <" + eve + ">",
		victim + "\x00 <" + eve + ">",
		victim + ` (` + eve + `)`,
		`"` + victim + `\" <x@y.example>" <` + eve + `>`,
		victim + `, ` + eve,
		eve + `, ` + victim,
		`Service: ` + victim + `, ` + eve + `;`,
		`<` + victim + `> <` + eve + `>`,
		victim + "\nFrom: " + eve,
		eve + "\nFROM: " + victim,
		victim + "\nfrom : " + eve,
	} {
		w := newWorld(t)
		m := w.message(w.get("From: " + from + "\nTo: desk@example.com\nMessage-ID: <spoof@canary.example>\nSubject: Password\n\nPlease.\n"))
		shown := m.From.Name + " " + m.From.Email
		if m.Origin.Doubt == "" && strings.Contains(shown, "nordlicht-werke") && m.From.Email != victim {
			t.Errorf("%q is shown as %q without a mark", from, shown)
		}
		if m.Origin.Doubt == "" && m.From.Email == victim && strings.Contains(from, eve) && !strings.Contains(from, "("+eve+")") {
			t.Errorf("%q is believed to be %s", from, victim)
		}
		if strings.ContainsAny(shown, "\u202e\x00\n\r") {
			t.Errorf("%q is shown as %q", from, shown)
		}
	}
	for _, from := range []string{
		victim, `Mira Sommer <` + victim + `>`, `"Sommer, Mira" <` + victim + `>`, `Sommer, Mira <` + victim + `>`, `"` + victim + `" <` + victim + `>`,
		`"help@nordlicht-werke.example" <` + victim + `>`, `"mira@mail.nordlicht-werke.example" <` + victim + `>`, `Mira @ home <` + victim + `>`,
	} {
		w := newWorld(t)
		m := w.message(w.get("From: " + from + "\nTo: desk@example.com\nMessage-ID: <a@nordlicht-werke.example>\nSubject: Printer\n\nPlease.\n"))
		if m.From.Email != victim || m.Origin.Doubt != "" {
			t.Errorf("%q is %+v, doubted for %q", from, m.From, m.Origin.Doubt)
		}
	}
}
