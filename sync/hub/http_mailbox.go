package hub

import (
	"context"
	"encoding/json"
	"net/http"

	"holdall/desk"
	"holdall/store"
)

const (
	trialRoute = "POST /api/v1/rules/trial"
	rulesMost  = 256 << 10 // bytes of a set of rules
)

// Mailroom is what admins may do about the mailboxes from a window. What signs in
// is sent to the hub alone, tried at the mail servers, sealed, and told to nobody.
type Mailroom struct {
	Renew   func(ctx context.Context, id desk.MailboxID, password string) error
	Setup   func(ctx context.Context, id desk.MailboxID) (desk.MailboxSetup, error)
	Connect func(ctx context.Context, c desk.MailboxConnection) error
	Change  func(ctx context.Context, id desk.MailboxID, c desk.MailboxConnection) error
	Pause   func(ctx context.Context, id desk.MailboxID, paused bool) error
	Remove  func(ctx context.Context, id desk.MailboxID) error
	Try     func(ctx context.Context, rules []desk.MailboxRule) (desk.RuleTrial, error)
}

// Tending lets admins tend the mailboxes.
func (w *Web) Tending(m Mailroom) *Web {
	w.mailroom = &m
	return w
}

// tending answers an admin's request about the mailboxes; whoever may not is
// refused before a secret is read.
func (w *Web) tending(act func(*Mailroom, http.ResponseWriter, *http.Request, desk.MailboxID) error) func(http.ResponseWriter, *http.Request) error {
	return func(rw http.ResponseWriter, r *http.Request) error {
		err := w.store.View(r.Context(), func(tx *store.CentralTx) error {
			_, actor, err := authenticate(tx, bearer(r))
			if err != nil {
				return err
			}
			return actor.CanConfigure()
		})
		if err != nil {
			return err
		}
		if w.mailroom == nil {
			return desk.Refuse(desk.CodeGone, "This hub takes no mailboxes and no passwords of them from a window.")
		}
		return act(w.mailroom, rw, r, desk.MailboxID(r.PathValue("mailbox")))
	}
}

// renewal takes a password for a mailbox.
func (m *Mailroom) renewal(rw http.ResponseWriter, r *http.Request, id desk.MailboxID) error {
	var asked struct{ Password string }
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return desk.Refuse(desk.CodeValidation, "The request must be JSON with a password.")
	}
	return done(rw, m.Renew(r.Context(), id, asked.Password))
}

// setup tells how a mailbox is reached.
func (m *Mailroom) setup(rw http.ResponseWriter, r *http.Request, id desk.MailboxID) error {
	s, err := m.Setup(r.Context(), id)
	if err == nil {
		write(rw, http.StatusOK, s)
	}
	return err
}

// connect takes a new mailbox.
func (m *Mailroom) connect(rw http.ResponseWriter, r *http.Request, _ desk.MailboxID) error {
	c, err := connection(r)
	if err != nil {
		return err
	}
	return done(rw, m.Connect(r.Context(), c))
}

// change takes other servers or another sign-in of a mailbox.
func (m *Mailroom) change(rw http.ResponseWriter, r *http.Request, id desk.MailboxID) error {
	c, err := connection(r)
	if err != nil {
		return err
	}
	return done(rw, m.Change(r.Context(), id, c))
}

func (m *Mailroom) pause(rw http.ResponseWriter, r *http.Request, id desk.MailboxID) error {
	var asked struct{ Paused bool }
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return desk.Refuse(desk.CodeValidation, "The request must be JSON that says whether the mailbox is paused.")
	}
	return done(rw, m.Pause(r.Context(), id, asked.Paused))
}

// try tells what rules would have made of the newest mails.
func (m *Mailroom) try(rw http.ResponseWriter, r *http.Request, _ desk.MailboxID) error {
	var asked struct{ Rules []desk.MailboxRule }
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return desk.Refuse(desk.CodeValidation, "The request must be JSON with rules, of %d KiB at most.", rulesMost>>10)
	}
	trial, err := m.Try(r.Context(), asked.Rules)
	if err == nil {
		write(rw, http.StatusOK, trial)
	}
	return err
}

func (m *Mailroom) remove(rw http.ResponseWriter, r *http.Request, id desk.MailboxID) error {
	return done(rw, m.Remove(r.Context(), id))
}

func connection(r *http.Request) (c desk.MailboxConnection, err error) {
	if err := json.NewDecoder(r.Body).Decode(&c); err != nil {
		return c, desk.Refuse(desk.CodeValidation, "The request must be JSON with a setup and what signs in.")
	}
	return c, nil
}

func done(rw http.ResponseWriter, err error) error {
	if err == nil {
		rw.WriteHeader(http.StatusNoContent)
	}
	return err
}
