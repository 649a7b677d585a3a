package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/hub/mailroom"
)

// stopWithin is how long requests under way may take when the hub is stopped. What
// is cut off then goes on where it stood.
const stopWithin = 10 * time.Second

// serveCommand runs a hub.
type serveCommand struct {
	place
	Config              string   `help:"JSON file with all of this; flags win over it." placeholder:"FILE"`
	Name                string   `help:"Name of the desk, in its mails and windows." placeholder:"NAME"`
	Listen              string   `help:"Address to listen on; port 0 takes a free one." placeholder:"ADDR"`
	NodeAddress         string   `name:"node-address" help:"How other hubs on the same database reach this one." placeholder:"URL"`
	TLSCert             string   `name:"tls-cert" help:"Certificate chain (PEM). Plain HTTP is for loopback only." placeholder:"FILE"`
	TLSKey              string   `name:"tls-key" help:"Private key (PEM)." placeholder:"FILE"`
	Mailbox             []string `help:"Mailbox to watch: imaps://user@host/INBOX; password in HOLDALL_MAILBOX_PASSWORD." placeholder:"URL"`
	MailboxPasswordFile string   `help:"File with the mailboxes' password." placeholder:"FILE"`
	SMTP                string   `name:"smtp" help:"Server that replies leave by: smtps://user@host; password in HOLDALL_SMTP_PASSWORD." placeholder:"URL"`
	SMTPPasswordFile    string   `name:"smtp-password-file" help:"File with the password for it." placeholder:"FILE"`
	FilesMost           int64    `name:"files-most" help:"What all attached files may take, in MiB; 0 is no bound." placeholder:"MIB"`
	From                string   `help:"Whom replies come from, as in a mail's From." placeholder:"ADDRESS"`
}

// settings are the file's with the flags on top.
func (c serveCommand) settings() (settings, error) {
	var s settings
	if c.Config != "" {
		var err error
		if s, err = readSettings(c.Config); err != nil {
			return s, err
		}
	}
	for flag, setting := range map[*string]*string{
		&c.Name: &s.Name, &c.Listen: &s.Listen, &c.NodeAddress: &s.NodeAddress, &c.TLSCert: &s.TLSCert, &c.TLSKey: &s.TLSKey,
	} {
		if *flag != "" {
			*setting = *flag
		}
	}
	if c.Data != "" || c.Database != "" {
		s.Data, s.Database = c.Data, c.Database
	}
	for _, m := range c.Mailbox {
		s.Mailboxes = append(s.Mailboxes, mailboxSetting{URL: m, PasswordFile: c.MailboxPasswordFile})
	}
	if c.FilesMost != 0 {
		s.FilesMost = c.FilesMost
	}
	if c.SMTP != "" {
		s.SMTP = &smtpSetting{URL: c.SMTP, PasswordFile: c.SMTPPasswordFile, From: c.From}
	}
	if s.Name == "" {
		s.Name = defaultName
	}
	if s.Listen == "" {
		s.Listen = "127.0.0.1:8080"
	}
	return s, s.check()
}

// Run serves until it is told to stop.
func (c serveCommand) Run(ctx context.Context, p *program) error {
	s, err := c.settings()
	if err != nil {
		return err
	}
	running, err := p.serve(ctx, s)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "listening on %s\n", running.url)
	select {
	case <-ctx.Done():
	case err = <-running.failed:
	}
	return errors.Join(err, running.stop())
}

// serving is a hub with its doors open.
type serving struct {
	*atWork
	url    string
	web    *http.Server
	room   *mailroom.Postmaster
	within time.Duration // as stopWithin
	failed chan error
}

// serve opens a hub and all its doors.
func (p *program) serve(ctx context.Context, s settings) (*serving, error) {
	// First of all, for it changes nothing: a hub whose port is taken may be another's.
	listener, err := listen(s, p.log())
	if err != nil {
		return nil, err
	}
	dsn, err := place{s.Data, s.Database}.dsn(p.getenv)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	h, err := openHub(ctx, dsn, p.log())
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	run := &serving{atWork: h, within: stopWithin, failed: make(chan error, 1)}
	if err := run.open(ctx, p, s, listener); err != nil {
		return nil, errors.Join(err, run.stop())
	}
	return run, nil
}

func (run *serving) open(ctx context.Context, p *program, s settings, listener net.Listener) error {
	run.url = address(listener, s)
	// Until the hub answers, a connection waits in the listener.
	if err := run.mail(ctx, p, s); err != nil {
		return errors.Join(err, listener.Close())
	}
	handler := hub.NewWeb(run.server, hub.NewAccounts(run.central), run.log, run.room.Health).Limit(s.FilesMost << 20).Tending(run.room.Tending())
	if s.NodeAddress != "" {
		if err := handler.Among(ctx, s.NodeAddress); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	run.web = hub.Listen(context.WithoutCancel(ctx), handler, run.log)
	run.web.RegisterOnShutdown(handler.Leave)
	run.working.Go(func() {
		if err := run.web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			run.failed <- fmt.Errorf("serve %s: %w", run.url, err)
		}
	})
	return nil
}

// mail sets the engine going, and with it the mailboxes and the replies.
func (run *serving) mail(ctx context.Context, p *program, s settings) error {
	rules, err := p.mailroom(s, run.central)
	if err != nil {
		return err
	}
	workspace, err := run.start(ctx, s.Name)
	if err != nil {
		return err
	}
	if err := run.server.SeedRules(ctx, s.MailboxRules, time.Now()); err != nil {
		return err
	}
	vault := func() (*hub.Vault, error) { return p.vault(s, run.central) }
	if run.room, err = mailroom.NewPostmaster(ctx, run.server, workspace, rules, vault, run.log); err != nil {
		return err
	}
	run.working.Go(func() { run.room.Run(run.life) })
	return nil
}

// stop ends the doors, then the hub: what was begun is finished, laptops are
// told to come back.
func (run *serving) stop() error {
	var err error
	if run.web != nil {
		ctx, cancel := context.WithTimeout(context.Background(), run.within)
		defer cancel()
		if err = run.web.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
			err = run.web.Close()
		}
	}
	return errors.Join(err, run.close())
}

func listen(s settings, log *slog.Logger) (net.Listener, error) {
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return nil, desk.Refuse(desk.CodeInternal, "The hub cannot listen on %s: %v; is another program there?", s.Listen, err)
	}
	if s.TLSCert == "" {
		return listener, nil
	}
	pair, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, errors.Join(desk.Refuse(desk.CodeValidation, "The certificate %s and the key %s cannot be used: %v.", s.TLSCert, s.TLSKey, err), listener.Close())
	}
	if now := time.Now(); now.After(pair.Leaf.NotAfter) || now.Before(pair.Leaf.NotBefore) {
		log.Warn("the certificate is not valid at this time, so laptops will refuse it: renew it, or put this machine's clock right",
			"certificate", s.TLSCert, "from", pair.Leaf.NotBefore, "until", pair.Leaf.NotAfter)
	}
	return tls.NewListener(listener, &tls.Config{
		MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"},
	}), nil
}

func address(listener net.Listener, s settings) string {
	if s.TLSCert != "" {
		return "https://" + listener.Addr().String()
	}
	return "http://" + listener.Addr().String()
}
