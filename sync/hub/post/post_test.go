package post_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
	"holdall/sync/hub/stand"
)

func reply(id desk.MessageID, seen desk.MessageID) desk.Message {
	return desk.Message{ID: id, Kind: desk.PublicReply, Text: "We are on it.", Seen: seen}
}

func TestAReplyLeavesOnceUnderOurSignature(t *testing.T) {
	h, server := build(t), &mailServer{}
	p := h.post(server)
	h.run().work(p)
	h.Open("t1", "first")
	h.Write("t1", desk.Message{ID: "n1", Kind: desk.InternalNote, Text: "The duke of spades is to blame."})
	h.Write("t1", reply("r1", "t1-q"))
	h.comes("r1", desk.DeliverySent)
	mails := server.mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails left", len(mails))
	}
	a := mails[0]
	ticket, message, ours := p.Signature.Read(a.MessageID)
	if !ours || ticket != "t1" || message != "r1" || h.Message("r1").MailID != a.MessageID {
		t.Errorf("Message-ID %s, stored %s", a.MessageID, h.Message("r1").MailID)
	}
	if a.InReplyTo != "t1-q@example.com" || a.To[0].Email != "annika@example.com" || !strings.Contains(a.Subject, "[INC0000001]") {
		t.Errorf("%+v", a)
	}
	if !strings.Contains(a.Text, "> It is jammed again.") || !strings.Contains(a.Text, "Mira Sommer") {
		t.Errorf("text %q", a.Text)
	}
	raw, err := outgoing.Compose(a)
	if err != nil || strings.Contains(string(raw), "spades") {
		t.Errorf("a note is in the mail, or it cannot be written: %v\n%s", err, raw)
	}
}

func TestAHeldReplyStays(t *testing.T) {
	h, server := build(t), &mailServer{}
	p := h.post(server)
	h.run().work(p)
	h.Open("t1", "first")
	h.Write("t1", reply("stale", "something older"))
	h.Write("t1", reply("fresh", "t1-q"))
	h.comes("fresh", desk.DeliverySent)
	if m := h.Message("stale"); m.Delivery != desk.DeliveryHeld || len(server.mails()) != 1 {
		t.Errorf("the stale reply is %s, %d mails left", m.Delivery, len(server.mails()))
	}
}

func TestWhatTheMailServerAnswers(t *testing.T) {
	for _, c := range []struct {
		title   string
		err     error
		want    desk.Delivery
		dead    bool // the requester's address is marked
		problem string
	}{
		{"refused for good", &outgoing.Error{Outcome: outgoing.Permanent, Code: 550, Recipients: []string{"annika@example.com"}, Err: errors.New("550 no such user")}, desk.DeliveryFailed, true, "no such user"},
		{"refused as a whole", &outgoing.Error{Outcome: outgoing.Permanent, Code: 554, Err: errors.New("554 no")}, desk.DeliveryFailed, false, "554 no"},
		{"put off", &outgoing.Error{Outcome: outgoing.Temporary, Code: 451, Err: errors.New("451 later")}, desk.DeliveryWaiting, false, "451 later"},
		{"cut after DATA", &outgoing.Error{Outcome: outgoing.Unknown, Err: errors.New("EOF")}, desk.DeliveryUnknown, false, "before it answered"},
	} {
		t.Run(c.title, func(t *testing.T) {
			h, server := build(t), &mailServer{answer: func(int) error { return c.err }}
			p := h.post(server)
			h.run().work(p)
			h.Open("t1", "first")
			h.Write("t1", reply("r1", "t1-q"))
			h.Until("it is told", func() bool {
				m := h.Message("r1")
				return m.Delivery == c.want && strings.Contains(m.Problem, c.problem)
			})
			if n := len(server.mails()); n != 1 {
				t.Errorf("%d tries without a pause", n)
			}
			err := h.Central.View(t.Context(), func(tx *store.CentralTx) error {
				e, err := tx.Get(h.Annika.Key())
				if err == nil && e.(desk.Requester).Undelivered != c.dead {
					t.Errorf("address marked as dead: %v", !c.dead)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// interrupted is a house whose hub ended while a reply was being sent.
func interrupted(t *testing.T, server *mailServer, sent func(context.Context, string) (bool, error)) *house {
	h := build(t)
	p := h.post(server)
	p.Sent = sent
	h.run()
	h.Open("t1", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.Do(hub.Act{Name: desk.ReplyDeliver, Ticket: "t1", Args: desk.DeliverReply{Message: "r1", Delivery: desk.DeliverySending, MailID: "x@example.com"}})
	h.work(p)
	return h
}

func TestAReplyThatWasBeingSentIsLookedForFirst(t *testing.T) {
	server, asked := &mailServer{}, make(chan string, 1)
	h := interrupted(t, server, func(_ context.Context, id string) (bool, error) {
		asked <- id
		return true, nil
	})
	h.comes("r1", desk.DeliverySent)
	if id := <-asked; id != "x@example.com" || len(server.mails()) != 0 {
		t.Errorf("asked for %s, %d mails left", id, len(server.mails()))
	}
}

func TestAReplyThatWasBeingSentLeavesAgainUnderTheSameID(t *testing.T) {
	server := &mailServer{}
	h := interrupted(t, server, func(context.Context, string) (bool, error) { return false, nil })
	h.comes("r1", desk.DeliverySent)
	mails := server.mails()
	if len(mails) != 1 || mails[0].MessageID != h.Message("r1").MailID {
		t.Errorf("%d mails left", len(mails))
	}
}

func TestOfTwoNodesOneSends(t *testing.T) {
	h, first, second := buildOn(t, stand.Postgres(t)), &mailServer{}, &mailServer{}
	one, other := h.post(first), h.post(second)
	h.run()
	stop := h.work(one)
	h.Open("t1", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.comes("r1", desk.DeliverySent)
	h.work(other)
	h.Write("t1", reply("r2", "r1"))
	h.comes("r2", desk.DeliverySent)
	if a, b := len(first.mails()), len(second.mails()); a != 2 || b != 0 {
		t.Errorf("the first node sent %d, the second %d", a, b)
	}
	stop()
	h.Write("t1", reply("r3", "r2"))
	h.comes("r3", desk.DeliverySent)
	if a, b := len(first.mails()), len(second.mails()); a != 2 || b != 1 {
		t.Errorf("the first node sent %d, the second %d", a, b)
	}
}

func TestAReplyToNobodyFailsWithAReason(t *testing.T) {
	h, server := build(t), &mailServer{}
	p := h.post(server)
	h.run().work(p)
	h.Do(hub.Act{Name: desk.TicketCreate, Ticket: "t2", Args: desk.CreateTicket{Kind: desk.Incident, Title: "Walk-in", Team: "first"}})
	h.Write("t2", reply("r2", ""))
	h.comes("r2", desk.DeliveryFailed)
	if m := h.Message("r2"); !strings.Contains(m.Problem, "no recipient") || len(server.mails()) != 0 {
		t.Errorf("problem %q, %d mails left", m.Problem, len(server.mails()))
	}
}

func TestOnlyOurSignatureCounts(t *testing.T) {
	h := build(t).run()
	ours, err := post.NewSignature(t.Context(), h.Server, "w1", "desk.example.com")
	if err != nil {
		t.Fatal(err)
	}
	again, err := post.NewSignature(t.Context(), h.Server, "w1", "elsewhere.example.com")
	if err != nil {
		t.Fatal(err)
	}
	other, err := post.NewSignature(t.Context(), h.Server, "w2", "desk.example.com")
	if err != nil {
		t.Fatal(err)
	}
	id := ours.MessageID("t1", "m1")
	if ticket, message, ok := again.Read(id); !ok || ticket != "t1" || message != "m1" {
		t.Errorf("our own id is read as %s, %s, %v", ticket, message, ok)
	}
	if _, _, ok := other.Read(id); ok {
		t.Error("another workspace's id is taken for ours")
	}
	if _, _, ok := ours.Read(strings.Replace(id, "@", "a@", 1)); ok {
		t.Error("a changed id is taken for ours")
	}
}
