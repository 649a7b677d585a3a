package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"

	"holdall/app"
	"holdall/desk"
	"holdall/frontend"
	"holdall/sync/hub"
	"holdall/sync/replica"
)

// envPassword holds a person's password where nobody can be asked.
const envPassword = "HOLDALL_PASSWORD"

// replicaCommand is a laptop without a window: the same program, its page served
// over HTTP on loopback, for kiosks and for tests in a browser.
type replicaCommand struct {
	Dir          string `help:"Folder of the laptop's profile; made if missing." required:"" placeholder:"DIR" type:"path"`
	Listen       string `help:"Loopback address of the page; port 0 takes a free one." default:"127.0.0.1:0" placeholder:"ADDR"`
	Server       string `help:"Hub to sign in at, the first time." placeholder:"URL"`
	Email        string `help:"Mail address to sign in with." placeholder:"ADDRESS"`
	PasswordFile string `help:"File with the password; else HOLDALL_PASSWORD." placeholder:"FILE"`
	CA           string `name:"ca" help:"Certificates (PEM) of a private authority to trust." placeholder:"FILE"`
	Solo         bool   `help:"A workspace of its own, without a server."`
	Demo         bool   `help:"Fill it with the invented company."`
	NoMail       bool   `help:"Nobody writes to the invented company."`
	Name         string `help:"Whose solo workspace it is."`
}

// Run serves the page until it is told to stop.
func (c replicaCommand) Run(ctx context.Context, p *program) error {
	if err := c.check(); err != nil {
		return err
	}
	trust, err := c.trust()
	if err != nil {
		return err
	}
	lock, err := app.Lock(c.Dir)
	if errors.Is(err, app.ErrHeld) {
		return desk.Refuse(desk.CodeWorkflow, "The profile %s is open in another program of Holdall; end that one, or name another folder with --dir.", c.Dir)
	}
	if err != nil {
		return err
	}
	a := app.New(app.Config{Dir: c.Dir, Version: version(), Log: p.log(), NoMail: c.NoMail, TLS: trust, Enrol: replica.Enroller{TLS: trust}.Enrol})
	return errors.Join(c.serve(ctx, p, a), a.Close(), lock.Unlock())
}

func (c replicaCommand) check() error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil || !loopback(host) {
		return desk.Refuse(desk.CodeValidation, "The page of a laptop is for this machine only: --listen 127.0.0.1:0.")
	}
	if c.Server != "" && (c.Solo || c.Demo) {
		return desk.Refuse(desk.CodeValidation, "Say either --server or --solo: a laptop has one workspace.")
	}
	return nil
}

// trust adds a private authority to the system's.
func (c replicaCommand) trust() (*tls.Config, error) {
	if c.CA == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(c.CA)
	if err != nil {
		return nil, desk.Refuse(desk.CodeValidation, "The certificates %s cannot be read: %v.", c.CA, err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, desk.Refuse(desk.CodeValidation, "There is no certificate in %s.", c.CA)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}, nil
}

func (c replicaCommand) serve(ctx context.Context, p *program, a *app.App) error {
	if err := a.Open(ctx); err != nil {
		return err
	}
	if err := c.enter(p, a); err != nil {
		return err
	}
	a.Prepared()
	page, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return desk.Refuse(desk.CodeInternal, "The page cannot be served at %s: %v; is another program there?", c.Listen, err)
	}
	// The page's stream of events lives as long as the page: it ends with us.
	streams, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	web := hub.Listen(streams, a.HTTP(page), p.log())
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	fmt.Fprintf(p.stdout, "listening on http://%s\n", listener.Addr())
	select {
	case err := <-failed:
		return fmt.Errorf("serve the page: %w", err)
	case <-ctx.Done():
	}
	end()
	leaving, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	if err := web.Shutdown(leaving); err != nil {
		return err
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// enter opens the workspace that the flags name, unless the profile has one.
// Without any the page asks.
func (c replicaCommand) enter(p *program, a *app.App) error {
	session, ok := a.Facades()[0].(*app.Session)
	if !ok || session.State().Open {
		return nil
	}
	switch {
	case c.Solo || c.Demo:
		_, err := session.StartSolo(app.SoloRequest{Name: c.Name, Email: c.Email, Demo: c.Demo})
		return err
	case c.Server != "":
		password, err := p.password(c.PasswordFile, envPassword)(context.Background())
		if err != nil {
			return err
		}
		_, err = session.SignIn(app.SignInRequest{Server: c.Server, Email: c.Email, Password: password})
		return err
	}
	return nil
}
