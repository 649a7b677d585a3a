package post_test

import (
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
)

// asks lets Annika write once more, by a clock that is off.
func (h *house) asks(ticket desk.TicketID, id desk.MessageID, off time.Duration) {
	h.Helper()
	err := h.Server.Do(h.Context(), nil, hub.Act{Name: desk.MessageAdd, Ticket: ticket, At: day.Add(off), Args: desk.AddMessage{Message: desk.Message{
		ID: id, Kind: desk.FromRequester, Text: "Words of " + string(id), MailID: string(id) + "@example.com",
		From: &desk.Address{Name: h.Annika.Name, Email: h.Annika.Email},
	}}})
	if err != nil {
		h.Fatal(err)
	}
}

// TestAnAnswerIsToWhatTheHubTookLast, whatever the clock said of who wrote it
// (SPEC R12, P83).
func TestAnAnswerIsToWhatTheHubTookLast(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run().work(h.post(server))
	h.Open("t1", "first")
	h.asks("t1", "late", -48*time.Hour)
	h.Write("t1", reply("r1", "late"))
	h.comes("r1", desk.DeliverySent)
	a := server.mails()[0]
	if a.InReplyTo != "late@example.com" || !strings.Contains(a.Text, "> Words of late") || strings.Join(a.References, " ") != "t1-q@example.com late@example.com" {
		t.Errorf("it answers %s, after %q, and quotes %q", a.InReplyTo, a.References, a.Text)
	}
}

// TestAHeldReplyAnswersWhatItsWriterSawWhenItWasSent: it was written before (SPEC
// P83).
func TestAHeldReplyAnswersWhatItsWriterSawWhenItWasSent(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run().work(h.post(server))
	h.Open("t1", "first")
	h.asks("t1", "crossed", 0)
	h.Write("t1", reply("r1", "t1-q"))
	decided, err := desk.NewMutation(desk.ReplyDecide, "t1", desk.DecideReply{Message: "r1", Act: desk.ReplySend, Seen: "crossed"}, day)
	if err != nil {
		t.Fatal(err)
	}
	decided.Device, decided.Mid = "test-decides", 1
	h.asks("t1", "unseen", 0)
	results, err := h.Server.Submit(t.Context(), desk.PrincipalOf(h.Mira, decided.Device), decided)
	if err != nil || results[0].Status != desk.Held {
		t.Fatalf("sent over a message its writer has not seen: %+v, %v", results, err)
	}
	decided.Mid++
	decided.Args = []byte(`{"message":"r1","act":"send","seen":"unseen"}`)
	if _, err := h.Server.Submit(t.Context(), desk.PrincipalOf(h.Mira, decided.Device), decided); err != nil {
		t.Fatal(err)
	}
	h.asks("t1", "after", 0)
	h.comes("r1", desk.DeliverySent)
	a := server.mails()[0]
	if a.InReplyTo != "unseen@example.com" || !strings.Contains(a.Text, "> Words of unseen") || strings.Contains(a.Text, "after") {
		t.Errorf("it answers %s and says %q", a.InReplyTo, a.Text)
	}
}
