package desk

import (
	"slices"
	"testing"
	"time"
)

// mailed is a ticket with a mail on it.
func (w *world) mailed(t TicketID, m MessageID) {
	w.Helper()
	w.open(t)
	w.do(hub, MessageAdd, t, AddMessage{Message{ID: m, Kind: FromRequester, Requester: "rita", Text: "Words of " + string(m), MailID: string(m) + "@customer.example",
		From: &Address{Email: "rita@customer.example"}, Why: "It opened this ticket.", Origin: &Origin{SHA256: "aa", Size: 3}, Attachments: []Attachment{{ID: "f", Name: "plan.pdf", SHA256: "bb"}}}})
}

// standing finds a message that came with an id, wherever it stands now.
func (w *world) standingOn(t TicketID, first MessageID) (Message, bool) {
	thread, _ := w.Thread(t)
	n := slices.IndexFunc(thread, func(m Message) bool { return m.first() == first && !m.Away() })
	if n < 0 {
		return Message{}, false
	}
	return thread[n], true
}

// TestAMovedMessageStandsOnOneTicket: SPEC R20. All of it goes along, both tickets
// say so, and the place it left keeps not a word.
func TestAMovedMessageStandsOnOneTicket(t *testing.T) {
	w := newWorld(t)
	w.mailed("a", "m")
	w.mailed("b", "n")
	before := w.records[Message{ID: "m"}.Key()].(Message)
	w.do(w.as("ana"), MessageMove, "a", MoveMessage{Message: "m", To: "b"})

	left := w.records[Message{ID: "m"}.Key()].(Message)
	if !left.Away() || left.Public() || left.Ticket != "a" || left.Placing.To != "b" || left.Placing.By != "ana" || left.Rev <= before.Rev {
		t.Errorf("the place it left: %+v", left)
	}
	if left.Text+left.MailID+left.Why+left.Subject+left.HTML+left.Quoted != "" || left.From != nil || left.Origin != nil || len(left.Attachments) > 0 {
		t.Errorf("it left words behind: %+v", left)
	}
	got, ok := w.standingOn("b", "m")
	if !ok || got.ID == "m" || got.Placing.From != "a" || !got.Chosen() {
		t.Fatalf("it stands on b as %+v", got)
	}
	same := got
	same.ID, same.Ticket, same.Turn, same.Placing, same.Rev = before.ID, before.Ticket, before.Turn, nil, before.Rev
	if text(t, same) != text(t, before) {
		t.Errorf("it became %s, was %s", text(t, same), text(t, before))
	}
	if !w.told("a", Event{Kind: EventParted, New: string(w.ticket("b").Number), Note: "requester"}) || !w.told("b", Event{Kind: EventTook, Old: string(w.ticket("a").Number), Note: "requester"}) {
		t.Errorf("history %+v, %+v", w.history("a"), w.history("b"))
	}
}

// TestMovingAndMovingBackChangesNothingElse: the way back is exact, but for the
// history and the count of changes.
func TestMovingAndMovingBackChangesNothingElse(t *testing.T) {
	w := newWorld(t)
	w.mailed("a", "m")
	w.mailed("b", "n")
	w.do(hub, MessageAdd, "a", AddMessage{Message{ID: "stranger", Kind: FromRequester, Text: "Me too", Suspect: true, From: &Address{Email: "eve@elsewhere.example"}}})
	for _, first := range []MessageID{"m", "stranger"} {
		a, b, m := w.ticket("a"), w.ticket("b"), w.records[Message{ID: first}.Key()].(Message)
		w.do(w.as("ana"), MessageMove, "a", MoveMessage{Message: first, To: "b"})
		there, _ := w.standingOn("b", first)
		if there.Suspect {
			t.Errorf("%s: an agent moved it, and it is held all the same", first)
		}
		w.do(w.as("ana"), MessageMove, "b", MoveMessage{Message: there.ID, To: "a"})
		back := w.records[Message{ID: first}.Key()].(Message)
		back.Placing, back.Rev = nil, m.Rev
		if text(t, back) != text(t, m) {
			t.Errorf("%s came back as %s, was %s", first, text(t, back), text(t, m))
		}
		for _, was := range []Ticket{a, b} {
			is := w.ticket(was.ID)
			is.Rev, is.UpdatedAt = was.Rev, was.UpdatedAt
			if text(t, is) != text(t, was) {
				t.Errorf("%s: ticket %s, was %s", first, text(t, is), text(t, was))
			}
		}
		// Once more the same way: it takes the place it left.
		w.do(w.as("ana"), MessageMove, "a", MoveMessage{Message: first, To: "b"})
		again, _ := w.standingOn("b", first)
		if again.ID != there.ID || again.Rev <= there.Rev {
			t.Errorf("the second time it is %s rev %d, was %s rev %d", again.ID, again.Rev, there.ID, there.Rev)
		}
		w.do(w.as("ana"), MessageMove, "b", MoveMessage{Message: again.ID, To: "a"})
	}
}

// TestTicketsHearWhatWasMoved: who waits for an answer, and since when, follows
// the message; no state does.
func TestTicketsHearWhatWasMoved(t *testing.T) {
	w := newWorld(t)
	w.mailed("a", "m")
	w.do(hub, MessageAdd, "a", AddMessage{Message{ID: "second", Kind: FromRequester, Text: "And this"}})
	second := w.records[Message{ID: "second"}.Key()].(Message)
	w.open("b")
	w.do(w.as("ana"), TicketMove, "b", MoveTicket{From: StateNew, To: StateOnHold, HoldReason: HoldRequester})
	w.do(w.as("ana"), MessageMove, "a", MoveMessage{Message: "second", To: "b"})
	a, b := w.ticket("a"), w.ticket("b")
	there, _ := w.standingOn("b", "second")
	if a.LastPublic != "m" || !a.AwaitsReply || b.LastPublic != there.ID || !b.AwaitsReply || !b.AwaitsReplySince.Equal(second.At) || b.State != StateOnHold {
		t.Errorf("a %+v\nb %+v", a, b)
	}
	w.do(w.as("ana"), MessageMove, "a", MoveMessage{Message: "m", To: "b"})
	a, b = w.ticket("a"), w.ticket("b")
	first, _ := w.standingOn("b", "m")
	if a.LastPublic != "" || a.AwaitsReply || a.AwaitsReplySince != nil {
		t.Errorf("nothing is left, and %+v waits", a)
	}
	if b.LastPublic != there.ID || !b.AwaitsReplySince.Equal(first.At) {
		t.Errorf("the older one came: %+v", b)
	}
}

// TestAnAnswerMovesWithItsDelivery, once it has left; the first response goes
// along.
func TestAnAnswerMovesWithItsDelivery(t *testing.T) {
	w := newWorld(t)
	w.mailed("a", "m")
	w.mailed("b", "n")
	ana := w.as("ana")
	w.do(ana, MessageAdd, "a", AddMessage{Message{ID: "r", Kind: PublicReply, Text: "On it", Seen: "m"}})
	responded := *w.ticket("a").FirstResponseAt
	for _, state := range []Delivery{DeliveryQueued, DeliverySending, DeliveryUnknown, DeliveryWaiting} {
		m := w.records[Message{ID: "r"}.Key()].(Message)
		m.Delivery = state
		w.records[m.Key()] = m
		e, err := w.try(ana, MessageMove, "a", MoveMessage{Message: "r", To: "b"})
		refused(t, e, err, CodeWorkflow, "on its way out")
	}
	m := w.records[Message{ID: "r"}.Key()].(Message)
	m.Delivery, m.MailID = DeliverySent, "r@desk.example"
	w.records[m.Key()] = m
	w.do(ana, MessageMove, "a", MoveMessage{Message: "r", To: "b"})
	there, _ := w.standingOn("b", "r")
	a, b := w.ticket("a"), w.ticket("b")
	if there.Delivery != DeliverySent || there.MailID != "r@desk.example" || there.Author != "ana" {
		t.Errorf("it stands there as %+v", there)
	}
	if a.FirstResponseAt != nil || !a.AwaitsReply || b.FirstResponseAt == nil || !b.FirstResponseAt.Equal(responded) || b.AwaitsReply || b.LastPublic != there.ID {
		t.Errorf("a %+v\nb %+v", a, b)
	}
	w.do(hub, ReplyDeliver, "b", DeliverReply{Message: there.ID, Delivery: DeliveryFailed, Problem: "No such mailbox."})
	if got, _ := w.standingOn("b", "r"); got.Delivery != DeliveryFailed {
		t.Errorf("its bounce: %s", got.Delivery)
	}
	e, err := w.try(hub, ReplyDeliver, "a", DeliverReply{Message: "r", Delivery: DeliveryFailed})
	refused(t, e, err, CodeWorkflow, "")
}

// TestAMessageOpensATicketOfItsOwn as one act: there is no ticket without it.
func TestAMessageOpensATicketOfItsOwn(t *testing.T) {
	w := newWorld(t)
	w.mailed("a", "m")
	w.do(hub, MessageAdd, "a", AddMessage{Message{ID: "other", Kind: FromRequester, Text: "By the way", From: &Address{Email: "rita@customer.example"}}})
	split := SplitMessage{Message: "other", Ticket: "new", Create: CreateTicket{Number: "REQ0000009", Kind: Request, Title: "By the way", Requester: "rita", Team: "alpha"}}
	for _, c := range []struct {
		change func(*SplitMessage)
		code   Code
		said   string
	}{
		{func(s *SplitMessage) { s.Create.Title = " " }, CodeValidation, "needs a title"},
		{func(s *SplitMessage) { s.Create.Team = "nobody" }, CodeValidation, "no such team"},
		{func(s *SplitMessage) { s.Ticket = "a" }, CodeValidation, "exists already"},
		{func(s *SplitMessage) { s.Ticket = "" }, CodeValidation, "exists already"},
		{func(s *SplitMessage) { s.Message = "nothing" }, CodeGone, "does not stand on"},
	} {
		wrong := split
		c.change(&wrong)
		e, err := w.try(w.as("ana"), MessageSplit, "a", wrong)
		refused(t, e, err, c.code, c.said)
	}
	w.do(w.as("ana"), MessageSplit, "a", split)
	n := w.ticket("new")
	got, ok := w.standingOn("new", "other")
	if !ok || n.Number != "REQ0000009" || n.RelatedTo != "a" || n.Source != SourceMail || !n.AwaitsReply || n.LastPublic != got.ID || n.Rev == 0 {
		t.Errorf("%+v\n%+v", n, got)
	}
	if !w.told("new", Event{Kind: EventCreated, New: "REQ0000009"}) || !w.told("a", Event{Kind: EventParted, New: "REQ0000009", Note: "requester"}) {
		t.Errorf("history %+v, %+v", w.history("new"), w.history("a"))
	}
	if e := w.do(w.as("ana"), MessageSplit, "a", split); len(e.Puts) != 0 || e.Status != Duplicate {
		t.Errorf("the second time: %+v", e)
	}
}

func TestWhatCannotBeMoved(t *testing.T) {
	w := newWorld(t)
	w.mailed("a", "m")
	w.mailed("b", "n")
	w.mailed("c", "o")
	theirs := Ticket{ID: "theirs", Number: "INC0000077", Kind: Incident, Title: "T", Team: "beta", State: StateNew}
	w.records[theirs.Key()] = theirs
	w.do(w.as("ana"), TicketMerge, "c", MergeTicket{Into: "b"})
	w.do(w.as("ana"), MessageAdd, "a", AddMessage{Message{ID: "file", Kind: InternalNote, Text: "See", Attachments: []Attachment{{ID: "f", Name: "f", SHA256: sumOf64()}}}})
	for _, c := range []struct {
		message MessageID
		to      TicketID
		code    Code
		said    string
	}{
		{"m", "a", CodeWorkflow, "stands on"},
		{"m", "nowhere", CodeGone, "does not exist"},
		{"m", "", CodeGone, "does not exist"},
		{"m", "theirs", CodePerm, "not in one of your teams"},
		{"m", "c", CodeGone, "was merged into"},
		{"n", "b", CodeGone, "does not stand on"},
		{"nothing", "b", CodeGone, "does not stand on"},
		{"file", "b", CodeWorkflow, "not reached the hub"},
	} {
		e, err := w.try(w.as("ana"), MessageMove, "a", MoveMessage{Message: c.message, To: c.to})
		refused(t, e, err, c.code, c.said)
	}
	w.do(w.as("ben"), MessageMove, "a", MoveMessage{Message: "m", To: "b"})
	if e := w.do(w.as("ana"), MessageMove, "a", MoveMessage{Message: "m", To: "b"}); e.Status != Duplicate || len(e.Puts) != 0 {
		t.Errorf("both wanted the same: %+v", e)
	}
	w.open("d")
	e, err := w.try(w.as("ana"), MessageMove, "a", MoveMessage{Message: "m", To: "d"})
	refused(t, e, err, CodeGone, "was moved to "+string(w.ticket("b").Number))
	e, err = w.try(w.as("ana"), MessageAccept, "a", AcceptMessage{Message: "m", Accept: true})
	refused(t, e, err, CodeGone, "was moved to")
	// What stands on a merged ticket may be put where it belongs.
	w.do(w.as("ana"), MessageMove, "c", MoveMessage{Message: "o", To: "b"})
}

func sumOf64() string { return string(slices.Repeat([]byte("ab"), 32)) }

// TestWhomAnAgentAcceptsTakesPart, and it can be taken back.
func TestWhomAnAgentAcceptsTakesPart(t *testing.T) {
	w := newWorld(t)
	w.mailed("a", "m")
	eve := "eve@elsewhere.example"
	w.do(hub, MessageAdd, "a", AddMessage{Message{ID: "s", Kind: FromRequester, Text: "Me too", Suspect: true, From: &Address{Email: eve}}})
	takesPart := func(t TicketID) bool { thread, _ := w.Thread(t); return TakesPart(thread, "EVE@elsewhere.example") }
	if w.ticket("a").LastPublic != "m" || takesPart("a") {
		t.Fatal("a stranger takes part")
	}
	w.do(w.as("ana"), MessageAccept, "a", AcceptMessage{Message: "s", Accept: true})
	if !takesPart("a") || w.ticket("a").LastPublic != "s" || !w.told("a", Event{Kind: EventAccepted, New: "accepted"}) {
		t.Errorf("accepted: %+v", w.ticket("a"))
	}
	if e := w.do(w.as("ben"), MessageAccept, "a", AcceptMessage{Message: "s", Accept: true}); len(e.Puts) != 0 {
		t.Errorf("the second time %d records", len(e.Puts))
	}
	w.do(w.as("ana"), MessageAccept, "a", AcceptMessage{Message: "s"})
	if m := w.records[Message{ID: "s"}.Key()].(Message); takesPart("a") || !m.Suspect || w.ticket("a").LastPublic != "m" {
		t.Errorf("taken back: %+v", m)
	}
	e, err := w.try(w.as("ana"), MessageAccept, "a", AcceptMessage{Message: "m", Accept: true})
	refused(t, e, err, CodeWorkflow, "not held for agents")
	w.open("b")
	w.do(w.as("ana"), MessageMove, "a", MoveMessage{Message: "s", To: "b"})
	if !takesPart("b") || takesPart("a") {
		t.Errorf("moved: takes part in b %v, in a %v", takesPart("b"), takesPart("a"))
	}
}

// TestAMutationNamesItsTickets, so that whoever waits for one of them waits for it.
func TestAMutationNamesItsTickets(t *testing.T) {
	for _, c := range []struct {
		name Name
		args any
		want []TicketID
	}{
		{MessageMove, MoveMessage{Message: "m", To: "b"}, []TicketID{"a", "b"}},
		{MessageSplit, SplitMessage{Message: "m", Ticket: "n"}, []TicketID{"a", "n"}},
		{TicketMerge, MergeTicket{Into: "b"}, []TicketID{"a"}},
		{TicketMove, MoveTicket{To: StateClosed}, []TicketID{"a"}},
	} {
		m, err := NewMutation(c.name, "a", c.args, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Trees(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := (Mutation{Ticket: "a", Name: MessageMove, Args: []byte("no")}).Trees(); !slices.Equal(got, []TicketID{"a"}) {
		t.Errorf("broken arguments: %v", got)
	}
}
