package app

import (
	"slices"
	"strings"
	"testing"

	"holdall/desk"
)

var supplier = desk.Address{Name: "Kabelwerk", Email: "help@kabelwerk.example"}

// TestASideConversationIsBegunAnsweredAndClosed, offline at first: its draft stands
// beside the reply's, the thread tells it apart, and what comes back is news.
func TestASideConversationIsBegunAnsweredAndClosed(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It is broken.")
	ana := o.laptopOf(o.ana)
	ana.sees("the ticket", "t1", func(v TicketView) bool { return len(v.Thread) > 0 })
	must(t, ana.ticket.MarkSeen("t1"))
	ana.offline()
	d := got(ana.compose.Aside("t1")).or(t)
	id, ok := strings.CutPrefix(d.Kind, "aside:")
	if !ok || id == "" || d.Envelope.Subject == "" || len(d.Envelope.To) != 0 {
		t.Fatalf("begun %+v", d)
	}
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: d.Kind, Envelope: Envelope{Subject: "Line 7"}})).or(t)
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "We are looking."})).or(t)
	if drafts := ana.open("t1").Drafts; len(drafts) != 2 || drafts[0].Kind != "reply" || drafts[1].Envelope.Subject != "Line 7" {
		t.Errorf("drafts %+v", drafts)
	}
	e := Envelope{Subject: "Line 7", To: []Recipient{Recipient(supplier)}}
	a := got(ana.compose.Address(AddressRequest{TicketID: "t1", Kind: d.Kind, Envelope: e, Add: "Annika <annika@example.com>", Copy: true})).or(t)
	if all := strings.Join(a.Cautions, " "); !strings.Contains(all, "Outside your organisation: help@kabelwerk.example") || strings.Contains(all, "who asked, does not get it") {
		t.Errorf("cautions %v", a.Cautions)
	}
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: d.Kind, Text: "Is it up?", Envelope: e}))
	v := ana.open("t1")
	last := v.Thread[slices.IndexFunc(v.Thread, func(e Entry) bool { return e.Kind == "aside" })]
	if last.Kind != "aside" || last.AsideID != id || last.Aside != "Line 7" || last.To != "Kabelwerk <help@kabelwerk.example>" || !last.Pending || len(v.Drafts) != 1 {
		t.Errorf("sent %+v", last)
	}
	ana.online()
	v = ana.sees("it at the hub", "t1", func(v TicketView) bool { return len(v.Asides) == 1 && !v.Asides[0].Pending })
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "back", Kind: desk.AsideAnswer, Aside: desk.AsideID(id), From: &supplier, Text: "It is down."}})
	v = ana.sees("the answer", "t1", func(v TicketView) bool { return len(v.Asides) == 1 && v.Asides[0].LastID == "back" })
	side := v.Asides[0]
	if !side.Unread || !side.Awaits || side.LastBy != "Kabelwerk" || side.Last != "It is down." || side.People != "Kabelwerk" || side.Count != 2 || side.State != "open" || !v.Row.Unread {
		t.Errorf("listed as %+v, unread %v", side, v.Row.Unread)
	}
	if at := slices.IndexFunc(v.Thread, func(e Entry) bool { return e.ID == "back" }); at < 0 || v.Thread[at].Kind != "answer" || !v.Thread[at].Unread || v.Thread[at].Author.Name != "Kabelwerk" || v.LastPublic != "m1" {
		t.Errorf("the thread %+v", v.Thread)
	}
	if err := ana.ticket.MoveAside(AsideRequest{TicketID: "t1", AsideID: id, State: "closed", SeenID: "old"}); desk.CodeOf(err) != desk.CodeWorkflow {
		t.Errorf("closed over an unseen word: %v", err)
	}
	must(t, ana.ticket.MarkSeen("t1"))
	if v = ana.open("t1"); v.Asides[0].Unread || v.Row.Unread {
		t.Errorf("seen, and still %+v", v.Asides[0])
	}
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "aside:" + id, Text: "Thank you.", SeenID: "back"}))
	v = ana.sees("the word", "t1", func(v TicketView) bool { return v.Asides[0].Count == 3 && !v.Asides[0].Awaits })
	must(t, ana.ticket.MoveAside(AsideRequest{TicketID: "t1", AsideID: id, State: "closed", SeenID: v.Asides[0].LastID}))
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: string(desk.AsideField(desk.AsideID(id))), Value: "Line 7 is down"}))
	v = ana.sees("it closed", "t1", func(v TicketView) bool {
		return v.Asides[0].State == "closed" && v.Asides[0].Subject == "Line 7 is down"
	})
	var told []string
	for _, e := range v.Thread {
		told = append(told, e.Changes...)
	}
	for _, want := range []string{"Ana Roth began the side conversation “Line 7”", "closed the side conversation “Line 7”"} {
		if !slices.ContainsFunc(told, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("the history lacks %q: %q", want, told)
		}
	}
	if _, err := ana.compose.Forward("back"); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("it is forwarded: %v", err)
	}
}

// TestAMailIsPutIntoAnotherConversation and back, by its agent's choice.
func TestAMailIsPutIntoAnotherConversation(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It is broken.")
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m2", Kind: desk.FromRequester, From: &supplier, Subject: "Line 7", Text: "It is down."}})
	ben := o.laptopOf(o.ben)
	v := ben.sees("both", "t1", func(v TicketView) bool { return v.LastPublic == "m2" })
	must(t, ben.ticket.TakeMessage(TakeRequest{TicketID: "t1", MessageID: "m2", Subject: "Line 7"}))
	v = ben.sees("it beside", "t1", func(v TicketView) bool { return len(v.Asides) == 1 && v.LastPublic == "m1" })
	at := slices.IndexFunc(v.Thread, func(e Entry) bool { return e.ID == "m2" })
	if v.Thread[at].Kind != "answer" || v.Thread[at].AsideID != v.Asides[0].ID || !v.Thread[at].Takeable || !strings.Contains(v.Thread[at].Why, "put it into this conversation") {
		t.Errorf("it stands as %+v", v.Thread[at])
	}
	must(t, ben.ticket.TakeMessage(TakeRequest{TicketID: "t1", MessageID: "m2"}))
	ben.sees("it back", "t1", func(v TicketView) bool { return v.LastPublic == "m2" })
	if err := ben.ticket.TakeMessage(TakeRequest{TicketID: "t1", MessageID: "nothing"}); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("nothing is taken: %v", err)
	}
}

// TestADraftBesideIsDiscarded whole, and names what it is.
func TestADraftBesideIsDiscarded(t *testing.T) {
	p := soloPage(t)
	id := got(p.ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
	d := got(p.compose.Aside(id)).or(t)
	p.attaches(id, d.Kind, "Plan.pdf", []byte("plan"))
	got(p.compose.SaveDraft(ComposeRequest{TicketID: id, Kind: d.Kind, Text: "See the plan.", Envelope: d.Envelope})).or(t)
	if drafts := p.open(id).Drafts; len(drafts) != 1 || len(drafts[0].Files) != 1 {
		t.Fatalf("drafts %+v", drafts)
	}
	if err := p.compose.Send(ComposeRequest{TicketID: id, Kind: d.Kind, Text: "See the plan.", Envelope: d.Envelope}); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("sent to nobody: %v", err)
	}
	must(t, p.compose.Discard(ComposeRequest{TicketID: id, Kind: d.Kind}))
	if drafts := p.open(id).Drafts; len(drafts) != 0 {
		t.Errorf("left %+v", drafts)
	}
	for _, bad := range []string{"aside:", "aside", "shout"} {
		if _, err := p.compose.SaveDraft(ComposeRequest{TicketID: id, Kind: bad, Text: "x"}); desk.CodeOf(err) != desk.CodeValidation {
			t.Errorf("%q is written: %v", bad, err)
		}
	}
}
