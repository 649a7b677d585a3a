package post_test

import (
	"fmt"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/mail/outgoing/loopback"
)

// BenchmarkAnswersLeave sends answers over SMTP on loopback, by the sender alone
// and through the hub, which writes down each before it leaves and after.
func BenchmarkAnswersLeave(b *testing.B) {
	receiver, err := loopback.Start(nil)
	if err != nil {
		b.Fatal(err)
	}
	defer receiver.Close()
	sender := &outgoing.Sender{Addr: receiver.Addr, TLS: outgoing.Plain}
	b.Run("alone", func(b *testing.B) {
		for n := range b.N {
			err := sender.Send(b.Context(), outgoing.Answer{
				From: outgoing.Address{Email: "desk@example.com"}, To: []outgoing.Address{{Email: "annika@example.com"}},
				Subject: "Re: Printer jammed", Text: "We are on it.", MessageID: fmt.Sprint(n, "@example.com"), Date: day,
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("through the hub", func(b *testing.B) {
		h := build(b)
		p := h.post(&mailServer{})
		p.Send = sender.Deliver
		h.run()
		for n := range b.N {
			id := desk.TicketID(fmt.Sprint("t", n))
			h.Open(id, "first")
			h.Write(id, reply(desk.MessageID("r"+id), desk.MessageID(id+"-q")))
		}
		before := len(receiver.Mails())
		b.ResetTimer()
		h.work(p)
		for len(receiver.Mails()) < before+b.N {
			time.Sleep(time.Millisecond)
		}
	})
}
