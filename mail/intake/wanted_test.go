package intake

import (
	"strings"
	"testing"

	"holdall/desk"
)

// back takes a mail out of quarantine for somebody who wants a ticket of it.
func (w *world) back(r *row) Outcome {
	w.Helper()
	r.state, r.Wanted = Filed, true
	r.Tries++
	w.run()
	if r.state != Converted {
		w.Fatalf("the mail is %s: %s", r.state, r.reason)
	}
	return r.outcome
}

func TestAWantedBounceBecomesATicketWithItsOriginal(t *testing.T) {
	w := newWorld(t)
	r := w.file("From: MAILER-DAEMON@example.net\nTo: desk@example.com\nSubject: Undelivered\nMessage-ID: <b1@example.net>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
		"--b\nContent-Type: text/plain\n\nNobody is called that.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.net\n\nFinal-Recipient: rfc822; gone@example.net\nAction: failed\nStatus: 5.1.1\n--b--\n")
	w.run()
	if r.state != Quarantined {
		t.Fatalf("a bounce of no ticket is %s", r.state)
	}
	o := w.back(r)
	m := w.message(o)
	if w.ticket(o.Ticket).Title != "Undelivered" || !strings.Contains(m.Why, "lay in quarantine") {
		t.Errorf("%q, %q", w.ticket(o.Ticket).Title, m.Why)
	}
	if last := m.Attachments[len(m.Attachments)-1]; last.Name != "original.eml" || last.Size != int64(len(r.Mail.Bytes)) {
		t.Errorf("%+v", m.Attachments)
	}
}

func TestAWantedBeginningSaysThatItIsOne(t *testing.T) {
	w := newWorld(t)
	r := w.file(letter("mira@example.com", "big", "Plans", ""))
	r.Mail.Truncated, r.Mail.Size = true, 60<<20
	w.run()
	if r.state != Quarantined || !strings.Contains(r.reason, "over the limit") {
		t.Fatalf("%s %q", r.state, r.reason)
	}
	if m := w.message(w.back(r)); !strings.Contains(m.Why, "Parts of it could not be read") || !strings.Contains(m.Text, "Text of big") {
		t.Errorf("%q %q", m.Why, m.Text)
	}
}

// TestWhatFailsAsAMailIsMadeOfItsHeader: the desk takes nothing of it but the
// header and the file.
func TestWhatFailsAsAMailIsMadeOfItsHeader(t *testing.T) {
	w := newWorld(t)
	r := w.file(letter("mira@example.com", "bad", "Printer", ""))
	r.Tries = 2
	w.sink.fail = func(o Outcome) error {
		if o.State == Converted && strings.Contains(string(o.Mutations[len(o.Mutations)-1].Args), "Text of bad") {
			return errDisk
		}
		return nil
	}
	w.run()
	if r.state != Quarantined {
		t.Fatalf("it is %s", r.state)
	}
	o := w.back(r)
	m := w.message(o)
	if m.Subject != "Printer" || m.Text != "" || len(m.Attachments) != 1 || w.ticket(o.Ticket).Title != "Printer" {
		t.Errorf("%+v", m)
	}
}

func TestNoRuleIgnoresWhatIsWanted(t *testing.T) {
	w := newWorld(t)
	ws := desk.NewWorkspace(workspace, "Acme")
	ws.MailboxRules = []desk.MailboxRule{{Name: "News", When: []desk.MailTest{{In: desk.PartSubject, Like: []string{"*"}}}, Ignore: "News is no work."}}
	w.put(ws)
	r := w.file(letter("mira@example.com", "news", "News", ""))
	if o := w.back(r); o.Ticket == "" {
		t.Errorf("%+v", o)
	}
}

func TestTheHeadOfAnyMailCanBeRead(t *testing.T) {
	for name, c := range map[string]struct{ raw, from, subject string }{
		"a letter":            {"From: Mira <mira@example.com>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHi", "mira@example.com", "Grüße"},
		"no sender that is":   {"From: Mira at home\nSubject: a\n\n", "Mira at home", "a"},
		"control characters":  {"From: a@example.com\nSubject: a\x00b\x1b[31m\xff c\n\n", "a@example.com", "a b [31m c"},
		"nothing":             {"", "", ""},
		"nothing but garbage": {"\x00\x01\x02", "", ""},
	} {
		from, subject, head := Head([]byte(c.raw))
		if from.Email != c.from || subject != c.subject {
			t.Errorf("%s: %q, %q", name, from.Email, subject)
		}
		if (len(head) > 0) != (c.subject != "") {
			t.Errorf("%s: %v", name, head)
		}
	}
	_, _, head := Head([]byte("Subject: " + strings.Repeat("long ", 1000) + "\nTo: a@example.com\nTo: b@example.com\nTo: c@example.com\nTo: d@example.com\n\n"))
	if len(head) != 4 || len([]rune(head[3].Value)) > shownValue {
		t.Errorf("%d fields", len(head))
	}
}
