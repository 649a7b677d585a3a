package app

import (
	"slices"
	"strings"
	"testing"

	"holdall/desk"
)

// TestTemplatesReachTheOtherLaptopsAndAreFilled for the ticket that is answered.
func TestTemplatesReachTheOtherLaptopsAndAreFilled(t *testing.T) {
	o := newOffice(t)
	o.ana.Roles = []desk.Role{desk.RoleLead}
	o.does(desk.PersonPut, "", o.ana)
	o.mails("t1", "m1", "It is broken.")
	ana := o.laptopOf(o.ana)
	ana.offline()
	list := got(ana.templates.List()).or(t)
	if len(list.Templates) != 0 || len(list.Teams) != 1 || list.Teams[0].ID != "workplace" || !slices.Contains(list.Variables, "ticket.number") {
		t.Errorf("at first %+v", list)
	}
	saved := got(ana.templates.Save(TemplateView{Use: "answer", Name: "Eingang", TeamID: "workplace", Language: "de", Text: "Guten Tag {{requester.name}}, es ist {{ticket.number}}."})).or(t)
	got(ana.templates.Save(TemplateView{Use: "answer", Name: "Received", TeamID: "workplace", Language: "en", Text: "Hello {{requester.first_name}}"})).or(t)
	got(ana.templates.Save(TemplateView{Use: "signature", Name: "Gruß", TeamID: "workplace", Language: "de", Text: "Viele Grüße\n{{agent.name}}, {{team.name}}"})).or(t)
	saved.Text = "Guten Tag {{requester.name}}, wir haben {{ticket.number}}."
	saved = got(ana.templates.Save(saved)).or(t)
	if list = got(ana.templates.List()).or(t); len(list.Templates) != 3 || !list.Templates[0].Pending || !list.Templates[0].MayEdit || list.Templates[0].Rev != saved.Rev {
		t.Errorf("offline %+v, saved %+v", list.Templates, saved)
	}
	for _, bad := range []TemplateView{
		{Use: "answer", Name: "X", TeamID: "workplace", Text: "{{nothing}}"},
		{Use: "answer", Name: "X", Text: "for all"},
		{Use: "answer", Name: "X", TeamID: "network", Text: "theirs"},
	} {
		if _, err := ana.templates.Save(bad); err == nil || desk.CodeOf(err) == desk.CodeInternal {
			t.Errorf("saved %+v: %v", bad, err)
		}
	}
	ana.online()
	ben := o.laptopOf(o.ben)
	must(t, ben.compose.Speak(SpeakRequest{TicketID: "t1", Language: "de"}))
	number := ben.open("t1").Row.Number
	offers := got(ben.compose.Offers(OfferRequest{TicketID: "t1"})).or(t)
	if len(offers) != 2 || offers[0].Text != "Guten Tag Annika Petersen, wir haben "+number+"." || offers[0].Hint != "Workplace de" || offers[1].Text != "Hello Annika" {
		t.Errorf("offers %+v", offers)
	}
	if offers = got(ben.compose.Offers(OfferRequest{TicketID: "t1", Language: "en"})).or(t); offers[0].Name != "Received" {
		t.Errorf("in English %+v", offers)
	}
	a := got(ben.compose.Address(AddressRequest{TicketID: "t1", Kind: "reply"})).or(t)
	if a.Signature != "Viele Grüße\nBen Holm, Workplace" || a.Language != "de" {
		t.Errorf("signed %q in %q", a.Signature, a.Language)
	}
	if a = got(ben.compose.Address(AddressRequest{TicketID: "t1", Kind: "reply", Envelope: Envelope{Language: "fr"}})).or(t); a.Signature != "" {
		t.Errorf("in French it is signed %q", a.Signature)
	}
	must(t, ben.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: offers[0].Text}))
	ws := got(ben.workspace()).or(t)
	if args := string(ws.sent(t)); !strings.Contains(args, `"signature":"Viele Grüße\nBen Holm, Workplace"`) {
		t.Errorf("sent %s", args)
	}
	if got(ben.templates.List()).or(t).Templates[0].MayEdit {
		t.Error("an agent may change a template")
	}
}

// sent are the arguments of the newest mutation of this device.
func (ws *workspace) sent(t *testing.T) []byte {
	t.Helper()
	next, err := ws.store.NextMid(ws.ctx)
	must(t, err)
	list, err := ws.store.From(ws.ctx, next-1, 1)
	must(t, err)
	return list[0].Args
}
