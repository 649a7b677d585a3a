package app

import (
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/sync/hub/post"
)

var lea = desk.Person{ID: "lea", Name: "Lea Brandt", Email: "lea@example.com", Roles: []desk.Role{desk.RoleLead}, Teams: []desk.TeamID{"workplace"}}

const undelivered = "From: MAILER-DAEMON@example.net\r\nTo: desk@example.com\r\nSubject: Undelivered\r\nMessage-ID: <b@example.net>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.net\r\n\r\nFinal-Recipient: rfc822; gone@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"

// mailroom gives the office a lead, a mailbox that nobody can sign in to, a mail
// in quarantine, and the intake that puts it there.
func (o *office) mailroom() {
	o.t.Helper()
	o.does(desk.PersonPut, "", lea)
	must(o.t, o.passwords.SetPassword(context.Background(), lea.ID, officePassword))
	sink := post.NewSink(o.server)
	in := post.NewIntake(sink, &intake.Converter{Token: func(string) (string, string, bool) { return "", "", false }}, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { in.Run(ctx) })
	o.t.Cleanup(func() { cancel(); working.Wait() })
	raw := []byte(undelivered)
	must(o.t, sink.File(ctx, []intake.Mail{{
		Account: "desk@example.com", Mailbox: "INBOX", UIDValidity: 1, UID: 1, Size: int64(len(raw)), SHA256: sha256.Sum256(raw), InternalDate: time.Now(), Bytes: raw,
	}}, intake.Position{UIDValidity: 1, LastUID: 1}))
	o.does(desk.MailboxReport, "", desk.Mailbox{
		ID: post.MailboxID("desk@example.com", "INBOX"), Address: "desk@example.com", Folder: "INBOX", Server: "mail.example.com:993", SignIn: "Microsoft 365",
		State: desk.MailboxStopped, Problem: desk.ProblemSignIn, Reason: "the provider has taken back what was allowed", At: time.Now(),
	})
}

// mail waits until what a laptop shows of the mailboxes is as wanted.
func (l *laptop) mail(what string, holds func(MailboxesView) bool) (v MailboxesView) {
	l.t.Helper()
	l.until(what, func() bool {
		v = got(l.mailboxes.List()).or(l.t)
		return holds(v)
	})
	return v
}

func oneMail(state desk.QuarantineState) func(MailboxesView) bool {
	return func(v MailboxesView) bool { return len(v.Mails) == 1 && v.Mails[0].State == string(state) }
}

// TestALeadSeesTheMailboxesAndAnAgentDoesNot: state, way out and quarantine, in
// the list and in the sidebar; offline from what was told last.
func TestALeadSeesTheMailboxesAndAnAgentDoesNot(t *testing.T) {
	o := newOffice(t)
	o.mailroom()
	lead, agent := o.laptopOf(lea), o.laptopOf(o.ana)
	v := lead.mail("the mail is in quarantine", oneMail(desk.InQuarantine))
	if b := v.Mailboxes[0]; len(v.Mailboxes) != 1 || !b.NeedsPerson || !strings.Contains(b.WayOut, "Connect the mailbox again") || b.Address != "desk@example.com" || b.AsOf == "" {
		t.Errorf("%+v", v.Mailboxes)
	}
	if m := v.Mails[0]; m.Mailbox != "desk@example.com" || m.Subject != "Undelivered" || !slices.Equal(m.Acts, []string{"retry", "ticket", "dismiss"}) || m.Name != "Undelivered.eml" || len(m.Head) == 0 {
		t.Errorf("%+v", m)
	}
	sections := got(lead.queue.Sidebar()).or(t)
	if mail := sections[len(sections)-1]; mail.ID != "mail" || mail.Items[0].Count != 2 || mail.Items[0].Tone != toneDanger {
		t.Errorf("%+v", mail)
	}
	if other := got(agent.mailboxes.List()).or(t); other.Seen || len(other.Mailboxes)+len(other.Mails) > 0 {
		t.Errorf("an agent sees %+v", other)
	}
	for _, s := range got(agent.queue.Sidebar()).or(t) {
		if s.ID == "mail" {
			t.Error("an agent is led to the mailboxes")
		}
	}
	lead.offline()
	if still := got(lead.mailboxes.List()).or(t); len(still.Mails) != 1 || still.CompleteUpTo == "" {
		t.Errorf("offline: %+v", still)
	}
}

// TestWhatAnswersWaitForIsSeen: a rest and a rate are told, and need nobody.
func TestWhatAnswersWaitForIsSeen(t *testing.T) {
	o := newOffice(t)
	o.mailroom()
	lead := o.laptopOf(lea)
	for _, c := range []struct {
		state desk.MailboxState
		waits desk.WaitReason
		label string
		holds string
	}{
		{desk.MailboxPaused, desk.WaitRest, "Paused", "The answers wait until sending goes on."},
		{desk.MailboxWatching, desk.WaitRate, "Sending", "As many mails have left as may in so short a time; the answers leave in their turn."},
		{desk.MailboxWatching, "", "Sending", ""},
	} {
		o.does(desk.MailboxReport, "", desk.Mailbox{
			ID: post.MailboxID("answers", ""), Address: "desk@example.com", Server: "mail.example.com:587", SignIn: desk.SignInPassword, Stored: true, Sends: true,
			State: c.state, Waiting: 2, Most: desk.MailRate{Minute: 30, Day: 2000}, WaitsFor: c.waits, At: time.Now(),
		})
		v := lead.mail(string("it is told what they wait for: "+c.waits), func(v MailboxesView) bool {
			return len(v.Mailboxes) == 2 && v.Mailboxes[1].WaitsFor == string(c.waits) && v.Mailboxes[1].StateLabel == c.label
		})
		if b := v.Mailboxes[1]; b.Holds != c.holds || b.Most != "30 a minute, 2000 a day" || b.NeedsPerson || b.WayOut != "" {
			t.Errorf("%+v", b)
		}
	}
}

// TestADecisionWaitsForTheHub: it is shown at once as this device's alone, and
// done when there is a connection.
func TestADecisionWaitsForTheHub(t *testing.T) {
	o := newOffice(t)
	o.mailroom()
	lead := o.laptopOf(lea)
	id := lead.mail("the mail is in quarantine", oneMail(desk.InQuarantine)).Mails[0].ID
	lead.offline()
	must(t, lead.mailboxes.Decide(QuarantineRequest{ID: id, Act: "ticket"}))
	v := got(lead.mailboxes.List()).or(t)
	if q := v.Mails[0]; q.State != "retrying" || !q.Pending || q.By.ID != "lea" || len(q.Acts) != 0 {
		t.Errorf("%+v", q)
	}
	outbox := got(lead.sync.Outbox()).or(t)
	if len(outbox) != 1 || outbox[0].Sentence != "Made a ticket of the quarantined mail “Undelivered”" {
		t.Errorf("%+v", outbox)
	}
	lead.online()
	v = lead.mail("it is a ticket", oneMail(desk.QuarantineSettled))
	if q := v.Mails[0]; q.Ticket.ID == "" || q.URL != "" || q.Pending {
		t.Errorf("%+v", q)
	}
	if err := lead.mailboxes.Decide(QuarantineRequest{ID: id, Act: "retry"}); desk.CodeOf(err) != desk.CodeWorkflow {
		t.Errorf("a settled mail: %v", err)
	}
	if err := lead.mailboxes.Decide(QuarantineRequest{ID: "nothing", Act: "retry"}); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("no mail at all: %v", err)
	}
}

// TestTheRawMailIsSavedAndNeverShown: by the road of every file, to those who see
// the mailboxes.
func TestTheRawMailIsSavedAndNeverShown(t *testing.T) {
	o := newOffice(t)
	o.mailroom()
	lead, agent := o.laptopOf(lea), o.laptopOf(o.ana)
	q := lead.mail("the mail is in quarantine", oneMail(desk.InQuarantine)).Mails[0]
	fetch := func(l *laptop) (*http.Response, string) {
		w := httptest.NewRecorder()
		l.Assets().ServeHTTP(w, httptest.NewRequest(http.MethodGet, q.URL, nil))
		answer := w.Result()
		body := got(io.ReadAll(answer.Body)).or(t)
		return answer, string(body)
	}
	if answer, body := fetch(agent); answer.StatusCode != http.StatusNotFound {
		t.Errorf("an agent: %d %s", answer.StatusCode, body)
	}
	answer, body := fetch(lead)
	if answer.StatusCode != http.StatusOK || body != undelivered {
		t.Errorf("%d, %d bytes", answer.StatusCode, len(body))
	}
	if h := answer.Header; h.Get("Content-Type") != "application/octet-stream" || !strings.Contains(h.Get("Content-Disposition"), "Undelivered.eml") || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%v", h)
	}
}
