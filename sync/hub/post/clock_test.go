package post_test

import (
	"testing"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
)

// TestNoReplyWaitsForAClockThatWasWrong: one that was put off while the hub's clock was
// years ahead leaves when it is right again, and is given up no later for it.
func TestNoReplyWaitsForAClockThatWasWrong(t *testing.T) {
	h, server := build(t), &mailServer{answer: putOff}
	p := h.post(server)
	p.Schedule = slow
	h.run()
	stop := h.work(p)
	h.Open("t1", "first")
	h.Open("t2", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.Write("t2", reply("r2", "t2-q"))
	h.comes("r1", desk.DeliveryWaiting)
	h.comes("r2", desk.DeliveryWaiting)
	stop()
	ahead := time.Now().AddDate(10, 0, 0)
	for id, since := range map[desk.MessageID]time.Time{"r1": ahead, "r2": time.Now()} {
		m := h.Message(id)
		h.Do(hub.Act{Name: desk.ReplyDeliver, Ticket: m.Ticket, Args: desk.DeliverReply{Message: id, Delivery: m.Delivery, Problem: m.Problem,
			Wait: &desk.Wait{For: desk.WaitPutOff, Tries: 2, Since: since, Next: ahead.Add(time.Hour)}}})
	}
	again := h.post(server)
	again.Schedule = slow
	stop = h.work(again)
	for _, id := range []desk.MessageID{"r1", "r2"} {
		h.Until(string(id)+" is tried again", func() bool {
			w := h.Message(id).Wait
			return w != nil && w.Tries == 3 && w.Since.Before(time.Now()) && time.Until(w.Next) < 24*time.Hour
		})
	}
	stop()
	server.now(nil)
	h.retry("t1", "r1")
	h.work(again)
	h.comes("r1", desk.DeliverySent)
}
