package post_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
)

// slow never tries again by itself within a test; quick does so at once.
var (
	slow  = outgoing.Schedule{First: 10 * time.Hour, Most: 10 * time.Hour}
	quick = outgoing.Schedule{First: time.Millisecond, Most: 10 * time.Millisecond}
)

func putOff(int) error {
	return &outgoing.Error{Outcome: outgoing.Temporary, Code: 451, Err: errors.New("451 busy")}
}

func unreachable(int) error {
	return &outgoing.Error{Outcome: outgoing.Temporary, Server: true, Err: errors.New("connection refused")}
}

// retry lets Mira have a reply tried again.
func (h *house) retry(ticket desk.TicketID, id desk.MessageID) {
	h.Helper()
	mutation, err := desk.NewMutation(desk.ReplyRetry, ticket, desk.RetryReply{Message: id}, day)
	if err != nil {
		h.Fatal(err)
	}
	mutation.Device, mutation.Mid = desk.DeviceID(fmt.Sprint("retry-", id, h.Message(id).Rev)), 1
	results, err := h.Server.Submit(h.Context(), desk.PrincipalOf(h.Mira, mutation.Device), mutation)
	if err != nil || results[0].Status == desk.Rejected {
		h.Fatalf("%+v, %v", results, err)
	}
}

// stays gives the queue time to do what it should not.
func (h *house) stays(id desk.MessageID, at desk.Delivery) {
	h.Helper()
	time.Sleep(300 * time.Millisecond)
	if m := h.Message(id); m.Delivery != at {
		h.Errorf("%s is %s: %s", id, m.Delivery, m.Problem)
	}
}

// TestARestartForgetsNoPause: what was put off for hours is neither forgotten nor
// hurried by another run, until somebody does not want to wait (SPEC P72, P73).
func TestARestartForgetsNoPause(t *testing.T) {
	h, server := build(t), &mailServer{answer: putOff}
	p := h.post(server)
	p.Schedule = slow
	h.run()
	stop := h.work(p)
	h.Open("t1", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.comes("r1", desk.DeliveryWaiting)
	stop()
	before := h.Message("r1")
	if w := before.Wait; w == nil || w.For != desk.WaitPutOff || w.Tries != 1 || time.Until(w.Next) < 30*time.Minute || !strings.Contains(before.Problem, "451 busy") {
		t.Fatalf("%+v %+v", before, before.Wait)
	}
	again := h.post(server)
	again.Schedule = slow
	h.work(again)
	h.stays("r1", desk.DeliveryWaiting)
	if n := len(server.mails()); n != 1 {
		t.Errorf("%d tries", n)
	}
	server.now(nil)
	h.retry("t1", "r1")
	h.comes("r1", desk.DeliverySent)
	if m := h.Message("r1"); m.Wait != nil || m.Problem != "" || len(server.mails()) != 2 {
		t.Errorf("%+v, %d tries", m, len(server.mails()))
	}
}

func TestAReplyIsGivenUpAndTheTicketSaysSo(t *testing.T) {
	h, server := build(t), &mailServer{answer: putOff}
	p := h.post(server)
	p.Schedule = quick
	p.Schedule.GiveUp = 50 * time.Millisecond
	h.run().work(p)
	h.Open("t1", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.comes("r1", desk.DeliveryFailed)
	m := h.Message("r1")
	if !strings.Contains(m.Problem, "given up") || !strings.Contains(m.Problem, "451 busy") || len(server.mails()) < 2 {
		t.Errorf("%d tries: %s", len(server.mails()), m.Problem)
	}
	var told []string
	err := h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		tree, err := tx.Tree("t1")
		for _, r := range tree {
			if e, err := desk.Decode(r); err == nil && r.Kind == desk.KindEvent && e.(desk.Event).Kind == desk.EventBounced {
				told = append(told, e.(desk.Event).New)
			}
		}
		return err
	})
	if err != nil || !slices.Equal(told, []string{m.Problem}) {
		t.Errorf("the history tells %q, %v", told, err)
	}
}

// TestRepliesLeaveFairlyAndInOrder: turn by turn between the tickets, and those of
// one ticket as they were written (SPEC P75).
func TestRepliesLeaveFairlyAndInOrder(t *testing.T) {
	h, server := build(t), &mailServer{}
	p := h.post(server)
	h.run()
	for _, id := range []desk.TicketID{"ta", "tb", "tc"} {
		h.Open(id, "first")
	}
	seen := desk.MessageID("ta-q")
	for n := range 4 {
		id := desk.MessageID(fmt.Sprint("ta-", n))
		h.Write("ta", reply(id, seen))
		seen = id
	}
	h.Write("tb", reply("tb-0", "tb-q"))
	h.Write("tc", reply("tc-0", "tc-q"))
	h.work(p)
	h.comes("ta-3", desk.DeliverySent)
	var left []string
	for _, a := range server.mails() {
		_, id, _ := p.Signature.Read(a.MessageID)
		left = append(left, id)
	}
	if got := fmt.Sprint(left); got != "[ta-0 tb-0 tc-0 ta-1 ta-2 ta-3]" {
		t.Errorf("they left as %s", got)
	}
}

// TestALaterReplyWaitsForTheEarlier, if it goes to one of the same people.
func TestALaterReplyWaitsForTheEarlier(t *testing.T) {
	h, server := build(t), &mailServer{}
	server.answer = func(int) error {
		if a := server.taken[len(server.taken)-1]; a.Text != "" && strings.HasPrefix(a.Text, "First") {
			return putOff(0)
		}
		return nil
	}
	p := h.post(server)
	p.Schedule = slow
	h.run()
	h.Open("t1", "first")
	h.Open("t2", "first")
	first, second, third := reply("r1", "t1-q"), reply("r2", "r1"), reply("r3", "r2")
	first.Text, first.To = "First of all.", []desk.Address{{Email: "annika@example.com"}}
	third.To = []desk.Address{{Email: "vendor@example.org"}}
	h.Write("t1", first)
	h.Write("t1", second)
	h.Write("t1", third)
	h.Write("t2", reply("r4", "t2-q"))
	h.work(p)
	h.comes("r4", desk.DeliverySent)
	h.comes("r1", desk.DeliveryWaiting)
	h.Until("somebody else's answer leaves", func() bool { return len(server.mails()) == 3 })
	h.stays("r2", desk.DeliveryQueued)
	server.now(nil)
	h.retry("t1", "r1")
	h.comes("r2", desk.DeliverySent)
	if n := len(server.mails()); n != 5 || h.Message("r3").Delivery != desk.DeliveryQueued && h.Message("r3").Delivery != desk.DeliverySent {
		t.Errorf("%d tries, the third is %s", n, h.Message("r3").Delivery)
	}
}

// TestTheRateIsKeptAndSeen: what is over it waits, says when its turn is, and
// another run does not begin to count anew (SPEC P75).
func TestTheRateIsKeptAndSeen(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run()
	h.answered(6)
	for range 2 {
		p := h.post(server)
		p.Limit = outgoing.Limit{Hour: 8}
		stop := h.work(p)
		h.comes("rt1", desk.DeliverySent)
		h.comes("rt5", desk.DeliveryWaiting)
		h.stays("rt2", desk.DeliveryWaiting)
		stop()
	}
	if n := len(server.mails()); n != 2 {
		t.Fatalf("%d mails left at once", n)
	}
	last := time.Now()
	for n := 2; n < 6; n++ {
		m := h.Message(desk.MessageID(fmt.Sprint("rt", n)))
		if m.Wait.For != desk.WaitRate || m.Wait.Tries != 0 || m.Wait.Next.Sub(last) < 7*time.Minute || !strings.Contains(m.Problem, "in its turn") {
			t.Errorf("%s waits %v longer than the one before: %+v %s", m.ID, m.Wait.Next.Sub(last), m.Wait, m.Problem)
		}
		last = m.Wait.Next
	}
}

// TestOneTriesForAll: while the mail server is out of reach the others wait with
// the one that tried, and leave with it (SPEC P74).
func TestOneTriesForAll(t *testing.T) {
	h, server := build(t), &mailServer{answer: unreachable}
	p := h.post(server)
	p.Schedule = slow
	h.run()
	var ids []desk.MessageID
	for n := range 60 {
		id := desk.TicketID(fmt.Sprint("t", n))
		h.Open(id, "first")
		ids = append(ids, desk.MessageID("r"+id))
		h.Write(id, reply(ids[n], desk.MessageID(id+"-q")))
	}
	stop := h.work(p)
	for _, id := range ids {
		h.comes(id, desk.DeliveryWaiting)
		if m := h.Message(id); m.Wait.For != desk.WaitUnreached || !strings.Contains(m.Problem, "connection refused") {
			t.Fatalf("%+v %+v", m, m.Wait)
		}
	}
	tried := len(server.mails())
	if tried > 3 {
		t.Errorf("%d tries", tried)
	}
	stop()
	server.now(nil)
	again := h.post(server)
	again.Schedule = slow
	h.work(again)
	h.retry("t7", "rt7")
	for _, id := range ids {
		h.comes(id, desk.DeliverySent)
	}
	if n := len(server.mails()); n != tried+60 {
		t.Errorf("%d tries of 60", n-tried)
	}
}

// TestARefusedSignInRestsUntilItIsMended: nobody knocks again with the word that
// was refused, and when another stands all leave (SPEC P74).
func TestARefusedSignInRestsUntilItIsMended(t *testing.T) {
	h, server := build(t), &mailServer{answer: func(int) error {
		return &outgoing.Error{Outcome: outgoing.Temporary, Code: 535, Server: true, SignIn: true, Err: errors.New("535 no")}
	}}
	var word atomic.Value
	word.Store("wrong")
	p := h.post(server)
	p.Schedule = slow
	p.Secret = func(context.Context) (string, error) { return word.Load().(string), nil }
	h.run().work(p)
	h.Open("t1", "first")
	h.Open("t2", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.comes("r1", desk.DeliveryWaiting)
	h.Write("t2", reply("r2", "t2-q"))
	h.comes("r2", desk.DeliveryWaiting)
	if m := h.Message("r2"); m.Wait.For != desk.WaitSignIn || !strings.Contains(m.Problem, "an admin has to sign the desk in again") || strings.Contains(m.Problem, "wrong") {
		t.Errorf("%+v %s", m.Wait, m.Problem)
	}
	server.now(nil)
	h.stays("r1", desk.DeliveryWaiting)
	if n := len(server.mails()); n != 1 {
		t.Errorf("%d tries with a word that was refused", n)
	}
	web := httptest.NewServer(hub.NewWeb(h.Server, hub.NewAccounts(h.Central), slog.New(slog.DiscardHandler), nil))
	defer web.Close()
	answer, err := web.Client().Get(web.URL + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	health, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || !strings.Contains(string(health), `"answers":{"waiting":2,"problem":"sign_in"}`) {
		t.Errorf("who looks after the hub is told %s, %v", health, err)
	}
	word.Store("right")
	h.comes("r1", desk.DeliverySent)
	h.comes("r2", desk.DeliverySent)
}

// TestEveryTryIsOfTheSameMail, byte for byte, whatever changed meanwhile; one that
// failed is written anew, under the same Message-ID, to the address that was
// corrected (SPEC P70).
func TestEveryTryIsOfTheSameMail(t *testing.T) {
	h, server := build(t), &mailServer{answer: putOff}
	p := h.post(server)
	p.Schedule = slow
	h.run().work(p)
	h.Open("t1", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.comes("r1", desk.DeliveryWaiting)
	moved := h.Annika
	moved.Email, moved.Rev = "a.petersen@example.com", 1
	h.Do(hub.Act{Name: desk.RequesterPut, Args: moved})
	server.now(func(int) error {
		return &outgoing.Error{Outcome: outgoing.Permanent, Code: 550, Recipients: []string{"annika@example.com"}, Err: errors.New("550 no such user")}
	})
	h.retry("t1", "r1")
	h.comes("r1", desk.DeliveryFailed)
	server.now(nil)
	h.retry("t1", "r1")
	h.comes("r1", desk.DeliverySent)
	raws, mails := server.raws(), server.mails()
	if len(raws) != 3 || !bytes.Equal(raws[0], raws[1]) {
		t.Errorf("%d tries, the second of other bytes", len(raws))
	}
	if mails[2].To[0].Email != moved.Email || mails[2].MessageID != mails[0].MessageID {
		t.Errorf("after the correction: %+v", mails[2])
	}
}

// TestAnUnknownReplyWaitsForSent: it is sent again by nobody's impatience, only
// after it was looked for (SPEC P71, P73).
func TestAnUnknownReplyWaitsForSent(t *testing.T) {
	server, asked := &mailServer{}, make(chan error, 1)
	var looked atomic.Int32
	down := errors.New("the mailbox is away")
	asked <- down
	h := interrupted(t, server, func(context.Context, string) (bool, error) {
		looked.Add(1)
		select {
		case err := <-asked:
			return false, err
		default:
			return true, nil
		}
	})
	h.Until("it waits", func() bool { return h.Message("r1").Wait != nil })
	if m := h.Message("r1"); m.Delivery != desk.DeliveryUnknown || m.Wait.For != desk.WaitSent || !strings.Contains(m.Problem, "cannot be looked through") || len(server.mails()) != 0 {
		t.Fatalf("%+v %+v", m, m.Wait)
	}
	h.retry("t1", "r1")
	h.comes("r1", desk.DeliverySent)
	if looked.Load() != 2 || len(server.mails()) != 0 {
		t.Errorf("looked %d times, %d mails left", looked.Load(), len(server.mails()))
	}
}

// TestAnUnknownReplyThatIsPutOffStaysUnknown: the next try looks into Sent again.
func TestAnUnknownReplyThatIsPutOffStaysUnknown(t *testing.T) {
	server := &mailServer{answer: func(n int) error {
		if n < 3 {
			return putOff(n)
		}
		return nil
	}}
	var looked atomic.Int32
	h := interrupted(t, server, func(context.Context, string) (bool, error) { looked.Add(1); return false, nil })
	h.Until("it waits", func() bool { return h.Message("r1").Wait != nil })
	for n := int32(1); n < 3; n++ {
		if m := h.Message("r1"); m.Delivery != desk.DeliveryUnknown || looked.Load() != n {
			t.Fatalf("%s after it was looked for %d times", m.Delivery, looked.Load())
		}
		h.retry("t1", "r1")
		h.Until("it is tried", func() bool {
			return len(server.mails()) == int(n)+1 && h.Message("r1").Delivery != desk.DeliverySending
		})
	}
	h.comes("r1", desk.DeliverySent)
	if looked.Load() != 3 {
		t.Errorf("looked for %d times", looked.Load())
	}
}
