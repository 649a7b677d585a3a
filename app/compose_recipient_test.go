package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
)

// TestRecipientsAreProposedAndConfirmed: nobody of a mail's To and Cc gets an
// answer before an agent has looked at it.
func TestRecipientsAreProposedAndConfirmed(t *testing.T) {
	o := newOffice(t)
	w := desk.NewWorkspace("example", "Example desk")
	w.Addresses = []string{"help@example.com"}
	o.does(desk.WorkspacePut, "", w)
	o.does(desk.TicketCreate, "t1", desk.CreateTicket{Kind: desk.Incident, Title: "Outlook", Requester: o.annika.ID, Team: o.team.ID, Source: desk.SourceMail})
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{
		ID: "m1", Kind: desk.FromRequester, Requester: o.annika.ID, From: &desk.Address{Name: "Annika Petersen", Email: "annika@example.com"},
		To: []desk.Address{{Email: "help@example.com"}, {Name: "Uwe", Email: "uwe@example.com"}}, Cc: []desk.Address{{Email: "boss@customer.example"}}, Text: "It is broken.",
	}})
	ana := o.laptopOf(o.ana)
	ana.sees("the mail is here", "t1", func(v TicketView) bool { return v.LastPublic == "m1" })
	a := got(ana.compose.Address(AddressRequest{TicketID: "t1", Kind: "reply"})).or(t)
	if !slices.Equal(a.Envelope.To, []Recipient{{"Annika Petersen", "annika@example.com"}}) || len(a.Envelope.Cc)+len(a.Cautions) != 0 {
		t.Errorf("a reply: %+v", a)
	}
	a = got(ana.compose.Address(AddressRequest{TicketID: "t1", Kind: "reply", Envelope: Envelope{All: true}})).or(t)
	if !slices.Equal(a.Envelope.To, []Recipient{{"Annika Petersen", "annika@example.com"}, {"Uwe", "uwe@example.com"}}) || !slices.Equal(a.Envelope.Cc, []Recipient{{"", "boss@customer.example"}}) || strings.Join(a.Cautions, " ") != "Outside your organisation: boss@customer.example." {
		t.Errorf("to all: %+v", a)
	}
	a = got(ana.compose.Address(AddressRequest{TicketID: "t1", Kind: "reply", Envelope: a.Envelope, Add: "Ben <ben@example.com>; UWE@example.com", Copy: true})).or(t)
	if len(a.Envelope.To) != 2 || len(a.Envelope.Cc) != 2 || a.Envelope.Cc[1].Name != "Ben" {
		t.Errorf("one was added: %+v", a)
	}
	many := make([]desk.Address, desk.RecipientsMost)
	for n := range many {
		many[n].Email = fmt.Sprintf("a%d@example.com", n)
	}
	o.does(desk.TicketCreate, "t2", desk.CreateTicket{Kind: desk.Incident, Title: "To everybody", Requester: o.annika.ID, Team: o.team.ID, Source: desk.SourceMail})
	o.does(desk.MessageAdd, "t2", desk.AddMessage{Message: desk.Message{ID: "m2", Kind: desk.FromRequester, Requester: o.annika.ID, From: &desk.Address{Email: "annika@example.com"}, Cc: many, Text: "For all of us."}})
	ana.sees("the mail to everybody is here", "t2", func(v TicketView) bool { return v.LastPublic == "m2" })
	if _, err := ana.compose.Address(AddressRequest{TicketID: "t2", Kind: "reply", Envelope: Envelope{All: true}}); desk.CodeOf(err) != desk.CodeQuota {
		t.Errorf("an answer to more than may get one: %v", err)
	}
	if _, err := ana.compose.Address(AddressRequest{TicketID: "t1", Kind: "reply", Add: "ben"}); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("added %v", err)
	}
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "Hello all", Envelope: a.Envelope})).or(t)
	d := ana.open("t1").Drafts[0]
	if !slices.Equal(d.Envelope.Cc, a.Envelope.Cc) || !d.Envelope.All {
		t.Errorf("the draft %+v", d)
	}
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: d.Text, Envelope: d.Envelope, SeenID: "m1"}))
	ana.settled()
	ben := o.laptopOf(o.ben)
	v := ben.sees("the answer is here", "t1", func(v TicketView) bool { return v.Thread[len(v.Thread)-1].Kind == "reply" })
	if to := v.Thread[len(v.Thread)-1].To; to != "Annika Petersen <annika@example.com>, Uwe <uwe@example.com>, boss@customer.example, Ben <ben@example.com>" {
		t.Errorf("it went to %s", to)
	}
}
