package app

import "testing"

func TestADeskOfOneKeepsWhatWasDone(t *testing.T) {
	p := soloPage(t)
	state := p.session.State()
	if !state.Open || !state.Solo || state.User.Name != "Mira Sommer" || state.Workspace != "Nordlicht Werke" || state.ReadOnly {
		t.Fatalf("state %+v", state)
	}
	made := got(p.ticket.Create(CreateRequest{Title: "Printer on fire", Impact: 1, Urgency: 2})).or(t)
	if made.Number != "INC0000001" {
		t.Errorf("number %q", made.Number)
	}
	p.settled()
	must(t, p.session.SignOut())
	if p.session.State().Open {
		t.Error("still open after signing out")
	}
	got(p.session.StartSolo(SoloRequest{})).or(t)
	if v := p.open(made.ID); v.Row.Title != "Printer on fire" || v.Row.Priority != 2 {
		t.Errorf("row %+v", v.Row)
	}
}
