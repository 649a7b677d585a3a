package mailroom

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/mailbox/dovecot"
	"holdall/store"
	"holdall/sync/hub"
)

// TestAnAdminGivesTheMailboxAnotherPassword: the configured one is refused; a
// wrong one is told and changes nothing; the right one opens the mailbox, is
// sealed, and gives way when the configuration names a new one.
func TestAnAdminGivesTheMailboxAnotherPassword(t *testing.T) {
	server, err := dovecot.Start()
	must(t, err)
	t.Cleanup(server.Close)
	must(t, server.AddUser(address, "correct horse"))
	o := &office{T: t, server: server}
	ctx, cancel := context.WithCancel(context.Background())
	path := filepath.Join(t.TempDir(), "hub.db")
	o.central, err = store.OpenCentral(ctx, path)
	must(t, err)
	key, err := hub.Key(filepath.Join(t.TempDir(), "hub.key"))
	must(t, err)
	configured := "battery staple"
	words := Passwords{
		Account: address, Configured: func(context.Context) (string, error) { return configured, nil },
		Vault: func() (*hub.Vault, error) { return hub.NewVault(o.central, key) },
	}
	box, err := OpenBoxBy(words, mailbox.Config{Addr: server.Addr, TLS: mailbox.Plain, User: address, Silence: 3 * time.Second}, SentMails{})
	must(t, err)
	log := slog.New(slog.DiscardHandler)
	desktop, err := hub.NewServer(ctx, o.central, log)
	must(t, err)
	var working sync.WaitGroup
	working.Go(func() { desktop.Run(ctx) })
	workspace, err := desktop.Found(ctx, "Nordlicht Werke", time.Now())
	must(t, err)
	room, err := New(ctx, desktop, workspace, Settings{Boxes: []Box{box}}, log)
	must(t, err)
	working.Go(func() { room.Run(ctx) })
	t.Cleanup(func() { cancel(); working.Wait(); must(t, o.central.Close()) })

	ill := func(list []desk.Mailbox) bool { return len(list) == 1 && list[0].NeedsPerson() }
	id := o.told("it waits for a person", ill)[0].ID
	if err := room.Renew(ctx, id, "a guess"); desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), "does not take this password") || strings.Contains(err.Error(), "a guess") {
		t.Errorf("a wrong password: %v", err)
	}
	if err := room.Renew(ctx, id, ""); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("no password: %v", err)
	}
	if err := room.Renew(ctx, "another", "correct horse"); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("another mailbox: %v", err)
	}
	must(t, room.Renew(ctx, id, "correct horse"))
	o.told("it is read", func(list []desk.Mailbox) bool { return len(list) == 1 && list[0].State == desk.MailboxWatching })

	for _, end := range []string{"", "-wal"} {
		if raw, err := os.ReadFile(path + end); err == nil && strings.Contains(string(raw), "correct horse") {
			t.Errorf("the password stands in hub.db%s", end)
		}
	}
	if word, err := words.Password(ctx); word != "correct horse" || err != nil {
		t.Errorf("%q, %v", word, err)
	}
	configured = "a new one"
	if word, err := words.Password(ctx); word != "a new one" || err != nil {
		t.Errorf("the configuration named a new password, and %q stands (%v)", word, err)
	}
}

// TestAMailServerThatIsAwayChangesNoPassword says so, and that it is worth trying
// again.
func TestAMailServerThatIsAwayChangesNoPassword(t *testing.T) {
	words := Passwords{Account: address, Configured: func(context.Context) (string, error) { return "old", nil }, Vault: func() (*hub.Vault, error) { panic("it was kept") }}
	box, err := OpenBoxBy(words, mailbox.Config{Addr: "127.0.0.1:1", TLS: mailbox.Plain, User: address}, SentMails{})
	must(t, err)
	if err := box.Renew(t.Context(), "new"); desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), "127.0.0.1 takes no connections on port 1") {
		t.Errorf("%v", err)
	}
}
