package mailroom

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"math"
	"path"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/mail/mailbox"
	"holdall/mail/outgoing"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

// Box is a mailbox the room reads.
type Box struct {
	Account string // ours for it; part of every mail's place in the ledger
	Name    string // of the mailbox in the account
	Source  mailbox.Source
	// What the desk is told of it.
	Address string // that signs in; of a folder its path
	Server  string // host:port; empty of a folder
	SignIn  string // desk.SignInPassword, or the provider that grants tokens
	Stored  bool   // connected from a window
	Paused  bool   // nobody reads it until it is resumed
	// Sent looks for a Message-ID among the sent mails; nil: there is no place
	// to look.
	Sent func(ctx context.Context, mailID string) (bool, error)
	// Keep puts a mail that has left among the sent mails; nil: the server does it,
	// or nobody wants it.
	Keep func(context.Context, outgoing.Mail) error
	// Answers is how answers leave on the tickets that came by it; nil: by the room's
	// sender.
	Answers *Sender
	// Secret is what signs in now: another one is reason to try again after the
	// server refused the one before. nil: a refusal lasts.
	Secret func(context.Context) (string, error)
	// Renew tries another password and keeps it if the server takes it; nil: it is
	// not opened by one that can be given.
	Renew func(ctx context.Context, password string) error
}

// mendedEvery is how often a mailbox that refused its sign-in looks whether
// another secret stands. No server is asked for it.
const mendedEvery = 2 * time.Second

// SentMails is where copies of what has left stand.
type SentMails struct {
	Mailbox string // empty: there is none
	Keep    bool   // the desk puts them there, as its server does not
}

// OpenBox prepares an IMAP mailbox without connecting.
func OpenBox(cfg mailbox.Config, sent SentMails) (Box, error) {
	source, err := mailbox.New(cfg)
	if err != nil {
		return Box{}, desk.Refuse(desk.CodeValidation, "The mailbox of %s cannot be watched: %v.", cfg.User, err)
	}
	status := source.Status()
	box := Box{Account: status.Account, Name: status.Mailbox, Source: source, Secret: cfg.Password, Address: cfg.User, Server: cfg.Addr, SignIn: desk.SignInPassword}
	if sent.Mailbox != "" {
		box.Sent = func(ctx context.Context, id string) (bool, error) { return mailbox.Find(ctx, cfg, sent.Mailbox, id) }
	}
	if sent.Mailbox != "" && sent.Keep {
		box.Keep = func(ctx context.Context, m outgoing.Mail) error {
			return mailbox.Keep(ctx, cfg, sent.Mailbox, m.Raw, m.Leaves)
		}
	}
	return box, nil
}

// watch hands what the mailbox brings to the intake until the context ends. A
// refused sign-in is not repeated, for that locks accounts: it waits until
// somebody has mended it.
func (b Box) watch(ctx context.Context, duty *hub.Duty, sink *post.Sink, in *post.Intake, log *slog.Logger) error {
	for {
		tried := b.secret(ctx)
		err := b.read(ctx, duty, sink, in)
		refusal, ok := errors.AsType[*mailbox.Error](err)
		if !ok || refusal.Transient() || b.Secret == nil {
			return err
		}
		log.Warn("a sign-in was refused; the mailbox rests until another secret stands", "mailbox", b.Account, "error", err)
		if err := b.mended(ctx, tried); err != nil {
			return err
		}
	}
}

// secret names what signs in now without telling it; "" if there is nothing.
func (b Box) secret(ctx context.Context) string {
	if b.Secret == nil {
		return ""
	}
	word, err := b.Secret(ctx)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(word))
	return hex.EncodeToString(sum[:])
}

// mended waits until another secret stands than the one that was tried.
func (b Box) mended(ctx context.Context, tried string) error {
	look := time.NewTicker(mendedEvery)
	defer look.Stop()
	for {
		if now := b.secret(ctx); now != "" && now != tried {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
	}
}

func (b Box) read(ctx context.Context, duty *hub.Duty, sink *post.Sink, in *post.Intake) error {
	if err := sink.Begin(ctx, b.Account, b.Name, time.Now()); err != nil {
		return err
	}
	if b.Server != "" { // a folder has no UIDs
		if err := sink.Lift(ctx, duty, post.Place{Account: b.Account, Mailbox: b.Name}); err != nil {
			return err
		}
	}
	from, err := sink.Position(ctx, b.Account, b.Name)
	if err != nil {
		return err
	}
	return b.Source.Run(ctx, mailbox.Position(from), func(ctx context.Context, batch []mailbox.Raw, next mailbox.Position) error {
		return in.Deliver(ctx, duty, post.Place{Account: b.Account, Mailbox: b.Name}, mailsOf(batch), intake.Position(next))
	})
}

func mailsOf(batch []mailbox.Raw) []intake.Mail {
	mails := make([]intake.Mail, len(batch))
	for i, raw := range batch {
		mails[i] = intake.Mail(raw)
	}
	return mails
}

// File puts what a mailbox delivers into the ledger.
func File(ctx context.Context, sink *post.Sink, batch []mailbox.Raw, next mailbox.Position) error {
	return sink.File(ctx, mailsOf(batch), intake.Position(next))
}

// standby is the state of a mailbox that another node reads.
const standby = "standby"

func (b Box) health() hub.MailboxHealth {
	s := b.Source.Status()
	return hub.MailboxHealth{
		Mailbox: path.Base(b.Name), State: cmp.Or(string(s.State), standby), Problem: string(s.Class), LastPoll: s.LastPoll,
		Waiting: s.Waiting, Rate: math.Round(s.Rate*10) / 10, Remaining: s.Remaining().Seconds(),
	}
}
