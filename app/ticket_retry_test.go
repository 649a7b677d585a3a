package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

// TestHowFarAReplyHasComeIsSeenAndHurried: everybody of the team sees why it waits
// and until when, may have it sent now, offline too, and once more when it failed.
func TestHowFarAReplyHasComeIsSeenAndHurried(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks again and again.")
	ana, ben := o.laptopOf(o.ana), o.laptopOf(o.ben)
	ben.sees("the mail", "t1", func(v TicketView) bool { return len(v.Thread) > 0 })
	ana.sees("the mail", "t1", func(v TicketView) bool { return len(v.Thread) > 0 })
	o.does(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "r1", Kind: desk.PublicReply, Text: "Please sign in again.", Seen: "m1"}})
	reply := func(v TicketView) Entry {
		i := slices.IndexFunc(v.Thread, func(e Entry) bool { return e.ID == "r1" })
		if i < 0 {
			return Entry{}
		}
		return v.Thread[i]
	}
	is := func(l *laptop, delivery string) Entry {
		t.Helper()
		return reply(l.sees("the reply is "+delivery, "t1", func(v TicketView) bool { return reply(v).Delivery == delivery }))
	}
	next := time.Now().Add(time.Hour)
	o.does(desk.ReplyDeliver, "t1", desk.DeliverReply{Message: "r1", Delivery: desk.DeliveryWaiting, Problem: "Sending is paused.",
		Wait: &desk.Wait{For: desk.WaitRest, Since: time.Now(), Next: next}})
	if e := is(ben, "waiting"); e.NextTry != "" || e.MayRetry || e.Problem != "Sending is paused." {
		t.Errorf("it rests as %+v", e)
	}
	o.does(desk.ReplyDeliver, "t1", desk.DeliverReply{Message: "r1", Delivery: desk.DeliveryWaiting, Problem: "The mail server is busy.",
		Wait: &desk.Wait{For: desk.WaitPutOff, Tries: 3, Since: time.Now(), Next: next}})
	ben.sees("it is put off", "t1", func(v TicketView) bool { return reply(v).NextTry != "" })
	if e := is(ben, "waiting"); e.NextTry != instant(next.Truncate(time.Millisecond)) || e.Tries != 3 || !e.MayRetry || e.Problem != "The mail server is busy." {
		t.Errorf("it waits as %+v", e)
	}
	listed := func(l *laptop, what string, holds func([]AnswerItem) bool) (list []AnswerItem) {
		t.Helper()
		l.until(what, func() bool { list = got(l.sync.Answers()).or(t); return holds(list) })
		return list
	}
	a := listed(ben, "it is in the list of what could not leave", func(list []AnswerItem) bool { return len(list) == 1 })[0]
	if a.Ticket.ID != "t1" || a.MessageID != "r1" || a.Delivery != "waiting" || a.To == "" || a.Text != "Please sign in again." || !a.MayRetry || a.Tries != 3 || a.NextTry == "" || a.Problem != "The mail server is busy." {
		t.Errorf("%+v", a)
	}
	ben.offline()
	must(t, ben.ticket.Retry(RetryRequest{TicketID: "t1", MessageID: "r1"}))
	if e := reply(ben.open("t1")); e.Delivery != "queued" || !e.Pending || e.MayRetry || e.NextTry != "" || e.Problem != "" {
		t.Errorf("offline it is %+v", e)
	}
	if list := got(ben.sync.Outbox()).or(t); len(list) != 1 || list[0].Sentence != "Asked to send the reply now" {
		t.Errorf("the outbox says %+v", list)
	}
	listed(ben, "what is hurried is in the list no more", func(list []AnswerItem) bool { return len(list) == 0 })
	ben.online()
	if e := is(ana, "queued"); e.MayRetry {
		t.Errorf("it is hurried once more: %+v", e)
	}
	o.does(desk.ReplyDeliver, "t1", desk.DeliverReply{Message: "r1", Delivery: desk.DeliveryFailed, Problem: "There is no such user."})
	listed(ana, "what failed is in the list", func(list []AnswerItem) bool {
		return len(list) == 1 && list[0].Delivery == "failed" && list[0].MayRetry
	})
	if e := is(ana, "failed"); !e.MayRetry || e.NextTry != "" {
		t.Errorf("it failed as %+v", e)
	}
	must(t, ana.ticket.Retry(RetryRequest{TicketID: "t1", MessageID: "r1"}))
	v := ben.sees("it is tried again", "t1", func(v TicketView) bool { return reply(v).Delivery == "queued" })
	if last := v.Thread[len(v.Thread)-1]; !strings.Contains(strings.Join(last.Changes, "\n"), "sent the answer again that could not be delivered: There is no such user.") {
		t.Errorf("the history says %q", last.Changes)
	}
	o.does(desk.ReplyDeliver, "t1", desk.DeliverReply{Message: "r1", Delivery: desk.DeliverySent})
	if e := is(ana, "sent"); e.MayRetry {
		t.Errorf("what was sent is sent again: %+v", e)
	}
	if err := ana.ticket.Retry(RetryRequest{TicketID: "t1", MessageID: "r1"}); err == nil || !strings.Contains(err.Error(), "nothing to send again") {
		t.Errorf("sent twice: %v", err)
	}
}

// TestAFailedAnswerCountsForWhoWroteIt: at the side of the window, until somebody
// sends it again or the ticket has ended.
func TestAFailedAnswerCountsForWhoWroteIt(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks again and again.")
	ana, ben := o.laptopOf(o.ana), o.laptopOf(o.ben)
	ben.sees("the mail", "t1", func(v TicketView) bool { return len(v.Thread) > 0 })
	must(t, ben.compose.Send(ComposeRequest{TicketID: "t1", Kind: "reply", Text: "Please sign in again.", SeenID: "m1"}))
	written := func(v TicketView) int {
		return slices.IndexFunc(v.Thread, func(e Entry) bool { return e.Kind == "reply" && !e.Pending })
	}
	v := ana.sees("the reply", "t1", func(v TicketView) bool { return written(v) >= 0 })
	o.does(desk.ReplyDeliver, "t1", desk.DeliverReply{Message: desk.MessageID(v.Thread[written(v)].ID), Delivery: desk.DeliveryFailed, Problem: "There is no such user."})
	unsent := func(l *laptop) SidebarItem {
		mine := got(l.queue.Sidebar()).or(t)[0].Items
		return mine[slices.IndexFunc(mine, func(i SidebarItem) bool { return i.ID == "unsent" })]
	}
	ben.until("it counts for who wrote it", func() bool { return unsent(ben).Count == 1 && unsent(ben).Tone == toneDanger })
	ana.sees("it failed", "t1", func(v TicketView) bool { return v.Thread[written(v)].Delivery == "failed" })
	if others := unsent(ana); others.Count != 0 || others.Tone != tonePlain {
		t.Errorf("it counts for another: %+v", others)
	}
	o.does(desk.TicketMove, "t1", desk.MoveTicket{From: desk.StateNew, To: desk.StateResolved, ResolutionCode: desk.ResolvedSolved, ResolutionNotes: "A new token."})
	o.does(desk.TicketMove, "t1", desk.MoveTicket{From: desk.StateResolved, To: desk.StateClosed})
	ben.until("it counts no more on a ticket that has ended", func() bool { return unsent(ben).Count == 0 && unsent(ben).Tone == tonePlain })
}
