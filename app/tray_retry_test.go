package app

import (
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// TestARefusalThatHasPassedIsDoneAgain: its author lost the team and has it back; what was
// written meanwhile is done as it was, and leaves the tray.
func TestARefusalThatHasPassedIsDoneAgain(t *testing.T) {
	o, ana := mailed(t)
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "It is the profile."}))
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: "The profile is broken"}))
	moved := o.ana
	moved.Teams = []desk.TeamID{o.other.ID}
	o.does(desk.PersonPut, "", moved)
	ana.online()
	var g RefusalGroup
	refused := func() bool {
		tray := got(ana.tray.List()).or(t)
		if len(tray.Refusals) == 1 {
			g = tray.Refusals[0]
		}
		return len(g.Refusals) == 2
	}
	ana.until("the refusals have come", refused)
	if g.Retry || g.Row.Number != "" {
		t.Errorf("out of reach: %+v", g)
	}
	o.does(desk.PersonPut, "", o.ana)
	ana.until("it may be tried again", func() bool { return refused() && g.Retry && g.Row.Number != "" })
	ana.offline()
	must(t, ana.tray.Retry(g.Key))
	if tray, v := got(ana.tray.List()).or(t), ana.open("t1"); len(tray.Refusals) != 0 || v.Row.Title != "The profile is broken" || !v.Row.Pending {
		t.Errorf("offline %+v, %+v", tray.Refusals, v.Row)
	}
	ana.online()
	v := o.laptopOf(o.ben).sees("all of it has come", "t1", func(v TicketView) bool { return v.Row.Title == "The profile is broken" })
	if !slices.ContainsFunc(v.Thread, func(e Entry) bool { return e.Kind == "note" && e.Text == "It is the profile." }) {
		t.Errorf("%+v", v.Thread)
	}
}

// TestWhatTheHubCouldNotDoIsDoneAgain: a fault of the hub passes, a rule of the
// desk does not.
func TestWhatTheHubCouldNotDoIsDoneAgain(t *testing.T) {
	_, ana := mailed(t)
	ws := got(ana.workspace()).or(t)
	parked := func(code desk.Code) RefusalGroup {
		t.Helper()
		m := got(desk.NewMutation(desk.TicketPatch, "t1", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: "Again"}}, ana.now())).or(t)
		m.Old = map[desk.Field]string{desk.FieldTitle: ana.open("t1").Row.Title}
		r := desk.NewRejection(m, desk.Principal{Person: ws.who.Person}, desk.Refuse(code, "No."), ana.now())
		must(t, ws.store.Update(ws.ctx, func(tx *store.ReplicaTx) error { return tx.Put(r) }))
		return got(ana.tray.List()).or(t).Refusals[0]
	}
	if g := parked(desk.CodeWorkflow); g.Retry {
		t.Errorf("a rule does not pass: %+v", g)
	}
	g := parked(desk.CodeInternal)
	if !g.Retry {
		t.Fatalf("%+v", g)
	}
	must(t, ana.tray.Retry(g.Key))
	if v := ana.open("t1"); v.Row.Title != "Again" || len(got(ana.tray.List()).or(t).Refusals) != 0 {
		t.Errorf("%+v", v.Row)
	}
}

// TestARefusalIsCalledByWhatItIsAbout: also where no ticket is on this device.
func TestARefusalIsCalledByWhatItIsAbout(t *testing.T) {
	_, ana := mailed(t)
	ws := got(ana.workspace()).or(t)
	for want, m := range map[string]desk.Mutation{
		"New badge":                      got(desk.NewMutation(desk.TicketCreate, "never", desk.CreateTicket{Kind: desk.Request, Title: "New badge"}, ana.now())).or(t),
		"A ticket that left this device": got(desk.NewMutation(desk.TicketLabel, "gone", desk.LabelTicket{AddLabels: []string{"x"}}, ana.now())).or(t),
		"Settings of the desk":           got(desk.NewMutation(desk.WorkspacePatch, "", desk.PatchWorkspace{}, ana.now())).or(t),
		"Outlook asks for a password":    got(desk.NewMutation(desk.TicketLabel, "t1", desk.LabelTicket{AddLabels: []string{"x"}}, ana.now())).or(t),
	} {
		r := desk.NewRejection(m, desk.Principal{Person: ws.who.Person}, desk.Refuse(desk.CodeInternal, "No."), ana.now())
		must(t, ws.store.Update(ws.ctx, func(tx *store.ReplicaTx) error { return tx.Put(r) }))
		tray := got(ana.tray.List()).or(t)
		if !slices.ContainsFunc(tray.Refusals, func(g RefusalGroup) bool { return g.Row.Title == want }) {
			t.Errorf("%s is called %q", m.Name, tray.Refusals[0].Row.Title)
		}
	}
}
