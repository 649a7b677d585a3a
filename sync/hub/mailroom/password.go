package mailroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"holdall/desk"
	"holdall/mail/mailbox"
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

func (p Passwords) name() string { return "password." + p.Account }

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
	text, err := vault.Get(ctx, p.name())
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
	_, sum, _ := p.configured(ctx)
	vault, err := p.Vault()
	if err != nil {
		return err
	}
	text, err := json.Marshal(given{word, sum})
	if err != nil {
		return err
	}
	return vault.Put(ctx, p.name(), text)
}

// renewal tries a password at the mail server and keeps it if it is taken.
func (p Passwords) renewal(cfg mailbox.Config) func(context.Context, string) error {
	return func(ctx context.Context, word string) error {
		cfg.Password = func(context.Context) (string, error) { return word, nil }
		cfg.OnStatus = nil
		if err := mailbox.Check(ctx, cfg); err != nil {
			return refusedBy(cfg, err)
		}
		return p.keep(ctx, word)
	}
}

// refusedBy says in a sentence why a password was not kept.
func refusedBy(cfg mailbox.Config, err error) error {
	var failed *mailbox.Error
	if errors.As(err, &failed) && failed.Class == mailbox.ClassAuth {
		return desk.Refuse(desk.CodeValidation, "The mail server %s does not take this password for %s (%v); check it, nothing was changed.", cfg.Addr, cfg.User, failed.Err)
	}
	return desk.Refuse(desk.CodeWorkflow, "The password of %s could not be tried: the hub does not get through to %s (%v). Nothing was changed; try again.", cfg.User, cfg.Addr, err)
}

// OpenBoxBy prepares an IMAP mailbox that is opened by a password, without
// connecting, so that an admin can give another one.
func OpenBoxBy(p Passwords, cfg mailbox.Config, sent SentMails) (Box, error) {
	cfg.Password = p.Password
	box, err := OpenBox(cfg, sent)
	box.Renew = p.renewal(cfg)
	return box, err
}

// Renew gives a mailbox another password, once its server has taken it.
func (r *Room) Renew(ctx context.Context, id desk.MailboxID, password string) error {
	s := r.stand(id)
	switch {
	case s == nil:
		return desk.Refuse(desk.CodeGone, "The hub does not read this mailbox; look at the mailboxes again.")
	case s.Renew == nil:
		return desk.Refuse(desk.CodeWorkflow, "%s is not opened by a password; connect it at the hub with holdalld mail connect.", s.Address)
	case password == "":
		return desk.Refuse(desk.CodeValidation, "Give the password of %s.", s.Address)
	}
	if err := s.Renew(ctx, password); err != nil {
		return err
	}
	r.log.Info(fmt.Sprintf("the password of %s was renewed", s.Account))
	return nil
}
