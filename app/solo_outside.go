package app

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"holdall/desk/demo"
	"holdall/mail/mailbox"
	imap "holdall/mail/mailbox/loopback"
	"holdall/mail/outgoing"
	smtp "holdall/mail/outgoing/loopback"
	"holdall/sync/hub/mailroom"
)

// The invented company goes on writing to the demo's mailbox while the window is
// open: at first quickly, so that nobody has to wait for it, then as on a lively
// morning.
const (
	demoFirstMails = 6
	demoFirstPause = 2 * time.Second
	demoPauseLeast = 8 * time.Second
	demoPauseMost  = 30 * time.Second

	demoUser     = "service"
	demoPassword = "demo" // of a mailbox in memory, on loopback
)

// outside is the demo's world: a mailbox in memory that people write to, and a
// mail server that takes what is answered. Neither leaves this machine.
type outside struct {
	hub      *soloHub
	past     history
	inbox    *imap.Server
	receiver *smtp.Receiver
	cancel   context.CancelFunc
	writing  sync.WaitGroup
}

func openOutside(h *soloHub, past history) (*outside, error) {
	inbox, err := imap.Start(demoUser, demoPassword)
	if err != nil {
		return nil, err
	}
	receiver, err := smtp.Start(nil)
	if err != nil {
		return nil, errors.Join(err, inbox.Close())
	}
	o := &outside{hub: h, past: past, inbox: inbox, receiver: receiver}
	var ctx context.Context
	ctx, o.cancel = context.WithCancel(context.Background())
	o.writing.Go(func() {
		if err := o.write(ctx); err != nil && ctx.Err() == nil {
			h.app.log.Error("write to the demo's mailbox", "error", err)
		}
	})
	return o, nil
}

func (o *outside) close() error {
	o.cancel()
	o.writing.Wait()
	return errors.Join(o.inbox.Close(), o.receiver.Close())
}

// write lets mails arrive until the context ends. Each is counted before it is
// sent: one that a crash cuts off is never written again with another date.
func (o *outside) write(ctx context.Context) error {
	world := demo.Company(demoSeed, o.hub.app.stock, o.past.Began)
	begun := o.past.Mails
	for raw := range world.Arrivals(begun, time.Now) {
		if err := rests(ctx, pauseBefore(o.past.Mails-begun)); err != nil {
			return err
		}
		o.past.Mails++
		if err := o.hub.remember(ctx, o.past); err != nil {
			return err
		}
		if err := o.inbox.Deliver("INBOX", raw); err != nil {
			return err
		}
	}
	return nil
}

func pauseBefore(n int) time.Duration {
	if n < demoFirstMails {
		return demoFirstPause
	}
	return demoPauseLeast + rand.N(demoPauseMost-demoPauseLeast)
}

func rests(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// mailroom reads that mailbox and answers by that mail server. The server in
// memory counts its mails anew each time, so its account bears the number of
// those that came before.
func (o *outside) mailroom(tell func(mailbox.Status)) (mailroom.Settings, error) {
	box, err := mailroom.OpenBox(mailbox.Config{
		Account: fmt.Sprintf("demo from mail %d", o.past.Mails), Addr: o.inbox.Addr, TLS: mailbox.Plain, User: demoUser, OnStatus: tell,
		Password: func(context.Context) (string, error) { return demoPassword, nil },
	}, mailroom.SentMails{})
	box.Address = demo.Mailbox // what signs in is no address
	sender := &outgoing.Sender{Addr: o.receiver.Addr, TLS: outgoing.Plain}
	return mailroom.Settings{
		Boxes: []mailroom.Box{box}, Send: sender.Deliver, Acknowledge: true, Out: mailroom.Outlet{Server: sender.Addr},
		From: outgoing.Address{Name: "Nordlicht Werke Service", Email: demo.Mailbox},
	}, err
}
