package post_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

// counter is a mailbox that sends, with its mail server and its sent mails.
type counter struct {
	address string
	server  mailServer
	sent    sentBox
	limit   outgoing.Limit
	patient bool // tries once and rests for hours
	rests   bool // lets everything wait
}

// post makes the queue of a mailbox that answers what came to its address.
func (c *counter) post(h *house) *post.Post {
	p := h.post(&c.server)
	p.Accounts, p.From.Email = []string{c.address + "@imap.example:993"}, c.address
	p.Schedule, p.Sent, p.Copy, p.Limit, p.Rests = quick, c.sent.find, c.sent.keep, c.limit, c.rests
	if c.patient {
		p.Schedule = slow
	}
	return p
}

// workBy runs the queues of several mailboxes; the first is the desk's own.
func (h *house) workBy(counters ...*counter) (stop func()) {
	h.Helper()
	workspace, err := h.Server.Found(h.Context(), "", day)
	if err != nil {
		h.Fatal(err)
	}
	signature, err := post.NewSignature(h.Context(), h.Server, workspace.ID, "desk.example.com")
	if err != nil {
		h.Fatal(err)
	}
	posts := make([]*post.Post, len(counters))
	for i, c := range counters {
		posts[i] = c.post(h)
		posts[i].Signature = signature
	}
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() {
		if err := post.NewSorting(h.Server, posts[0], posts[1:]...).Run(ctx); err != nil {
			h.Error(err)
		}
	})
	stop = sync.OnceFunc(func() { cancel(); working.Wait() })
	h.Cleanup(stop)
	return stop
}

// arrives adds a mail of Annika's that came to an address to a ticket.
func (h *house) arrives(ticket desk.TicketID, id desk.MessageID, to string) {
	h.Helper()
	sum := sha256.Sum256([]byte(id))
	mail := hex.EncodeToString(sum[:])
	err := h.Central.Update(h.Context(), func(tx *store.CentralTx) error {
		_, err := tx.FileMail(store.Ledger{
			Account: to + "@imap.example:993", Mailbox: "INBOX", UIDValidity: 1, UID: uint32(sum[0])<<8 | uint32(sum[1]), SHA256: mail,
			ReceivedAt: day, State: store.MailConverted, Ticket: ticket, Message: id,
		}, []byte(id))
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	h.Do(hub.Act{Name: desk.MessageAdd, Ticket: ticket, Args: desk.AddMessage{Message: desk.Message{
		ID: id, Kind: desk.FromRequester, Text: "And another thing.", MailID: string(id) + "@example.com",
		From: &desk.Address{Name: h.Annika.Name, Email: h.Annika.Email}, Origin: &desk.Origin{SHA256: mail},
	}}})
}

// left lists what a mail server took: from whom, under which subject.
func (c *counter) left() (subjects []string) {
	for _, m := range c.server.mails() {
		if !strings.EqualFold(m.From.Email, c.address) {
			subjects = append(subjects, "from "+m.From.Email)
		}
		subjects = append(subjects, m.Subject)
	}
	return subjects
}

func broken(int) error {
	return &outgoing.Error{Outcome: outgoing.Unknown, Err: errors.New("connection reset")}
}

// TestAnswersLeaveByTheMailboxTheyCameBy, replies and side conversations alike, and
// their copies stand among its sent mails; what came by none leaves by the desk's
// (SPEC P81).
func TestAnswersLeaveByTheMailboxTheyCameBy(t *testing.T) {
	h, desks, hr := build(t), &counter{address: "desk@example.com"}, &counter{address: "hr@example.com"}
	h.run().workBy(desks, hr)
	for _, id := range []desk.TicketID{"t1", "t2", "t3"} {
		h.Open(id, "first")
	}
	h.arrives("t1", "t1-m", hr.address)
	h.arrives("t2", "t2-m", desks.address)
	h.Write("t1", reply("r1", "t1-m"))
	h.Write("t1", desk.Message{ID: "a1", Kind: desk.AsideMail, Aside: "beside", Text: "Can you help?", To: []desk.Address{{Email: "vendor@example.net"}}})
	h.Write("t2", reply("r2", "t2-m"))
	h.Write("t3", reply("r3", "t3-q"))
	for _, id := range []desk.MessageID{"r1", "a1", "r2", "r3"} {
		h.comes(id, desk.DeliverySent)
	}
	h.Until("the copies are kept", func() bool { return h.owed() == 0 })
	if ours, theirs := desks.left(), hr.left(); len(ours) != 2 || len(theirs) != 2 || strings.Contains(fmt.Sprint(ours, theirs), "from ") {
		t.Errorf("by the desk's server %q, by the other %q", ours, theirs)
	}
	if ours, theirs := len(desks.sent.held()), len(hr.sent.held()); ours != 2 || theirs != 2 {
		t.Errorf("%d and %d copies", ours, theirs)
	}
}

// TestOneMailServerStopsNoOther: neither out of reach, nor by a refused sign-in,
// nor by its rate (SPEC P81).
func TestOneMailServerStopsNoOther(t *testing.T) {
	for title, ill := range map[string]struct {
		answer func(int) error
		limit  outgoing.Limit
		waits  desk.WaitReason
	}{
		"unreached": {unreachable, outgoing.Limit{}, desk.WaitUnreached},
		"refused": {func(int) error {
			return &outgoing.Error{Outcome: outgoing.Temporary, Server: true, SignIn: true, Err: errors.New("535 wrong")}
		}, outgoing.Limit{}, desk.WaitSignIn},
		"rate": {nil, outgoing.Limit{Hour: 1}, desk.WaitRate},
	} {
		t.Run(title, func(t *testing.T) {
			h, desks, hr := build(t), &counter{address: "desk@example.com"}, &counter{address: "hr@example.com", limit: ill.limit}
			hr.server.answer = ill.answer
			h.run().workBy(desks, hr)
			h.Open("t1", "first")
			h.Open("t2", "first")
			h.arrives("t1", "t1-m", hr.address)
			last := desk.MessageID("t1-m")
			for n := range 3 {
				id := desk.MessageID(fmt.Sprint("hr", n))
				h.Write("t1", reply(id, last))
				last = id
			}
			h.Until("they wait", func() bool { w := h.Message(last).Wait; return w != nil && w.For == ill.waits })
			for n, seen := 0, desk.MessageID("t2-q"); n < 3; n++ {
				id := desk.MessageID(fmt.Sprint("d", n))
				h.Write("t2", reply(id, seen))
				h.comes(id, desk.DeliverySent)
				seen = id
			}
			if ours := desks.left(); len(ours) != 3 || strings.Contains(fmt.Sprint(ours), "from ") {
				t.Errorf("by the desk's server: %q", ours)
			}
			if m := h.Message(last); !m.Underway() || m.Wait.For != ill.waits {
				t.Errorf("%s: %+v", m.Delivery, m.Wait)
			}
		})
	}
}

// TestAWrittenAnswerNeverLeavesByAnother: one that may have left stays with its
// mailbox, whatever comes by another meanwhile; while that mailbox sends no more it
// waits and lets others pass, and when it sends again it is looked for there
// (SPEC P71, P81).
func TestAWrittenAnswerNeverLeavesByAnother(t *testing.T) {
	h, desks, hr := build(t), &counter{address: "desk@example.com"}, &counter{address: "hr@example.com"}
	hr.server.answer = broken
	hr.sent.err = errors.New("NO not now")
	h.run()
	stop := h.workBy(desks, hr)
	h.Open("t1", "first")
	h.arrives("t1", "t1-m", hr.address)
	h.Write("t1", reply("r1", "t1-m"))
	h.comes("r1", desk.DeliveryUnknown)
	h.arrives("t1", "t1-n", desks.address)
	h.stays("r1", desk.DeliveryUnknown)
	stop()
	if n := len(desks.server.mails()); n != 0 {
		t.Errorf("%d mails left by the desk's server", n)
	}
	stop = h.workBy(desks)
	h.retry("t1", "r1")
	h.Until("it waits for its mailbox", func() bool {
		m := h.Message("r1")
		return m.Delivery == desk.DeliveryUnknown && strings.Contains(m.Problem, "mailbox of hr@example.com, which sends no more")
	})
	h.Write("t1", reply("r2", "t1-n"))
	h.comes("r2", desk.DeliverySent)
	h.stays("r1", desk.DeliveryUnknown)
	stop()
	tries := len(hr.server.mails())
	hr.sent.set(nil)
	hr.sent.keep(t.Context(), outgoing.Mail{Raw: hr.server.raws()[0]})
	h.retry("t1", "r1")
	h.workBy(desks, hr)
	h.comes("r1", desk.DeliverySent)
	if again := len(hr.server.mails()); again != tries || len(desks.server.mails()) != 1 {
		t.Errorf("%d tries became %d; %q left by the desk's server", tries, again, desks.left())
	}
}

// TestARemovedMailboxLeavesItsAnswersToTheDesk: what was not tried, and what was
// surely not taken, leaves by the desk's server, from its address and under the
// Message-ID it had (SPEC P70, P81).
func TestARemovedMailboxLeavesItsAnswersToTheDesk(t *testing.T) {
	h, desks, hr := build(t), &counter{address: "desk@example.com"}, &counter{address: "hr@example.com", patient: true}
	hr.server.answer = putOff
	h.run()
	h.Open("t1", "first")
	h.arrives("t1", "t1-m", hr.address)
	stop := h.workBy(desks, hr)
	h.Write("t1", reply("r1", "t1-m"))
	h.comes("r1", desk.DeliveryWaiting)
	stop()
	before := h.Message("r1").MailID
	h.Write("t1", reply("r2", "r1"))
	h.workBy(desks)
	h.retry("t1", "r1")
	h.comes("r1", desk.DeliverySent)
	h.comes("r2", desk.DeliverySent)
	mails := desks.server.mails()
	if len(mails) != 2 || mails[0].MessageID != before || mails[0].From.Email != desks.address {
		t.Errorf("%d mails: %q; the first was %s", len(mails), desks.left(), before)
	}
	h.Until("copies are kept", func() bool { return len(desks.sent.held()) == 2 })
}

// TestWhatOneSendsNoOtherTakesForLost: a mail server takes its time over a mail, and
// the other post looks at the queue meanwhile, with a newer mail to go by (SPEC P71,
// P81).
func TestWhatOneSendsNoOtherTakesForLost(t *testing.T) {
	h, desks, hr := build(t), &counter{address: "desk@example.com"}, &counter{address: "hr@example.com"}
	begun, goOn := make(chan struct{}), make(chan struct{})
	hr.server.answer = func(int) error {
		close(begun)
		<-goOn
		return nil
	}
	h.run().workBy(desks, hr)
	h.Open("t1", "first")
	h.Open("t2", "first")
	h.arrives("t1", "t1-m", hr.address)
	h.Write("t1", reply("r1", "t1-m"))
	<-begun
	h.arrives("t1", "t1-n", desks.address)
	h.Write("t2", reply("r2", "t2-q"))
	h.comes("r2", desk.DeliverySent)
	h.stays("r1", desk.DeliverySending)
	close(goOn)
	h.comes("r1", desk.DeliverySent)
	if ours, theirs := desks.left(), hr.left(); len(ours) != 1 || len(theirs) != 1 {
		t.Errorf("by the desk's server %q, by the other %q", ours, theirs)
	}
}

// TestAnAnswerCutShortGoesOnByItsMailbox: the hub ended while it was being sent, and
// the requester wrote to another mailbox since (SPEC P71, P81).
func TestAnAnswerCutShortGoesOnByItsMailbox(t *testing.T) {
	h, desks, hr := build(t), &counter{address: "desk@example.com"}, &counter{address: "hr@example.com"}
	h.run()
	h.Open("t1", "first")
	h.arrives("t1", "t1-m", hr.address)
	h.Write("t1", reply("r1", "t1-m"))
	raw := []byte("From: hr@example.com\r\nTo: annika@example.com\r\nSubject: cut short\r\nMessage-ID: <x@example.com>\r\n\r\nHello.\r\n")
	err := h.Server.Do(t.Context(), func(tx *store.CentralTx) error {
		return tx.PutOutgoing(store.Outgoing{Message: "r1", MailID: "x@example.com", Sender: hr.address, Recipients: []string{h.Annika.Email}, Raw: raw})
	}, hub.Act{Name: desk.ReplyDeliver, Ticket: "t1", At: day, Args: desk.DeliverReply{Message: "r1", Delivery: desk.DeliverySending, MailID: "x@example.com"}})
	if err != nil {
		t.Fatal(err)
	}
	h.arrives("t1", "t1-n", desks.address)
	h.workBy(desks, hr)
	h.comes("r1", desk.DeliverySent)
	if ours, theirs := desks.left(), hr.left(); len(ours) != 0 || len(theirs) != 1 || theirs[0] != "cut short" {
		t.Errorf("by the desk's server %q, by the other %q", ours, theirs)
	}
}
