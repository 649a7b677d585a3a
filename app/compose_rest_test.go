package app

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

// aWhile is a hold that no test outlives.
const aWhile = time.Hour

// restingPage is a desk of one whose sent replies rest, with a ticket.
func restingPage(t *testing.T, hold time.Duration) (p *page, dir, ticket string) {
	t.Helper()
	dir = t.TempDir()
	p = newPage(t, Config{Version: "test", Dir: dir, Hold: hold})
	got(p.session.StartSolo(SoloRequest{Workspace: "Nordlicht Werke", Name: "Mira Sommer", Email: "mira@example.com"})).or(t)
	return p, dir, got(p.settled().ticket.Create(CreateRequest{Title: "Pump is leaking"})).or(t).ID
}

// TestASentReplyRestsAndCanBeTakenBack as it was, with its file and
// recipients (SPEC P77).
func TestASentReplyRestsAndCanBeTakenBack(t *testing.T) {
	p, _, id := restingPage(t, aWhile)
	p.settled()
	p.attaches(id, "reply", "Plan.pdf", []byte("plan"))
	to := Envelope{To: []Recipient{{"Uwe Carstensen", "uwe@example.com"}}, Cc: []Recipient{{"", "luise@example.com"}}}
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "reply", Text: "See the plan.", Envelope: to}))
	v := p.open(id)
	last := v.Thread[len(v.Thread)-1]
	if len(v.Drafts) != 0 || last.Delivery != "resting" || !last.Pending || last.Text != "See the plan." || len(last.Attachments) != 1 || last.To != "Uwe Carstensen <uwe@example.com>, luise@example.com" {
		t.Errorf("it rests as %+v, drafts %+v", last, v.Drafts)
	}
	if n := p.sync.Status().Waiting; n != 1 || len(p.outbox()) != 0 {
		t.Errorf("%d wait, outbox %v", n, p.outbox())
	}
	list := got(p.compose.Resting()).or(t)
	if len(list) != 1 || list[0].TicketID != id || list[0].To != "Uwe Carstensen and 1 other" || list[0].LeftMs < int((aWhile-patience).Milliseconds()) || list[0].Problem != "" {
		t.Fatalf("resting %+v", list)
	}
	d := got(p.compose.TakeBack(list[0].ID)).or(t)
	v = p.open(id)
	if len(v.Drafts) != 1 || v.Drafts[0].Text != "See the plan." || len(v.Drafts[0].Files) != 1 || !slices.Equal(d.Envelope.To, to.To) || !slices.Equal(v.Drafts[0].Envelope.Cc, to.Cc) {
		t.Errorf("taken back as %+v", v.Drafts)
	}
	if slices.ContainsFunc(v.Thread, func(e Entry) bool { return e.Text == "See the plan." }) {
		t.Error("it still stands in the thread")
	}
	if _, err := p.compose.TakeBack(list[0].ID); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("taken back twice: %v", err)
	}
}

// TestWhatRestsOutlivesTheProgram and leaves once, in the order it was sent.
func TestWhatRestsOutlivesTheProgram(t *testing.T) {
	p, dir, id := restingPage(t, aWhile)
	p.settled()
	for _, text := range []string{"First", "Second"} {
		must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "reply", Text: text}))
	}
	must(t, p.App.Close())
	p = newPage(t, Config{Version: "test", Dir: dir, Hold: 20 * time.Millisecond})
	said := func() (texts []string) {
		for _, e := range p.open(id).Thread {
			if e.Kind == "reply" && e.Delivery != "resting" {
				texts = append(texts, e.Text)
			}
		}
		return texts
	}
	p.until("both have left", func() bool { return len(got(p.compose.Resting()).or(t)) == 0 })
	p.settled()
	if texts := said(); !slices.Equal(texts, []string{"First", "Second"}) {
		t.Errorf("left: %q", texts)
	}
}

// TestTheGuardLooksWhenAReplyLeaves: the requester wrote while it rested.
func TestTheGuardLooksWhenAReplyLeaves(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It is broken.")
	l := &line{}
	pg := newPage(t, Config{Version: "test", Dial: l.dial, Hold: aWhile})
	got(pg.session.SignIn(SignInRequest{Server: o.url, Email: o.ana.Email, Password: officePassword, Device: "laptop"})).or(t)
	ana := &laptop{pg.settled(), l}
	seen := ana.sees("the ticket is here", "t1", func(TicketView) bool { return true }).LastPublic
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "Try it again.", SeenID: seen}))
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m2", Kind: desk.FromRequester, Requester: o.annika.ID, Text: "It works again."}})
	ana.sees("she wrote again", "t1", func(v TicketView) bool { return v.LastPublic == "m2" })
	ws := got(ana.workspace()).or(t)
	list := got(ws.store.Resting(ws.ctx)).or(t)
	ana.leaves(ws, list[0])
	if held := got(ana.tray.List()).or(t).Held; len(held) != 1 || held[0].Text != "Try it again." {
		t.Errorf("held %+v", held)
	}
}

// TestWhatCannotLeaveSaysWhyAndIsNotLost.
func TestWhatCannotLeaveSaysWhyAndIsNotLost(t *testing.T) {
	p, _, id := restingPage(t, aWhile)
	p.settled()
	for _, bad := range []ComposeRequest{
		{TicketID: id, Kind: "reply", Text: " "},
		{TicketID: "nothing", Kind: "reply", Text: "x"},
		{TicketID: id, Kind: "reply", Text: "x", Envelope: Envelope{To: []Recipient{{"", "nobody"}}}},
	} {
		if err := p.compose.Send(bad); err == nil || desk.CodeOf(err) == desk.CodeInternal && bad.TicketID == id {
			t.Errorf("%+v rests: %v", bad, err)
		}
	}
	must(t, p.compose.Send(ComposeRequest{TicketID: id, Kind: "reply", Text: "Hello"}))
	if err := p.unsentRefusal(); desk.CodeOf(err) != desk.CodeWorkflow || !strings.Contains(err.Error(), "1 message rests") {
		t.Errorf("signed out: %v", err)
	}
	other := got(p.ticket.Create(CreateRequest{Title: "The same pump"})).or(t)
	must(t, p.ticket.Merge(MergeRequest{TicketID: id, Number: other.Number}))
	ws := got(p.workspace()).or(t)
	p.leaves(ws, got(ws.store.Resting(context.Background())).or(t)[0])
	list := got(p.compose.Resting()).or(t)
	if len(list) != 1 || !strings.Contains(list[0].Problem, "merged") {
		t.Fatalf("resting %+v", list)
	}
	if d := got(p.compose.TakeBack(list[0].ID)).or(t); d.Text != "Hello" {
		t.Errorf("taken back %+v", d)
	}
}

func (p *page) unsentRefusal() error {
	ws := got(p.workspace()).or(p.t)
	return ws.nothingUnsent()
}

// TestANoteIsInOnePlace, wherever the disk gives out or the program ends while it is
// added: in its draft, on its way, or at rest and about to leave. Who is told that it
// failed finds it in the draft and nowhere else, and adds it again; who is not told so
// need do nothing more.
func TestANoteIsInOnePlace(t *testing.T) {
	p, _, id := restingPage(t, -1)
	ws := got(p.workspace()).or(t)
	note := ComposeRequest{TicketID: id, Kind: "note", Text: "It is the profile."}
	atRest := false
	for left, done := 0, false; !done; left++ {
		got(p.compose.SaveDraft(note)).or(t)
		before := len(notesOf(t, ws, id))
		p.replace(&workspace{store: ws.store, client: ws.client, files: ws.files, who: ws.who, rest: newHolding(aWhile), ctx: &dying{ws.ctx, left}})
		err := p.compose.Send(note)
		p.replace(ws)
		must(t, ws.client.Show(ws.ctx))
		drafts, added := len(p.open(id).Drafts), len(notesOf(t, ws, id))-before
		resting := got(ws.store.Resting(ws.ctx)).or(t)
		if drafts+added+len(resting) != 1 || (err != nil) != (drafts == 1) {
			t.Fatalf("cut at look %d: %v; in %d drafts, %d resting, %d added", left, err, drafts, len(resting), added)
		}
		for _, m := range resting {
			if _, found, err := ws.store.TakeBack(ws.ctx, m.ID); !found || err != nil {
				t.Fatal(err)
			}
		}
		atRest = atRest || len(resting) > 0
		done = added == 1
	}
	if !atRest {
		t.Error("it never had to stay at rest: that proves nothing")
	}
}

// dying is a context that ends when it was asked so often whether it has.
type dying struct {
	context.Context
	left int
}

func (d *dying) Err() error {
	if d.left--; d.left < 0 {
		return context.Canceled
	}
	return nil
}

func (p *page) replace(ws *workspace) {
	p.App.mu.Lock()
	defer p.App.mu.Unlock()
	p.App.open = ws
}

func notesOf(t *testing.T, ws *workspace, id string) (list []desk.Message) {
	t.Helper()
	must(t, ws.view(func(tx *store.ReplicaTx) error {
		thread, err := tx.Thread(desk.TicketID(id))
		for _, m := range thread {
			if m.Kind == desk.InternalNote {
				list = append(list, m)
			}
		}
		return err
	}))
	return list
}
