package desk

import "testing"

// reply is Ana's answer, written when she had seen a message.
func (w *world) reply(id, seen MessageID) Effects {
	w.Helper()
	return w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: id, Kind: PublicReply, Text: "Try again.", Seen: seen, To: []Address{{Email: "rita@customer.example"}}}})
}

// held is a ticket with a reply of Ana's that crossed Rita's second mail.
func held(t *testing.T) *world {
	w := newWorld(t)
	w.open("t")
	w.hear("t", "m1")
	w.hear("t", "m2")
	if e := w.reply("r1", "m1"); e.Status != Held {
		t.Fatalf("status %s, want held", e.Status)
	}
	return w
}

func TestAReplyThatSawTheNewestLeaves(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.hear("t", "m1")
	if got := w.ticket("t"); !got.AwaitsReply || got.LastPublic != "m1" || !got.AwaitsReplySince.Equal(w.now) {
		t.Errorf("%+v", got)
	}
	first := w.now
	w.hear("t", "m2")
	if got := w.ticket("t"); !got.AwaitsReplySince.Equal(first) {
		t.Errorf("waits since %v, want the oldest unanswered message's %v", got.AwaitsReplySince, first)
	}
	if e := w.reply("r1", "m2"); e.Status != Applied {
		t.Errorf("status %s", e.Status)
	}
	m, got := w.message("r1"), w.ticket("t")
	if m.Delivery != DeliveryQueued || m.Author != "ana" || !m.Public() || got.LastPublic != "r1" || got.AwaitsReply || got.AwaitsReplySince != nil ||
		got.FirstResponseAt == nil || !got.FirstResponseAt.Equal(w.now) {
		t.Errorf("%+v %+v", m, got)
	}
	answered := w.now
	w.hear("t", "m3")
	w.reply("r2", "m3")
	if got := w.ticket("t"); !got.FirstResponseAt.Equal(answered) {
		t.Error("a second answer moved the first response")
	}
}

func TestAStaleReplyIsHeld(t *testing.T) {
	w := held(t)
	m, got := w.message("r1"), w.ticket("t")
	if m.Delivery != DeliveryHeld || m.Public() || m.Problem == "" || got.LastPublic != "m2" || !got.AwaitsReply || got.FirstResponseAt != nil {
		t.Errorf("%+v %+v", m, got)
	}
	if e := w.reply("r2", "r1"); e.Status != Held { // written right after the first, which did not leave
		t.Errorf("the second reply: %s, want held", e.Status)
	}
	w.do(w.as("ana"), ReplyDecide, "t", DecideReply{Message: "r1", Act: ReplySend, Seen: "m2"})
	w.do(w.as("ana"), ReplyDecide, "t", DecideReply{Message: "r2", Act: ReplySend, Seen: "r1"})
	if w.message("r1").Delivery != DeliveryQueued || w.message("r2").Delivery != DeliveryQueued {
		t.Errorf("decided in order: %s, %s", w.message("r1").Delivery, w.message("r2").Delivery)
	}
}

func TestAHeldReplyIsDecided(t *testing.T) {
	cases := []struct {
		name     string
		decision DecideReply
		kind     MessageKind
		delivery Delivery
		text     string
		public   bool
		status   Status
	}{
		{"send", DecideReply{Act: ReplySend, Seen: "m2"}, PublicReply, DeliveryQueued, "Try again.", true, Applied},
		{"edit", DecideReply{Act: ReplySend, Seen: "m2", Text: "Never mind."}, PublicReply, DeliveryQueued, "Never mind.", true, Applied},
		{"send blindly", DecideReply{Act: ReplySend, Seen: "m1"}, PublicReply, DeliveryHeld, "Try again.", false, Held},
		{"note", DecideReply{Act: ReplyToNote}, InternalNote, "", "Try again.", false, Applied},
		{"discard", DecideReply{Act: ReplyDiscard}, PublicReply, DeliveryDiscarded, "Try again.", false, Applied},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := held(t)
			c.decision.Message = "r1"
			e := w.do(w.as("ana"), ReplyDecide, "t", c.decision)
			m := w.message("r1")
			if m.Kind != c.kind || m.Delivery != c.delivery || m.Text != c.text || m.Public() != c.public || e.Status != c.status || m.Rev != 2 {
				t.Errorf("%s %+v", e.Status, m)
			}
			if left := w.ticket("t").LastPublic == "r1"; left != c.public {
				t.Errorf("newest public message is %s", w.ticket("t").LastPublic)
			}
			if m.Kind == InternalNote && m.To != nil {
				t.Error("a note kept the addresses of a mail")
			}
		})
	}
}

func TestADecisionAboutAReplyIsChecked(t *testing.T) {
	w := held(t)
	try := func(by Principal, d DecideReply, code Code, part string) {
		t.Helper()
		e, err := w.try(by, ReplyDecide, "t", d)
		refused(t, e, err, code, part)
	}
	try(w.as("ben"), DecideReply{Message: "r1", Act: ReplySend, Seen: "m2"}, CodePerm, "Only the person who wrote")
	try(w.as("ana"), DecideReply{Message: "none", Act: ReplySend}, CodeGone, "write it again")
	try(w.as("ana"), DecideReply{Message: "r1", Act: "burn"}, CodeValidation, "not \"burn\"")
	w.do(w.as("ana"), ReplyDecide, "t", DecideReply{Message: "r1", Act: ReplyDiscard})
	if e := w.do(w.as("ana"), ReplyDecide, "t", DecideReply{Message: "r1", Act: ReplySend, Seen: "m2"}); len(e.Puts) != 0 {
		t.Error("a decided reply was decided again")
	}
	try(w.as("ana"), DecideReply{Message: "r1", Act: ReplySend, Seen: "m2", Text: "From my other laptop"}, CodeWorkflow, "already decided")
	w.open("u")
	e, err := w.try(w.as("ana"), ReplyDecide, "u", DecideReply{Message: "r1", Act: ReplySend})
	refused(t, e, err, CodeValidation, "belongs to another ticket")
}

func TestTheRequesterResumesAndReopens(t *testing.T) {
	for _, from := range States() {
		w := newWorld(t)
		before := w.in("t", from)
		w.hear("t", "m1")
		got := w.ticket("t")
		want, reopened := from, 0
		switch from {
		case StateOnHold: // awaiting requester
			want = StateInProgress
		case StateResolved, StateClosed:
			want, reopened = StateInProgress, 1
		}
		if got.State != want || got.Reopened != reopened || !got.AwaitsReply {
			t.Errorf("from %s: %s, reopened %d, awaits reply %v", from, got.State, got.Reopened, got.AwaitsReply)
		}
		if want != from && (got.HoldReason != "" || got.ResolvedAt != nil || !w.told("t", Event{Kind: EventMoved, Field: FieldState, Old: string(from), New: string(want)})) {
			t.Errorf("from %s: %+v", from, got)
		}
		if want == from && before.Edits[FieldState] != got.Edits[FieldState] {
			t.Errorf("from %s: the state was touched", from)
		}
	}
}

func TestOtherHoldsStayWhenTheRequesterWrites(t *testing.T) {
	for _, reason := range []HoldReason{HoldVendor, HoldChange, HoldProblem} {
		w := newWorld(t)
		w.open("t")
		w.do(hub, TicketMove, "t", MoveTicket{From: StateNew, To: StateOnHold, HoldReason: reason})
		w.hear("t", "m1")
		if got := w.ticket("t"); got.State != StateOnHold || got.HoldReason != reason {
			t.Errorf("%s: %s %s", reason, got.State, got.HoldReason)
		}
	}
}

func TestAMachineOrAStrangerMovesNothing(t *testing.T) {
	for _, m := range []Message{{Auto: true}, {Suspect: true}} {
		for _, from := range []State{StateNew, StateOnHold, StateResolved, StateClosed} {
			w := newWorld(t)
			before := w.in("t", from)
			m.ID, m.Kind, m.Text = "m1", FromRequester, "I am out of the office."
			w.do(hub, MessageAdd, "t", AddMessage{m})
			got := w.ticket("t")
			if got.State != from || got.Reopened != 0 || got.LastPublic != before.LastPublic || got.AwaitsReply {
				t.Errorf("from %s, %+v: %+v", from, m, got)
			}
			if m.Suspect == w.message("m1").Public() {
				t.Errorf("suspect %v, public %v", m.Suspect, w.message("m1").Public())
			}
		}
	}
}

func TestAMachinesAnswerIsNoFirstResponse(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "ack", Kind: PublicReply, Text: "We have got your mail.", Auto: true}})
	if got := w.ticket("t").FirstResponseAt; got != nil {
		t.Errorf("first response at %v", got)
	}
	w.hear("t", "m1")
	w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "ack2", Kind: PublicReply, Text: "We have got your mail.", Auto: true}})
	if got := w.ticket("t"); !got.AwaitsReply || got.LastPublic != "m1" || w.message("ack2").Delivery != DeliveryQueued {
		t.Errorf("a machine answered for a person: %+v", got)
	}
	if e := w.reply("r1", "m1"); e.Status != Applied {
		t.Errorf("a machine's answer held a person's: %s", e.Status)
	}
}

func TestAMessageIsAddedOnce(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.hear("t", "m1")
	if e := w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "m1", Kind: FromRequester, Text: "Hello"}}); e.Status != Duplicate || len(e.Puts) != 0 {
		t.Errorf("%s with %d records", e.Status, len(e.Puts))
	}
}

func TestNotesStayInsideAndEmptyTextStaysOut(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "n1", Kind: InternalNote, Author: "ben", Text: "Psst", To: []Address{{Email: "rita@customer.example"}}, Delivery: DeliveryQueued}})
	n := w.message("n1")
	if n.Public() || n.To != nil || n.Delivery != "" || n.Author != "ana" || w.ticket("t").LastPublic != "" || w.ticket("t").FirstResponseAt != nil {
		t.Errorf("%+v", n)
	}
	for _, kind := range []MessageKind{InternalNote, PublicReply} {
		e, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "x", Kind: kind, Text: " \n"}})
		refused(t, e, err, CodeValidation, "nothing written yet")
	}
	e, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "x", Kind: "shout", Text: "Hey"}})
	refused(t, e, err, CodeValidation, "no kind of message")
	e, err = w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "x", Kind: FromRequester, Text: "I am Rita"}})
	refused(t, e, err, CodePerm, "write it down as an internal note")
	w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "empty", Kind: FromRequester}}) // an empty mail is still a mail
}

func TestDeliveryIsTold(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.reply("r1", "")
	w.do(hub, ReplyDeliver, "t", DeliverReply{Message: "r1", Delivery: DeliverySent, MailID: "r1@desk.example"})
	if m := w.message("r1"); m.Delivery != DeliverySent || m.MailID != "r1@desk.example" || m.Rev != 2 {
		t.Errorf("%+v", m)
	}
	w.do(hub, ReplyDeliver, "t", DeliverReply{Message: "r1", Delivery: DeliveryFailed, Problem: "Mailbox full"})
	if m := w.message("r1"); m.MailID != "r1@desk.example" || m.Problem != "Mailbox full" || w.records[Key{KindRequester, "rita"}].(Requester).Undelivered {
		t.Errorf("after a temporary failure: %+v", m)
	}
	w.do(hub, ReplyDeliver, "t", DeliverReply{Message: "r1", Delivery: DeliveryFailed, Problem: "No such user", Permanent: true})
	if !w.records[Key{KindRequester, "rita"}].(Requester).Undelivered || !w.told("t", Event{Kind: EventBounced, New: "No such user"}) {
		t.Error("a permanent failure did not mark the address")
	}
	e, err := w.try(w.as("ana"), ReplyDeliver, "t", DeliverReply{Message: "r1", Delivery: DeliverySent})
	refused(t, e, err, CodePerm, "Only the hub")
	w.hear("t", "m1")
	w.reply("r2", "r1")
	for _, id := range []MessageID{"m1", "r2"} {
		e, err = w.try(hub, ReplyDeliver, "t", DeliverReply{Message: id, Delivery: DeliverySent})
		refused(t, e, err, CodeWorkflow, "not on its way out")
	}
}
