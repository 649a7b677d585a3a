package main

import (
	"context"
	"net"
	"net/url"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/mailroom"
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

// mailroom prepares what the settings say of mail, without connecting.
func (p *program) mailroom(s settings, central *store.Central) (mailroom.Settings, error) {
	rules := mailroom.Settings{Acknowledge: s.Acknowledge, AuthServers: s.AuthServers}
	if s.SMTP != nil {
		by, err := p.openSMTP(s, central, *s.SMTP)
		if err != nil {
			return rules, err
		}
		rules.Send, rules.From, rules.Out, rules.Schedule, rules.Limit = by.Send, by.From, by.Out, by.Schedule, by.Limit
	}
	for _, m := range s.Mailboxes {
		box, err := p.openMailbox(s, central, m)
		if err != nil {
			return rules, err
		}
		own, err := m.smtp()
		if err == nil && own != nil {
			box.Answers, err = p.openSMTP(s, central, *own)
		}
		if err != nil {
			return rules, err
		}
		rules.Boxes = append(rules.Boxes, box)
	}
	return rules, nil
}

// openMailbox prepares a mailbox without connecting.
func (p *program) openMailbox(s settings, central *store.Central, m mailboxSetting) (mailroom.Box, error) {
	u, err := mailURL(m.URL, "imaps", "imap", "file")
	if err != nil {
		return mailroom.Box{}, err
	}
	if u.Scheme == "file" {
		return mailroom.Box{Account: "folder", Name: u.Path, Address: u.Path, Source: &mailbox.Folder{Account: "folder", Dir: u.Path, Poll: time.Second}}, nil
	}
	cfg := mailbox.Config{
		Addr: withPort(u, map[string]string{"imaps": "993", "imap": "143"}), User: u.User.Username(), Mailbox: strings.Trim(u.Path, "/"),
		TLS: mailbox.TLSMode(protection(u, "imaps")),
	}
	cfg.Marks.Keyword = m.Mark
	if m.OAuth == nil {
		words := mailroom.Passwords{
			Account: cfg.User + "@" + cfg.Addr, Configured: p.password(m.PasswordFile, envMailboxPassword),
			Vault: func() (*hub.Vault, error) { return p.vault(s, central) },
		}
		return mailroom.OpenBoxBy(words, cfg, mailroom.SentMails{Mailbox: m.Sent, Keep: m.KeepSent})
	}
	source, err := p.granted(s, central, *m.OAuth, cfg.User)
	if err != nil {
		return mailroom.Box{}, err
	}
	box, err := mailroom.OpenBox(mailroom.Granted(cfg, source), mailroom.SentMails{Mailbox: m.Sent, Keep: m.KeepSent})
	box.Secret, box.SignIn = mailroom.Standing(source), source.Client.Provider.Name
	return box, err
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

// openSMTP prepares how replies leave, and what the desk is told of it.
func (p *program) openSMTP(s settings, central *store.Central, x smtpSetting) (*mailroom.Sender, error) {
	from, err := x.sender(s.Name)
	if err != nil {
		return nil, err
	}
	u, err := mailURL(x.URL, "smtps", "smtp")
	if err != nil {
		return nil, err
	}
	sender := &outgoing.Sender{
		Addr: withPort(u, map[string]string{"smtps": "465", "smtp": "587"}), TLS: outgoing.TLSMode(protection(u, "smtps")), User: u.User.Username(),
	}
	out := mailroom.Outlet{Server: sender.Addr}
	switch {
	case x.OAuth != nil:
		source, err := p.granted(s, central, *x.OAuth, sender.User)
		if err != nil {
			return nil, err
		}
		sender.Token, sender.Refused = source.Token, source.Refused
		out.SignIn, out.Secret = source.Client.Provider.Name, mailroom.Standing(source)
	case sender.User != "":
		words := mailroom.Passwords{
			Account: "smtp " + sender.User + "@" + sender.Addr, Configured: p.password(x.PasswordFile, envSMTPPassword),
			Vault: func() (*hub.Vault, error) { return p.vault(s, central) },
		}
		sender.Password = words.Password
		out.SignIn, out.Secret, out.Renew = desk.SignInPassword, words.Password, words.SendingRenewal(sender, from.Email)
	}
	return &mailroom.Sender{
		Send: sender.Deliver, From: from, Out: out, Acknowledge: s.Acknowledge,
		Schedule: outgoing.Schedule{GiveUp: time.Duration(x.GiveUpDays) * 24 * time.Hour}, Limit: x.Rate,
	}, nil
}
