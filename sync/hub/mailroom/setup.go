package mailroom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/oauth"
	"holdall/mail/outgoing"
	"holdall/sync/hub"
)

// trialWait bounds each answer of a server that is tried.
const trialWait = 15 * time.Second

// reached is a mailbox that was connected from a window, as it is read and as its
// answers leave; nothing is connected yet.
type reached struct {
	desk.MailboxSetup
	in  mailbox.Config
	out *outgoing.Sender // nil: answers leave by another
	// inWords and outWords are its passwords; nil where tokens sign in.
	inWords, outWords *Passwords
	grants            *oauth.Source
}

// reach prepares a setup with the secrets that stand.
func (p *Postmaster) reach(s desk.MailboxSetup) (*reached, error) {
	r := &reached{MailboxSetup: s, in: mailbox.Config{
		Account: s.Account, Addr: s.IMAP.Addr, TLS: mailbox.TLSMode(s.IMAP.TLS), User: s.IMAP.User, Mailbox: s.Folder,
	}}
	if s.SMTP.Addr != "" {
		r.out = &outgoing.Sender{Addr: s.SMTP.Addr, TLS: outgoing.TLSMode(s.SMTP.TLS), User: s.SMTP.User}
	}
	if s.Provider != nil {
		client, err := p.client(s)
		if err != nil {
			return nil, err
		}
		source, err := p.source(s.Account, client)
		if err != nil {
			return nil, err
		}
		r.by(source)
		return r, nil
	}
	r.inWords = &Passwords{Account: s.Account, Configured: unconfigured(s.Address), Vault: p.vault}
	r.in.Password = r.inWords.Password
	if r.out != nil {
		r.outWords = &Passwords{Account: sendingAccount(s.Account), Configured: func(context.Context) (string, error) { return "", errSame }, Vault: p.vault}
		r.out.Password = r.sendingPassword
	}
	return r, nil
}

// errSame is that the password for reading sends as well.
var errSame = errors.New("there is no password for sending alone")

func (r *reached) sendingPassword(ctx context.Context) (string, error) {
	word, err := r.outWords.Password(ctx)
	if errors.Is(err, errSame) {
		return r.inWords.Password(ctx)
	}
	return word, err
}

// by lets tokens sign in at both servers.
func (r *reached) by(source *oauth.Source) {
	r.grants = source
	r.in = Granted(r.in, source)
	if r.out != nil {
		r.out.Token, r.out.Refused = source.Token, source.Refused
	}
}

// sendingAccount names the password for sending where it is another one.
func sendingAccount(account string) string { return "sending." + account }

func unconfigured(address string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		return "", desk.Refuse(desk.CodeValidation, "There is no password of %s; connect it again.", address)
	}
}

// client is this program as the admin registered it at the provider.
func (p *Postmaster) client(s desk.MailboxSetup) (oauth.Client, error) {
	c := oauth.Client{Provider: provider(*s.Provider), ID: s.Provider.ClientID, User: s.Address}
	vault, err := p.vault()
	if err != nil {
		return c, err
	}
	secret, err := vault.Get(context.Background(), clientSecret(s.Account))
	if errors.Is(err, hub.ErrNoSecret) {
		return c, nil
	}
	c.Secret = string(secret)
	return c, err
}

func clientSecret(account string) string { return "client." + account }

// provider is where a mailbox's people are asked.
func provider(p desk.MailProvider) oauth.Provider {
	if known, ok := oauth.Known(p.Kind, p.Tenant); ok {
		return known
	}
	return oauth.Provider{Name: p.Name(), AuthURL: p.AuthURL, TokenURL: p.TokenURL, Scopes: p.Scopes}
}

// try signs in to the servers once; the error is the sentence that says what has
// to be corrected.
func (r *reached) try(ctx context.Context) error {
	in := r.in
	in.Silence, in.Patience = trialWait, 2*trialWait
	var besides []string
	if r.Sent != "" {
		besides = append(besides, r.Sent)
	}
	if err := mailbox.Check(ctx, in, besides...); err != nil {
		return unreadable(in, err)
	}
	return r.trySending(ctx)
}

func (r *reached) trySending(ctx context.Context) error {
	if r.out == nil {
		return nil
	}
	out := *r.out
	out.Timeout = trialWait
	if err := out.Check(ctx, r.Address); err != nil {
		return unsendable(&out, r.Address, err)
	}
	return nil
}

// box is the mailbox as the room reads it.
func (r *reached) box() (Box, error) {
	box, err := OpenBox(r.in, SentMails{r.Sent, r.KeepSent})
	box.Address, box.SignIn, box.Stored, box.Paused = r.Address, r.SignIn(), true, r.Paused
	if r.grants != nil {
		box.Secret = Standing(r.grants)
	} else {
		box.Renew = r.renew
	}
	return box, err
}

// outlet is how answers leave by it.
func (r *reached) outlet() Outlet {
	o := Outlet{Server: r.SMTP.Addr, SignIn: r.SignIn(), Stored: true, Secret: r.out.Password}
	if r.grants != nil {
		o.Secret = Standing(r.grants)
	} else {
		o.Renew = r.renewSending
	}
	return o
}

// renew tries another password where it will be used, and keeps it if it is taken.
func (r *reached) renew(ctx context.Context, word string) error {
	tried := *r
	tried.in.Password = func(context.Context) (string, error) { return word, nil }
	if r.out != nil && !r.sendsOtherwise(ctx) {
		out := *r.out
		out.Password, tried.out = tried.in.Password, &out
	} else {
		tried.out = nil
	}
	if err := tried.try(ctx); err != nil {
		return err
	}
	return r.inWords.keep(ctx, word)
}

// renewSending is renew where the server for answers is refused. A password that
// serves both stays one.
func (r *reached) renewSending(ctx context.Context, word string) error {
	if !r.sendsOtherwise(ctx) {
		return r.renew(ctx, word)
	}
	tried, out := *r, *r.out
	out.Password, tried.out = func(context.Context) (string, error) { return word, nil }, &out
	if err := tried.trySending(ctx); err != nil {
		return err
	}
	return r.outWords.keep(ctx, word)
}

// sendsOtherwise reports whether a password of its own signs in for sending.
func (r *reached) sendsOtherwise(ctx context.Context) bool {
	if r.outWords == nil {
		return false
	}
	_, err := r.outWords.Password(ctx)
	return !errors.Is(err, errSame)
}

// from is whom answers come from.
func (r *reached) from(workspace desk.Workspace) outgoing.Address {
	return outgoing.Address{Name: cmp.Or(r.Name, workspace.Name), Email: r.Address}
}

// Standing names the grant that is in force, for a mailbox that waits for
// another one.
func Standing(source *oauth.Source) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		grant, err := source.Keeper.Grant(ctx)
		if err != nil {
			return "", fmt.Errorf("read the grant of %s: %w", source.Client.User, err)
		}
		return grant.Refresh, nil
	}
}
