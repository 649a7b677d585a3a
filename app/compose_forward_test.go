package app

import (
	"strings"
	"testing"

	"holdall/desk"
)

// TestAMessageIsForwardedWithItsFiles to whom an agent names, and to nobody by
// itself.
func TestAMessageIsForwardedWithItsFiles(t *testing.T) {
	p := soloPage(t)
	id := got(p.ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	p.attaches(id, "reply", "Plan.pdf", []byte("plan"))
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "reply", Text: "See the plan."}))
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "note", Text: "It is the seal."}))
	p.settled()
	var reply, note string
	for _, e := range p.open(id).Thread {
		switch e.Kind {
		case "reply":
			reply = e.ID
		case "note":
			note = e.ID
		}
	}
	if _, err := p.compose.Forward(note); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("a note is forwarded: %v", err)
	}
	if _, err := p.compose.Forward("nothing"); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("nothing is forwarded: %v", err)
	}
	d := got(p.compose.Forward(reply)).or(t)
	if len(d.Files) != 1 || d.Files[0].Name != "Plan.pdf" || d.Envelope.About != reply || len(d.Envelope.To) != 0 {
		t.Errorf("begun %+v", d)
	}
	if again := got(p.compose.Forward(reply)).or(t); len(again.Files) != 1 || again.Files[0].ID != d.Files[0].ID {
		t.Errorf("begun again %+v", again)
	}
	a := got(p.compose.Address(AddressRequest{TicketID: id, Kind: "forward", Envelope: d.Envelope})).or(t)
	if len(a.Envelope.To) != 0 || !strings.Contains(a.Quoted, "From: Mira Sommer") || !strings.Contains(a.Quoted, "See the plan.") {
		t.Errorf("proposed %+v", a)
	}
	if err := p.compose.Send(ComposeRequest{TicketID: id, Kind: "forward", Text: "Please look.", Envelope: d.Envelope}); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("sent to nobody: %v", err)
	}
	d.Envelope.To = []Recipient{{"Vendor", "help@vendor.example"}}
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "forward", Text: "Please look.", Envelope: d.Envelope}))
	v := p.settled().open(id)
	last := v.Thread[len(v.Thread)-1]
	if last.Kind != "forward" || last.To != "Vendor <help@vendor.example>" || len(last.Attachments) != 1 || !strings.Contains(last.Quoted, "See the plan.") || len(v.Drafts) != 0 {
		t.Errorf("sent %+v", last)
	}
}

// TestWhatWasToldByPhoneIsForwarded: no message stands on the ticket, only its
// description.
func TestWhatWasToldByPhoneIsForwarded(t *testing.T) {
	p := soloPage(t)
	id := got(p.ticket.Create(CreateRequest{Title: "Pump is leaking", Description: "She rang: it leaks at the seal."})).or(t).ID
	p.settled()
	d := got(p.compose.Forward(id + ".description")).or(t)
	a := got(p.compose.Address(AddressRequest{TicketID: id, Kind: "forward", Envelope: d.Envelope})).or(t)
	if len(d.Files) != 0 || !strings.Contains(a.Quoted, "it leaks at the seal") || !strings.Contains(a.Quoted, "Pump is leaking") {
		t.Errorf("begun %+v, proposed %+v", d, a)
	}
	d.Envelope.To = []Recipient{{"Vendor", "help@vendor.example"}}
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "forward", Text: "Please look.", Envelope: d.Envelope}))
	thread := p.settled().open(id).Thread
	if last := thread[len(thread)-1]; last.Kind != "forward" || !strings.Contains(last.Quoted, "it leaks at the seal") {
		t.Errorf("sent %+v", last)
	}
	empty := got(p.ticket.Create(CreateRequest{Title: "Nothing told"})).or(t).ID
	for _, about := range []string{empty + ".description", "nowhere.description"} {
		if _, err := p.compose.Forward(about); desk.CodeOf(err) != desk.CodeGone {
			t.Errorf("%s is forwarded: %v", about, err)
		}
	}
}
