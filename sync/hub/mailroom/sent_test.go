package mailroom

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"holdall/mail/mailbox"
	"holdall/mail/mailbox/dovecot"
	"holdall/mail/outgoing"
)

// TestCopiesStandAmongTheSentMails of a real server: looked for by Message-ID, put
// there as read, and a mailbox that is missing says so and is not made.
func TestCopiesStandAmongTheSentMails(t *testing.T) {
	server, err := dovecot.Start()
	must(t, err)
	t.Cleanup(server.Close)
	must(t, server.AddUser(address, "secret"))
	cfg := mailbox.Config{
		Addr: server.Addr, TLS: mailbox.Plain, User: address, Silence: 10 * time.Second,
		Password: func(context.Context) (string, error) { return "secret", nil },
	}
	open := func(sent SentMails) Box {
		box, err := OpenBox(cfg, sent)
		must(t, err)
		return box
	}
	if box := open(SentMails{Keep: true}); box.Sent != nil || box.Keep != nil {
		t.Error("there is a place for copies that nobody named")
	}
	if box := open(SentMails{Mailbox: "Copies"}); box.Sent == nil || box.Keep != nil {
		t.Error("copies are made that nobody asked for")
	}
	box := open(SentMails{Mailbox: "Copies", Keep: true})
	raw := []byte(strings.ReplaceAll(string(letter("answer")), "\n", "\r\n"))
	const id = "answer@nordlicht-werke.example"
	for range 2 { // the mailbox is missing: neither act makes it
		_, err := box.Sent(t.Context(), id)
		refusal, ok := errors.AsType[*mailbox.Error](err)
		if err = box.Keep(t.Context(), outgoing.Mail{Raw: raw}); !ok || !refusal.Transient() || err == nil || !strings.Contains(err.Error(), "keep a copy in Copies") {
			t.Errorf("without the mailbox: %v, %v", refusal, err)
		}
	}
	must(t, server.Deliver(address, "Copies", letter("another")))
	there, err := box.Sent(t.Context(), id)
	must(t, err)
	must(t, box.Keep(t.Context(), outgoing.Mail{Raw: raw}))
	after, err := box.Sent(t.Context(), id)
	must(t, err)
	if there || !after {
		t.Errorf("before: %v, after: %v", there, after)
	}
}
