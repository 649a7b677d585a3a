package post_test

import (
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
)

// comesBack is a mail of the vendor's in a side conversation, as intake adds it.
func (h *house) comesBack(ticket desk.TicketID, m desk.Message) {
	h.Helper()
	m.Kind, m.Aside, m.From = desk.AsideAnswer, "s", &desk.Address{Name: "Vendor", Email: "help@vendor.example"}
	h.Do(hub.Act{Name: desk.MessageAdd, Ticket: ticket, Args: desk.AddMessage{Message: m}})
}

// TestASideConversationAndTheRequesterKnowNothingOfEachOther (SPEC P79, SPEC R21):
// each mail quotes and answers its own conversation, whatever stands between.
func TestASideConversationAndTheRequesterKnowNothingOfEachOther(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run().work(h.post(server))
	h.Open("t1", "first")
	vendor := []desk.Address{{Name: "Vendor", Email: "help@vendor.example"}}
	h.Write("t1", desk.Message{ID: "a1", Kind: desk.AsideMail, Aside: "s", Subject: "Line 7", Text: "Is line seven up?", To: vendor})
	h.comes("a1", desk.DeliverySent)
	h.comesBack("t1", desk.Message{ID: "a2", Text: "The spades broke it.", MailID: "one@vendor.example"})
	h.comesBack("t1", desk.Message{ID: "a3", Text: "A stranger says so.", MailID: "two@vendor.example", Suspect: true})
	h.Write("t1", desk.Message{ID: "a4", Kind: desk.AsideMail, Aside: "s", Text: "When is it mended?", To: vendor, Seen: "a2"})
	h.comes("a4", desk.DeliverySent)
	h.Write("t1", desk.Message{ID: "r1", Kind: desk.PublicReply, Text: "We are on it.", Seen: "t1-q"})
	h.comes("r1", desk.DeliverySent)
	mails := server.mails()
	if len(mails) != 3 {
		t.Fatalf("%d mails left", len(mails))
	}
	first, second, reply := mails[0], mails[1], mails[2]
	if first.Subject != "Line 7 [INC0000001]" || first.InReplyTo != "" || strings.Contains(first.Text, "jammed") || to(first) != "help@vendor.example" {
		t.Errorf("the first word: %+v", first)
	}
	if second.Subject != "Re: Line 7 [INC0000001]" || second.InReplyTo != "one@vendor.example" || !slices.Equal(second.References, []string{h.Message("a1").MailID, "one@vendor.example"}) {
		t.Errorf("the second word: %q, %q, %v", second.Subject, second.InReplyTo, second.References)
	}
	for _, banned := range []string{"jammed", "stranger", "Annika"} {
		if strings.Contains(second.Text, banned) {
			t.Errorf("the third party reads %q in %q", banned, second.Text)
		}
	}
	if !strings.Contains(second.Text, "When is it mended?") || !strings.Contains(second.Text, "> The spades broke it.") || to(second) != "help@vendor.example" {
		t.Errorf("the second word: %q to %s", second.Text, to(second))
	}
	if strings.Contains(reply.Text, "spades") || strings.Contains(reply.Text, "seven") || !strings.Contains(reply.Text, "> It is jammed again.") ||
		to(reply) != "annika@example.com" || slices.ContainsFunc(reply.References, func(id string) bool { return id == "one@vendor.example" || id == h.Message("a1").MailID }) {
		t.Errorf("the requester reads %q, below %v", reply.Text, reply.References)
	}
}

func to(a outgoing.Answer) string {
	var list []string
	for _, p := range slices.Concat(a.To, a.Cc) {
		list = append(list, p.Email)
	}
	return strings.Join(list, " ")
}

// TestTheBookKnowsWhoIsBeside: whom an agent wrote to, and in which conversation.
func TestTheBookKnowsWhoIsBeside(t *testing.T) {
	h := build(t).run()
	sink, _ := h.intake()
	h.Open("t1", "first")
	h.Write("t1", desk.Message{ID: "a1", Kind: desk.AsideMail, Aside: "s", Text: "Is it up?", To: []desk.Address{{Email: "help@vendor.example"}}})
	for email, want := range map[string][]desk.AsideID{"HELP@vendor.example": {"s"}, "annika@example.com": nil} {
		if list, err := sink.Asides(t.Context(), "t1", email); err != nil || !slices.Equal(list, want) {
			t.Errorf("%s is in %v, %v", email, list, err)
		}
		if in, err := sink.Participant(t.Context(), "t1", email); in || err != nil {
			t.Errorf("%s takes part in the conversation with the requester: %v", email, err)
		}
	}
}

// TestNewsBesideKeepsATicketFromTheArchive, and bring one back from it.
func TestNewsBesideKeepsATicketFromTheArchive(t *testing.T) {
	h := build(t).run()
	h.Open("t1", "first")
	h.Write("t1", desk.Message{ID: "a1", Kind: desk.AsideMail, Aside: "s", Text: "Is it up?", To: []desk.Address{{Email: "help@vendor.example"}}})
	h.Do(hub.Act{Name: desk.TicketMove, Ticket: "t1", Args: desk.MoveTicket{From: desk.StateNew, To: desk.StateCancelled}})
	archived := func(want bool) {
		t.Helper()
		if err := h.Server.Archive(t.Context(), nil, day.AddDate(1, 0, 0)); err != nil {
			t.Fatal(err)
		}
		err := h.Central.View(t.Context(), func(tx *store.CentralTx) error {
			e, err := tx.Get(desk.Ticket{ID: "t1"}.Key())
			if err == nil && (e.(desk.Ticket).Archived != "") != want {
				t.Errorf("archived in %q, want %v", e.(desk.Ticket).Archived, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	archived(true)
	h.comesBack("t1", desk.Message{ID: "a2", Text: "It is up."})
	archived(false)
	h.Do(hub.Act{Name: desk.AsideMove, Ticket: "t1", Args: desk.MoveAside{Aside: "s", From: desk.AsideOpen, To: desk.AsideClosed, Seen: "a2"}})
	archived(true)
}
