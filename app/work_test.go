package app

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// TestAChecklistAndATimeLogWorkOffline: both people's ticks and minutes count.
func TestAChecklistAndATimeLogWorkOffline(t *testing.T) {
	o, ana := mailed(t)
	must(t, ana.ticket.Check(CheckRequest{TicketID: "t1", Add: " Look at the profile "}))
	must(t, ana.ticket.Check(CheckRequest{TicketID: "t1", Add: "Call her"}))
	must(t, ana.ticket.Log(LogRequest{TicketID: "t1", Minutes: 25, Note: "On the phone"}))
	v := ana.open("t1")
	if len(v.Checklist) != 2 || v.Checklist[0].Text != "Look at the profile" || !v.Checklist[0].Pending || len(v.TimeLog) != 1 || !v.TimeLog[0].Pending || v.TimeSpent != 25 {
		t.Errorf("offline %+v, %+v", v.Checklist, v.TimeLog)
	}
	ana.online()
	look, call := v.Checklist[0].ID, v.Checklist[1].ID
	ben := o.laptopOf(o.ben)
	ben.sees("the checklist has come", "t1", func(v TicketView) bool { return len(v.Checklist) == 2 && len(v.TimeLog) == 1 })
	ana.offline()
	must(t, ana.ticket.Check(CheckRequest{TicketID: "t1", Tick: look}))
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "checklist." + call, Value: "Call her at nine"}))
	must(t, ana.ticket.Log(LogRequest{TicketID: "t1", Minutes: 10}))
	must(t, ben.ticket.Check(CheckRequest{TicketID: "t1", Tick: call}))
	must(t, ben.ticket.Log(LogRequest{TicketID: "t1", Minutes: -5, Note: "It was less"}))
	ben.settled()
	ana.online()
	v = ben.sees("both have ticked", "t1", func(v TicketView) bool { return len(v.Checklist) == 2 && v.Checklist[0].Done && v.TimeSpent == 30 })
	if v.Checklist[0].By.Name != "Ana Roth" || v.Checklist[1].By.Name != "Ben Holm" || v.Checklist[1].Text != "Call her at nine" || len(v.TimeLog) != 3 || v.TimeLog[0].Pending {
		t.Errorf("together %+v, %+v", v.Checklist, v.TimeLog)
	}
	must(t, ben.ticket.Check(CheckRequest{TicketID: "t1", Untick: look}))
	must(t, ben.ticket.Check(CheckRequest{TicketID: "t1", Remove: call}))
	ben.settled()
	var told []string
	for _, e := range ben.open("t1").Thread {
		told = append(told, e.Changes...)
	}
	for _, want := range []string{"Ana Roth put “Look at the profile” on the checklist", "Ana Roth ticked “Look at the profile”", "Ben Holm unticked “Look at the profile”",
		"Ben Holm took “Call her at nine” off the checklist", "Ana Roth set checklist item to “Call her at nine”"} {
		if !slices.Contains(told, want) {
			t.Errorf("history %q does not tell %q", told, want)
		}
	}
	for _, err := range []error{ana.ticket.Check(CheckRequest{TicketID: "t9", Add: "x"}), ana.ticket.Log(LogRequest{TicketID: "t1"})} {
		if p := ana.Explain(err); p.Code == "internal" || err == nil {
			t.Errorf("%+v", p)
		}
	}
}

// TestALongTextMergesOrShowsBothSides: two changes apart merge, two on one line
// stand beside each other in the tray.
func TestALongTextMergesOrShowsBothSides(t *testing.T) {
	o, ana := mailed(t)
	ben := o.laptopOf(o.ben)
	describe := func(l *laptop, text string) {
		must(t, l.ticket.Patch(PatchRequest{TicketID: "t1", Field: "description", Value: text}))
	}
	describe(ben, "one\ntwo\nthree")
	ben.settled()
	ana.online()
	ana.sees("the text has come", "t1", func(v TicketView) bool { return v.Description != "" })
	ana.offline()
	describe(ana, "one\ntwo\nthree, says Ana")
	describe(ben, "one, says Ben\ntwo\nthree")
	ben.settled()
	ana.online()
	ben.sees("both are in", "t1", func(v TicketView) bool { return v.Description == "one, says Ben\ntwo\nthree, says Ana" })
	ana.offline()
	describe(ana, "one, says Ana\ntwo\nthree, says Ana\nfour")
	describe(ben, "one, says Ben again\ntwo\nthree, says Ana")
	ben.settled()
	ana.online()
	c := ana.clash()
	want := []Part{{"one, says Ben again", "one, says Ana", "both"}, {"two", "two", "none"}, {"three, says Ana", "three, says Ana", "none"}, {"", "four", "mine"}}
	if !slices.Equal(c.Parts, want) || c.Won {
		t.Errorf("parts %+v", c.Parts)
	}
}

// TestWhatWasMeasuredOnSiteStands and asks both whether the other value is meant.
func TestWhatWasMeasuredOnSiteStands(t *testing.T) {
	o, ana := mailed(t)
	ben := o.laptopOf(o.ben)
	must(t, ben.ticket.Patch(PatchRequest{TicketID: "t1", Field: "meter_reading", Value: "1040"}))
	ben.settled()
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "meter_reading", Value: "1042.5"}))
	ana.online()
	c := ana.clash()
	if !c.Won || c.Server != "1042.5" || c.Mine != "1040" || c.Suggest != "server" || ana.open("t1").MeterReading != "1042.5" {
		t.Errorf("%+v", c)
	}
	ben.until("Ben is asked too", func() bool { return ben.sync.Status().ToDecide == 1 })
	must(t, ben.tray.Resolve(ResolveRequest{ConflictID: c.ID, Choice: "dismiss"}))
	ana.until("nobody is asked any more", func() bool { return ana.sync.Status().ToDecide == 0 })
}

// mergedAway is Ana offline with words on t1, which Ben merges into t2.
func mergedAway(t *testing.T, more ...desk.Mutation) (o *office, ana, ben *laptop) {
	o, ana = mailed(t)
	o.does(desk.TicketCreate, "t2", desk.CreateTicket{Kind: desk.Incident, Title: "Passwords are asked for everywhere", Requester: o.annika.ID, Team: o.team.ID})
	ben = o.laptopOf(o.ben)
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "It is the profile."}))
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "category", Value: "Mail"}))
	must(t, ana.ticket.Log(LogRequest{TicketID: "t1", Minutes: 20}))
	must(t, ana.ticket.Check(CheckRequest{TicketID: "t1", Add: "Renew the profile"}))
	for _, m := range more {
		ws := got(ana.workspace()).or(t)
		got(ws.client.Edit(ws.ctx, m)).or(t)
	}
	number := ben.open("t2").Row.Number
	must(t, ben.ticket.Merge(MergeRequest{TicketID: "t1", Number: " " + strings.ToLower(number)}))
	ben.settled()
	v := ben.open("t1")
	if v.MergedInto.ID != "t2" || v.MergedInto.Number != number || v.Row.State != "closed" || v.MayEdit {
		t.Errorf("merged into %+v, %s", v.MergedInto, v.Row.State)
	}
	if last := ben.open("t2").Thread; !strings.Contains(last[len(last)-1].Text, "“Outlook asks for a password” was merged into this ticket.") {
		t.Errorf("the other ticket does not tell: %+v", last)
	}
	ana.online()
	ana.until("the refusals have come", func() bool {
		tray := got(ana.tray.List()).or(t)
		return len(tray.Refusals) == 1 && len(tray.Refusals[0].Refusals) == 4+len(more)
	})
	return o, ana, ben
}

func TestWordsForAMergedTicketAreAddedToIt(t *testing.T) {
	_, ana, ben := mergedAway(t)
	g := got(ana.tray.List()).or(t).Refusals[0]
	if g.Into.ID != "t2" || !g.Again || g.Row.ID != "t1" {
		t.Errorf("%+v", g)
	}
	must(t, ana.tray.AddToMerged(g.Key))
	ana.settled()
	v := ben.sees("all of it has come", "t2", func(v TicketView) bool { return v.TimeSpent == 20 && len(v.Checklist) == 1 })
	var said []string
	for _, e := range v.Thread {
		said = append(said, e.Text)
	}
	if !slices.Contains(said, "It is the profile.") || !slices.Contains(said, "Set category to Mail") || v.Category != "" {
		t.Errorf("thread %q", said)
	}
	if tray := got(ana.tray.List()).or(t); len(tray.Refusals) != 0 {
		t.Errorf("still in the tray: %+v", tray.Refusals)
	}
}

// TestEveryWordOfAMergedTicketIsAdded: two long texts of one change, what was refused
// before the ticket was merged, and what was on the checklist, all of it to its end.
func TestEveryWordOfAMergedTicketIsAdded(t *testing.T) {
	o, ana := mailed(t)
	o.does(desk.TicketCreate, "t2", desk.CreateTicket{Kind: desk.Incident, Title: "Passwords are asked for everywhere", Requester: o.annika.ID, Team: o.team.ID})
	long := func(end string) string { return strings.Repeat("and on it goes ", 12) + end }
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "description", Value: long("described")}))
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: long("titled")}))
	if item := got(ana.sync.Outbox()).or(t); len(item) != 1 || !strings.Contains(item[0].Text, "described") || !strings.Contains(item[0].Text, "titled") {
		t.Errorf("the outbox says %+v", item)
	}
	moved := o.ana
	moved.Teams = []desk.TeamID{o.other.ID}
	o.does(desk.PersonPut, "", moved)
	ana.online()
	refused := func(n int) func() bool {
		return func() bool {
			tray := got(ana.tray.List()).or(t)
			return len(tray.Refusals) == 1 && len(tray.Refusals[0].Refusals) == n
		}
	}
	ana.until("the first refusal has come", refused(1))
	o.does(desk.PersonPut, "", o.ana)
	ana.sees("she has the team back", "t1", func(v TicketView) bool { return v.MayEdit })
	ana.offline()
	must(t, ana.ticket.Check(CheckRequest{TicketID: "t1", Add: long("listed")}))
	o.does(desk.TicketMerge, "t1", desk.MergeTicket{Into: "t2"})
	ana.online()
	ana.until("the second refusal has come", refused(2))
	g := got(ana.tray.List()).or(t).Refusals[0]
	if g.Into.ID != "t2" || g.Retry || !strings.Contains(g.Refusals[1].Text, "listed") {
		t.Errorf("%+v", g)
	}
	must(t, ana.tray.AddToMerged(g.Key))
	ana.settled()
	v := ana.open("t2")
	var said strings.Builder
	for _, e := range v.Thread {
		said.WriteString(e.Text)
	}
	for _, i := range v.Checklist {
		said.WriteString(i.Text)
	}
	for _, word := range []string{"described", "titled", "listed"} {
		if !strings.Contains(said.String(), word) {
			t.Errorf("%q is lost", word)
		}
	}
}

func TestWordsForAMergedTicketBecomeOneOfTheirOwn(t *testing.T) {
	_, ana, ben := mergedAway(t)
	made := got(ana.tray.OpenAgain("t1")).or(t)
	ana.settled()
	v := ben.sees("the new ticket has come", made.ID, func(v TicketView) bool { return v.TimeSpent == 20 && len(v.Checklist) == 1 })
	if v.Row.Title != "Outlook asks for a password" || v.Row.Number != made.Number || v.Row.Requester.Name != "Annika Petersen" {
		t.Errorf("%+v", v.Row)
	}
}

// TestARefusedNumberIsOpenedAgain with everything written on the ticket.
func TestARefusedNumberIsOpenedAgain(t *testing.T) {
	o, ana := mailed(t)
	made := got(ana.ticket.Create(CreateRequest{Kind: "request", Title: "New badge", TeamID: "workplace"})).or(t)
	must(t, ana.compose.Send(ComposeRequest{TicketID: made.ID, Kind: "note", Text: "By Friday."}))
	must(t, ana.ticket.Patch(PatchRequest{TicketID: made.ID, Field: "title", Value: "New badge for Jonas"}))
	o.does(desk.TicketCreate, "taken", desk.CreateTicket{Number: desk.Number(made.Number), Kind: desk.Request, Title: "Somebody has the number"})
	ana.online()
	g := ana.refused(3)
	if !g.Again || g.Key != made.ID || g.Refusals[0].Sentence == "" {
		t.Errorf("%+v", g)
	}
	again := got(ana.tray.OpenAgain(g.Key)).or(t)
	ana.settled()
	v := ana.open(again.ID)
	if again.Number == made.Number || v.Row.Title != "New badge for Jonas" || v.Row.Number != again.Number || !slices.ContainsFunc(v.Thread, func(e Entry) bool { return e.Text == "By Friday." }) {
		t.Errorf("%+v", v)
	}
	if tray := got(ana.tray.List()).or(t); len(tray.Refusals) != 0 {
		t.Errorf("still in the tray: %+v", tray.Refusals)
	}
}

// TestAnOrphanShowsItsAuthorsWordsOnly: the ticket left the device, what waits
// for the hub is still to be read (SPEC P10).
func TestAnOrphanShowsItsAuthorsWordsOnly(t *testing.T) {
	_, ana := mailed(t)
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "It is the profile."}))
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: "The profile is broken"}))
	ws := got(ana.workspace()).or(t)
	must(t, ws.store.Update(ws.ctx, func(tx *store.ReplicaTx) error { return tx.DropTree("t1") }))
	v := ana.open("t1")
	if !v.Orphan || v.MayEdit || v.Row.Number != "" || len(v.Thread) != 2 || v.Thread[0].Text != "It is the profile." || v.Thread[1].Changes[0] != "Ana Roth set title to “The profile is broken”" {
		t.Errorf("%+v", v)
	}
	if body := string(got(json.Marshal(v)).or(t)); strings.Contains(body, "null") {
		t.Errorf("the page cannot show %s", body)
	}
	if err := ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "More"}); ana.Explain(err).Code != "gone" {
		t.Errorf("added to an orphan: %v", err)
	}
}

// TestADraftOutlivesItsTicket: the ticket left the device, the words written for it
// are still to be read, and to be put aside.
func TestADraftOutlivesItsTicket(t *testing.T) {
	_, ana := mailed(t)
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: "note", Text: "It is the profile."})).or(t)
	ws := got(ana.workspace()).or(t)
	must(t, ws.store.Update(ws.ctx, func(tx *store.ReplicaTx) error { return tx.DropTree("t1") }))
	v := ana.open("t1")
	if !v.Orphan || v.MayEdit || v.Row.Pending || len(v.Thread) != 0 || len(v.Drafts) != 1 || v.Drafts[0].Text != "It is the profile." {
		t.Errorf("%+v", v)
	}
	list := QueueRequest{View: "drafts", GroupBy: "priority"}
	page := got(ana.queue.Page(list)).or(t)
	if page.Total != 1 || len(page.Rows) != 1 || page.Rows[0].ID != "t1" || page.Rows[0].Title == "" || page.Groups[0].Count != 1 || page.Groups[0].Key != page.Rows[0].Group || page.Pills[0].Count != 1 {
		t.Errorf("the drafts lead nowhere: %+v", page)
	}
	if at := got(ana.queue.Place(PlaceInQueueRequest{Queue: list, TicketID: "t1"})).or(t); at != 0 {
		t.Errorf("it stands at %d", at)
	}
	must(t, ana.compose.Discard(ComposeRequest{TicketID: "t1", Kind: "note"}))
	if page := got(ana.queue.Page(list)).or(t); page.Total != 0 {
		t.Errorf("put aside, it is still listed: %+v", page)
	}
	if _, err := ana.ticket.Open("t1"); ana.Explain(err).Code != "gone" {
		t.Errorf("it still stands: %v", err)
	}
}

// TestTheTrayIsThereBeforeItsTickets: what waits for a choice may come before the
// ticket it stands on, or stay when that goes.
func TestTheTrayIsThereBeforeItsTickets(t *testing.T) {
	_, ana := mailed(t)
	ws := got(ana.workspace()).or(t)
	me := ws.who.Person
	must(t, ws.store.Update(ws.ctx, func(tx *store.ReplicaTx) error {
		return errors.Join(
			tx.Put(desk.Message{ID: "early", Ticket: "t9", Kind: desk.PublicReply, Delivery: desk.DeliveryHeld, Author: me, Text: "Try again."}),
			tx.Put(desk.Conflict{ID: "c9", Ticket: "t9", Field: desk.FieldTitle, State: desk.ConflictOpen, ClientBy: me}),
			tx.Put(desk.Rejection{ID: "r9", Ticket: "t8", Name: desk.TicketLabel, Person: me, Message: "No."}),
		)
	}))
	tray := got(ana.tray.List()).or(t)
	if len(tray.Held)+len(tray.Clashes) != 0 || len(tray.Refusals) != 1 {
		t.Errorf("tray %+v", tray)
	}
}
