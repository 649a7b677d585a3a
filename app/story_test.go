package app

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
)

// writesAll lets Ana write on a ticket all that a person can, each with a word of its
// own.
func (l *laptop) writesAll(ticket string) {
	l.t.Helper()
	must(l.t, l.ticket.Patch(PatchRequest{TicketID: ticket, Field: "title", Value: "It is titled"}))
	must(l.t, l.ticket.Patch(PatchRequest{TicketID: ticket, Field: "description", Value: "It is described."}))
	must(l.t, l.ticket.Label(LabelRequest{TicketID: ticket, Set: "labels", Add: "labelled"}))
	must(l.t, l.ticket.Check(CheckRequest{TicketID: ticket, Add: "It is listed"}))
	must(l.t, l.ticket.Log(LogRequest{TicketID: ticket, Minutes: 20, Note: "It is logged"}))
	l.attaches(ticket, "note", "noted.txt", []byte("the file of a note"))
	must(l.t, l.compose.Send(ComposeRequest{TicketID: ticket, Kind: "note", Text: "It is noted."}))
	l.attaches(ticket, "reply", "replied.txt", []byte("the file of a reply"))
	must(l.t, l.compose.Send(ComposeRequest{TicketID: ticket, Kind: "reply", Text: "It is replied.", SeenID: l.open(ticket).LastPublic, Envelope: Envelope{To: []Recipient{{"Annika Petersen", "annika@example.com"}}}}))
	aside := got(l.compose.Aside(ticket)).or(l.t)
	must(l.t, l.compose.Send(ComposeRequest{TicketID: ticket, Kind: aside.Kind, Text: "It is asked beside.", Envelope: Envelope{To: []Recipient{{"", "vendor@example.net"}}, Subject: "A vendor"}}))
}

// lacks names the words of writesAll that a colleague does not find on a ticket, and
// the files he cannot open.
func (l *laptop) lacks(ticket string, but ...string) (missing []string) {
	l.t.Helper()
	v, err := l.ticket.Open(ticket)
	if err != nil {
		return []string{"the ticket"}
	}
	said := []string{v.Row.Title, v.Description}
	said = append(said, v.Labels...)
	for _, i := range v.Checklist {
		said = append(said, i.Text)
	}
	for _, e := range v.TimeLog {
		said = append(said, e.Note)
	}
	for _, e := range v.Thread {
		said = append(said, e.Text)
		for _, a := range e.Attachments {
			if w := fetch(l.page, a.URL); w.Code == http.StatusOK {
				said = append(said, w.Body.String())
			}
		}
	}
	for _, word := range []string{"It is titled", "It is described.", "labelled", "It is listed", "It is logged", "It is noted.", "the file of a note", "It is replied.", "the file of a reply", "It is asked beside."} {
		if !slices.Contains(said, word) && !slices.Contains(but, word) {
			missing = append(missing, word)
		}
	}
	return missing
}

// refused waits until so many changes stand refused in the tray, in one group.
func (l *laptop) refused(n int) (g RefusalGroup) {
	l.t.Helper()
	l.until("the refusals have come", func() bool {
		tray := got(l.tray.List()).or(l.t)
		if len(tray.Refusals) == 1 {
			g = tray.Refusals[0]
		}
		return len(g.Refusals) == n
	})
	return g
}

// TestATeamTakenAndGivenBackMeanwhile: the laptop never knew. What others changed is
// as they left it, with her wish in the tray, and all else of hers is there; what left
// the team meanwhile is gone here too.
func TestATeamTakenAndGivenBackMeanwhile(t *testing.T) {
	o, ana := mailed(t)
	o.mails("t3", "m3", "The lamp is out.")
	ana.online()
	ana.sees("the other ticket is here", "t3", func(v TicketView) bool { return len(v.Thread) == 2 })
	ana.offline()
	ana.writesAll("t1")
	moved := o.ana
	moved.Teams = []desk.TeamID{o.other.ID}
	o.does(desk.PersonPut, "", moved)
	ben := o.laptopOf(o.ben)
	must(t, ben.ticket.Patch(PatchRequest{TicketID: "t3", Field: "team", Value: string(o.other.ID)}))
	must(t, ben.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: "Titled by Ben"}))
	ben.settled()
	o.does(desk.PersonPut, "", o.ana)
	ana.online()
	c := ana.clash()
	if c.Server != "Titled by Ben" || c.Mine != "It is titled" {
		t.Errorf("in the tray: %+v", c)
	}
	ben.until("the rest of it has come", func() bool { return len(ben.lacks("t1", "It is titled")) == 0 })
	must(t, ana.tray.Resolve(ResolveRequest{ConflictID: c.ID, Choice: "mine", Seen: c.Server}))
	ben.until("all of it has come", func() bool { return len(ben.lacks("t1")) == 0 })
	ana.until("what left the team is gone", func() bool { _, err := ana.ticket.Open("t3"); return err != nil })
}

// TestATicketOfARefusedNumberIsOpenedAgainWhole: with its files, its answer and its
// side conversation.
func TestATicketOfARefusedNumberIsOpenedAgainWhole(t *testing.T) {
	o, ana := mailed(t)
	made := got(ana.ticket.Create(CreateRequest{Kind: "request", Title: "New badge", TeamID: "workplace", RequesterID: "annika"})).or(t)
	ana.writesAll(made.ID)
	o.does(desk.TicketCreate, "taken", desk.CreateTicket{Number: desk.Number(made.Number), Kind: desk.Request, Title: "Somebody has the number"})
	ana.online()
	g := ana.refused(8)
	again := got(ana.tray.OpenAgain(g.Key)).or(t)
	ben := o.laptopOf(o.ben)
	ben.until("all of it has come", func() bool { return len(ben.lacks(again.ID)) == 0 })
	ana.settled()
	if tray := got(ana.tray.List()).or(t); len(tray.Refusals) != 0 {
		t.Errorf("still in the tray: %+v", tray.Refusals)
	}
	for _, e := range ben.open(again.ID).Thread {
		if strings.Contains(e.Text, "It is replied.") && e.Delivery != "queued" {
			t.Errorf("the answer is %s: %s", e.Delivery, e.Problem)
		}
	}
}

// TestATicketThatWasMergedKeepsFilesAndAnswers: what is added to the other ticket is
// all of it; the answer waits for a second look there.
func TestATicketThatWasMergedKeepsFilesAndAnswers(t *testing.T) {
	o, ana := mailed(t)
	o.mails("t2", "m2", "They ask everywhere.")
	ana.writesAll("t1")
	o.does(desk.TicketMerge, "t1", desk.MergeTicket{Into: "t2"})
	ana.online()
	g := ana.refused(7)
	ana.sees("the other ticket is here", "t2", func(TicketView) bool { return true })
	must(t, ana.tray.AddToMerged(g.Key))
	ben := o.laptopOf(o.ben)
	note := "Set description to “It is described.”, set title to “It is titled”\n\nDescription: It is described.\n\nTitle: It is titled"
	ben.until("all of it has come", func() bool {
		missing := ben.lacks("t2", "It is titled", "It is described.")
		return len(missing) == 0 && slices.ContainsFunc(ben.open("t2").Thread, func(e Entry) bool { return e.Text == note })
	})
	held := got(ana.tray.List()).or(t).Held
	if len(held) != 1 || held[0].Text != "It is replied." {
		t.Fatalf("held %+v", held)
	}
	must(t, ana.compose.Held(HeldRequest{MessageID: held[0].MessageID, Act: "send", Text: held[0].Text}))
	ana.settled()
	ben.until("the answer is on its way", func() bool {
		return slices.ContainsFunc(ben.open("t2").Thread, func(e Entry) bool { return e.Text == "It is replied." && e.Delivery == "queued" })
	})
}
