package bench

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/mailbox/dovecot"
	"holdall/mail/message"
	"holdall/store"
	"holdall/sync/hub/mailroom"
)

const mailPassword = "bench"

// mailsToTickets lets a hub read a mailbox of a real Dovecot and makes tickets of
// what it brings, every mail durable before the next batch is asked for. Beside
// it stands the bare fetch of the same mails.
func mailsToTickets(tb testing.TB, v volume) []line {
	server := mailServer(tb)
	mails, whose := realMails(tb, v.mails)
	deliver(tb, server, "fetch@example.com", mails)
	deliver(tb, server, "desk@example.com", mails)
	fetched := fetch(tb, account(server, "fetch@example.com"), len(mails))
	parsed := parse(mails)
	took := convert(tb, len(mails), nobody, account(server, "desk@example.com"))
	rate, limit := perSecond(len(mails), took), perSecond(len(mails), fetched)
	var many []mailbox.Config
	for i := range v.mailboxes {
		user := fmt.Sprintf("desk%d@example.com", i)
		deliver(tb, server, user, mails[i*len(mails)/v.mailboxes:(i+1)*len(mails)/v.mailboxes])
		many = append(many, account(server, user))
	}
	spread := perSecond(len(mails), convert(tb, len(mails), nobody, many...))
	return []line{{
		what: fmt.Sprintf("%s %s from Dovecot to tickets", count(len(mails)), whose), figure: count(int(rate)) + " mails/s",
		limit: fmt.Sprintf("bare fetch %s, parsing %s mails/s", count(int(limit)), count(int(perSecond(len(mails), parsed)))),
		ratio: rate / limit, goal: "≥ 600 mails/s", holds: rate >= 600,
	}, {
		what: fmt.Sprintf("the same out of %d mailboxes at once", v.mailboxes), figure: count(int(spread)) + " mails/s",
		limit: "out of one " + count(int(rate)), ratio: spread / rate, goal: "≥ 600 mails/s", holds: spread >= 600,
	}}
}

func perSecond(n int, took time.Duration) float64 { return float64(n) / took.Seconds() }

func mailServer(tb testing.TB) *dovecot.Server {
	server, err := dovecot.Start()
	must(tb, err)
	tb.Cleanup(server.Close)
	return server
}

func deliver(tb testing.TB, server *dovecot.Server, user string, mails [][]byte) {
	must(tb, server.AddUser(user, mailPassword))
	for _, raw := range mails {
		must(tb, server.Deliver(user, "INBOX", raw))
	}
}

func account(server *dovecot.Server, user string) mailbox.Config {
	return mailbox.Config{Addr: server.Addr, TLS: mailbox.Plain, User: user, Password: func(context.Context) (string, error) { return mailPassword, nil }}
}

// fetch reads the mailbox and keeps nothing.
func fetch(tb testing.TB, cfg mailbox.Config, n int) time.Duration {
	w, err := mailbox.New(cfg)
	must(tb, err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	begun, got := time.Now(), 0
	err = w.Run(ctx, mailbox.Position{}, func(_ context.Context, batch []mailbox.Raw, _ mailbox.Position) error {
		if got += len(batch); got == n {
			cancel()
		}
		return nil
	})
	if got != n {
		tb.Fatalf("%d of %d mails were fetched: %v", got, n, err)
	}
	return time.Since(begun)
}

// parse reads each mail on one core. Real mails are broken now and then; what
// could be read of them counts.
func parse(mails [][]byte) time.Duration {
	begun := time.Now()
	for _, raw := range mails {
		_, _ = message.Parse(context.Background(), raw, message.Limits{}) // an error says what was missing
	}
	return time.Since(begun)
}

func nobody(mailbox.Status) {}

// convert runs the mailroom until every mail is a message or in quarantine, and
// tells on the way how its mailboxes are doing.
func convert(tb testing.TB, n int, tell func(mailbox.Status), accounts ...mailbox.Config) time.Duration {
	c := newCentral(tb, nil)
	var boxes []mailroom.Box
	for _, cfg := range accounts {
		box, err := mailroom.OpenBox(cfg, mailroom.SentMails{})
		must(tb, err)
		boxes = append(boxes, box)
	}
	workspace, err := c.server.Found(context.Background(), "", time.Now())
	must(tb, err)
	room, err := mailroom.New(context.Background(), c.server, workspace, mailroom.Settings{Boxes: boxes}, quiet)
	must(tb, err)
	moved := make(chan struct{}, 1)
	defer c.server.Watch(func([]desk.BucketID) {
		select {
		case moved <- struct{}{}:
		default:
		}
	})()
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	defer working.Wait()
	defer cancel()
	begun := time.Now()
	working.Go(func() { room.Run(ctx) })
	for {
		select {
		case <-moved:
		case <-time.After(time.Second):
		}
		delivered := 0
		for _, box := range boxes {
			status := box.Source.Status()
			delivered += status.Delivered
			tell(status)
		}
		if delivered < n {
			continue
		}
		var waiting int
		must(tb, c.store.View(context.Background(), func(tx *store.CentralTx) error {
			pending, err := tx.PendingMail(1)
			waiting = len(pending)
			return err
		}))
		if waiting == 0 {
			return time.Since(begun)
		}
	}
}
