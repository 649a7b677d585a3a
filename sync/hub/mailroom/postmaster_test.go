package mailroom

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox/dovecot"
	"holdall/mail/oauth"
	"holdall/mail/oauth/loopback"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

// room is a hub whose mailboxes are tended from a window.
type room struct {
	*office
	desk   *hub.Server
	master *Postmaster
	rules  hub.Mailroom
	path   string
	out    *exchange
	shut   func() // ends it, for another to open
}

func openPost(t *testing.T, configured Settings) *room {
	server, err := dovecot.Start()
	must(t, err)
	t.Cleanup(server.Close)
	must(t, server.AddUser(address, "correct horse"))
	p := &room{office: &office{T: t, server: server}, path: filepath.Join(t.TempDir(), "hub.db"), out: openExchange(t, "correct horse")}
	p.open(configured)
	return p
}

func (p *room) open(configured Settings) {
	ctx, cancel := context.WithCancel(context.Background())
	var err error
	p.central, err = store.OpenCentral(ctx, p.path)
	must(p, err)
	key, err := hub.Key(p.path + ".key")
	must(p, err)
	log := slog.New(slog.DiscardHandler)
	p.desk, err = hub.NewServer(ctx, p.central, log)
	must(p, err)
	var working sync.WaitGroup
	working.Go(func() { p.desk.Run(ctx) })
	workspace, err := p.desk.Found(ctx, "Nordlicht Werke", time.Now())
	must(p, err)
	p.master, err = NewPostmaster(ctx, p.desk, workspace, configured, func() (*hub.Vault, error) { return hub.NewVault(p.central, key) }, log)
	must(p, err)
	p.rules = p.master.Tending()
	working.Go(func() { p.master.Run(ctx) })
	p.shut = sync.OnceFunc(func() { cancel(); working.Wait(); must(p, p.central.Close()) })
	p.Cleanup(p.shut)
}

// connection is the mailbox of the office, to be changed by a test.
func (p *room) connection(change func(*desk.MailboxConnection)) desk.MailboxConnection {
	c := desk.MailboxConnection{Password: "correct horse", Setup: desk.MailboxSetup{
		Address: address, Name: "Service", Folder: "INBOX",
		IMAP: desk.MailServer{Addr: p.server.Addr, TLS: desk.Unprotected}, SMTP: desk.MailServer{Addr: p.out.addr, TLS: desk.Unprotected},
	}}
	change(&c)
	return c
}

func (p *room) as(list []desk.Mailbox, holds func(in, out desk.Mailbox) bool) bool {
	var in, out desk.Mailbox
	for _, m := range list {
		if m.Sends {
			out = m
		} else {
			in = m
		}
	}
	return holds(in, out)
}

func (p *room) stands(what string, holds func(in, out desk.Mailbox) bool) (in, out desk.Mailbox) {
	p.Helper()
	p.told(what, func(list []desk.Mailbox) bool {
		return p.as(list, func(i, o desk.Mailbox) bool { in, out = i, o; return holds(i, o) })
	})
	return in, out
}

// TestAMailboxIsConnectedFromAWindow: what it held is taken in silently, what
// comes is work, answers leave by it; its secret is on no disk in the clear.
func TestAMailboxIsConnectedFromAWindow(t *testing.T) {
	p := openPost(t, Settings{})
	must(t, p.server.Deliver(address, "INBOX", letter("before")))
	must(t, p.rules.Connect(t.Context(), p.connection(func(c *desk.MailboxConnection) { c.Setup.Acknowledge = true })))
	in, out := p.stands("it is read and sends", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxWatching && out.State == desk.MailboxWatching
	})
	if !in.Stored || in.Address != address || in.Folder != "INBOX" || in.Server != p.server.Addr || in.SignIn != desk.SignInPassword {
		t.Errorf("%+v", in)
	}
	if !out.Stored || out.Address != address || out.Server != p.out.addr || out.Standing() != "Sending" {
		t.Errorf("%+v", out)
	}
	p.arrived("before")
	must(t, p.server.Deliver(address, "INBOX", letter("after")))
	p.arrived("after")
	trial, err := p.rules.Try(t.Context(), []desk.MailboxRule{
		{Name: "Late", When: []desk.MailTest{{In: desk.PartSubject, Like: []string{"after"}}}, Category: "Paper"},
		{Name: "None", When: []desk.MailTest{{In: desk.PartSubject, Like: []string{"nothing like it"}}}, Ignore: "no"},
	})
	if err != nil || trial.Read != 2 || trial.Asked != 2 || len(trial.Mails) != 1 || trial.Mails[0].Subject != "after" || trial.Mails[0].Ticket == "" || len(trial.Mails[0].Rules) != 1 || trial.Mails[0].Rules[0] != "“Late” set its category" {
		t.Errorf("tried rules: %+v, %v", trial, err)
	}
	p.answer("r1")
	p.comes("r1", desk.DeliverySent)
	p.out.set(func(x *exchange) {
		if all := strings.Join(x.taken, "\n"); !strings.Contains(all, "From: \"Service\" <"+address+">") || strings.Contains(all, "[INC0000001] before") {
			t.Errorf("what left: %s", all)
		}
	})
	w, err := p.desk.Found(t.Context(), "", time.Now())
	must(t, err)
	if !slices.Contains(w.Addresses, address) {
		t.Errorf("the desk's own addresses are %v", w.Addresses)
	}
	for _, end := range []string{"", "-wal"} {
		if raw, err := os.ReadFile(p.path + end); err == nil && strings.Contains(string(raw), "correct horse") {
			t.Errorf("the password stands in hub.db%s", end)
		}
	}
	if err := p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})); desk.CodeOf(err) != desk.CodeWorkflow || !strings.Contains(err.Error(), "connected already") {
		t.Errorf("a second time: %v", err)
	}
}

// answer lets the desk write to somebody.
func (p *room) answer(id desk.MessageID) {
	ticket := desk.TicketID("t" + id)
	must(p, p.desk.Do(p.Context(), nil,
		hub.Act{Name: desk.TicketCreate, Ticket: ticket, At: time.Now(), Args: desk.CreateTicket{Kind: desk.Incident, Title: "A matter"}},
		hub.Act{Name: desk.MessageAdd, Ticket: ticket, At: time.Now(), Args: desk.AddMessage{Message: desk.Message{
			ID: id, Kind: desk.PublicReply, Text: "Done.", Auto: true, To: []desk.Address{{Email: "a.petersen@nordlicht-werke.example"}},
		}}}))
}

// TestWhatCannotBeConnectedIsSaidAndKeptNowhere: each fault by its sentence.
func TestWhatCannotBeConnectedIsSaidAndKeptNowhere(t *testing.T) {
	p := openPost(t, Settings{})
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { silent.Close() })
	sealed := tlsServer(t)
	for _, c := range []struct {
		says   string
		change func(*desk.MailboxConnection)
	}{
		{"is no mail address", func(c *desk.MailboxConnection) { c.Setup.Address = "service" }},
		{"-1 is no number of mails that may leave in a minute", func(c *desk.MailboxConnection) { c.Setup.PerMinute = new(-1) }},
		{"Give the password of " + address, func(c *desk.MailboxConnection) { c.Password = "" }},
		{"There is no server named imap.holdall.invalid; check its name", func(c *desk.MailboxConnection) {
			c.Setup.IMAP = desk.MailServer{Addr: "imap.holdall.invalid:993", TLS: desk.ProtectedAtOnce}
		}},
		{"127.0.0.1 takes no connections on port 1; check the port", func(c *desk.MailboxConnection) { c.Setup.IMAP.Addr = "127.0.0.1:1" }},
		{"The certificate of 127.0.0.1 cannot be trusted", func(c *desk.MailboxConnection) {
			c.Setup.IMAP = desk.MailServer{Addr: sealed, TLS: desk.ProtectedAtOnce}
		}},
		{"does not speak TLS at once", func(c *desk.MailboxConnection) { c.Setup.IMAP.TLS = desk.ProtectedAtOnce }},
		{"does not take this password for " + address, func(c *desk.MailboxConnection) { c.Password = "a guess" }},
		{"There is no folder Desk in the mailbox of " + address + "; it has Done, INBOX, Sent", func(c *desk.MailboxConnection) { c.Setup.Folder = "Desk" }},
		{"There is no folder Gesendet", func(c *desk.MailboxConnection) { c.Setup.Sent = "Gesendet" }},
		{"127.0.0.1 takes no connections on port 1", func(c *desk.MailboxConnection) { c.Setup.SMTP.Addr = "127.0.0.1:1" }},
		{"There is no server named smtp.holdall.invalid", func(c *desk.MailboxConnection) {
			c.Setup.SMTP = desk.MailServer{Addr: "smtp.holdall.invalid:465", TLS: desk.ProtectedAtOnce}
		}},
		{"check the user name and the password for sending", func(c *desk.MailboxConnection) { c.SMTPPassword = "a guess" }},
		{"check server, port and protection for sending", func(c *desk.MailboxConnection) { c.Setup.SMTP.TLS = desk.ProtectedLater }},
		{"lets no mail of " + address + " leave", func(*desk.MailboxConnection) { p.out.set(func(x *exchange) { x.sends = "other@example.com" }) }},
	} {
		err := p.rules.Connect(t.Context(), p.connection(c.change))
		if desk.CodeOf(err) == desk.CodeInternal || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "guess") || strings.Contains(err.Error(), "correct horse") {
			t.Errorf("%q: %v", c.says, err)
		}
	}
	list, err := p.desk.MailboxSetups(t.Context())
	if err != nil || len(list) != 0 {
		t.Errorf("kept: %+v, %v", list, err)
	}
}

// TestAPausedMailboxGoesOnWhereItEnded, a removed one too; nothing that was read
// is lost or read twice.
func TestAPausedMailboxGoesOnWhereItEnded(t *testing.T) {
	p := openPost(t, Settings{})
	must(t, p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})))
	must(t, p.server.Deliver(address, "INBOX", letter("first")))
	p.arrived("first")
	id := post.MailboxID(address+"@"+p.server.Addr, "INBOX")
	must(t, p.rules.Pause(t.Context(), id, true))
	p.stands("it is paused", func(in, _ desk.Mailbox) bool { return in.State == desk.MailboxPaused })
	must(t, p.server.Deliver(address, "INBOX", letter("meanwhile")))
	must(t, p.rules.Pause(t.Context(), id, false))
	p.arrived("meanwhile")
	must(t, p.rules.Remove(t.Context(), id))
	p.stands("nobody reads it", func(in, _ desk.Mailbox) bool { return in.State == desk.MailboxRemoved })
	if _, err := p.rules.Setup(t.Context(), id); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("removed: %v", err)
	}
	must(t, p.server.Deliver(address, "INBOX", letter("last")))
	must(t, p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})))
	p.arrived("last")
	must(t, p.central.View(t.Context(), func(tx *store.CentralTx) error {
		n, err := tx.MailSince(address+"@"+p.server.Addr, time.Time{})
		if n != 3 {
			t.Errorf("%d mails in the ledger", n)
		}
		return err
	}))
}

// TestAnotherServerWantsThePasswordAgain, and what is changed keeps its place.
func TestAnotherServerWantsThePasswordAgain(t *testing.T) {
	p := openPost(t, Settings{})
	must(t, p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})))
	id := post.MailboxID(address+"@"+p.server.Addr, "INBOX")
	change := func(change func(*desk.MailboxConnection)) error {
		return p.rules.Change(t.Context(), id, p.connection(func(c *desk.MailboxConnection) { c.Password = ""; change(c) }))
	}
	elsewhere := strings.Replace(p.server.Addr, "127.0.0.1", "localhost", 1)
	if err := change(func(c *desk.MailboxConnection) { c.Setup.IMAP.Addr = elsewhere }); desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), "shown to no other server") {
		t.Errorf("without a password: %v", err)
	}
	must(t, change(func(c *desk.MailboxConnection) { c.Setup.Name = "Another name" }))
	must(t, change(func(c *desk.MailboxConnection) { c.Setup.IMAP.Addr, c.Password = elsewhere, "correct horse" }))
	s, err := p.rules.Setup(t.Context(), id)
	if err != nil || s.IMAP.Addr != elsewhere || s.Account != address+"@"+p.server.Addr || s.Name != "Service" {
		t.Errorf("%+v, %v", s, err)
	}
	p.stands("it is read there", func(in, _ desk.Mailbox) bool {
		return in.ID == id && in.Server == elsewhere && in.State == desk.MailboxWatching
	})
	if err := p.rules.Change(t.Context(), "another", p.connection(func(*desk.MailboxConnection) {})); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("no mailbox: %v", err)
	}
}

// TestTheConfigurationStandsBesideTheWindow: its mailbox and its mail server are
// changed there.
func TestTheConfigurationStandsBesideTheWindow(t *testing.T) {
	p := openPost(t, Settings{})
	box, err := OpenBox(p.reached().in, SentMails{})
	must(t, err)
	p.master.configured = Settings{Boxes: []Box{box}}
	if err := p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})); desk.CodeOf(err) != desk.CodeWorkflow || !strings.Contains(err.Error(), "configuration names") {
		t.Errorf("its mailbox: %v", err)
	}
	p.master.configured = Settings{Send: p.reached().out.Deliver, From: outgoing.Address{Email: address}, Out: Outlet{Server: "smtp.example.com:587"}}
	if err := p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})); desk.CodeOf(err) != desk.CodeWorkflow || !strings.Contains(err.Error(), "leave by smtp.example.com:587") {
		t.Errorf("its mail server: %v", err)
	}
}

func (p *room) reached() *reached {
	c := p.connection(func(*desk.MailboxConnection) {})
	s := c.Setup.Tidy()
	s.Account = s.IMAP.User + "@" + s.IMAP.Addr
	r, err := p.master.reach(s)
	must(p, err)
	return r
}

// TestAPasswordForBothIsTriedAtBoth: one that only reads would stop the answers.
func TestAPasswordForBothIsTriedAtBoth(t *testing.T) {
	p := openPost(t, Settings{})
	must(t, p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})))
	p.out.set(func(x *exchange) { x.password = "battery staple" })
	in, out := p.stands("both are told", func(in, out desk.Mailbox) bool { return in.ID != "" && out.ID != "" })
	for _, id := range []desk.MailboxID{in.ID, out.ID} {
		if err := p.rules.Renew(t.Context(), id, "correct horse"); desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), "for sending") {
			t.Errorf("what the mail server for answers refuses: %v", err)
		}
		if err := p.rules.Renew(t.Context(), id, "battery staple"); desk.CodeOf(err) != desk.CodeValidation || strings.Contains(err.Error(), "for sending") {
			t.Errorf("what the mailbox refuses: %v", err)
		}
	}
	if word, err := p.reached().in.Password(t.Context()); word != "correct horse" || err != nil {
		t.Errorf("a refused password was kept: %v", err)
	}
}

// TestARefusedSendingIsToldAndMended: the desk is told, another password is tried,
// and what waited leaves. The one for reading stays.
func TestARefusedSendingIsToldAndMended(t *testing.T) {
	p := openPost(t, Settings{})
	p.out.set(func(x *exchange) { x.password = "a key of its own" })
	must(t, p.rules.Connect(t.Context(), p.connection(func(c *desk.MailboxConnection) { c.SMTPPassword = "a key of its own" })))
	p.out.set(func(x *exchange) { x.password = "battery staple" })
	p.answer("r1")
	_, out := p.stands("its sign-in is refused", func(_, out desk.Mailbox) bool { return out.NeedsPerson() })
	if out.Problem != desk.ProblemSignIn || out.Waiting != 1 || !strings.Contains(out.WayOut(), "no answer leaves") || !strings.Contains(out.Reason, "does not accept the desk’s sign-in") {
		t.Errorf("%+v", out)
	}
	if err := p.rules.Renew(t.Context(), out.ID, "a guess"); desk.CodeOf(err) != desk.CodeValidation || strings.Contains(err.Error(), "a guess") {
		t.Errorf("a wrong one: %v", err)
	}
	must(t, p.rules.Renew(t.Context(), out.ID, "battery staple"))
	p.comes("r1", desk.DeliverySent)
	p.stands("all is well", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxWatching && out.State == desk.MailboxWatching && out.Reason == ""
	})
}

// TestAMailboxOfAProviderIsConnectedFromAWindow: by what a person allowed in the
// browser; taken back, it says so, and another grant mends it.
func TestAMailboxOfAProviderIsConnectedFromAWindow(t *testing.T) {
	issuer, err := loopback.Start(loopback.Rules{User: address, Rotate: true})
	must(t, err)
	t.Cleanup(func() { issuer.Close() })
	server, err := dovecot.StartWithTokens(issuer.URL + "/introspect")
	must(t, err)
	t.Cleanup(server.Close)
	must(t, server.AddUser(address, "no password is used"))
	p := &room{office: &office{T: t, server: server, issuer: issuer}, path: filepath.Join(t.TempDir(), "hub.db"), out: openExchange(t, "-")}
	p.open(Settings{})
	provider := &desk.MailProvider{Kind: desk.ProviderOther, ClientID: "desk", AuthURL: issuer.URL + "/authorize", TokenURL: issuer.URL + "/token"}
	p.source = &oauth.Source{Client: oauth.Client{ID: "desk", User: address, Provider: oauth.Provider{Name: "Loopback", AuthURL: provider.AuthURL, TokenURL: provider.TokenURL}}, Keeper: &hand{}}
	allowed := func() []byte {
		p.allow()
		grant, err := p.source.Keeper.Grant(t.Context())
		must(t, err)
		text, err := json.Marshal(grant)
		must(t, err)
		return text
	}
	by := func(grant []byte) desk.MailboxConnection {
		return p.connection(func(c *desk.MailboxConnection) { c.Password, c.Grant, c.Setup.Provider = "", grant, provider })
	}
	if err := p.rules.Connect(t.Context(), by(nil)); desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), "sign in there as "+address) {
		t.Errorf("without a grant: %v", err)
	}
	must(t, p.rules.Connect(t.Context(), by(allowed())))
	in, _ := p.stands("it is read", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxWatching && out.State == desk.MailboxWatching
	})
	if in.SignIn != "another provider" || !in.Stored {
		t.Errorf("%+v", in)
	}
	p.answer("r1")
	p.comes("r1", desk.DeliverySent)
	issuer.Revoke()
	for _, paused := range []bool{true, false} { // it signs in anew
		must(t, p.rules.Pause(t.Context(), in.ID, paused))
		p.stands("it rests or not", func(in, _ desk.Mailbox) bool { return paused == (in.State == desk.MailboxPaused) })
	}
	refused, _ := p.stands("it waits for a person", func(in, _ desk.Mailbox) bool { return in.NeedsPerson() })
	if strings.Contains(refused.WayOut(), "holdalld") {
		t.Errorf("the way out leads to a shell: %s", refused.WayOut())
	}
	if err := p.rules.Renew(t.Context(), refused.ID, "a password"); desk.CodeOf(err) != desk.CodeWorkflow {
		t.Errorf("a password for it: %v", err)
	}
	must(t, p.rules.Change(t.Context(), refused.ID, by(allowed())))
	p.stands("it is read again", func(in, _ desk.Mailbox) bool { return in.State == desk.MailboxWatching })
}
