package mailroom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"holdall/mail/mailbox"
	"holdall/mail/oauth"
	"holdall/sync/hub"
)

// grants keeps the grant of one address in the hub's vault.
type grants struct {
	vault *hub.Vault
	name  string
}

// Grants is where the grant of a mailbox's address lies, for whoever connects it
// and for whoever reads and sends by it.
func Grants(vault *hub.Vault, address string) oauth.Keeper { return grants{vault, grantOf(address)} }

func grantOf(address string) string { return "grant." + address }

// Grant reads the grant.
func (g grants) Grant(ctx context.Context) (grant oauth.Grant, err error) {
	text, err := g.vault.Get(ctx, g.name)
	if errors.Is(err, hub.ErrNoSecret) {
		return grant, oauth.ErrNone
	}
	if err != nil {
		return grant, err
	}
	return readGrant(text)
}

func readGrant(text []byte) (grant oauth.Grant, err error) {
	if err := json.Unmarshal(text, &grant); err != nil || grant.Refresh == "" {
		return oauth.Grant{}, oauth.ErrNone
	}
	return grant, nil
}

// Keep puts a grant in place of the one before it.
func (g grants) Keep(ctx context.Context, grant oauth.Grant) error {
	text, err := json.Marshal(grant)
	if err != nil {
		return err
	}
	return g.vault.Put(ctx, g.name, text)
}

// Granted gives a mailbox the tokens of a source. What a person has to mend ends
// the watching until it is mended.
func Granted(cfg mailbox.Config, source *oauth.Source) mailbox.Config {
	cfg.Token = func(ctx context.Context) (string, error) {
		token, err := source.Token(ctx)
		if errors.Is(err, oauth.ErrNone) || errors.Is(err, oauth.ErrRevoked) {
			return "", &mailbox.Error{Class: mailbox.ClassAuth, Account: cfg.Account, Err: fmt.Errorf("%w: connect %s again", err, cfg.User)}
		}
		return token, err
	}
	cfg.Refused = source.Refused
	return cfg
}

// hand holds a grant while it is tried, and is kept nowhere.
type hand struct {
	mu    sync.Mutex
	grant oauth.Grant
}

// Grant gives what it holds.
func (h *hand) Grant(context.Context) (oauth.Grant, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.grant, nil
}

// Keep holds another one.
func (h *hand) Keep(_ context.Context, grant oauth.Grant) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.grant = grant
	return nil
}
