package post_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
)

// sentBox is a mailbox of sent mails that a test can take away.
type sentBox struct {
	mu    sync.Mutex
	mails [][]byte
	err   error
	calls int
}

func (b *sentBox) find(_ context.Context, id string) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, raw := range b.mails {
		if bytes.Contains(raw, []byte("Message-ID: <"+id+">")) {
			return true, b.err
		}
	}
	return false, b.err
}

func (b *sentBox) keep(_ context.Context, m outgoing.Mail) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	if b.err == nil {
		b.mails = append(b.mails, m.Raw)
	}
	return b.err
}

func (b *sentBox) set(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = err
}

func (b *sentBox) held() [][]byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.mails
}

func (h *house) owed() (n int) {
	h.Helper()
	err := h.Central.View(h.Context(), func(tx *store.CentralTx) (err error) { n, err = tx.CountCopies(); return err })
	if err != nil {
		h.Fatal(err)
	}
	return n
}

// TestACopyIsKeptOnce: of the bytes that left, also when the server files them
// itself, and never while the mail has not left (SPEC P76).
func TestACopyIsKeptOnce(t *testing.T) {
	h, server, sent := build(t), &mailServer{}, &sentBox{}
	p := h.post(server)
	p.Sent, p.Copy = sent.find, sent.keep
	h.run().work(p)
	h.Open("t1", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.comes("r1", desk.DeliverySent)
	h.Until("the copy is kept", func() bool { return len(sent.held()) == 1 && h.owed() == 0 })
	if !bytes.Equal(sent.held()[0], server.raws()[0]) {
		t.Error("the copy is of another mail")
	}
	server.now(func(int) error { // a server that files what it takes
		sent.mu.Lock()
		defer sent.mu.Unlock()
		sent.mails = append(sent.mails, server.raw[len(server.raw)-1])
		return nil
	})
	h.Write("t1", reply("r2", "r1"))
	h.comes("r2", desk.DeliverySent)
	h.Until("no copy is owed", func() bool { return h.owed() == 0 })
	if n := len(sent.held()); n != 2 || sent.calls != 1 {
		t.Errorf("%d copies, %d of them ours", n, sent.calls)
	}
	server.now(putOff)
	h.Write("t1", reply("r3", "r2"))
	h.comes("r3", desk.DeliveryWaiting)
	if n := len(sent.held()); n != 2 || h.owed() != 0 {
		t.Errorf("%d copies, %d owed of a mail that has not left", n, h.owed())
	}
}

// TestACopyHoldsNothingUp: the answers leave while the mailbox of sent mails is
// missing, and the copies follow when it is there, also after a restart.
func TestACopyHoldsNothingUp(t *testing.T) {
	h, server, sent := build(t), &mailServer{}, &sentBox{err: errors.New("NO [TRYCREATE] no such mailbox")}
	p := h.post(server)
	p.Schedule, p.Sent, p.Copy = quick, sent.find, sent.keep
	h.run()
	stop := h.work(p)
	h.Open("t1", "first")
	last := desk.MessageID("t1-q")
	for n := range 5 {
		id := desk.MessageID(fmt.Sprint("r", n))
		h.Write("t1", reply(id, last))
		last = id
	}
	h.comes(last, desk.DeliverySent)
	if n := h.owed(); n != 5 || len(sent.held()) != 0 {
		t.Errorf("%d copies are owed", n)
	}
	stop()
	sent.set(nil)
	again := h.post(server)
	again.Schedule, again.Sent, again.Copy = quick, sent.find, sent.keep
	h.work(again)
	h.Until("the copies are kept", func() bool { return h.owed() == 0 })
	if n := len(sent.held()); n != 5 || len(server.mails()) != 5 {
		t.Errorf("%d copies of %d mails", n, len(server.mails()))
	}
}

// TestACopyIsGivenUp: what can never be kept does not stay for ever.
func TestACopyIsGivenUp(t *testing.T) {
	h, server, sent := build(t), &mailServer{}, &sentBox{err: errors.New("NO over quota")}
	p := h.post(server)
	p.Schedule, p.Copy = quick, sent.keep
	p.Schedule.GiveUp = 1
	h.run().work(p)
	h.Open("t1", "first")
	h.Write("t1", reply("r1", "t1-q"))
	h.comes("r1", desk.DeliverySent)
	h.Until("it is given up", func() bool { return h.owed() == 0 })
	if m := h.Message("r1"); m.Delivery != desk.DeliverySent || m.Problem != "" {
		t.Errorf("the answer itself became %s: %s", m.Delivery, m.Problem)
	}
}
