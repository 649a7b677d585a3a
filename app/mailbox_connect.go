package app

import (
	"context"
	"log/slog"
	"strconv"
	"strings"

	"holdall/desk"
)

// Setup is how a mailbox is reached that was connected from a window, for a form.
func (m *Mailboxes) Setup(id string) (MailboxForm, error) {
	ws, err := m.app.workspace()
	if err != nil {
		return MailboxForm{}, err
	}
	s, err := ws.hub.MailboxSetup(ws.ctx, desk.MailboxID(id))
	if err != nil {
		return MailboxForm{}, err
	}
	f := showSetup(s)
	f.ID = id
	return f, nil
}

// Connect has the hub try a mailbox and read it, or change one. Like Renew it
// needs the hub, and this device keeps nothing of what signs in.
func (m *Mailboxes) Connect(r ConnectRequest) error {
	ws, err := m.app.workspace()
	if err != nil {
		return err
	}
	setup, err := setupOf(r.Form)
	if err != nil {
		return err
	}
	c := desk.MailboxConnection{Setup: setup, Password: r.Password, SMTPPassword: r.SMTPPassword, ClientSecret: r.ClientSecret}
	if c.Setup.Provider != nil {
		c.Password, c.SMTPPassword = "", ""
		c.Grant = m.app.asking.granted(c.Setup)
	} else {
		c.ClientSecret = ""
	}
	if r.Form.ID == "" {
		err = ws.hub.ConnectMailbox(ws.ctx, c)
	} else {
		err = ws.hub.ChangeMailbox(ws.ctx, desk.MailboxID(r.Form.ID), c)
	}
	if err == nil {
		m.app.asking.end()
	}
	return err
}

// Pause rests a mailbox at the hub, or the sending of its answers, or has it go on.
func (m *Mailboxes) Pause(r PauseRequest) error {
	return m.atHub(func(ctx context.Context, ws *workspace) error {
		return ws.hub.PauseMailbox(ctx, desk.MailboxID(r.ID), r.Paused)
	})
}

// Remove ends the reading of a mailbox. What was read stays.
func (m *Mailboxes) Remove(id string) error {
	return m.atHub(func(ctx context.Context, ws *workspace) error { return ws.hub.RemoveMailbox(ctx, desk.MailboxID(id)) })
}

func (m *Mailboxes) atHub(act func(context.Context, *workspace) error) error {
	ws, err := m.app.workspace()
	if err != nil {
		return err
	}
	return act(ws.ctx, ws)
}

// LogValue keeps what signs in out of every log.
func (r ConnectRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String keeps what signs in out of every text.
func (r ConnectRequest) String() string { return "connection of mailbox " + r.Form.Address }

// GoString keeps what signs in out of every text.
func (r ConnectRequest) GoString() string { return r.String() }

func showSetup(s desk.MailboxSetup) MailboxForm {
	f := MailboxForm{
		Address: s.Address, Name: s.Name, ImapTLS: string(s.IMAP.TLS), ImapUser: s.IMAP.User, Folder: s.Folder, Sent: s.Sent, KeepSent: s.KeepSent,
		Sends: s.SMTP.Addr != "", SMTPTLS: string(s.SMTP.TLS), SMTPUser: s.SMTP.User, Acknowledge: s.Acknowledge, SignIn: desk.SignInPassword,
	}
	if most := s.Rate().Minute; most > 0 {
		f.Most = strconv.Itoa(most)
	}
	f.ImapHost, f.ImapPort = parted(s.IMAP.Addr)
	f.SMTPHost, f.SMTPPort = parted(s.SMTP.Addr)
	if p := s.Provider; p != nil {
		f.SignIn, f.Tenant, f.ClientID, f.AuthURL, f.TokenURL, f.Scopes = p.Kind, p.Tenant, p.ClientID, p.AuthURL, p.TokenURL, strings.Join(p.Scopes, " ")
	}
	return f
}

func setupOf(f MailboxForm) (desk.MailboxSetup, error) {
	s := desk.MailboxSetup{
		Address: f.Address, Name: f.Name, Folder: f.Folder, Sent: f.Sent, KeepSent: f.KeepSent,
		IMAP: desk.MailServer{Addr: joined(f.ImapHost, f.ImapPort), TLS: desk.Protection(f.ImapTLS), User: f.ImapUser},
	}
	if f.Sends {
		s.SMTP = desk.MailServer{Addr: joined(f.SMTPHost, f.SMTPPort), TLS: desk.Protection(f.SMTPTLS), User: f.SMTPUser}
		s.Acknowledge = f.Acknowledge
		most, err := desk.ReadMailsAMinute(f.Most)
		if err != nil {
			return s, err
		}
		s.PerMinute = &most
	}
	if f.SignIn != desk.SignInPassword && f.SignIn != "" {
		s.Provider = &desk.MailProvider{Kind: f.SignIn, ClientID: strings.TrimSpace(f.ClientID)}
		switch f.SignIn {
		case desk.ProviderMicrosoft:
			s.Provider.Tenant = strings.TrimSpace(f.Tenant)
		case desk.ProviderOther:
			s.Provider.AuthURL, s.Provider.TokenURL, s.Provider.Scopes = strings.TrimSpace(f.AuthURL), strings.TrimSpace(f.TokenURL), strings.Fields(f.Scopes)
		}
	}
	return s.Tidy(), nil
}
