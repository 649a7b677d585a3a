package main

import (
	"context"
	"net"
	"net/url"
	"path"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/mail/mailbox"
	"holdall/mail/outgoing"
	"holdall/sync/hub"
)

// Where a secret is looked for when no file is named.
const (
	envMailboxPassword = "HOLDALL_MAILBOX_PASSWORD"
	envSMTPPassword    = "HOLDALL_SMTP_PASSWORD"
)

// password gives a secret anew each time, so a changed file needs no restart.
func (p *program) password(file, variable string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		if file != "" {
			return p.secret(file)
		}
		if word := p.getenv(variable); word != "" {
			return word, nil
		}
		return "", desk.Refuse(desk.CodeValidation, "There is no password: name a password_file or set %s.", variable)
	}
}

// watched is a mailbox with where it comes from.
type watched struct {
	account, name string
	source        mailbox.Source
	sent          func(ctx context.Context, mailID string) (bool, error)
}

// openMailbox prepares a mailbox without connecting.
func (p *program) openMailbox(m mailboxSetting) (watched, error) {
	u, err := mailURL(m.URL, "imaps", "imap", "file")
	if err != nil {
		return watched{}, err
	}
	if u.Scheme == "file" {
		return watched{account: "folder", name: u.Path, source: &mailbox.Folder{Account: "folder", Dir: u.Path, Poll: time.Second}}, nil
	}
	cfg := mailbox.Config{
		Addr: u.Host, User: u.User.Username(), Mailbox: strings.Trim(u.Path, "/"),
		Password: p.password(m.PasswordFile, envMailboxPassword), TLS: mailbox.TLSMode(protection(u, "imaps")),
	}
	if cfg.Mailbox == "" {
		cfg.Mailbox = "INBOX"
	}
	cfg.Addr = withPort(u, map[string]string{"imaps": "993", "imap": "143"})
	cfg.Account = cfg.User + "@" + cfg.Addr
	cfg.Marks.Keyword = m.Mark
	source, err := mailbox.New(cfg)
	if err != nil {
		return watched{}, desk.Refuse(desk.CodeValidation, "The mailbox %s cannot be watched: %v.", u.Redacted(), err)
	}
	box := watched{account: cfg.Account, name: cfg.Mailbox, source: source}
	if m.Sent != "" {
		box.sent = func(ctx context.Context, id string) (bool, error) { return mailbox.Find(ctx, cfg, m.Sent, id) }
	}
	return box, nil
}

// protection is how a connection is protected: by the scheme, by STARTTLS, or
// on this machine not at all.
func protection(u *url.URL, implicit string) string {
	switch {
	case u.Scheme == implicit:
		return string(mailbox.Implicit)
	case loopback(u.Hostname()):
		return string(mailbox.Plain)
	}
	return string(mailbox.StartTLS)
}

func withPort(u *url.URL, usual map[string]string) string {
	if u.Port() != "" {
		return u.Host
	}
	return net.JoinHostPort(u.Hostname(), usual[u.Scheme])
}

// openSMTP prepares how replies leave.
func (p *program) openSMTP(s smtpSetting) (*outgoing.Sender, error) {
	u, err := mailURL(s.URL, "smtps", "smtp")
	if err != nil {
		return nil, err
	}
	sender := &outgoing.Sender{
		Addr: withPort(u, map[string]string{"smtps": "465", "smtp": "587"}), TLS: outgoing.TLSMode(protection(u, "smtps")),
	}
	if u.User.Username() != "" {
		sender.User, sender.Password = u.User.Username(), p.password(s.PasswordFile, envSMTPPassword)
	}
	return sender, nil
}

// watch hands what a mailbox brings to the intake until the context ends.
func (box watched) watch(ctx context.Context, sink *hub.MailSink, in *hub.Intake) error {
	from, err := sink.Position(ctx, box.account, box.name)
	if err != nil {
		return err
	}
	return box.source.Run(ctx, mailbox.Position(from), func(ctx context.Context, batch []mailbox.Raw, next mailbox.Position) error {
		mails := make([]intake.Mail, len(batch))
		for i, raw := range batch {
			mails[i] = intake.Mail(raw)
		}
		return in.Deliver(ctx, mails, intake.Position(next))
	})
}

// health is what may be told of a mailbox to anybody.
func (box watched) health() hub.MailboxHealth {
	s := box.source.Status()
	return hub.MailboxHealth{Mailbox: path.Base(box.name), State: string(s.State), Problem: string(s.Class), LastPoll: s.LastPoll}
}
