package desk

import (
	"slices"
	"testing"
)

// TestAMailGoesBetweenConversations, because a person says so, and what either
// side is owed follows it (SPEC R21).
func TestAMailGoesBetweenConversations(t *testing.T) {
	w := beside(t)
	w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "wrong", Kind: FromRequester, From: &vendor[0], Subject: "RE: Line 7", Text: "It is down."}})
	w.do(w.as("ana"), AsideTake, "t", TakeAside{Message: "wrong", Aside: "s"})
	m, tk := w.message("wrong"), w.ticket("t")
	if m.Kind != AsideAnswer || m.Aside != "s" || m.Public() || !m.Chosen() || tk.LastPublic != "q" || !tk.AwaitsReply || w.side("s").Last != "wrong" || !w.side("s").Awaits {
		t.Errorf("into it: %+v, %+v", m, w.side("s"))
	}
	if e := w.do(w.as("ben"), AsideTake, "t", TakeAside{Message: "wrong", Aside: "s"}); e.Status != Duplicate {
		t.Errorf("once more: %s", e.Status)
	}
	w.do(w.as("ana"), AsideTake, "t", TakeAside{Message: "wrong"})
	m, tk = w.message("wrong"), w.ticket("t")
	if m.Kind != FromRequester || m.Aside != "" || !m.Public() || tk.LastPublic != "wrong" || w.side("s").Last != "a1" || w.side("s").Awaits {
		t.Errorf("out of it: %+v, %+v", m, w.side("s"))
	}
	w.do(w.as("ana"), AsideTake, "t", TakeAside{Message: "wrong", Aside: "new", Subject: "Another matter"})
	if a := w.side("new"); a.Subject != "Another matter" || a.Last != "wrong" || w.ticket("t").LastPublic != "q" {
		t.Errorf("into a new one: %+v", a)
	}
	if !w.told("t", Event{Kind: EventTaken, New: "Line 7"}) || !w.told("t", Event{Kind: EventTaken}) || !w.told("t", Event{Kind: EventTaken, New: "Another matter"}) {
		t.Error("the history does not tell it")
	}
}

// TestTakingAMailAcceptsIt: one that was held for agents is held no more, and its
// sender takes part where it was put and nowhere else.
func TestTakingAMailAcceptsIt(t *testing.T) {
	w := beside(t)
	eve := Address{"Eve", "eve@vendor.example"}
	w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "x", Kind: FromRequester, Suspect: true, From: &eve, Text: "I look after it now."}})
	w.do(w.as("ana"), AsideTake, "t", TakeAside{Message: "x", Aside: "s"})
	thread, _ := w.Thread("t")
	if w.message("x").Suspect || !InAside(thread, "s", "eve@vendor.example") || TakesPart(thread, "eve@vendor.example") {
		t.Errorf("%+v", w.message("x"))
	}
	w.do(w.as("ana"), MessageAccept, "t", AcceptMessage{Message: "x"})
	thread, _ = w.Thread("t")
	if !w.message("x").Suspect || InAside(thread, "s", "eve@vendor.example") || w.side("s").Last != "a1" {
		t.Errorf("held again: %+v, %+v", w.message("x"), w.side("s"))
	}
	w.do(w.as("ana"), MessageAccept, "t", AcceptMessage{Message: "x", Accept: true})
	if w.side("s").Last != "x" || !w.side("s").Awaits {
		t.Errorf("accepted: %+v", w.side("s"))
	}
}

func TestWhatCannotBeTaken(t *testing.T) {
	w := beside(t)
	w.reply("r", "q")
	w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "n", Kind: InternalNote, Text: "Psst"}})
	w.open("other")
	w.do(hub, MessageAdd, "t", AddMessage{Message{ID: "gone", Kind: FromRequester, From: &vendor[0], Text: "Hello"}})
	w.do(w.as("ana"), MessageMove, "t", MoveMessage{Message: "gone", To: "other"})
	for id, c := range map[MessageID]Code{"r": CodeWorkflow, "n": CodeWorkflow, "a1": CodeWorkflow, "none": CodeGone, "gone": CodeGone} {
		e, err := w.try(w.as("ana"), AsideTake, "t", TakeAside{Message: id, Aside: "s"})
		refused(t, e, err, c, "")
	}
	w.hear("t", "q9")
	m := w.message("q9")
	m.From = &Address{"Rita", "rita@customer.example"}
	w.records[m.Key()] = m
	e, err := w.try(w.as("cleo"), AsideTake, "t", TakeAside{Message: "q9", Aside: "s"})
	refused(t, e, err, CodePerm, "")
}

// TestAMovedMessageTakesItsSideConversationAlong: it stays one on the other ticket,
// out of that requester's sight too.
func TestAMovedMessageTakesItsSideConversationAlong(t *testing.T) {
	w := beside(t)
	w.answer(Message{ID: "a2", Aside: "s"})
	w.open("other")
	w.do(w.as("ana"), MessageMove, "t", MoveMessage{Message: "a2", To: "other"})
	there := w.message(MessageID("a2").idOn("other"))
	a, ok := w.ticket("other").Aside("s")
	if !ok || a.Subject != "Line 7" || a.Last != there.ID || !a.Awaits || there.Kind != AsideAnswer || w.ticket("other").LastPublic != "" {
		t.Errorf("it became %+v of %+v", there, a)
	}
	if left := w.side("s"); left.Last != "a1" || left.Awaits {
		t.Errorf("behind it stays %+v", left)
	}
	w.do(hub, ReplyDeliver, "t", DeliverReply{Message: "a1", Delivery: DeliverySent})
	w.do(w.as("ana"), MessageSplit, "t", SplitMessage{Message: "a1", Ticket: "fresh", Create: CreateTicket{Kind: Incident, Title: "Line 7", Number: "INC0000777", Requester: "rita"}})
	if fresh := w.ticket("fresh"); fresh.LastPublic != "" || !slices.ContainsFunc(fresh.Asides, func(a Aside) bool { return a.ID == "s" && a.Last == MessageID("a1").idOn("fresh") }) {
		t.Errorf("split: %+v", fresh.Asides)
	}
}

// TestASideConversationOutlivesAMerge: what answers it on the ticket that goes on
// keeps it apart there.
func TestASideConversationOutlivesAMerge(t *testing.T) {
	w := beside(t)
	w.open("into")
	w.do(w.as("ana"), TicketMerge, "t", MergeTicket{Into: "into"})
	e, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{ID: "late", Kind: AsideMail, Aside: "s", Seen: "a1", Text: "Late", To: vendor}})
	refused(t, e, err, CodeGone, "was merged into")
	w.do(hub, MessageAdd, "into", AddMessage{Message{ID: "a2", Kind: AsideAnswer, Aside: "s", Subject: "RE: AW: Line 7 [INC0000001]", From: &vendor[0], Text: "It is up."}})
	if a, ok := w.ticket("into").Aside("s"); !ok || a.Subject != "Line 7" || !a.Awaits || w.ticket("into").LastPublic != "" {
		t.Errorf("it goes on as %+v", a)
	}
}
