package app

import (
	"slices"
	"strings"
	"testing"

	"holdall/desk"
)

// changesOf are the sentences of a ticket's history.
func changesOf(v TicketView) (said []string) {
	for _, e := range v.Thread {
		said = append(said, e.Changes...)
	}
	return said
}

func messagesOf(v TicketView) (list []Entry) {
	for _, e := range v.Thread {
		if e.Kind != "changes" {
			list = append(list, e)
		}
	}
	return list
}

// TestAMessageIsMovedOffline and stands there at once, stitched; the colleague
// sees it on one ticket only.
func TestAMessageIsMovedOffline(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks every few minutes.")
	o.mails("t2", "m2", "The phone is dead.")
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m3", Kind: desk.FromRequester, Requester: "annika", Text: "The phone again.", Why: "It joined."}})
	ana := o.laptopOf(o.ana)
	ana.sees("the mails are here", "t1", func(v TicketView) bool { return len(messagesOf(v)) == 2 })
	number := ana.sees("the other too", "t2", func(v TicketView) bool { return len(messagesOf(v)) == 1 }).Row.Number
	ana.offline()
	placed := got(ana.ticket.MoveMessage(PlaceRequest{TicketID: "t1", MessageID: "m3", Number: " " + strings.ToLower(number)})).or(t)
	if placed.TicketID != "t2" || placed.Number != number || placed.MessageID == "" || placed.MessageID == "m3" {
		t.Fatalf("%+v", placed)
	}
	from, to := ana.open("t1"), ana.open("t2")
	if len(messagesOf(from)) != 1 || len(messagesOf(to)) != 2 || !from.Row.Pending || !to.Row.Pending {
		t.Errorf("offline: %d messages and %d, waiting %v, %v", len(messagesOf(from)), len(messagesOf(to)), from.Row.Pending, to.Row.Pending)
	}
	n := slices.IndexFunc(messagesOf(to), func(e Entry) bool { return e.ID == placed.MessageID })
	if n < 0 {
		t.Fatalf("it stands nowhere on %s: %+v", number, messagesOf(to))
	}
	moved := messagesOf(to)[n]
	if moved.ID != placed.MessageID || moved.Text != "The phone again." || !strings.Contains(moved.Why, "It joined. Ana Roth moved it here from ") || !moved.Movable {
		t.Errorf("there: %+v", moved)
	}
	ana.online()
	ben := o.laptopOf(o.ben)
	to = ben.sees("it has come", "t2", func(v TicketView) bool { return len(messagesOf(v)) == 2 })
	from = ben.open("t1")
	if len(messagesOf(from)) != 1 || !slices.Contains(changesOf(from), "Ana Roth moved a message to "+number) || !slices.Contains(changesOf(to), "Ana Roth moved a message here from "+from.Row.Number) {
		t.Errorf("Ben sees %q and %q", changesOf(from), changesOf(to))
	}
	back := got(ana.ticket.MoveMessage(PlaceRequest{TicketID: "t2", MessageID: placed.MessageID, ToID: "t1"})).or(t)
	if back.MessageID != "m3" || len(messagesOf(ana.open("t1"))) != 2 || ana.open("t2").LastPublic != "m2" {
		t.Errorf("moved back: %+v", back)
	}
}

// TestAMessageIsSplitOffline: the ticket has its number at once, and its writer is
// who asks.
func TestAMessageIsSplitOffline(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks every few minutes.")
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m3", Kind: desk.FromRequester, Suspect: true, Text: "Mine too.",
		From: &desk.Address{Name: "Eve Brandt", Email: "eve@example.org"}}})
	ana := o.laptopOf(o.ana)
	ana.sees("the mails are here", "t1", func(v TicketView) bool { return len(messagesOf(v)) == 2 })
	ana.offline()
	if _, err := ana.ticket.SplitMessage(SplitRequest{TicketID: "t1", MessageID: "m3", Title: " "}); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("without a title: %v", err)
	}
	placed := got(ana.ticket.SplitMessage(SplitRequest{TicketID: "t1", MessageID: "m3", Kind: "request", Title: "Mine too"})).or(t)
	v := ana.open(placed.TicketID)
	if v.Row.Number != placed.Number || v.Row.Kind != "request" || !v.Row.Pending || v.Requester.Person.Email != "eve@example.org" || len(messagesOf(v)) != 1 || messagesOf(v)[0].Suspect {
		t.Errorf("%+v", v)
	}
	if items := got(ana.sync.Outbox()).or(t); !slices.ContainsFunc(items, func(i OutboxItem) bool { return strings.HasPrefix(i.Sentence, "Split a message into "+placed.Number) }) {
		t.Errorf("the outbox says %+v", items)
	}
	ana.online()
	ben := o.laptopOf(o.ben)
	ben.sees("the new ticket has come", placed.TicketID, func(v TicketView) bool { return len(messagesOf(v)) == 1 })
	got(ana.ticket.MoveMessage(PlaceRequest{TicketID: placed.TicketID, MessageID: placed.MessageID, ToID: "t1"})).or(t)
	if again := messagesOf(ana.open("t1")); !slices.ContainsFunc(again, func(e Entry) bool { return e.ID == "m3" && e.Suspect }) {
		t.Errorf("taken back: %+v", again)
	}
}

// TestAStrangersMessageIsAccepted and its mark goes.
func TestAStrangersMessageIsAccepted(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks every few minutes.")
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m3", Kind: desk.FromRequester, Suspect: true, Text: "Mine too.", From: &desk.Address{Email: "eve@example.org"}}})
	ana := o.laptopOf(o.ana)
	ana.sees("the mails are here", "t1", func(v TicketView) bool { return len(messagesOf(v)) == 2 })
	for _, accept := range []bool{true, false, true} {
		must(t, ana.ticket.AcceptMessage(AcceptRequest{TicketID: "t1", MessageID: "m3", Accept: accept}))
		list := messagesOf(ana.open("t1"))
		e := list[slices.IndexFunc(list, func(e Entry) bool { return e.ID == "m3" })]
		if e.Suspect == accept || e.Accepted != accept || (e.Problem != "") == accept || strings.Contains(e.Why, "accepted it and its sender") != accept {
			t.Errorf("accepted %v: %+v", accept, e)
		}
	}
	if p := ana.Explain(ana.ticket.AcceptMessage(AcceptRequest{TicketID: "t1", MessageID: "m1", Accept: true})); p.Code != "workflow" {
		t.Errorf("one that is not held: %+v", p)
	}
}

// TestWhereAMessageCannotGo is said in a sentence, and nothing moves.
func TestWhereAMessageCannotGo(t *testing.T) {
	_, ana := mailed(t)
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "On it."}))
	list := messagesOf(ana.open("t1"))
	reply := list[slices.IndexFunc(list, func(e Entry) bool { return e.Kind == "reply" })]
	number := ana.open("t1").Row.Number
	for r, said := range map[PlaceRequest]string{
		{TicketID: "t1", MessageID: "m1", Number: "INC0009999"}: "There is no ticket INC0009999 on this device",
		{TicketID: "t1", MessageID: "m1"}:                       "There is no ticket",
		{TicketID: "t1", MessageID: "m1", Number: number}:       "stands on " + number + " already",
		{TicketID: "t1", MessageID: "m9", Number: number}:       "does not stand on",
		{TicketID: "t1", MessageID: reply.ID, ToID: "t1"}:       "on its way out",
	} {
		if p := ana.Explain(got(ana.ticket.MoveMessage(r)).err); p.Code == "internal" || !strings.Contains(p.Message, said) {
			t.Errorf("%+v: %+v", r, p)
		}
	}
	if reply.Movable {
		t.Error("an answer on its way is offered to be moved")
	}
}
