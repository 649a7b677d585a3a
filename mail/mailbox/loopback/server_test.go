package loopback

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"holdall/mail/mailbox"
)

func watch(t *testing.T, s *Server) (*mailbox.Watcher, mailbox.Config, chan struct{}) {
	t.Helper()
	idling := make(chan struct{}, 1000)
	cfg := mailbox.Config{
		Addr: s.Addr, TLS: mailbox.Plain, User: "desk", Poll: time.Hour,
		Password: func(context.Context) (string, error) { return "secret", nil },
		OnStatus: func(s mailbox.Status) {
			if s.Idling {
				idling <- struct{}{}
			}
		},
	}
	w, err := mailbox.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return w, cfg, idling
}

func TestMailsAreReadAsTheyArrive(t *testing.T) {
	s, err := Start("desk", "secret")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w, cfg, idling := watch(t, s)
	mails := make(chan string, 10)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- w.Run(ctx, mailbox.Position{}, func(_ context.Context, batch []mailbox.Raw, _ mailbox.Position) error {
			for _, m := range batch {
				mails <- string(m.Bytes)
			}
			return nil
		})
	}()
	<-idling
	for i := range 3 {
		raw := fmt.Sprintf("Subject: %d\r\n\r\nHello\r\n", i)
		if err := s.Deliver("INBOX", []byte(raw)); err != nil {
			t.Fatal(err)
		}
		if got := <-mails; got != raw {
			t.Fatalf("got %q", got)
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := mailbox.Keep(t.Context(), cfg, "Sent", []byte("Message-ID: <a@example.com>\r\n\r\n"), nil); err != nil {
		t.Fatal(err)
	}
	if found, err := mailbox.Find(t.Context(), cfg, "Sent", "<a@example.com>"); err != nil || !found {
		t.Fatalf("%v, %v", found, err)
	}
}
