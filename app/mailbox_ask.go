package app

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"reflect"
	"sync"

	"holdall/desk"
	"holdall/mail/oauth"
)

// asking is a question to the person at a mail provider: one at a time, in the
// system's browser. What was allowed is held in memory until a mailbox is
// connected by it, and nowhere else.
type asking struct {
	mu     sync.Mutex
	view   AskView
	of     desk.MailboxSetup
	grant  []byte
	cancel context.CancelFunc
	asked  sync.WaitGroup
}

// Ask has a person asked at the provider of a mailbox. The page shows where.
func (m *Mailboxes) Ask(r AskRequest) (AskView, error) {
	setup, err := setupOf(r.Form)
	if err == nil {
		err = setup.Check()
	}
	if err != nil {
		return AskView{}, err
	}
	if setup.Provider == nil {
		return AskView{}, desk.Refuse(desk.CodeValidation, "%s is opened by a password; nobody has to be asked.", setup.Address)
	}
	client := oauth.Client{Provider: providerOf(*setup.Provider), ID: setup.Provider.ClientID, Secret: r.ClientSecret, User: setup.Address}
	if r.Device && client.Provider.DeviceURL == "" {
		return AskView{}, desk.Refuse(desk.CodeWorkflow, "%s allows no mail by a code; use the browser of this machine.", setup.Provider.Name())
	}
	return m.app.asking.begin(m.app, setup, client, r.Device)
}

// Asked is how far the question has come.
func (m *Mailboxes) Asked() (AskView, error) {
	a := &m.app.asking
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.view, nil
}

// GiveUp ends the question, and forgets what was allowed.
func (m *Mailboxes) GiveUp() error {
	m.app.asking.end()
	return nil
}

// LogValue keeps the secret out of every log.
func (r AskRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String keeps the secret out of every text.
func (r AskRequest) String() string { return "question about mailbox " + r.Form.Address }

// GoString keeps the secret out of every text.
func (r AskRequest) GoString() string { return r.String() }

// begin asks in place of the question before, and returns when the page can show
// where.
func (a *asking) begin(app *App, setup desk.MailboxSetup, client oauth.Client, device bool) (AskView, error) {
	a.end()
	ctx, cancel := context.WithCancel(app.ctx)
	shown := make(chan struct{})
	a.mu.Lock()
	a.of, a.cancel, a.view = setup, cancel, AskView{State: "asking"}
	a.mu.Unlock()
	show := sync.OnceFunc(func() { close(shown) })
	a.asked.Go(func() {
		defer show()
		grant, err := question(ctx, client, device, func(url, code, until string) {
			a.mu.Lock()
			a.view.URL, a.view.Code, a.view.Until = url, code, until
			a.mu.Unlock()
			show()
		})
		a.answered(ctx, client, grant, err)
		app.signals.emit(TopicMailbox, "")
	})
	<-shown
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.view, nil
}

func question(ctx context.Context, client oauth.Client, device bool, show func(url, code, until string)) (oauth.Grant, error) {
	if device {
		return oauth.ConnectDevice(ctx, client, nil, func(c oauth.Code) { show(c.Address, c.User, instant(c.Until)) })
	}
	return oauth.Connect(ctx, client, nil, func(url string) error { show(url, "", ""); return nil })
}

func (a *asking) answered(ctx context.Context, client oauth.Client, grant oauth.Grant, err error) {
	text, errText := json.Marshal(grant)
	a.mu.Lock()
	defer a.mu.Unlock()
	if ctx.Err() != nil {
		return // another question stands, or none
	}
	switch err = errors.Join(err, errText); {
	case err == nil:
		a.view, a.grant = AskView{State: "allowed"}, text
	case errors.Is(err, oauth.ErrRevoked):
		a.view = AskView{State: "failed", Problem: client.Provider.Name + " did not allow it; nothing was changed, ask again."}
	case errors.Is(err, context.DeadlineExceeded):
		a.view = AskView{State: "failed", Problem: "Nobody answered at " + client.Provider.Name + " in time; ask again."}
	default:
		a.view = AskView{State: "failed", Problem: client.Provider.Name + " could not be asked: " + err.Error() + "."}
	}
}

// granted is what was allowed for a mailbox; nil: nothing was.
func (a *asking) granted(s desk.MailboxSetup) []byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	if s.Address != a.of.Address || !reflect.DeepEqual(s.Provider, a.of.Provider) {
		return nil
	}
	return a.grant
}

func (a *asking) end() {
	a.mu.Lock()
	if a.cancel != nil {
		a.cancel()
	}
	a.cancel, a.grant, a.view, a.of = nil, nil, AskView{}, desk.MailboxSetup{}
	a.mu.Unlock()
	a.asked.Wait()
}

// providerOf is where a mailbox's people are asked.
func providerOf(p desk.MailProvider) oauth.Provider {
	if known, ok := oauth.Known(p.Kind, p.Tenant); ok {
		return known
	}
	return oauth.Provider{Name: "The provider", AuthURL: p.AuthURL, TokenURL: p.TokenURL, Scopes: p.Scopes}
}
