package post_test

import (
	"bytes"
	"encoding/hex"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
)

// TestTheMailItselfIsReadByWhoReadsItsMessage and by nobody else.
func TestTheMailItselfIsReadByWhoReadsItsMessage(t *testing.T) {
	w := serve(t)
	sink, converter := w.intake()
	mail := question(1)
	w.file(sink, intake.Position{}, mail)
	sum := hex.EncodeToString(mail.SHA256[:])
	if status, _ := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, ""); status != 404 {
		t.Errorf("a mail that is no message yet: %d", status)
	}
	w.convert(converter)
	if status, body := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, ""); status != 200 || body != string(mail.Bytes) {
		t.Errorf("a mail in triage: %d, %d bytes of %d", status, len(body), len(mail.Bytes))
	}
	var ticket desk.Ticket
	must(t, w.Central.View(t.Context(), func(tx *store.CentralTx) error {
		ledger, err := tx.PendingMail(1)
		if err != nil || len(ledger) != 0 {
			t.Errorf("pending %v, %v", ledger, err)
		}
		changes, err := tx.Changes(desk.BucketTriage, 0, 100)
		for _, c := range changes {
			if e, _ := desk.Decode(c.Record); c.Record.Kind == desk.KindTicket {
				ticket = e.(desk.Ticket)
			}
		}
		return err
	}))
	w.Do(hub.Act{Name: desk.TicketPatch, Ticket: ticket.ID, Args: desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTeam: "other"}}})
	if status, _ := w.Ask("GET", "/api/v1/blobs/"+sum, w.Token, ""); status != 404 {
		t.Errorf("a mail of another team's ticket: %d", status)
	}
}

func TestAFileIsForThoseWhoSeeItsTicket(t *testing.T) {
	w := serve(t)
	sink, converter := w.intake()
	converter.Team = "other"
	w.file(sink, intake.Position{}, question(1))
	converter.Now = func() time.Time { return day }
	w.convert(converter)
	path := "/api/v1/blobs/" + stand.Sum("a;b;1")
	status, body := w.Ask("GET", path, w.Token, "")
	missing, text := w.Ask("GET", "/api/v1/blobs/"+stand.Sum("nothing"), w.Token, "")
	if status != 404 || status != missing || body != text {
		t.Errorf("a file of another team: %d %s; one that is not there: %d %s", status, body, missing, text)
	}
	w.Mira.Teams = append(w.Mira.Teams, "other")
	w.Do(hub.Act{Name: desk.PersonPut, Args: w.Mira})
	if status, body = w.Ask("GET", path, w.Token, ""); status != 200 || body != "a;b;1" {
		t.Errorf("%d %s", status, body)
	}
	if status, body = w.Ask("GET", path, w.Token, "", "Range", "bytes=2-2"); status != 206 || body != "b" {
		t.Errorf("a piece of it: %d %s", status, body)
	}
}

// TestAReplyLeavesWithItsFiles: SPEC P44.
func TestAReplyLeavesWithItsFiles(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	server := &mailServer{}
	post := w.post(server)
	data := bytes.Repeat([]byte{0, 255, 13, 10}, 50)
	sum := stand.Sum(string(data))
	w.Write("t1", desk.Message{ID: "r1", Kind: desk.PublicReply, Text: "The manual.", Seen: "t1-q", Attachments: []desk.Attachment{
		{ID: "f", Name: "Anleitung.pdf", Type: "application/pdf", Size: int64(len(data)), SHA256: sum},
	}})
	w.Write("t1", desk.Message{ID: "r2", Kind: desk.PublicReply, Text: "In short: restart it.", Seen: "r1"})
	stop := w.work(post)
	w.comes("r2", desk.DeliverySent)
	if m := w.Message("r1"); m.Delivery != desk.DeliveryQueued {
		t.Fatalf("before its file is here the reply is %s", m.Delivery)
	}
	if status, text := w.Ask("PUT", "/api/v1/blobs/"+sum+"?message=r1&offset=0", w.Token, string(data)); status != 200 {
		t.Fatalf("%d %s", status, text)
	}
	w.comes("r1", desk.DeliverySent)
	stop()
	if len(server.taken) != 2 || len(server.taken[1].Attachments) != 1 || !bytes.Equal(server.taken[1].Attachments[0].Data, data) ||
		server.taken[1].Attachments[0].Name != "Anleitung.pdf" {
		t.Errorf("%d left", len(server.taken))
	}
}
