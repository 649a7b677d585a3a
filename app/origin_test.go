package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// came puts a mail on a ticket as the hub's intake does.
func (o *office) came(ticket desk.TicketID, m desk.Message, raw []byte) {
	o.t.Helper()
	m.Origin.SHA256, m.Origin.Size = sumOf(raw), int64(len(raw))
	must(o.t, o.central.Update(context.Background(), func(tx *store.CentralTx) error {
		return errors.Join(tx.PutBlob(sumOf(raw), raw), tx.HoldBlob(sumOf(raw), m.ID))
	}))
	o.does(desk.MessageAdd, ticket, desk.AddMessage{Message: m})
}

func kinds(marks []Mark) (list []string) {
	for _, m := range marks {
		list = append(list, m.Kind)
	}
	return list
}

// TestAMailIsReadInItsSource: from the hub the first time, from this device
// afterwards, and as nothing but text.
func TestAMailIsReadInItsSource(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks every few minutes.")
	raw := []byte("From: Annika <annika@example.com>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\n<script>alert(1)</script>\r\n\x1b[2J\xff " + "\u202egpj.exe\r\n" + strings.Repeat("It asks again.\r\n", 8000))
	nested := []byte("From: help@vendor.example\nSubject: Before\n\nTry again.\n")
	must(t, o.central.Update(context.Background(), func(tx *store.CentralTx) error {
		return errors.Join(tx.PutBlob(sumOf(nested), nested), tx.HoldBlob(sumOf(nested), "m2"))
	}))
	o.came("t1", desk.Message{ID: "m2", Kind: desk.FromRequester, Subject: "Grüße", Text: "It asks again.", Why: "It joined INC0000001 by a mail it answers.",
		From: &desk.Address{Name: "Annika", Email: "annika@example.com"}, Origin: &desk.Origin{Sealed: "s/mime signed", Vouched: true},
		Attachments: []desk.Attachment{{ID: "n", Name: "Before.eml", Type: "message/rfc822", Size: int64(len(nested)), SHA256: sumOf(nested)}, {ID: "p", Name: "plan.pdf", Type: "application/pdf", SHA256: sumOf([]byte("plan"))},
			{ID: "o", Name: "original.eml", Type: "message/rfc822", Size: int64(len(raw)), SHA256: sumOf(raw)}},
	}, raw)
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m3", Kind: desk.FromRequester, Text: "Lost.", Origin: &desk.Origin{SHA256: sumOf([]byte("nowhere")), Size: 7}}})
	ana := o.laptopOf(o.ana)
	ana.sees("the mail is here", "t1", func(v TicketView) bool { return len(v.Thread) == 4 })

	v := got(ana.ticket.Origin("m2")).or(t)
	if v.Why != "It joined INC0000001 by a mail it answers." || !slices.Equal(kinds(v.Marks), []string{"vouched", "signed"}) || v.Here || !strings.Contains(v.Said, "lies at the hub") {
		t.Errorf("%+v", v)
	}
	if len(v.Nested) != 1 || v.Nested[0].Name != "Before.eml" || !slices.Contains(v.Fields, MailField{"From", "Annika <annika@example.com>"}) {
		t.Errorf("nested %+v, fields %+v", v.Nested, v.Fields)
	}
	if _, err := ana.ticket.Headers(SourceRequest{MessageID: "m3"}); err == nil || !strings.Contains(err.Error(), "when there is a connection") {
		t.Errorf("not to be had: %v", err)
	}
	fields := got(ana.ticket.Headers(SourceRequest{MessageID: "m2"})).or(t)
	if len(fields) != 2 || fields[1] != (MailField{"Subject", "Grüße"}) {
		t.Errorf("header %+v", fields)
	}
	ana.offline()
	if v := got(ana.ticket.Origin("m2")).or(t); !v.Here {
		t.Errorf("fetched, and not here: %+v", v)
	}
	whole, pieces := "", 0
	for at := 0; pieces == 0 || at > 0; pieces++ {
		piece := got(ana.ticket.Source(SourceRequest{MessageID: "m2", Offset: at})).or(t)
		if len(piece.Text) > 100_000 || piece.Size != len(raw) {
			t.Fatalf("a piece of %d, the mail has %d of %d", len(piece.Text), piece.Size, len(raw))
		}
		whole, at = whole+piece.Text, piece.Next
	}
	want := strings.NewReplacer("\r\n", "\n", "\x1b", `\u001b`, "\xff", `\xff`, "\u202e", `\u202e`).Replace(string(raw))
	if whole != want || pieces < 2 {
		t.Errorf("%d pieces make %d bytes, want %d", pieces, len(whole), len(want))
	}
	if w := fetch(ana.page, v.Source.URL); w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), raw) || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("saved: %d %v", w.Code, w.Header())
	}
	if _, err := ana.ticket.Source(SourceRequest{MessageID: "m2", AttachmentID: "p"}); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("a file that is no mail: %v", err)
	}
	ana.online()
	if inner := got(ana.ticket.Source(SourceRequest{MessageID: "m2", AttachmentID: "n"})).or(t); inner.Text != string(nested) || inner.Next != 0 {
		t.Errorf("the mail inside: %+v", inner)
	}
}

// TestWhatIsNoMailSaysSo in a sentence, and why it is here all the same.
func TestWhatIsNoMailSaysSo(t *testing.T) {
	_, ana := mailed(t)
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Her profile is old."}))
	note := ana.open("t1").Thread[2].ID
	for message, said := range map[string]string{note: "written here", "m1": "earlier version"} {
		v := got(ana.ticket.Origin(message)).or(t)
		if v.Source.ID != "" || !strings.Contains(v.Said, said) || v.Why == "" || v.Nested == nil || v.Fields == nil {
			t.Errorf("%s: %+v", message, v)
		}
		if _, err := ana.ticket.Source(SourceRequest{MessageID: message}); err == nil || err.Error() != v.Said {
			t.Errorf("%s: %v", message, err)
		}
	}
	if v := got(ana.ticket.Origin(note)).or(t); v.Why != "Ana Roth wrote it on this ticket." {
		t.Errorf("why: %s", v.Why)
	}
	if p := ana.Explain(got(ana.ticket.Origin("nothing")).err); p.Code != "gone" {
		t.Errorf("a message that is nowhere: %+v", p)
	}
}

// TestWhatSpeaksAgainstASenderIsSaid beside the message.
func TestWhatSpeaksAgainstASenderIsSaid(t *testing.T) {
	from := &desk.Address{Email: "eve@example.org"}
	for _, c := range []struct {
		m    desk.Message
		want string
	}{
		{desk.Message{From: from, Origin: &desk.Origin{}}, "unvouched"},
		{desk.Message{From: from, Origin: &desk.Origin{Doubt: "it does not name one sender", Vouched: true}}, "doubt"},
		{desk.Message{From: from, Suspect: true, Auto: true, Origin: &desk.Origin{Sealed: "pgp encrypted"}}, "suspect unvouched encrypted machine"},
		{desk.Message{From: from, Origin: &desk.Origin{Vouched: true, Sealed: "of a newer kind"}}, "vouched signed"},
		{desk.Message{Kind: desk.PublicReply, Auto: true}, ""},
	} {
		marks := marksOf(c.m)
		if got := strings.Join(kinds(marks), " "); got != c.want {
			t.Errorf("%+v: %s, want %s", c.m, got, c.want)
		}
		for _, k := range marks {
			if k.Words == "" || !strings.HasSuffix(k.Sentence, ".") {
				t.Errorf("%s says %q", k.Kind, fmt.Sprint(k))
			}
		}
	}
}
