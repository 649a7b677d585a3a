package app

import (
	"slices"
	"testing"

	"holdall/desk"
)

// Ana works offline while Ben, at the hub, changes the same field and another.
func clashing(t *testing.T) (o *office, ana, ben *laptop) {
	o = newOffice(t)
	o.mails("t1", "m1", "It asks every few minutes.")
	ana, ben = o.laptopOf(o.ana), o.laptopOf(o.ben)
	ana.sees("the ticket has come", "t1", func(TicketView) bool { return true })
	ana.offline()
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "assignee", Value: "ana"}))
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "category", Value: "Mail"}))
	must(t, ben.ticket.Patch(PatchRequest{TicketID: "t1", Field: "assignee", Value: "ben"}))
	must(t, ben.ticket.Patch(PatchRequest{TicketID: "t1", Field: "impact", Value: "1"}))
	ben.settled()
	return o, ana, ben
}

func (p *page) clash() Clash {
	p.t.Helper()
	tray := got(p.tray.List()).or(p.t)
	if len(tray.Clashes) != 1 || len(tray.Clashes[0].Fields) != 1 {
		p.t.Fatalf("tray %+v", tray)
	}
	return tray.Clashes[0].Fields[0]
}

func TestTwoTruthsStandInBothTrays(t *testing.T) {
	_, ana, ben := clashing(t)
	ana.online()
	ben.until("the conflict reached Ben", func() bool { return ben.sync.Status().ToDecide == 1 })
	for _, l := range []*laptop{ana, ben} {
		c := l.clash()
		if c.Base != "Nobody" || c.Server != "Ben Holm" || c.Mine != "Ana Roth" || c.MineRaw != "ana" || c.Label != "Assignee" {
			t.Errorf("clash %+v", c)
		}
		if c.Suggest != "server" || c.Reason == "" {
			t.Errorf("Ben holds the ticket and set it, yet %q is suggested", c.Suggest)
		}
		if v := l.open("t1"); v.Category != "Mail" || v.Impact != 1 || !v.Row.Conflict || len(v.Conflicts) != 1 {
			t.Errorf("what could merge has not: %+v", v)
		}
	}
	tray := got(ana.tray.List()).or(t)
	if want := "You and Ben Holm changed the same field without having seen each other’s value."; tray.Clashes[0].Headline != want {
		t.Errorf("headline %q", tray.Clashes[0].Headline)
	}
	if !slices.Contains(tray.Clashes[0].Merged, "Ben Holm set impact to High, was Low") {
		t.Errorf("merged %q", tray.Clashes[0].Merged)
	}
	page := got(ana.queue.Page(QueueRequest{View: "conflicts"})).or(t)
	if page.Total != 1 || !page.Rows[0].Conflict {
		t.Errorf("conflicts view %+v", page)
	}
}

func TestADecisionMadeOfflineWaitsAndThenHolds(t *testing.T) {
	_, ana, ben := clashing(t)
	ana.online()
	c := ana.clash()
	ana.offline()
	must(t, ana.tray.Resolve(ResolveRequest{ConflictID: c.ID, Choice: "mine", Seen: c.SrvRaw}))
	if decided := ana.clash(); !decided.Pending || decided.ID != c.ID {
		t.Errorf("the decision does not wait: %+v", decided)
	}
	if s := ana.sync.Status(); s.ToDecide != 0 || s.Waiting != 1 {
		t.Errorf("status %+v", s)
	}
	ana.online()
	ben.sees("the decision reached Ben", "t1", func(v TicketView) bool { return v.Row.Assignee.ID == "ana" && !v.Row.Conflict })
	if tray := got(ben.tray.List()).or(t); len(tray.Clashes) != 0 {
		t.Errorf("Ben's tray still holds %+v", tray.Clashes)
	}
}

// TestAnEditHoldsOnlyOverTheValueItBeganWith: what came in while it was typed was not
// seen. Both are kept; and who typed nothing changes nothing (SPEC R11).
func TestAnEditHoldsOnlyOverTheValueItBeganWith(t *testing.T) {
	o, ana := mailed(t)
	ana.online()
	began := ana.open("t1").Row.Title
	ben := o.laptopOf(o.ben)
	must(t, ben.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: "Titled by Ben", Seen: &began}))
	ana.sees("Ben's title has come", "t1", func(v TicketView) bool { return v.Row.Title == "Titled by Ben" })
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: began, Seen: &began}))
	if v := ana.open("t1"); v.Row.Title != "Titled by Ben" || v.Row.Pending {
		t.Errorf("an edit of nothing changed %+v", v.Row)
	}
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: "Titled by Ana", Seen: &began}))
	ana.settled()
	if c := ana.clash(); c.Server != "Titled by Ben" || c.Mine != "Titled by Ana" {
		t.Errorf("in the tray: %+v", c)
	}
	if v := ben.open("t1"); v.Row.Title != "Titled by Ben" {
		t.Errorf("it became %q", v.Row.Title)
	}
}

func TestADecisionHoldsOnlyOverTheValueThatWasShown(t *testing.T) {
	_, ana, ben := clashing(t)
	ana.online()
	shown := ana.clash()
	must(t, ben.ticket.Patch(PatchRequest{TicketID: "t1", Field: "assignee", Value: ""}))
	ana.sees("the newer value has come", "t1", func(v TicketView) bool { return v.Row.Assignee.ID == "" })
	if c := ana.clash(); c.ID != shown.ID || c.Server != "Nobody" || c.ServerBy.ID != "ben" {
		t.Errorf("the tray does not show what stands: %+v", c)
	}
	must(t, ana.tray.Resolve(ResolveRequest{ConflictID: shown.ID, Choice: "mine", Seen: shown.SrvRaw}))
	ana.settled()
	if c := ana.clash(); c.ID != shown.ID || c.Pending || c.Server != "Nobody" || ana.open("t1").Row.Assignee.ID != "" {
		t.Errorf("decided over a value that was not shown: %+v", c)
	}
	must(t, ana.tray.Resolve(ResolveRequest{ConflictID: shown.ID, Choice: "mine", Seen: ana.clash().SrvRaw}))
	ben.sees("the decision reached Ben", "t1", func(v TicketView) bool { return v.Row.Assignee.ID == "ana" && !v.Row.Conflict })
}

func TestAStaleReplyIsHeldAndThenSent(t *testing.T) {
	o, ana, ben := clashing(t)
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "Please sign in again."}))
	if v := ana.open("t1"); v.Thread[len(v.Thread)-1].Delivery != "queued" || !v.Thread[len(v.Thread)-1].Pending {
		t.Errorf("offline the reply is %+v", v.Thread[len(v.Thread)-1])
	}
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m2", Kind: desk.FromRequester, Requester: "annika", Text: "It stopped by itself."}})
	ana.online()
	tray := got(ana.tray.List()).or(t)
	if len(tray.Held) != 1 || tray.Held[0].Text != "Please sign in again." || tray.Held[0].To != "Annika Petersen <annika@example.com>" {
		t.Fatalf("held %+v", tray.Held)
	}
	var told []string
	for _, s := range tray.Held[0].Since {
		told = append(told, s.Author.Name+" "+s.Text)
	}
	for _, want := range []string{"Annika Petersen wrote: “It stopped by itself.”", "Ben Holm set assignee to Ben Holm"} {
		if !slices.Contains(told, want) {
			t.Errorf("since %q does not say %q", told, want)
		}
	}
	if s := ana.sync.Status(); s.Held != 1 {
		t.Errorf("status %+v", s)
	}
	must(t, ana.compose.Held(HeldRequest{MessageID: tray.Held[0].MessageID, Act: "send", Text: "Good to hear."}))
	v := ben.sees("the reply is on its way", "t1", func(v TicketView) bool {
		e := v.Thread[len(v.Thread)-1]
		return e.Kind == "reply" && e.Delivery == "queued"
	})
	if e := v.Thread[len(v.Thread)-1]; e.Text != "Good to hear." {
		t.Errorf("text %q", e.Text)
	}
	if tray := got(ana.tray.List()).or(t); len(tray.Held) != 0 {
		t.Errorf("still held %+v", tray.Held)
	}
}

func TestWhatNoPersonDidIsToldOfMailOrTheHub(t *testing.T) {
	for kind, want := range map[desk.EventKind]string{desk.EventMoved: "Mail", desk.EventCreated: "Mail", desk.EventChanged: "The hub"} {
		if who := (&lens{}).doer(desk.Event{Kind: kind}); who.Name != want || who.ID != "" {
			t.Errorf("%s was done by %+v, want %s", kind, who, want)
		}
	}
}

func TestARefusedChangeComesBackWithItsWords(t *testing.T) {
	o, ana, _ := clashing(t)
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Called her at nine."}))
	moved := o.ana
	moved.Teams = []desk.TeamID{o.other.ID}
	o.does(desk.PersonPut, "", moved)
	ana.online()
	var tray TrayView
	ana.until("the refusals have come", func() bool {
		tray = got(ana.tray.List()).or(t)
		return len(tray.Refusals) == 1 && len(tray.Refusals[0].Refusals) == 2
	})
	g := tray.Refusals[0]
	r := g.Refusals[1]
	if r.Code != "perm" || r.Text != "Called her at nine." || r.Sentence != "Added an internal note" || r.Reason == "" || g.Row.ID != "t1" || g.Again || g.Into.ID != "" {
		t.Errorf("refused %+v", g)
	}
	if s := ana.sync.Status(); s.ToDecide != 1 {
		t.Errorf("what was refused for one reason is one choice, not %d", s.ToDecide)
	}
	if err := ana.tray.AddToMerged(g.Key); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("added to a ticket that was not merged: %v", err)
	}
	if _, err := ana.tray.OpenAgain(g.Key); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("opened again in vain: %v", err)
	}
	if err := ana.tray.Retry(g.Key); g.Retry || desk.CodeOf(err) != desk.CodeWorkflow {
		t.Errorf("tried again out of reach: %v", err)
	}
	if g.Row.Title == "" || g.Row.Company == nil {
		t.Errorf("a ticket that is gone has no line: %+v", g.Row)
	}
	must(t, ana.tray.Dismiss(g.Key))
	if tray = got(ana.tray.List()).or(t); len(tray.Refusals) != 0 {
		t.Errorf("after dismissing, %+v are left", tray.Refusals)
	}
	if err := ana.tray.Dismiss(g.Key); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("dismissed twice: %v", err)
	}
}
