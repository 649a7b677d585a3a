package message

import (
	"context"
	"reflect"
	"strings"
	"testing"
)

// mailOf joins header lines and a body with the line ending of the wire.
func mailOf(lines ...string) []byte {
	return []byte(strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\r\n"))
}

func mustParse(t *testing.T, raw []byte) *Message {
	t.Helper()
	m, err := Parse(context.Background(), raw, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const report = `Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

This is the mail system. Your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; gone@example.org
Action: ACTION
Status: STATUS
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b
Content-Type: message/rfc822

Message-ID: <ticket.1@desk.example.com>
Subject: Re: Printer

Hello
--b--
`

func reported(action, status string) string {
	return strings.NewReplacer("ACTION", action, "STATUS", status).Replace(report)
}

func TestBounceFound(t *testing.T) {
	for _, c := range []struct {
		name   string
		raw    []byte
		to     []string
		status string
	}{
		{"failed", mailOf("From: MAILER-DAEMON@mx.example.net", reported("failed", "5.1.1")), []string{"gone@example.org"}, "5.1.1"},
		{"delayed", mailOf("From: MAILER-DAEMON@mx.example.net", reported("delayed", "4.4.1")), []string{"gone@example.org"}, "4.4.1"},
		{"unspecific", mailOf("From: MAILER-DAEMON@mx.example.net", reported("failed", "5.0.0")), []string{"gone@example.org"}, "5.1.1"},
		{"qmail", mailOf("From: MAILER-DAEMON@mx.example.net", "Subject: failure notice", "", "Hi. This is the qmail-send program.", "I'm afraid I wasn't able to deliver your message to the following addresses.", "", "<gone@example.org>:", "Sorry, no mailbox here by that name. (#5.1.1)", "", "--- Below this line is a copy of the message.", "", "To: other@example.org"), []string{"gone@example.org"}, "5.1.1"},
		{"exim", mailOf("From: Mail Delivery System <Mailer-Daemon@mx.example.net>", "X-Failed-Recipients: gone@example.org", "Subject: Mail delivery failed", "", "A message that you sent could not be delivered:", "", "  gone@example.org", "    Unrouteable address"), []string{"gone@example.org"}, "5.0.0"},
		{"null sender", mailOf("Return-Path: <>", "From: System <system@mx.example.net>", "Subject: Undeliverable: Hello", "", "Delivery has failed to these recipients:", "", "gone@example.org", "Mailbox full"), []string{"gone@example.org"}, "5.0.0"},
		{"warning", mailOf("From: postmaster@mx.example.net", "Subject: Warning: message delayed 24 hours", "", "Delivery to the following address has been delayed:", "", "  slow@example.org", "", "No action is required. We will keep trying."), []string{"slow@example.org"}, "4.0.0"},
		{"service", mailOf("From: notify@example.net", "Subject: Notification", "", `{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"gone@example.org","status":"5.1.1"}]}}`), []string{"gone@example.org"}, "5.1.1"},
		{"lost boundary", mailOf("From: MAILER-DAEMON@mx.example.net", strings.Replace(reported("failed", "5.1.1"), "boundary=b", "boundary=other", 1)), []string{"gone@example.org"}, "5.1.1"},
	} {
		m := mustParse(t, c.raw)
		if m.Bounce == nil {
			t.Errorf("%s: no bounce", c.name)
			continue
		}
		if !reflect.DeepEqual(m.Bounce.Recipient, c.to) || m.Bounce.Status != c.status {
			t.Errorf("%s: got %v, want %v %s", c.name, *m.Bounce, c.to, c.status)
		}
		if !m.AutoSubmitted {
			t.Errorf("%s: a bounce would be answered", c.name)
		}
		if m.Bounce.Temporary() != strings.HasPrefix(c.status, "4") {
			t.Errorf("%s: temporary is %v", c.name, m.Bounce.Temporary())
		}
	}
}

func TestBounceNotFound(t *testing.T) {
	forwarded := "Content-Type: multipart/mixed; boundary=f\n\n--f\nContent-Type: text/plain\n\nWhat does this mean?\n--f\nContent-Type: message/rfc822\n\nFrom: MAILER-DAEMON@mx.example.net\n" + reported("failed", "5.1.1") + "--f--\n"
	for name, raw := range map[string][]byte{
		"success":    mailOf("From: MAILER-DAEMON@mx.example.net", reported("delivered", "2.0.0")),
		"relayed":    mailOf("From: MAILER-DAEMON@mx.example.net", reported("relayed", "2.0.0")),
		"question":   mailOf("From: Elif Arslan <elif@nordlicht-werke.example>", "Subject: Undeliverable: what does this mean?", "", "My mail to bob@example.org came back: 550 5.1.1 user unknown. Help?"),
		"pasted":     mailOf("From: Elif Arslan <elif@nordlicht-werke.example>", "Subject: Mail could not be delivered", "", "Hello,", "", "I got this today:", "", "<bob@example.org>: 550 5.1.1 user unknown", "", "Elif"),
		"answer":     mailOf("From: Elif Arslan <elif@nordlicht-werke.example>", "Subject: Re: Mail delivery failed", "In-Reply-To: <a@b>", "", "Your message could not be delivered, they say."),
		"forward":    mailOf("From: Elif Arslan <elif@nordlicht-werke.example>", "Subject: Fwd: failed", forwarded),
		"absence":    mailOf("From: elif@nordlicht-werke.example", "Return-Path: <>", "Auto-Submitted: auto-replied", "Subject: Automatic reply: Printer", "", "I am away. Mails are not delivered to anyone."),
		"receipt":    mailOf("From: elif@nordlicht-werke.example", "Content-Type: multipart/report; report-type=disposition-notification; boundary=b", "", "--b", "Content-Type: text/plain", "", "Your message was displayed.", "--b--"),
		"postmaster": mailOf("From: postmaster@example.net", "Subject: Maintenance on Sunday", "", "The servers rest from 8 to 9."),
	} {
		if m := mustParse(t, raw); m.Bounce != nil {
			t.Errorf("%s: taken for a bounce: %v", name, *m.Bounce)
		}
	}
}

func TestBounceNamesTheReturnedMail(t *testing.T) {
	m := mustParse(t, mailOf("From: MAILER-DAEMON@mx.example.net", reported("failed", "5.1.1")))
	if want := []string{"ticket.1@desk.example.com"}; !reflect.DeepEqual(m.ReportIDs, want) {
		t.Errorf("got %v, want %v", m.ReportIDs, want)
	}
}
