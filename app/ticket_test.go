package app

import (
	"slices"
	"strings"
	"testing"

	"holdall/desk"
)

// mailed is a laptop with one mailed ticket, and the network cut.
func mailed(t *testing.T) (*office, *laptop) {
	t.Helper()
	o := newOffice(t)
	o.mails("t1", "m1", "It asks every few minutes.")
	ana := o.laptopOf(o.ana)
	ana.sees("the mail has come", "t1", func(v TicketView) bool { return len(v.Thread) == 2 })
	ana.offline()
	return o, ana
}

func TestWhatIsDoneOfflineShowsAtOnceAndSaysSo(t *testing.T) {
	_, ana := mailed(t)
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "urgency", Value: "1"}))
	must(t, ana.ticket.Move(MoveRequest{TicketID: "t1", To: "on_hold", HoldReason: "awaiting_vendor"}))
	must(t, ana.ticket.Label(LabelRequest{TicketID: "t1", Set: "labels", Add: "vpn"}))
	must(t, ana.ticket.Label(LabelRequest{TicketID: "t1", Set: "watchers", Add: "ben"}))
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Third one today."}))
	v := ana.open("t1")
	if v.Urgency != 1 || v.Row.State != "on_hold" || v.Row.HoldReason != "awaiting_vendor" || !v.Row.Pending || len(v.Watchers) != 1 {
		t.Errorf("view %+v", v)
	}
	if want := []string{"labels", "state", "urgency", "watchers"}; !slices.Equal(v.PendingFields, want) {
		t.Errorf("pending fields %q, want %q", v.PendingFields, want)
	}
	kinds := []string{}
	for _, e := range v.Thread {
		kinds = append(kinds, e.Kind)
	}
	if want := []string{"changes", "requester", "changes", "note"}; !slices.Equal(kinds, want) {
		t.Fatalf("thread %q, want %q", kinds, want)
	}
	if !v.Thread[2].Pending || !v.Thread[3].Pending || v.Thread[1].Pending {
		t.Errorf("pending %v %v %v", v.Thread[1].Pending, v.Thread[2].Pending, v.Thread[3].Pending)
	}
	if !slices.Contains(v.Thread[2].Changes, "Ana Roth set state to On Hold, awaiting vendor") {
		t.Errorf("changes %q", v.Thread[2].Changes)
	}
	var said []string
	for _, item := range got(ana.sync.Outbox()).or(t) {
		said = append(said, item.Sentence)
		if item.State != "waiting" || item.Number == "" || item.Bytes == 0 || item.TicketID != "t1" {
			t.Errorf("item %+v", item)
		}
	}
	want := []string{"Set urgency to High", "Set state to On Hold, awaiting vendor", "Added the label vpn", "Let Ben Holm watch", "Added an internal note"}
	if !slices.Equal(said, want) {
		t.Errorf("outbox %q, want %q", said, want)
	}
	if s := ana.sync.Status(); s.Waiting != 5 || s.State != "offline" || s.CompleteUpTo == "" {
		t.Errorf("status %+v", s)
	}
	upTo := map[string]string{}
	for _, q := range ana.sync.Status().Queues {
		upTo[q.View] = q.CompleteUpTo
	}
	if upTo["mine"] == "" || upTo["triage"] == "" || upTo["all"] == "" || upTo["all"] > upTo["mine"] {
		t.Errorf("offline the queues are complete up to %v", upTo)
	}
	ana.online()
	if v := ana.open("t1"); v.Row.Pending || len(v.PendingFields) != 0 || v.Thread[3].Pending {
		t.Errorf("after coming back it still waits: %+v", v.PendingFields)
	}
}

func TestATicketMadeOfflineKeepsItsNumber(t *testing.T) {
	o, ana := mailed(t)
	made := got(ana.ticket.Create(CreateRequest{Kind: "request", Title: " New badge ", RequesterID: "annika", TeamID: "workplace", Source: "phone"})).or(t)
	if !strings.HasPrefix(made.Number, "REQ") {
		t.Errorf("number %q", made.Number)
	}
	ana.online()
	v := ana.open(made.ID)
	if v.Row.Number != made.Number || v.Row.Title != "New badge" || v.Source != "phone" || v.Row.Requester.Name != "Annika Petersen" || v.Row.Priority != 5 {
		t.Errorf("view %+v", v.Row)
	}
	ben := o.laptopOf(o.ben)
	ben.sees("Ben has it", made.ID, func(v TicketView) bool { return v.Row.Number == made.Number })
}

func TestARefusedEditSavesNothing(t *testing.T) {
	_, ana := mailed(t)
	for what, err := range map[string]error{
		"on hold without a reason":  ana.ticket.Move(MoveRequest{TicketID: "t1", To: "on_hold"}),
		"resolved without notes":    ana.ticket.Move(MoveRequest{TicketID: "t1", To: "resolved", ResolutionCode: "solved"}),
		"a move that is not there":  ana.ticket.Move(MoveRequest{TicketID: "t1", To: "closed"}),
		"a team that is not there":  ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "team", Value: "moon"}),
		"a field that is no field":  ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "rev", Value: "7"}),
		"the state as a field":      ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "state", Value: "closed"}),
		"an override without why":   ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "priority", Value: "1"}),
		"a set that is no set":      ana.ticket.Label(LabelRequest{TicketID: "t1", Set: "friends", Add: "x"}),
		"a ticket that is no more":  ana.ticket.Patch(PatchRequest{TicketID: "t9", Field: "title", Value: "x"}),
		"a reply without words":     ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "  "}),
		"a decision about nothing":  ana.tray.Resolve(ResolveRequest{ConflictID: "c", Choice: "mine"}),
		"a held reply that is none": ana.compose.Held(HeldRequest{MessageID: "m9", Act: "send"}),
	} {
		if err == nil {
			t.Errorf("%s was saved", what)
		} else if p := ana.Explain(err); p.Code == "internal" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if n := len(ana.outbox()); n != 0 {
		t.Errorf("the outbox holds %d mutations", n)
	}
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "team", Value: "workplace"}))
	if n := len(ana.outbox()); n != 0 {
		t.Errorf("a value that stands already was saved %d times", n)
	}
}

func TestMovesSayWhatTheyNeed(t *testing.T) {
	need := map[string][]string{}
	for _, m := range moves(desk.Ticket{State: desk.StateNew}) {
		need[m.To] = m.Needs
	}
	if !slices.Equal(need["on_hold"], []string{"holdReason"}) || !slices.Equal(need["resolved"], []string{"resolutionCode", "resolutionNotes"}) || len(need["in_progress"]) != 0 {
		t.Errorf("needs %v", need)
	}
	if again := moves(desk.Ticket{State: desk.StateClosed}); len(again) != 1 || again[0].Label != "Reopen" {
		t.Errorf("from Closed: %v", again)
	}
}

func TestDraftsOfReplyAndNoteAreTwoAndOutliveTheProgram(t *testing.T) {
	o, ana := mailed(t)
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "Dear Annika,", SeenID: "m1"})).or(t)
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: "note", Text: "VPN again?"})).or(t)
	if rows := got(ana.compose.Drafts()).or(t); len(rows) != 1 || rows[0].ID != "t1" {
		t.Errorf("drafts of %v", rows)
	}
	must(t, ana.App.Close())
	again := newPage(t, Config{Dir: ana.cfg.Dir, Dial: ana.line.dial})
	v := again.open("t1")
	if len(v.Drafts) != 2 || v.Drafts[0].Kind != "reply" || v.Drafts[0].Text != "Dear Annika," || v.Drafts[1].Text != "VPN again?" {
		t.Fatalf("drafts %+v", v.Drafts)
	}
	if state := again.session.State(); state.User.Name != "Ana Roth" || state.Server != o.url || state.Workspace != "Example desk" {
		t.Errorf("state %+v", state)
	}
	must(t, again.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "Dear Annika, done.", SeenID: "m1"}))
	if v := again.open("t1"); len(v.Drafts) != 1 || v.Drafts[0].Kind != "note" {
		t.Errorf("after sending the reply: %+v", v.Drafts)
	}
	if e := again.open("t1").Thread[2]; e.Kind != "reply" || e.To != "Annika Petersen <annika@example.com>" || e.Author.Name != "Ana Roth" {
		t.Errorf("reply %+v", e)
	}
}

func TestTheBodyIsSanitisedAgain(t *testing.T) {
	body := showBody(`<p onclick="x()">Hi</p><script>alert(1)</script><img src="https://track.example/p.png"><a href="https://evil.example/a">good.example</a>`)
	if strings.Contains(body.HTML, "script") || strings.Contains(body.HTML, "onclick") || strings.Contains(body.HTML, ` src="https`) {
		t.Errorf("html %s", body.HTML)
	}
	if body.RemoteImages != 1 || !slices.Equal(body.LinkHosts, []string{"evil.example"}) || body.SanitiserNote == "" {
		t.Errorf("body %+v", body)
	}
	again := showBody(body.HTML)
	if again.SanitiserNote != "" || again.HTML != body.HTML {
		t.Errorf("what is clean is changed again:\n%s\n%s", body.HTML, again.HTML)
	}
}

func TestTheDirectoryOffersEveryChoice(t *testing.T) {
	_, ana := mailed(t)
	o := got(ana.directory.Options()).or(t)
	if len(o.Teams) != 2 || o.Teams[0].Label != "Network" || len(o.People) != 2 || len(o.Kinds) != 2 || len(o.States) != 6 || o.Priorities[0].Label != "Critical" {
		t.Errorf("options %+v", o)
	}
	if len(o.Matrix) != 3 || o.Matrix[0][0] != 1 || o.Matrix[2][2] != 5 || o.Impacts[0].Label != "High" {
		t.Errorf("matrix %v", o.Matrix)
	}
	found := got(ana.directory.Requesters(SearchRequest{Query: "peters"})).or(t)
	if len(found) != 1 || found[0].Name != "Annika Petersen" || found[0].Initials != "AP" {
		t.Errorf("found %+v", found)
	}
	card := ana.open("t1").Requester
	if card.Organization != "Buchhaltung" || card.Open != 1 || card.LastYear != 1 || card.TimeZone != "Europe/Berlin" {
		t.Errorf("card %+v", card)
	}
}

// TestAMachinesMailHoldsNoReply: an absence notice is the newest line of the
// thread, but nothing the writer of a reply would have to know of.
func TestAMachinesMailHoldsNoReply(t *testing.T) {
	o, ana := mailed(t)
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "away", Kind: desk.FromRequester, Requester: o.annika.ID, Text: "I am out of the office.", Auto: true}})
	ana.online()
	v := ana.sees("the absence notice", "t1", func(v TicketView) bool {
		return slices.ContainsFunc(v.Thread, func(e Entry) bool { return e.Text == "I am out of the office." })
	})
	if v.LastPublic != "m1" {
		t.Errorf("the newest message a reply is measured by is %q", v.LastPublic)
	}
	ana.offline()
	for _, text := range []string{"First answer.", "One more thing."} {
		must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: text, SeenID: ana.open("t1").LastPublic}))
	}
	ana.online()
	for _, e := range ana.open("t1").Thread {
		if e.Kind == "reply" && e.Delivery != "queued" {
			t.Errorf("%q is %s: %s", e.Text, e.Delivery, e.Problem)
		}
	}
}
