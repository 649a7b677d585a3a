package hub_test

import (
	"encoding/hex"
	"testing"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub"
)

// TestTheMailItselfIsReadByWhoReadsItsMessage and by nobody else.
func TestTheMailItselfIsReadByWhoReadsItsMessage(t *testing.T) {
	w := serve(t)
	sink, converter := w.intake()
	mail := question(1)
	w.file(sink, intake.Position{}, mail)
	sum := hex.EncodeToString(mail.SHA256[:])
	if status, _ := w.ask("GET", "/api/v1/blobs/"+sum, w.token, ""); status != 404 {
		t.Errorf("a mail that is no message yet: %d", status)
	}
	w.convert(converter)
	if status, body := w.ask("GET", "/api/v1/blobs/"+sum, w.token, ""); status != 200 || body != string(mail.Bytes) {
		t.Errorf("a mail in triage: %d, %d bytes of %d", status, len(body), len(mail.Bytes))
	}
	var ticket desk.Ticket
	must(t, w.central.View(t.Context(), func(tx *store.CentralTx) error {
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
	w.do(hub.Act{Name: desk.TicketPatch, Ticket: ticket.ID, Args: desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTeam: "other"}}})
	if status, _ := w.ask("GET", "/api/v1/blobs/"+sum, w.token, ""); status != 404 {
		t.Errorf("a mail of another team's ticket: %d", status)
	}
}
