package mailroom

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/store"
	"holdall/sync/hub"
)

// quiet is a mailbox to which nothing comes; it tells when its reading begins and
// ends.
type quiet struct {
	mailbox.Folder
	begun, ended chan struct{}
}

func (q *quiet) Run(ctx context.Context, _ mailbox.Position, _ mailbox.Deliver) error {
	q.begun <- struct{}{}
	<-ctx.Done()
	q.ended <- struct{}{}
	return ctx.Err()
}

// alarms counts the faults that are logged.
type alarms struct {
	slog.Handler
	heard chan string
}

func (a alarms) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (a alarms) Handle(_ context.Context, r slog.Record) error {
	a.heard <- r.Message
	return nil
}

// TestAMailboxThatCannotBePreparedStopsNoOther: one that another node connected, and
// whose secrets this one has no key of, is no reason to begin reading anew.
func TestAMailboxThatCannotBePreparedStopsNoOther(t *testing.T) {
	central, err := store.OpenCentral(t.Context(), t.TempDir()+"/hub.db")
	must(t, err)
	t.Cleanup(func() { must(t, central.Close()) })
	a := alarms{slog.DiscardHandler, make(chan string, 99)}
	server, err := hub.NewServer(t.Context(), central, slog.New(a))
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{}, 2)
	go func() { server.Run(ctx); done <- struct{}{} }()
	workspace, err := server.Found(ctx, "Nordlicht Werke", time.Now())
	must(t, err)
	box := &quiet{begun: make(chan struct{}, 99), ended: make(chan struct{}, 99)}
	none := func() (*hub.Vault, error) { return nil, errors.New("this node has no key") }
	master, err := NewPostmaster(ctx, server, workspace, Settings{Boxes: []Box{{Account: "folder", Name: "/var/mail", Source: box}}}, none, slog.New(a))
	must(t, err)
	go func() { master.Run(ctx); done <- struct{}{} }()
	t.Cleanup(func() { cancel(); <-done; <-done })
	<-box.begun
	vault, err := hub.NewVault(central, make([]byte, 32))
	must(t, err)
	must(t, vault.ChangeSetups(ctx, func(list []desk.MailboxSetup) ([]desk.MailboxSetup, error) {
		return append(list, desk.MailboxSetup{Account: "other", Address: "other@example.com", Folder: "INBOX", IMAP: desk.MailServer{Addr: "127.0.0.1:1", TLS: desk.Unprotected},
			Provider: &desk.MailProvider{Kind: desk.ProviderOther, ClientID: "desk", AuthURL: "https://example.com/a", TokenURL: "https://example.com/t"}}), nil
	}, nil))
	for range 3 {
		master.wake <- struct{}{}
		select {
		case said := <-a.heard:
			if said != "open the mailroom anew" {
				t.Fatal(said)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nobody was told that it cannot be opened")
		}
	}
	if n := len(box.ended); n > 0 {
		t.Errorf("the reading of the other mailbox was ended %d times", n)
	}
}
