package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"holdall/desk"
	"holdall/mail/oauth"
	"holdall/store"
	"holdall/sync/hub/mailroom"
)

// mailConnectCommand lets a person allow the hub to use a mailbox.
type mailConnectCommand struct {
	Config  string `required:"" help:"The hub's configuration, which names the mailbox and its provider." placeholder:"FILE"`
	Device  bool   `help:"Type a code on another machine, where this one has no browser."`
	Address string `arg:"" help:"Address of the mailbox."`
}

// Run asks the person and keeps the grant, sealed, in the hub's database. A hub
// that is at work takes it up within seconds.
func (c mailConnectCommand) Run(ctx context.Context, p *program) error {
	s, err := readSettings(c.Config)
	if err != nil {
		return err
	}
	setting, err := s.oauthOf(c.Address)
	if err != nil {
		return err
	}
	client, err := p.client(setting, c.Address)
	if err != nil {
		return err
	}
	dsn, err := place{s.Data, s.Database}.dsn(p.getenv)
	if err != nil {
		return err
	}
	central, err := store.OpenCentral(ctx, dsn)
	if err != nil {
		return err
	}
	vault, err := p.vault(s, central)
	if err != nil {
		return errors.Join(err, central.Close())
	}
	grant, err := c.ask(ctx, p, client)
	if err == nil {
		err = mailroom.Grants(vault, c.Address).Keep(ctx, grant)
	}
	if err := errors.Join(err, central.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s is connected.\n", c.Address)
	return err
}

// ask shows the person where to allow it.
func (c mailConnectCommand) ask(ctx context.Context, p *program, client oauth.Client) (grant oauth.Grant, err error) {
	if c.Device {
		grant, err = oauth.ConnectDevice(ctx, client, nil, func(code oauth.Code) {
			fmt.Fprintf(p.stdout, "On any machine, open %s and type %s before %s.\n", code.Address, code.User, code.Until.Format(time.TimeOnly))
		})
	} else {
		grant, err = oauth.Connect(ctx, client, nil, func(address string) error {
			_, err := fmt.Fprintf(p.stdout, "In a browser on this machine, sign in as %s at\n%s\n", client.User, address)
			return err
		})
	}
	if errors.Is(err, oauth.ErrRevoked) {
		return grant, desk.Refuse(desk.CodePerm, "%s did not allow it; nothing was changed, run the command again.", client.Provider.Name)
	}
	return grant, err
}

// oauthOf is the provider of a mailbox that the configuration names.
func (s settings) oauthOf(address string) (oauthSetting, error) {
	for _, m := range s.Mailboxes {
		u, err := mailURL(m.URL, "imaps", "imap", "file")
		if err != nil {
			return oauthSetting{}, err
		}
		if m.OAuth != nil && u.User.Username() == address {
			return *m.OAuth, nil
		}
	}
	senders, err := s.senders()
	if err != nil {
		return oauthSetting{}, err
	}
	for _, x := range senders {
		if x.OAuth == nil {
			continue
		}
		if u, err := mailURL(x.URL, "smtps", "smtp"); err == nil && u.User.Username() == address {
			return *x.OAuth, nil
		}
	}
	return oauthSetting{}, desk.Refuse(desk.CodeValidation, "The configuration has no mailbox of %s with an oauth setting.", address)
}
