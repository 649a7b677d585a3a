package mailroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/outgoing"
	"holdall/sync/hub"
)

// Passwords are those of one mailbox: the configured one, and one that an admin
// gave in a window in its place. The newest counts: as soon as the configured one
// is another than the one that was replaced, it stands again.
type Passwords struct {
	Configured func(context.Context) (string, error)
	Vault      func() (*hub.Vault, error) // where the other one lies, sealed
	Account    string                     // whose they are
}

// given is a password from a window.
type given struct {
	Password string `json:"password"`
	InPlace  string `json:"in_place"` // the sum of the configured one
}

func passwordOf(account string) string { return "password." + account }

// configured names the configured password without telling it; having none is one
// way to be configured.
func (p Passwords) configured(ctx context.Context) (word, sum string, err error) {
	word, err = p.Configured(ctx)
	hash := sha256.Sum256([]byte(word))
	return word, hex.EncodeToString(hash[:]), err
}

// Password is what signs in now.
func (p Passwords) Password(ctx context.Context) (string, error) {
	word, sum, none := p.configured(ctx)
	vault, err := p.Vault()
	if err != nil {
		return word, none // a hub without a key keeps no password
	}
	text, err := vault.Get(ctx, passwordOf(p.Account))
	if errors.Is(err, hub.ErrNoSecret) {
		return word, none
	}
	if err != nil {
		return "", err
	}
	var g given
	if err := json.Unmarshal(text, &g); err != nil || g.InPlace != sum {
		return word, none
	}
	return g.Password, nil
}

// keep puts a password in place of the one that stands.
func (p Passwords) keep(ctx context.Context, word string) error {
	vault, err := p.Vault()
	if err != nil {
		return err
	}
	text, err := p.sealed(ctx, word)
	if err != nil {
		return err
	}
	return vault.Put(ctx, passwordOf(p.Account), text)
}

// sealed is what lies in the vault for a password.
func (p Passwords) sealed(ctx context.Context, word string) ([]byte, error) {
	_, sum, _ := p.configured(ctx)
	return json.Marshal(given{word, sum})
}

// renewal tries a password at the mail server and keeps it if it is taken.
func (p Passwords) renewal(cfg mailbox.Config) func(context.Context, string) error {
	return func(ctx context.Context, word string) error {
		cfg.Password = func(context.Context) (string, error) { return word, nil }
		cfg.OnStatus = nil
		if err := mailbox.Check(ctx, cfg); err != nil {
			return unreadable(cfg, err)
		}
		return p.keep(ctx, word)
	}
}

// SendingRenewal tries a password at the server that answers leave by and keeps it
// if it is taken.
func (p Passwords) SendingRenewal(sender *outgoing.Sender, from string) func(context.Context, string) error {
	return func(ctx context.Context, word string) error {
		tried := *sender
		tried.Timeout = trialWait
		tried.Password = func(context.Context) (string, error) { return word, nil }
		if err := tried.Check(ctx, from); err != nil {
			return unsendable(&tried, from, err)
		}
		return p.keep(ctx, word)
	}
}

// OpenBoxBy prepares an IMAP mailbox that is opened by a password, without
// connecting, so that an admin can give another one.
func OpenBoxBy(p Passwords, cfg mailbox.Config, sent SentMails) (Box, error) {
	cfg.Password = p.Password
	box, err := OpenBox(cfg, sent)
	box.Renew = p.renewal(cfg)
	return box, err
}

// Renew gives a mailbox, or the server that answers leave by, another password,
// once its server has taken it.
func (r *Room) Renew(ctx context.Context, id desk.MailboxID, password string) error {
	address, renew, err := r.renewable(id)
	switch {
	case err != nil:
		return err
	case renew == nil:
		return desk.Refuse(desk.CodeWorkflow, "%s is not opened by a password; connect it at the hub with holdalld mail connect.", address)
	case password == "":
		return desk.Refuse(desk.CodeValidation, "Give the password of %s.", address)
	}
	if err := renew(ctx, password); err != nil {
		return err
	}
	r.log.Info("a password was renewed", "mailbox", address)
	return nil
}

func (r *Room) renewable(id desk.MailboxID) (address string, renew func(context.Context, string) error, err error) {
	if o := r.outStand(id); o != nil {
		return o.address, o.Renew, nil
	}
	if s := r.stand(id); s != nil {
		return s.Address, s.Renew, nil
	}
	return "", nil, desk.Refuse(desk.CodeGone, "The hub does not read this mailbox; look at the mailboxes again.")
}
