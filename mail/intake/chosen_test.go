package intake

import (
	"strings"
	"testing"

	"holdall/desk"
)

// moved lets Ana move a mail to another ticket and returns where it stands.
func (w *world) moved(m desk.MessageID, from, to desk.TicketID) desk.Message {
	w.Helper()
	w.act(w.ana(), desk.MessageMove, from, desk.MoveMessage{Message: m, To: to})
	was := must[desk.Message](w.T)(find(w.sink, func(o desk.Message) bool { return o.ID == m }))
	thread := must[[]desk.Message](w.T)(w.sink.Thread(to))
	for _, there := range thread {
		if there.Same(was) {
			return there
		}
	}
	w.Fatalf("%s stands nowhere on %s", m, to)
	return desk.Message{}
}

// TestWhatAnswersAMovedMailFollowsIt: a person's choice is remembered, whatever
// else of the thread stayed behind.
func TestWhatAnswersAMovedMailFollowsIt(t *testing.T) {
	const mira = "mira@example.com"
	for _, c := range []struct {
		title, more, subject string
		moves                bool // with the mail that was moved
		why                  string
	}{
		{"it answers the moved one", "\nIn-Reply-To: <second@example.com>", "Re: x", true, "which was moved there"},
		{"it names the moved one", "\nReferences: <second@example.com>", "Re: x", true, "which was moved there"},
		{"it answers ours, which answered the moved one", "\nIn-Reply-To: <$ACK>\nReferences: <second@example.com> <$ACK>", "Re: x", true, "which was moved there"},
		{"it bears the old number", "\nIn-Reply-To: <second@example.com>", "Re: [$NUMBER] x", true, "which was moved there"},
		{"it answers the one that stayed", "\nIn-Reply-To: <first@example.com>", "Re: x", false, "by a mail it answers"},
		{"the nearest stayed", "\nIn-Reply-To: <first@example.com>\nReferences: <second@example.com> <first@example.com>", "Re: x", false, "by a mail it answers"},
		{"it answers our answer, which stayed", "\nIn-Reply-To: <$TOKEN>\nReferences: <second@example.com> <$TOKEN>", "Re: x", false, "our signature"},
		{"it bears the old number alone", "", "Re: [$NUMBER] x", false, "in its subject"},
	} {
		t.Run(c.title, func(t *testing.T) {
			w := newWorld(t)
			stays := w.opened()
			second := w.get(letter(mira, "second", "Re: Printer is dead", "\nIn-Reply-To: <first@example.com>"))
			_, token := w.answered(stays)
			goes := w.ticket(w.get(letter(mira, "other", "The phone is dead", "")).Ticket)
			w.moved(second.Message, stays.ID, goes.ID)
			fill := strings.NewReplacer("$TOKEN", token, "$ACK", "ack@desk.example.com", "$NUMBER", string(stays.Number))
			o := w.get(letter(mira, "late", fill.Replace(c.subject), fill.Replace(c.more)))
			want := stays.ID
			if c.moves {
				want = goes.ID
			}
			if o.Ticket != want || !strings.Contains(o.Reason, c.why) {
				t.Errorf("it went to %s, want %s: %s", o.Ticket, want, o.Reason)
			}
		})
	}
}

// TestAMovedAnswerIsFoundBySignature: our own Message-ID names the ticket it was
// written on.
func TestAMovedAnswerIsFoundBySignature(t *testing.T) {
	w := newWorld(t)
	stays := w.opened()
	id, token := w.answered(stays)
	goes := w.ticket(w.get(letter("mira@example.com", "other", "The phone is dead", "")).Ticket)
	there := w.moved(id, stays.ID, goes.ID)
	if o := w.get(letter("mira@example.com", "late", "Re: x", "\nIn-Reply-To: <"+token+">")); o.Ticket != goes.ID {
		t.Errorf("the answer to it went to %s: %s", o.Ticket, o.Reason)
	}
	if o := w.get(letter("eve@example.org", "strange", "Re: x", "\nIn-Reply-To: <"+token+">")); o.Ticket != goes.ID || !w.message(o).Suspect {
		t.Errorf("a stranger's with our signature: %s", o.Reason)
	}
	o := w.get("From: MAILER-DAEMON@example.com\nTo: desk@example.com\nSubject: Undelivered\nAuto-Submitted: auto-replied\nReturn-Path: <>\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nFailed.\n--b\n" +
		"Content-Type: message/delivery-status\n\nReporting-MTA: dns; example.com\n\nFinal-Recipient: rfc822; mira@example.com\nAction: failed\nStatus: 5.1.1\n--b\n" +
		"Content-Type: text/rfc822-headers\n\nMessage-ID: <" + token + ">\n--b--\n")
	failed := must[desk.Message](t)(find(w.sink, func(m desk.Message) bool { return m.ID == there.ID }))
	if o.Ticket != goes.ID || failed.Delivery != desk.DeliveryFailed {
		t.Errorf("its bounce went to %s, it is %s: %s", o.Ticket, failed.Delivery, o.Reason)
	}
}

// TestWhomAnAgentMovedInMayWriteOn: the sender of a mail that an agent moved takes
// part; taken back, they do not.
func TestWhomAnAgentMovedInMayWriteOn(t *testing.T) {
	const eve = "eve@example.org"
	w := newWorld(t)
	ticket := w.opened()
	own := w.get(letter(eve, "strange", "Re: x", "\nIn-Reply-To: <first@example.com>"))
	if own.Ticket == ticket.ID {
		t.Fatalf("a stranger joined: %s", own.Reason)
	}
	there := w.moved(own.Message, own.Ticket, ticket.ID)
	if o := w.get(letter(eve, "more", "Re: ["+string(ticket.Number)+"] x", "")); o.Ticket != ticket.ID || w.message(o).Suspect || !strings.Contains(o.Reason, "someone an agent added") {
		t.Errorf("after the move: %s", o.Reason)
	}
	w.moved(there.ID, ticket.ID, own.Ticket)
	if o := w.get(letter(eve, "third", "Re: ["+string(ticket.Number)+"] x", "")); o.Ticket == ticket.ID {
		t.Errorf("after it was taken back: %s", o.Reason)
	}
}

// TestAMovedMailThatComesAgainIsADuplicate where it stands now.
func TestAMovedMailThatComesAgainIsADuplicate(t *testing.T) {
	w := newWorld(t)
	stays := w.opened()
	second := w.get(letter("mira@example.com", "second", "Re: Printer is dead", "\nIn-Reply-To: <first@example.com>"))
	goes := w.ticket(w.get(letter("mira@example.com", "other", "The phone is dead", "")).Ticket)
	w.moved(second.Message, stays.ID, goes.ID)
	o := w.get(letter("mira@example.com", "second", "Re: Printer is dead", "\nIn-Reply-To: <first@example.com>\nX-Again: yes"))
	if o.Ticket != goes.ID || len(o.Mutations) != 0 {
		t.Errorf("%d mutations, on %s: %s", len(o.Mutations), o.Ticket, o.Reason)
	}
}
