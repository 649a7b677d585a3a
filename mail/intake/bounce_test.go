package intake

import (
	"strings"
	"testing"

	"holdall/desk"
)

// report is a delivery status notification (RFC 3464) for one recipient.
func report(action, status, returned string) string {
	return `From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: desk@example.com
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn-` + status + `@mx.example.org>
Auto-Submitted: auto-replied
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; mira@example.com
Action: ` + action + `
Status: ` + status + `
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers

From: desk@example.com
To: mira@example.com
Subject: Re: Printer is dead
Message-ID: <` + returned + `>

--b--
`
}

func TestABounceLandsOnItsTicket(t *testing.T) {
	for _, c := range []struct {
		title, action, status string
		delivery              desk.Delivery
		dead                  bool
		problem               string
	}{
		{"permanent", "failed", "5.1.1", desk.DeliveryFailed, true, "could not be delivered to mira@example.com (5.1.1)"},
		{"delayed", "delayed", "4.4.1", desk.DeliverySent, false, "Delivery is delayed to mira@example.com (4.4.1)"},
	} {
		t.Run(c.title, func(t *testing.T) {
			w := newWorld(t)
			ticket := w.opened()
			id, token := w.answered(ticket)
			o := w.get(report(c.action, c.status, token))
			if o.Ticket != ticket.ID || o.Reply != nil || len(all[desk.Ticket](w.sink)) != 1 {
				t.Fatalf("%+v", o)
			}
			if note := w.message(o); note.Kind != desk.InternalNote || !note.Auto || !strings.Contains(note.Why, string(ticket.Number)) {
				t.Errorf("note %+v", note)
			}
			reply := must[desk.Message](t)(find(w.sink, func(m desk.Message) bool { return m.ID == id }))
			if reply.Delivery != c.delivery || !strings.Contains(reply.Problem, c.problem) || reply.MailID != token {
				t.Errorf("reply %s: %q", reply.Delivery, reply.Problem)
			}
			mira := must[desk.Requester](t)(w.sink.RequesterByEmail(t.Context(), "mira@example.com"))
			if mira.Undelivered != c.dead {
				t.Errorf("the address is marked: %v", mira.Undelivered)
			}
		})
	}
}

func TestABounceIsFoundByAnyKnownID(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	note := desk.Message{ID: "r", Kind: desk.PublicReply, Text: "On it.", Seen: ticket.LastPublic, MailID: "plain@desk.example.com"}
	w.act(w.ana(), desk.MessageAdd, ticket.ID, desk.AddMessage{Message: note})
	if o := w.get(report("failed", "5.1.1", "plain@desk.example.com")); o.Ticket != ticket.ID {
		t.Fatalf("%+v", o)
	}
}

func TestABounceOfNothingWeSentWaitsForAPerson(t *testing.T) {
	w := newWorld(t)
	r := w.file(report("failed", "5.1.1", "elsewhere@example.org"))
	w.run()
	if r.state != Quarantined || !strings.Contains(r.reason, "no ticket knows") || len(all[desk.Ticket](w.sink)) != 0 {
		t.Fatalf("%s: %s", r.state, r.reason)
	}
}
