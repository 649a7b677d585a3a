package post_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

// rests waits until a reply rests.
func (h *house) rests(id desk.MessageID) (m desk.Message) {
	h.Helper()
	h.Until(string(id)+" rests", func() bool {
		m = h.Message(id)
		return m.Wait != nil && m.Wait.For == desk.WaitRest
	})
	return m
}

// TestWhatRestsLeavesOnceWhenItGoesOn: one mailbox rests and the other sends, what
// belongs to none leaves by that one; neither a restart nor whoever is impatient
// ends the rest (SPEC P73, P82).
func TestWhatRestsLeavesOnceWhenItGoesOn(t *testing.T) {
	h, hr, desks := build(t), &counter{address: "hr@example.com", rests: true}, &counter{address: "desk@example.com"}
	h.run()
	stop := h.workBy(hr, desks)
	for _, id := range []desk.TicketID{"t1", "t2", "t3"} {
		h.Open(id, "first")
	}
	h.arrives("t1", "t1-m", hr.address)
	h.arrives("t2", "t2-m", desks.address)
	h.Write("t1", reply("r1", "t1-m"))
	h.Write("t1", reply("r2", "r1"))
	h.Write("t2", reply("r3", "t2-m"))
	h.Write("t3", reply("r4", "t3-q"))
	h.comes("r3", desk.DeliverySent)
	h.comes("r4", desk.DeliverySent)
	for range 2 {
		if m := h.rests("r1"); m.Delivery != desk.DeliveryWaiting || !m.NextTry().IsZero() || m.Problem != "Sending from hr@example.com is paused; the answer leaves when it goes on." {
			t.Errorf("%+v %+v", m, m.Wait)
		}
		h.rests("r2")
		h.retry("t1", "r1")
		h.Until("it was looked at", func() bool { return h.Message("r1").Delivery == desk.DeliveryWaiting })
		stop()
		stop = h.workBy(hr, desks)
	}
	if n := len(hr.server.mails()); n != 0 {
		t.Errorf("%d mails left while it rested", n)
	}
	stop()
	hr.rests = false
	h.workBy(hr, desks)
	h.comes("r1", desk.DeliverySent)
	h.comes("r2", desk.DeliverySent)
	if first, others := hr.server.mails(), desks.left(); len(first) != 2 || len(others) != 2 || strings.Contains(fmt.Sprint(hr.left(), others), "from ") {
		t.Fatalf("by the one that rested %q, by the other %q", hr.left(), others)
	} else if first[0].MessageID != h.Message("r1").MailID {
		t.Errorf("the second left first")
	}
}

// TestALongQueueRestsAndGoesOnWhole: more than one commit holds (SPEC P82).
func TestALongQueueRestsAndGoesOnWhole(t *testing.T) {
	const all = 520
	h, server := build(t), &mailServer{}
	p := h.post(server)
	p.Rests = true
	h.run()
	h.Do(hub.Act{Name: desk.TicketCreate, Ticket: "t", Args: desk.CreateTicket{Kind: desk.Incident, Title: "A matter"}})
	acts := make([]hub.Act, all)
	for n := range acts {
		acts[n] = hub.Act{Name: desk.MessageAdd, Ticket: "t", Args: desk.AddMessage{Message: desk.Message{
			ID: desk.MessageID(fmt.Sprint("r", n)), Kind: desk.PublicReply, Text: "Done.", Auto: true, To: []desk.Address{{Email: h.Annika.Email}},
		}}}
	}
	h.Do(acts...)
	stop := h.work(p)
	resting := func() (n int) {
		for n < all && !h.Message(desk.MessageID(fmt.Sprint("r", n))).Due().IsZero() {
			n++
		}
		return n
	}
	h.Until("all rest", func() bool { return resting() == all })
	stop()
	goOn := make(chan struct{})
	defer close(goOn)
	server.now(func(int) error { <-goOn; return nil })
	h.work(h.post(server))
	h.Until("all may leave", func() bool {
		for n := range all {
			if time.Now().Before(h.Message(desk.MessageID(fmt.Sprint("r", n))).Due()) {
				return false
			}
		}
		return true
	})
}

// TestNothingIsGivenUpForARest: what was put off rests at once, the days it rested do
// not count, and what may have left is looked for only when sending goes on (SPEC P71,
// P72, P82).
func TestNothingIsGivenUpForARest(t *testing.T) {
	h, server, asked := build(t), &mailServer{answer: putOff}, make(chan string, 10)
	p := h.post(server)
	p.Rests, p.Schedule = true, slow
	p.Sent = func(_ context.Context, id string) (bool, error) { asked <- id; return true, nil }
	h.run()
	h.Open("t1", "first")
	h.Open("t2", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.Write("t2", reply("r2", "t2-q"))
	long := desk.Wait{For: desk.WaitPutOff, Tries: 3, Since: time.Now().Add(-5 * 24 * time.Hour), Next: time.Now().Add(3 * time.Hour)}
	h.Do(hub.Act{Name: desk.ReplyDeliver, Ticket: "t1", Args: desk.DeliverReply{Message: "r1", Delivery: desk.DeliveryWaiting, Problem: "451 busy", Wait: &long}},
		hub.Act{Name: desk.ReplyDeliver, Ticket: "t2", Args: desk.DeliverReply{Message: "r2", Delivery: desk.DeliverySending, MailID: "x@example.com"}})
	stop := h.work(p)
	h.rests("r1")
	if m := h.rests("r2"); m.Delivery != desk.DeliveryUnknown || len(asked) > 0 {
		t.Errorf("%+v was looked for %d times", m, len(asked))
	}
	h.Until("people are told that answers wait", func() bool { s, _ := p.Standing(); return s.Holds == desk.WaitRest })
	stop()
	again := h.post(server)
	again.Schedule, again.Sent = slow, p.Sent
	h.work(again)
	h.comes("r2", desk.DeliverySent)
	h.Until("it is tried", func() bool { return h.Message("r1").Wait.For == desk.WaitPutOff })
	if m := h.Message("r1"); m.Delivery != desk.DeliveryWaiting || m.Wait.Tries != 1 || time.Since(m.Wait.Since) > time.Hour {
		t.Errorf("%s: %+v", m.Delivery, m.Wait)
	}
	if id := <-asked; id != "x@example.com" || len(server.mails()) != 1 {
		t.Errorf("asked for %s, %d mails left", id, len(server.mails()))
	}
	if s, _ := again.Standing(); s.Holds != "" {
		t.Errorf("people are told that answers wait for %s", s.Holds)
	}
}

// TestAnAcknowledgementRestsToo: mail is taken in meanwhile (SPEC P82).
func TestAnAcknowledgementRestsToo(t *testing.T) {
	h, server := build(t), &mailServer{}
	p := h.post(server)
	p.Rests = true
	stop := h.run().work(p)
	sink, converter := h.intake()
	sink.Acknowledge = true
	h.file(sink, intake.Position{}, question(1))
	h.convert(converter)
	h.Open("t9", "first")
	h.Write("t9", reply("r9", "t9-q"))
	h.rests("r9")
	stop()
	if n := len(server.mails()); n != 0 || h.tickets() != 1 {
		t.Errorf("%d mails left, %d tickets", n, h.tickets())
	}
	h.work(h.post(server))
	h.Until("both have left", func() bool { return len(server.mails()) == 2 })
}

// TestNothingLeavesOnceARestIsKept: the post was opened before it, and has yet to be
// told; neither an answer nor an acknowledgement leaves, or counts as one that may have
// (SPEC P82).
func TestNothingLeavesOnceARestIsKept(t *testing.T) {
	h, server, asked := build(t), &mailServer{}, make(chan bool, 100)
	var rests atomic.Bool
	rests.Store(true)
	p := h.post(server)
	p.Goes = func(*store.CentralTx) (bool, error) {
		asked <- true
		return !rests.Load(), nil
	}
	h.run()
	sink, converter := h.intake()
	sink.Acknowledge = true
	h.file(sink, intake.Position{}, question(1))
	h.convert(converter)
	h.Open("t9", "first")
	h.Write("t9", reply("r9", "t9-q"))
	stop := h.work(p)
	for n := range 4 { // twice for each
		<-asked
		h.Open(desk.TicketID(fmt.Sprint("hint", n)), "first")
	}
	stop()
	if n, m := len(server.mails()), h.Message("r9"); n != 0 || m.Delivery != desk.DeliveryQueued || m.Wait != nil {
		t.Errorf("%d mails left; the answer is %s, %+v", n, m.Delivery, m.Wait)
	}
	rests.Store(false)
	h.work(h.post(server))
	h.Until("both have left", func() bool { return len(server.mails()) == 2 })
	h.comes("r9", desk.DeliverySent)
}

// TestAnotherRateCountsAtOnce: tighter, wider and lifted, for what waits for the one
// before; the same one hurries nothing (SPEC P72, P82).
func TestAnotherRateCountsAtOnce(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run()
	h.answered(6)
	by := func(limit outgoing.Limit) (p *post.Post, stop func()) {
		p = h.post(server)
		p.Limit = limit
		return p, h.work(p)
	}
	wait := func(n int) time.Duration {
		return time.Until(h.Message(desk.MessageID(fmt.Sprint("rt", n))).Due())
	}
	p, stop := by(outgoing.Limit{Day: 4})
	h.comes("rt5", desk.DeliveryWaiting)
	h.Until("people are told that answers wait", func() bool { s, _ := p.Standing(); return s.Holds == desk.WaitRate })
	stop()
	before := wait(5)
	for _, limit := range []outgoing.Limit{{Day: 4}, {Day: 2}, {Day: 7}} {
		p, stop = by(limit)
		h.Until("they have another turn", func() bool {
			switch now := wait(5); limit.Day {
			case 2:
				return now > before+time.Hour
			case 7:
				return now > time.Hour && now < before-time.Hour
			}
			s, _ := p.Standing()
			return s.Holds == desk.WaitRate && max(before-wait(5), wait(5)-before) < time.Minute
		})
		stop()
	}
	if n := len(server.mails()); n != 1 {
		t.Errorf("%d mails left", n)
	}
	by(outgoing.Limit{})
	for n := range 6 {
		h.comes(desk.MessageID(fmt.Sprint("rt", n)), desk.DeliverySent)
	}
	if n := len(server.mails()); n != 6 {
		t.Errorf("%d mails left", n)
	}
}

// TestThePostBeforeHasTheFirstWord: however quickly one post follows the other, what
// the one puts off is not written after the next has freed what waits (SPEC P82).
func TestThePostBeforeHasTheFirstWord(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run()
	h.answered(4)
	for n := range 60 {
		before := h.Message("rt3").Rev
		p := h.post(server)
		p.Rests, p.Limit.Day = n%2 == 0, 4
		stop := h.work(p)
		h.Until("it has begun", func() bool { return h.Message("rt3").Rev > before })
		stop()
	}
	h.work(h.post(server))
	for n := range 4 {
		h.comes(desk.MessageID(fmt.Sprint("rt", n)), desk.DeliverySent)
	}
	if n := len(server.mails()); n != 4 {
		t.Errorf("%d mails left", n)
	}
}
