package mailroom

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/mail/mailbox"
	"holdall/mail/mailbox/dovecot"
	"holdall/mail/oauth"
	"holdall/mail/oauth/loopback"
	"holdall/store"
	"holdall/sync/hub"
)

const address = "service@nordlicht-werke.example"

// office is a provider, a mail server that believes it, and a hub with a
// mailroom between them.
type office struct {
	*testing.T
	issuer  *loopback.Issuer
	server  *dovecot.Server
	central *store.Central
	source  *oauth.Source
	box     Box
	status  chan mailbox.Status
}

func openOffice(t *testing.T) *office {
	issuer, err := loopback.Start(loopback.Rules{User: address, Rotate: true})
	must(t, err)
	t.Cleanup(func() { issuer.Close() })
	server, err := dovecot.StartWithTokens(issuer.URL + "/introspect")
	must(t, err)
	t.Cleanup(server.Close)
	must(t, server.AddUser(address, "no password is used"))
	o := &office{T: t, issuer: issuer, server: server, status: make(chan mailbox.Status, 1024)}
	o.furnish()
	return o
}

func (o *office) furnish() {
	ctx := o.Context()
	var err error
	o.central, err = store.OpenCentral(ctx, filepath.Join(o.TempDir(), "hub.db"))
	must(o, err)
	key, err := hub.Key(filepath.Join(o.TempDir(), "hub.key"))
	must(o, err)
	vault, err := hub.NewVault(o.central, key)
	must(o, err)
	o.source = &oauth.Source{Keeper: Grants(vault, address), Client: oauth.Client{ID: "desk", User: address, Provider: oauth.Provider{
		Name: "Loopback", AuthURL: o.issuer.URL + "/authorize", TokenURL: o.issuer.URL + "/token",
	}}}
	o.box, err = OpenBox(Granted(mailbox.Config{
		Addr: o.server.Addr, TLS: mailbox.Plain, User: address, Poll: 20 * time.Millisecond, Silence: 3 * time.Second, Backoff: mailbox.Backoff{First: time.Millisecond, Max: 20 * time.Millisecond},
		OnStatus: func(s mailbox.Status) { o.status <- s },
	}, o.source), SentMails{})
	must(o, err)
	o.box.Secret = func(ctx context.Context) (string, error) {
		grant, err := o.source.Keeper.Grant(ctx)
		return grant.Refresh, err
	}
}

// open sets the hub and its mailroom to work until the test ends.
func (o *office) open() { o.openWith(Settings{Boxes: []Box{o.box}}) }

func (o *office) openWith(settings Settings) *hub.Server {
	ctx, cancel := context.WithCancel(context.Background())
	log := slog.New(slog.DiscardHandler)
	server, err := hub.NewServer(ctx, o.central, log)
	must(o, err)
	var working sync.WaitGroup
	working.Go(func() { server.Run(ctx) })
	workspace, err := server.Found(ctx, "Nordlicht Werke", time.Now())
	must(o, err)
	room, err := New(ctx, server, workspace, settings, log)
	must(o, err)
	working.Go(func() { room.Run(ctx) })
	o.Cleanup(func() {
		cancel()
		working.Wait()
		must(o, o.central.Close())
	})
	return server
}

// allow lets the person at the provider say yes.
func (o *office) allow() {
	grant, err := oauth.Connect(o.Context(), o.source.Client, nil, func(page string) error {
		go func() {
			if answer, err := http.Get(page); err == nil {
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		}()
		return nil
	})
	must(o, err)
	must(o, o.source.Keeper.Keep(o.Context(), grant))
}

// until waits for a status of the mailbox.
func (o *office) until(what string, holds func(mailbox.Status) bool) {
	o.Helper()
	over := time.After(time.Minute)
	for {
		select {
		case s := <-o.status:
			if holds(s) {
				return
			}
		case <-over:
			o.Fatalf("never: %s; the mailbox says %+v", what, o.box.Source.Status())
		}
	}
}

// arrived waits until a letter is work.
func (o *office) arrived(subject string) {
	o.Helper()
	ctx, over := context.WithTimeout(o.Context(), time.Minute)
	defer over()
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		err := o.central.View(ctx, func(tx *store.CentralTx) error {
			_, _, err := tx.TicketByMailID(subject + "@nordlicht-werke.example")
			return err
		})
		if err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			o.Fatalf("the %s letter never became work: %v; the mailbox says %+v", subject, err, o.box.Source.Status())
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func letter(subject string) []byte {
	return []byte("From: Annika Petersen <a.petersen@nordlicht-werke.example>\nTo: " + address + "\nSubject: " + subject +
		"\nMessage-ID: <" + subject + "@nordlicht-werke.example>\n\nHello.\n")
}

func refused(s mailbox.Status) bool {
	return s.State == mailbox.StateStopped && s.Class == mailbox.ClassAuth
}

// TestAMailboxWithoutPassword: nobody has connected it, somebody does, a token
// ends early, the grant is taken back, and is given once more; the hub runs all
// the while.
func TestAMailboxWithoutPassword(t *testing.T) {
	o := openOffice(t)
	must(t, o.server.Deliver(address, "INBOX", letter("first")))
	o.open()
	o.until("it says that nobody has connected it", func(s mailbox.Status) bool {
		return refused(s) && strings.Contains(s.LastError, "connect "+address)
	})
	o.allow()
	o.arrived("first")

	o.issuer.Spend() // the next sign-in meets a token that has ended early
	o.server.Kill()
	must(t, o.server.Restart())
	must(t, o.server.Deliver(address, "INBOX", letter("second")))
	o.arrived("second")

	o.issuer.Revoke()
	o.server.Kill()
	must(t, o.server.Restart())
	o.until("it says that the grant was taken back", func(s mailbox.Status) bool {
		return refused(s) && strings.Contains(s.LastError, "taken back")
	})
	if h := o.box.health(); h.Problem != string(mailbox.ClassAuth) {
		t.Errorf("the health of the mailbox is %+v", h)
	}
	asked := o.issuer.Renewals()
	must(t, o.server.Deliver(address, "INBOX", letter("third")))
	o.allow()
	o.arrived("third")
	if again := o.issuer.Renewals(); again > asked {
		t.Errorf("the provider was asked %d times more for a grant it had taken back", again-asked)
	}
}
