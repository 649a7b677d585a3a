package post_test

import (
	"context"
	"encoding/hex"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
	"holdall/sync/hub/stand"
)

// bounce is a delivery failure of a mail that no ticket knows.
func bounce(uid uint32) intake.Mail {
	return letter(uid, "From: MAILER-DAEMON@example.net\nTo: desk@example.com\nSubject: Undelivered\nMessage-ID: <b@example.net>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"+
		"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.net\n\nFinal-Recipient: rfc822; gone@example.net\nAction: failed\nStatus: 5.1.1\n--b--\n")
}

// receive sets the conversion of mails to work until the test ends.
func (h *house) receive() *post.Sink {
	sink, converter := h.intake()
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() {
		if err := post.NewIntake(sink, converter, slog.New(slog.DiscardHandler)).Run(ctx); err != nil {
			h.Error(err)
		}
	})
	h.Cleanup(func() { cancel(); working.Wait() })
	return sink
}

// aside is the record of a mail; empty where there is none.
func (h *house) aside(m intake.Mail) (q desk.QuarantinedMail) {
	h.Helper()
	id := post.QuarantineID(m.Account, hex.EncodeToString(m.SHA256[:]))
	if err := h.Central.View(h.Context(), func(tx *store.CentralTx) error {
		if e, err := tx.Get(desk.QuarantinedMail{ID: id}.Key()); err == nil {
			q = e.(desk.QuarantinedMail)
		}
		return nil
	}); err != nil {
		h.Fatal(err)
	}
	return q
}

// decides lets somebody decide about a mail and returns what became of it.
func (h *house) decides(by desk.Person, q desk.QuarantinedMail, act desk.QuarantineAct) desk.Result {
	h.Helper()
	m, err := desk.NewMutation(desk.QuarantineDecide, "", desk.DecideQuarantine{ID: q.ID, Act: act}, day)
	if err != nil {
		h.Fatal(err)
	}
	m.Device, m.Mid = desk.DeviceID("test-"+string(by.ID)+string(act)), 1
	results, err := h.Server.Submit(h.Context(), desk.PrincipalOf(by, m.Device), m)
	if err != nil {
		h.Fatal(err)
	}
	return results[0]
}

// TestAQuarantinedMailIsToldDecidedAndSettled: it is set aside, an agent may not
// decide, a lead tries it again in vain, then makes a ticket of it.
func TestAQuarantinedMailIsToldDecidedAndSettled(t *testing.T) {
	h := build(t).run()
	sink, m := h.receive(), bounce(1)
	h.file(sink, intake.Position{}, m)
	h.Do(hub.Act{Name: desk.PersonPut, Args: stand.Lea}) // a commit that wakes nobody but those who watch
	in := func(what string, holds func(desk.QuarantinedMail) bool) {
		t.Helper()
		h.Until(what, func() bool { return holds(h.aside(m)) })
	}
	h.Do(hub.Act{Name: desk.MailboxReport, Args: desk.Mailbox{ID: "m", State: desk.MailboxWatching}})
	in("it is in quarantine", func(q desk.QuarantinedMail) bool { return q.State == desk.InQuarantine })
	q := h.aside(m)
	if q.Subject != "Undelivered" || q.From.Email != "MAILER-DAEMON@example.net" || q.Tries != 1 || q.Part != desk.KeptWhole || q.Size != m.Size ||
		!strings.Contains(q.Reason, "delivery failure") || q.Mailbox != post.MailboxID(m.Account, m.Mailbox) {
		t.Errorf("%+v", q)
	}
	if r := h.decides(h.Mira, q, desk.RetryMail); r.Status != desk.Rejected || r.Code != desk.CodePerm {
		t.Errorf("an agent decided: %+v", r)
	}
	if r := h.decides(stand.Lea, q, desk.RetryMail); r.Status != desk.Applied {
		t.Fatalf("%+v", r)
	}
	in("it failed again", func(q desk.QuarantinedMail) bool { return q.State == desk.InQuarantine && q.Tries == 2 })
	if r := h.decides(stand.Lea, q, desk.TicketMail); r.Status != desk.Applied {
		t.Fatalf("%+v", r)
	}
	in("it is settled", func(q desk.QuarantinedMail) bool {
		return q.State == desk.QuarantineSettled && q.Ticket != "" && q.Head == nil
	})
	if n := h.tickets(); n != 1 {
		t.Errorf("%d tickets", n)
	}
}

func TestAMailPutAsideStaysUntilSomebodyWantsIt(t *testing.T) {
	h := build(t).run()
	h.Do(hub.Act{Name: desk.PersonPut, Args: stand.Lea})
	sink, m := h.receive(), bounce(1)
	h.file(sink, intake.Position{}, m)
	h.Do(hub.Act{Name: desk.MailboxReport, Args: desk.Mailbox{ID: "m"}})
	h.Until("it is in quarantine", func() bool { return h.aside(m).State == desk.InQuarantine })
	h.decides(stand.Lea, h.aside(m), desk.DismissMail)
	aside := func() (list []store.Ledger) {
		if err := h.Central.View(t.Context(), func(tx *store.CentralTx) (err error) { list, err = tx.Quarantine(9); return err }); err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := aside(); len(list) != 0 {
		t.Errorf("still in quarantine: %+v", list)
	}
	h.decides(stand.Lea, h.aside(m), desk.TicketMail)
	h.Until("it is a ticket", func() bool { return h.aside(m).Ticket != "" })
}

// TestAMailThatWasNeverGivenCanOnlyBePutAside: the server could not hand it over.
func TestAMailThatWasNeverGivenCanOnlyBePutAside(t *testing.T) {
	h := build(t).run()
	h.Do(hub.Act{Name: desk.PersonPut, Args: stand.Lea})
	sink := h.receive()
	m := letter(1, "")
	m.Bytes, m.Problem = nil, "The mail server could not give this mail."
	h.file(sink, intake.Position{}, m)
	h.Do(hub.Act{Name: desk.MailboxReport, Args: desk.Mailbox{ID: "m"}})
	h.Until("it is in quarantine", func() bool { return h.aside(m).State == desk.InQuarantine })
	if q := h.aside(m); q.Part != desk.KeptNothing || q.Reason != m.Problem {
		t.Errorf("%+v", q)
	}
	if r := h.decides(stand.Lea, h.aside(m), desk.RetryMail); r.Status != desk.Rejected || !strings.Contains(r.Message, "forward the mail") {
		t.Errorf("%+v", r)
	}
}

// TestTheRawMailIsForThoseWhoSeeTheMailboxes: by the same address as any file,
// and refused as if it were not there.
func TestTheRawMailIsForThoseWhoSeeTheMailboxes(t *testing.T) {
	w := serve(t)
	w.Do(hub.Act{Name: desk.PersonPut, Args: stand.Lea})
	_, token, err := hub.Enrol(t.Context(), w.Central, stand.Lea.ID, "laptop")
	if err != nil {
		t.Fatal(err)
	}
	sink, m := w.receive(), bounce(1)
	w.file(sink, intake.Position{}, m)
	w.Do(hub.Act{Name: desk.MailboxReport, Args: desk.Mailbox{ID: "m"}})
	w.Until("it is in quarantine", func() bool { return w.aside(m).State == desk.InQuarantine })
	path := "/api/v1/blobs/" + hex.EncodeToString(m.SHA256[:])
	if status, _ := w.Ask("GET", path, w.Token, ""); status != 404 {
		t.Errorf("an agent got %d", status)
	}
	if status, body := w.Ask("GET", path, token, ""); status != 200 || body != string(m.Bytes) {
		t.Errorf("a lead got %d, %d bytes", status, len(body))
	}
	q := w.aside(m)
	w.decides(stand.Lea, q, desk.TicketMail)
	w.Until("it is a ticket", func() bool { return w.aside(m).Ticket != "" })
	if status, _ := w.Ask("GET", path, w.Token, ""); status != 200 {
		t.Errorf("an agent gets the original of a ticket in triage: %d", status)
	}
}
