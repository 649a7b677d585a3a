package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/sync/hub"
)

// stopWithin is how long requests under way may take when the hub is stopped.
const stopWithin = 10 * time.Second

// serveCommand runs a hub.
type serveCommand struct {
	place
	Config              string   `help:"JSON file with all of this; flags win over it." placeholder:"FILE"`
	Name                string   `help:"Name of the desk, in its mails and windows." placeholder:"NAME"`
	Listen              string   `help:"Address to listen on; port 0 takes a free one." placeholder:"ADDR"`
	TLSCert             string   `name:"tls-cert" help:"Certificate chain (PEM). Plain HTTP is for loopback only." placeholder:"FILE"`
	TLSKey              string   `name:"tls-key" help:"Private key (PEM)." placeholder:"FILE"`
	Mailbox             []string `help:"Mailbox to watch: imaps://user@host/INBOX; password in HOLDALL_MAILBOX_PASSWORD." placeholder:"URL"`
	MailboxPasswordFile string   `help:"File with the mailboxes' password." placeholder:"FILE"`
	SMTP                string   `name:"smtp" help:"Server that replies leave by: smtps://user@host; password in HOLDALL_SMTP_PASSWORD." placeholder:"URL"`
	SMTPPasswordFile    string   `name:"smtp-password-file" help:"File with the password for it." placeholder:"FILE"`
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
		&c.Name: &s.Name, &c.Listen: &s.Listen, &c.TLSCert: &s.TLSCert, &c.TLSKey: &s.TLSKey,
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
	boxes  []watched
	failed chan error
}

// serve opens a hub and all its doors.
func (p *program) serve(ctx context.Context, s settings) (*serving, error) {
	dsn, err := place{s.Data, s.Database}.dsn(p.getenv)
	if err != nil {
		return nil, err
	}
	h, err := openHub(ctx, dsn, p.log())
	if err != nil {
		return nil, err
	}
	run := &serving{atWork: h, failed: make(chan error, 1)}
	if err := run.open(ctx, p, s); err != nil {
		return nil, errors.Join(err, run.stop())
	}
	return run, nil
}

func (run *serving) open(ctx context.Context, p *program, s settings) error {
	listener, err := listen(s)
	if err != nil {
		return err
	}
	run.url = address(listener, s)
	// Until the hub answers, a connection waits in the listener.
	if err := run.mail(ctx, p, s); err != nil {
		return errors.Join(err, listener.Close())
	}
	handler := hub.NewWeb(run.server, hub.NewAccounts(run.central), run.log, run.health)
	run.web = hub.Listen(context.WithoutCancel(ctx), handler, run.log)
	run.working.Go(func() {
		if err := run.web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			run.failed <- fmt.Errorf("serve %s: %w", run.url, err)
		}
	})
	return nil
}

// mail sets the engine going, and with it the mailboxes and the replies.
func (run *serving) mail(ctx context.Context, p *program, s settings) error {
	var post *hub.Post
	if s.SMTP != nil {
		sender, err := p.openSMTP(*s.SMTP)
		if err != nil {
			return err
		}
		post = hub.NewPost(run.server, run.log)
		post.Send = sender.Send
		if post.From, err = s.sender(); err != nil {
			return err
		}
	}
	for _, m := range s.Mailboxes {
		box, err := p.openMailbox(m)
		if err != nil {
			return err
		}
		run.boxes = append(run.boxes, box)
		if post != nil && box.sent != nil {
			post.Sent = box.sent
		}
	}
	workspace, err := run.start(ctx, s.Name)
	if err != nil {
		return err
	}
	signature, err := hub.NewSignature(ctx, run.server, workspace.ID, s.domain())
	if err != nil {
		return err
	}
	if post != nil {
		post.Signature = signature
		run.keep("send replies", post.Run)
	}
	if len(run.boxes) > 0 {
		run.takeIn(s, workspace, signature)
	}
	return nil
}

// takeIn watches the mailboxes and converts what they bring.
func (run *serving) takeIn(s settings, workspace desk.Workspace, signature hub.Signature) {
	sink := hub.NewMailSink(run.server)
	sink.Acknowledge = s.Acknowledge && s.SMTP != nil
	converter := &intake.Converter{
		Token: signature.Read, Domain: s.domain(), AuthServIDs: s.AuthServers, ReopenDays: workspace.ReopenDays,
	}
	if s.SMTP != nil {
		if from, err := s.sender(); err == nil {
			converter.Own = []string{from.Email}
		}
	}
	in := hub.NewIntake(sink, converter, run.log)
	run.keep("convert mails", in.Run)
	for _, box := range run.boxes {
		run.keep("watch "+box.account, func(ctx context.Context) error { return box.watch(ctx, sink, in) })
	}
}

// keep lets something work until the hub ends. Its end before that is told: a
// mailbox whose password is wrong stops, the desk goes on.
func (h *atWork) keep(what string, work func(context.Context) error) {
	h.working.Go(func() {
		if err := work(h.life); err != nil && h.life.Err() == nil {
			h.log.Error("stopped: "+what, "error", err)
		}
	})
}

func (run *serving) health() []hub.MailboxHealth {
	list := make([]hub.MailboxHealth, len(run.boxes))
	for i, box := range run.boxes {
		list[i] = box.health()
	}
	return list
}

// stop ends the doors, then the hub: what was begun is finished, laptops are
// told to come back.
func (run *serving) stop() error {
	var err error
	if run.web != nil {
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		err = run.web.Shutdown(ctx)
	}
	return errors.Join(err, run.close())
}

func listen(s settings) (net.Listener, error) {
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
