package desk

import (
	"reflect"
	"slices"
	"testing"
)

var vendor = []Address{{"Vendor", "help@vendor.example"}}

// beside is a ticket whose requester waits, with a side conversation that Ana
// began.
func beside(t *testing.T) *world {
	w := newWorld(t)
	w.open("t")
	w.hear("t", "q")
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "a1", Kind: AsideMail, Aside: "s", Subject: "Line 7", Text: "Is it up?", To: vendor}})
	return w
}

// ask is what Ana writes in the side conversation; answer is what came back.
func (w *world) ask(id, seen MessageID) Effects {
	w.Helper()
	return w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: id, Kind: AsideMail, Aside: "s", Text: "And now?", Seen: seen, To: vendor}})
}

func (w *world) answer(m Message) {
	w.Helper()
	m.Kind, m.Text, m.From = AsideAnswer, "It is down.", &vendor[0]
	w.do(hub, MessageAdd, "t", AddMessage{m})
}

func (w *world) side(id AsideID) Aside {
	w.Helper()
	a, ok := w.ticket("t").Aside(id)
	if !ok {
		w.Fatalf("no side conversation %s", id)
	}
	return a
}

// toTheRequester is what a ticket says of the conversation with the requester.
func toTheRequester(t Ticket) []any {
	return []any{t.State, t.LastPublic, t.AwaitsReply, t.AwaitsReplySince, t.FirstResponseAt, t.ResolvedAt, t.Reopened}
}

// TestTheRequesterWaitsBeside (SPEC R21): nothing of a side conversation answers
// the requester, and nothing of it can be told to them.
func TestTheRequesterWaitsBeside(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.hear("t", "q")
	before := toTheRequester(w.ticket("t"))
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "a1", Kind: AsideMail, Aside: "s", Subject: " Line\r\n7", Text: "Is it up?", To: vendor}})
	w.answer(Message{ID: "a2", Aside: "s"})
	w.ask("a3", "a2")
	w.do(hub, ReplyDeliver, "t", DeliverReply{Message: "a3", Delivery: DeliveryFailed, Problem: "No such user.", Permanent: true})
	if got := toTheRequester(w.ticket("t")); !reflect.DeepEqual(got, before) {
		t.Errorf("the conversation became %v, was %v", got, before)
	}
	if w.records[Key{KindRequester, "rita"}].(Requester).Undelivered {
		t.Error("a vendor's dead address marks the requester")
	}
	for _, id := range []MessageID{"a1", "a2", "a3"} {
		m := w.message(id)
		if _, told := m.Told(); told || m.Public() || m.speaks() || !m.Beside() {
			t.Errorf("%s can be told to the requester", id)
		}
		e, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "f-" + id, Kind: Forward, About: id, Text: "Look", To: []Address{{Email: "rita@customer.example"}}}})
		refused(t, e, err, CodeValidation, "between the desk and its people")
	}
	meeting := &Invitation{Method: MeetingAsked, UID: "u", Organizer: vendor[0]}
	w.answer(Message{ID: "a4", Aside: "s", Invitation: meeting})
	e, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "yes", Kind: PublicReply, About: "a4", Text: "Yes", Invitation: &Invitation{Answer: "ACCEPTED"}}})
	refused(t, e, err, CodeValidation, "answer it there")
	w.ask("a5", "a4")
	if _, told := w.message("q").Told(); !told {
		t.Error("the requester's own words cannot be told to them")
	}
	if a := w.side("s"); a.Subject != "Line 7" || a.Last != "a5" || a.Awaits || a.By != "ana" || w.message("a3").Subject != "Line 7" {
		t.Errorf("it became %+v", a)
	}
}

func TestWhatCannotBeWrittenBeside(t *testing.T) {
	cases := []struct {
		by   PersonID
		m    Message
		code Code
		part string
	}{
		{"ana", Message{Kind: AsideMail, Aside: "s"}, CodeValidation, "reaches nobody yet"},
		{"ana", Message{Kind: AsideMail, To: vendor}, CodeValidation, "names no side conversation"},
		{"ana", Message{Kind: AsideMail, Aside: "s", To: vendor, Cc: []Address{{Email: "RITA@customer.example"}}}, CodeValidation, "takes no part in its side conversations"},
		{"ana", Message{Kind: AsideMail, Aside: "s", To: []Address{{Email: "vendor"}}}, CodeValidation, "is no mail address"},
		{"ana", Message{Kind: AsideAnswer, Aside: "s"}, CodePerm, "Only mail and the hub"},
		{"cleo", Message{Kind: AsideMail, Aside: "s", To: vendor}, CodePerm, "teams' queues"},
	}
	for _, c := range cases {
		w := beside(t)
		c.m.ID, c.m.Text = "x", "Hello"
		e, err := w.try(w.as(c.by), MessageAdd, "t", AddMessage{c.m})
		refused(t, e, err, c.code, c.part)
	}
	w := beside(t)
	for n := 1; n < asidesMost; n++ {
		w.answer(Message{ID: MessageID("m" + string(rune('A'+n))), Aside: AsideID(rune('A' + n))})
	}
	e, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "x", Kind: AsideMail, Aside: "x", Text: "One more", To: vendor}})
	refused(t, e, err, CodeQuota, "at most 50 side conversations")
}

// TestAStaleWordBesideIsHeld: each conversation has a guard of its own (SPEC R21).
func TestAStaleWordBesideIsHeld(t *testing.T) {
	w := beside(t)
	w.answer(Message{ID: "a2", Aside: "s"})
	if e := w.ask("a3", "a1"); e.Status != Held || w.message("a3").Delivery != DeliveryHeld || w.side("s").Last != "a2" || !w.side("s").Awaits {
		t.Errorf("written before the answer came: %s, %+v", e.Status, w.message("a3"))
	}
	w.hear("t", "q2") // what the requester writes meanwhile is another matter
	w.do(w.as("ana"), ReplyDecide, "t", DecideReply{Message: "a3", Act: ReplySend, Seen: "a2"})
	if w.message("a3").Delivery != DeliveryQueued || w.side("s").Last != "a3" || w.ticket("t").LastPublic != "q2" {
		t.Errorf("decided: %+v, %+v", w.message("a3"), w.side("s"))
	}
	w.ask("a4", "a1")
	w.do(w.as("ana"), ReplyDecide, "t", DecideReply{Message: "a4", Act: ReplyToNote})
	if m := w.message("a4"); m.Kind != InternalNote || m.Aside != "" || len(m.To) != 0 {
		t.Errorf("as a note: %+v", m)
	}
	if e := w.reply("r1", "q2"); e.Status != Applied {
		t.Errorf("a reply to the requester: %s, though nothing moved on there", e.Status)
	}
}

// TestAnAnswerBesideIsNewsAndNoMore: it opens its conversation again and brings
// back a ticket that was put away, and moves no ticket.
func TestAnAnswerBesideIsNewsAndNoMore(t *testing.T) {
	w := beside(t)
	w.do(w.as("ana"), AsideMove, "t", MoveAside{Aside: "s", From: AsideOpen, To: AsideClosed, Seen: "a1"})
	w.do(hub, TicketMove, "t", moveTo(StateNew, StateResolved))
	w.do(hub, TicketMove, "t", moveTo(StateResolved, StateClosed))
	w.do(hub, TicketArchive, "t", ArchiveTicket{Before: w.now.AddDate(0, 0, 1)})
	if w.ticket("t").Archived == "" {
		t.Fatal("the ticket was not archived")
	}
	for _, m := range []Message{{ID: "auto", Aside: "s", Auto: true}, {ID: "stranger", Aside: "s", Suspect: true}} {
		w.answer(m)
		if a := w.side("s"); a.Awaits || a.State != AsideClosed || a.Last != "a1" || w.ticket("t").Archived == "" {
			t.Errorf("%s: %+v", m.ID, a)
		}
	}
	w.answer(Message{ID: "a2", Aside: "s"})
	got := w.ticket("t")
	if a := w.side("s"); !a.Awaits || a.State != AsideOpen || a.Last != "a2" || got.State != StateClosed || got.Archived != "" || got.Reopened != 0 {
		t.Errorf("%+v, %+v", a, got)
	}
	if !w.told("t", Event{Kind: EventAside, Old: "closed", New: "open"}) {
		t.Error("the history does not say that it was opened again")
	}
	w.do(hub, TicketArchive, "t", ArchiveTicket{Before: w.now.AddDate(0, 0, 1)})
	if w.ticket("t").Archived != "" {
		t.Error("a ticket with news was archived")
	}
	w.do(w.as("ana"), AsideMove, "t", MoveAside{Aside: "s", From: AsideOpen, To: AsideClosed, Seen: "a2"})
	w.do(hub, TicketArchive, "t", ArchiveTicket{Before: w.now.AddDate(0, 0, 1)})
	if w.ticket("t").Archived == "" || w.side("s").Awaits {
		t.Error("what was read and closed still keeps the ticket on the desk")
	}
}

// TestTheMovesOfASideConversation walks every pair of states.
func TestTheMovesOfASideConversation(t *testing.T) {
	for _, from := range AsideStates() {
		for _, to := range append(AsideStates(), "lost") {
			w := beside(t)
			if from == AsideClosed {
				w.do(w.as("ana"), AsideMove, "t", MoveAside{Aside: "s", From: AsideOpen, To: AsideClosed, Seen: "a1"})
			}
			if from.String() == "" {
				t.Errorf("%q has no name", string(from))
			}
			e, err := w.try(w.as("ana"), AsideMove, "t", MoveAside{Aside: "s", From: from, To: to, Seen: "a1"})
			if to == "lost" {
				refused(t, e, err, CodeWorkflow, "open or closed")
			} else if got := w.side("s").State; err != nil || got != to || (len(e.Puts) == 0) != (from == to) {
				t.Errorf("%s to %s: it is %s, %v", from, to, got, err)
			}
		}
	}
	w := beside(t)
	w.answer(Message{ID: "a2", Aside: "s"})
	e, err := w.try(w.as("ben"), AsideMove, "t", MoveAside{Aside: "s", From: AsideOpen, To: AsideClosed, Seen: "a1"})
	refused(t, e, err, CodeWorkflow, "read it, and close it then")
	e, err = w.try(w.as("ben"), AsideMove, "t", MoveAside{Aside: "none", To: AsideClosed})
	refused(t, e, err, CodeGone, "does not stand on INC0000001")
	w.do(w.as("ben"), AsideMove, "t", MoveAside{Aside: "s", From: AsideOpen, To: AsideClosed, Seen: "a2"})
	w.ask("a3", "a2")
	if w.side("s").State != AsideOpen {
		t.Error("who writes in a closed one does not open it again")
	}
}

// TestTheSubjectBesideIsAField: it merges as the policy of a short text says.
func TestTheSubjectBesideIsAField(t *testing.T) {
	w := beside(t)
	w.edit(w.as("ana"), "t", AsideField("s"), "Line 7", " Line 7 is\tdown ")
	if w.side("s").Subject != "Line 7 is down" {
		t.Errorf("it is %q", w.side("s").Subject)
	}
	w.edit(w.as("ana"), "t", AsideField("s"), "Line 7", "Line 8")
	if c := w.only("t"); w.side("s").Subject != "Line 7 is down" || c.Client != "Line 8" || c.Field.Label() == string(c.Field) {
		t.Errorf("%+v", c)
	}
	for f, c := range map[Field]Code{AsideField("none"): CodeGone, AsideField("s"): CodeValidation} {
		m := w.mutation(w.as("ana"), TicketPatch, "t", PatchTicket{Set: map[Field]string{f: " "}}, map[Field]string{f: w.ticket("t").Value(f)})
		e, err := w.take(w.as("ana"), m)
		refused(t, e, err, c, "side conversation")
	}
}

// TestWhoTakesPartBeside: whom an agent wrote to there, and nobody else.
func TestWhoTakesPartBeside(t *testing.T) {
	w := beside(t)
	w.answer(Message{ID: "a2", Aside: "s", Cc: []Address{{Email: "boss@vendor.example"}}})
	w.ask("held", "a1")
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "b1", Kind: AsideMail, Aside: "b", Text: "You too?", To: []Address{{Email: "other@firm.example"}}, Cc: vendor}})
	thread, _ := w.Thread("t")
	cases := []struct {
		aside AsideID
		email string
		in    bool
	}{
		{"s", "HELP@vendor.example", true}, {"s", "boss@vendor.example", false}, {"s", "other@firm.example", false}, {"s", "rita@customer.example", false},
		{"b", "other@firm.example", true}, {"b", "help@vendor.example", true}, {"", "help@vendor.example", false},
	}
	for _, c := range cases {
		if in := InAside(thread, c.aside, c.email); in != c.in {
			t.Errorf("%s in %q: %v", c.email, c.aside, in)
		}
		if TakesPart(thread, c.email) {
			t.Errorf("%s takes part in the conversation with the requester", c.email)
		}
	}
	if both, none := AsidesOf(thread, "help@vendor.example"), AsidesOf(thread, "boss@vendor.example"); !slices.Equal(both, []AsideID{"b", "s"}) || len(none) != 0 {
		t.Errorf("found %q, %q", both, none)
	}
	to, cc, err := ReplyAll(w.message("a2"), Address{}, []string{"desk@desk.example"})
	if err != nil || len(to) != 1 || to[0] != vendor[0] || len(cc) != 1 {
		t.Errorf("an answer goes to %v, %v", to, cc)
	}
}

// TestAnAnswerThatOvertookItsQuestion: the hub was restored, and the answer came
// before the device told again what it had asked.
func TestAnAnswerThatOvertookItsQuestion(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.answer(Message{ID: "a2", Aside: "s"})
	if a := w.side("s"); a.Subject != "Mail is slow" || a.By != "" {
		t.Errorf("by a mail alone: %+v", a)
	}
	e := w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "a1", Kind: AsideMail, Aside: "s", Subject: "Line 7", Text: "Is it up?", To: vendor}})
	if a := w.side("s"); e.Status != Held || a.Subject != "Line 7" || a.By != "ana" || a.Last != "a2" {
		t.Errorf("%s, %+v", e.Status, a)
	}
}
