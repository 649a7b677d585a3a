package mailroom

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"holdall/desk"
	"holdall/mail/oauth"
	"holdall/sync/hub"
	"holdall/sync/hub/post"
)

// Tending is what admins may do about the mailboxes from a window.
func (p *Postmaster) Tending() hub.Mailroom {
	return hub.Mailroom{
		Renew: func(ctx context.Context, id desk.MailboxID, password string) error {
			return p.Room().Renew(ctx, id, password)
		},
		Setup: p.setup, Connect: p.connect, Change: p.change, Pause: p.pause, Remove: p.remove,
		Try: func(ctx context.Context, rules []desk.MailboxRule) (desk.RuleTrial, error) {
			return p.Room().Try(ctx, rules)
		},
	}
}

// connect tries a new mailbox and has it read from now on.
func (p *Postmaster) connect(ctx context.Context, c desk.MailboxConnection) error {
	p.tending.Lock()
	defer p.tending.Unlock()
	s := c.Setup.Tidy()
	s.Account, s.Paused, s.SendingPaused = s.IMAP.User+"@"+s.IMAP.Addr, false, nil
	if err := s.Check(); err != nil {
		return err
	}
	if err := p.free(ctx, s); err != nil {
		return err
	}
	secrets, err := p.try(ctx, s, c, nil)
	if err != nil {
		return err
	}
	return p.keep(ctx, "connected", s, secrets, func(list []desk.MailboxSetup) ([]desk.MailboxSetup, error) {
		if slices.ContainsFunc(list, func(other desk.MailboxSetup) bool { return other.Account == s.Account }) {
			return nil, already(s)
		}
		return append(list, s), nil
	})
}

// free refuses a mailbox that is read already, and a second way for its answers.
func (p *Postmaster) free(ctx context.Context, s desk.MailboxSetup) error {
	for _, box := range p.configured.Boxes {
		if box.Account == s.Account {
			return desk.Refuse(desk.CodeWorkflow, "The hub’s configuration names the mailbox of %s already; change it there.", s.Address)
		}
	}
	list, err := p.server.MailboxSetups(ctx)
	if err != nil {
		return err
	}
	for _, other := range list {
		if other.Account == s.Account {
			return already(s)
		}
	}
	return p.soleSender(list, s)
}

// soleSender refuses a second mail server for the answers of one address: which one
// an answer left by would be chance.
func (p *Postmaster) soleSender(list []desk.MailboxSetup, s desk.MailboxSetup) error {
	if !s.Sends() {
		return nil
	}
	for _, w := range p.configured.ways() {
		if strings.EqualFold(w.From.Email, s.Address) {
			return desk.Refuse(desk.CodeWorkflow, "Answers of %s leave by %s, as the hub’s configuration says; leave out the server for sending.", s.Address, w.Out.Server)
		}
	}
	for _, other := range list {
		if other.Account != s.Account && other.Sends() && strings.EqualFold(other.Address, s.Address) {
			return desk.Refuse(desk.CodeWorkflow, "Answers of %s leave by %s already; leave out the server for sending here, or take it from that mailbox first.", s.Address, other.SMTP.Addr)
		}
	}
	return nil
}

func already(s desk.MailboxSetup) error {
	return desk.Refuse(desk.CodeWorkflow, "The mailbox of %s is connected already; change it in the list.", s.Address)
}

// setup tells how a mailbox is reached, for a form.
func (p *Postmaster) setup(ctx context.Context, id desk.MailboxID) (found desk.MailboxSetup, err error) {
	list, err := p.server.MailboxSetups(ctx)
	if err != nil {
		return found, err
	}
	at := slices.IndexFunc(list, func(s desk.MailboxSetup) bool { return idOf(s) == id })
	if at < 0 {
		return found, p.unknown(id)
	}
	return list[at], nil
}

func idOf(s desk.MailboxSetup) desk.MailboxID { return post.MailboxID(s.Account, s.Folder) }

func configured(what string) error {
	return desk.Refuse(desk.CodeWorkflow, "%s is named in the hub’s configuration; change it there.", what)
}

func (p *Postmaster) unknown(id desk.MailboxID) error {
	if s := p.Room().stand(id); s != nil {
		return configured(s.Address)
	}
	if o := p.Room().outStand(id); o != nil && !o.Stored {
		return configured("The server for answers of " + o.address)
	}
	return desk.Refuse(desk.CodeGone, "The hub does not read this mailbox; look at the mailboxes again.")
}

// change tries other servers or another sign-in and reads by them from now on.
func (p *Postmaster) change(ctx context.Context, id desk.MailboxID, c desk.MailboxConnection) error {
	p.tending.Lock()
	defer p.tending.Unlock()
	before, err := p.setup(ctx, id)
	if err != nil {
		return err
	}
	s := c.Setup.Tidy()
	s.Account, s.Paused, s.SendingPaused = before.Account, before.Paused, before.SendingPaused
	if s.PerMinute == nil {
		s.PerMinute = before.PerMinute
	}
	if err := s.Check(); err != nil {
		return err
	}
	list, err := p.server.MailboxSetups(ctx)
	if err != nil {
		return err
	}
	if err := p.soleSender(list, s); err != nil {
		return err
	}
	secrets, err := p.try(ctx, s, c, &before)
	if err != nil {
		return err
	}
	return p.keep(ctx, "changed", s, secrets, replacing(s))
}

// pause rests the reading of a mailbox or the sending of its answers, or has that go
// on; each is a line of its own to whoever asks. What arrived meanwhile is taken in
// then, for the position stays, and what was written meanwhile leaves (SPEC P82).
func (p *Postmaster) pause(ctx context.Context, id desk.MailboxID, paused bool) error {
	p.tending.Lock()
	defer p.tending.Unlock()
	s, err := p.sendingBy(ctx, id)
	sending := err == nil && s.Sends()
	if err == nil && !sending {
		s, err = p.setup(ctx, id)
	}
	if err != nil {
		return err
	}
	what := "resumed"
	if paused {
		what = "paused"
	}
	if sending {
		what += " in sending"
	}
	s = s.Rest(sending, paused)
	return p.keep(ctx, what, s, nil, replacing(s))
}

// sendingBy tells which mailbox brought a server for answers; none did if it is
// named in the configuration or reads.
func (p *Postmaster) sendingBy(ctx context.Context, id desk.MailboxID) (found desk.MailboxSetup, err error) {
	o := p.Room().outStand(id)
	if o == nil || !o.Stored {
		return found, nil
	}
	list, err := p.server.MailboxSetups(ctx)
	for _, s := range list {
		if s.Sends() && strings.EqualFold(s.Address, o.address) {
			found = s
		}
	}
	return found, err
}

// remove ends the reading and forgets what signed in. What was read stays, and
// the position too: connected again it goes on where it ended.
func (p *Postmaster) remove(ctx context.Context, id desk.MailboxID) error {
	p.tending.Lock()
	defer p.tending.Unlock()
	s, err := p.setup(ctx, id)
	if err != nil {
		return err
	}
	secrets := map[string][]byte{
		passwordOf(s.Account): nil, passwordOf(sendingAccount(s.Account)): nil, grantOf(s.Account): nil, clientSecret(s.Account): nil,
	}
	return p.keep(ctx, "removed", s, secrets, func(list []desk.MailboxSetup) ([]desk.MailboxSetup, error) {
		return slices.DeleteFunc(list, func(other desk.MailboxSetup) bool { return other.Account == s.Account }), nil
	})
}

func replacing(s desk.MailboxSetup) func([]desk.MailboxSetup) ([]desk.MailboxSetup, error) {
	return func(list []desk.MailboxSetup) ([]desk.MailboxSetup, error) {
		at := slices.IndexFunc(list, func(other desk.MailboxSetup) bool { return other.Account == s.Account })
		if at < 0 {
			return nil, desk.Refuse(desk.CodeGone, "The mailbox of %s was removed meanwhile; look at the mailboxes again.", s.Address)
		}
		list[at] = s
		return list, nil
	}
}

// keep makes it so, durably, and has the room opened anew.
func (p *Postmaster) keep(ctx context.Context, what string, s desk.MailboxSetup, secrets map[string][]byte, change func([]desk.MailboxSetup) ([]desk.MailboxSetup, error)) error {
	vault, err := p.vault()
	if err != nil {
		return err
	}
	if err := vault.ChangeSetups(ctx, change, secrets); err != nil {
		return err
	}
	p.log.Info("a mailbox was "+what+" from a window", "mailbox", s.Account)
	select {
	case p.wake <- struct{}{}:
	default:
	}
	return nil
}

// try signs in by a setup before it is kept, with what was given and else with
// what stands, and returns what has to be sealed.
func (p *Postmaster) try(ctx context.Context, s desk.MailboxSetup, c desk.MailboxConnection, before *desk.MailboxSetup) (map[string][]byte, error) {
	given := c.Password != "" || c.Grant != nil
	if !given && (before == nil || !s.SameServers(*before)) {
		return nil, needsSecret(s, before != nil)
	}
	r, err := p.reach(s)
	if err != nil {
		return nil, err
	}
	if s.Provider != nil {
		return p.tryGrant(ctx, r, c)
	}
	secrets := map[string][]byte{}
	if c.Password != "" {
		r.in.Password = word(c.Password)
		if secrets[passwordOf(s.Account)], err = r.inWords.sealed(ctx, c.Password); err != nil {
			return nil, err
		}
		secrets[passwordOf(sendingAccount(s.Account))] = nil
		if r.out != nil {
			r.out.Password = r.in.Password
		}
	}
	if c.SMTPPassword != "" && r.out != nil {
		r.out.Password = word(c.SMTPPassword)
		if secrets[passwordOf(sendingAccount(s.Account))], err = r.outWords.sealed(ctx, c.SMTPPassword); err != nil {
			return nil, err
		}
	}
	return secrets, r.try(ctx)
}

func needsSecret(s desk.MailboxSetup, stands bool) error {
	if s.Provider != nil {
		return desk.Refuse(desk.CodeValidation, "Allow it at %s first: sign in there as %s in the browser.", s.Provider.Name(), s.Address)
	}
	if stands {
		return desk.Refuse(desk.CodeValidation, "Give the password of %s again: the one that stands is shown to no other server.", s.Address)
	}
	return desk.Refuse(desk.CodeValidation, "Give the password of %s.", s.Address)
}

func word(secret string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return secret, nil }
}

// tryGrant is try where tokens sign in. What the provider renewed meanwhile is
// what is sealed.
func (p *Postmaster) tryGrant(ctx context.Context, r *reached, c desk.MailboxConnection) (map[string][]byte, error) {
	if c.Grant == nil {
		return nil, r.try(ctx)
	}
	client := r.grants.Client
	client.Secret = c.ClientSecret
	grant, err := readGrant(c.Grant)
	if err != nil {
		return nil, ungranted(r.Address)
	}
	held := &hand{grant: grant}
	r.by(&oauth.Source{Client: client, Keeper: held})
	if err := r.try(ctx); err != nil {
		return nil, err
	}
	text, err := json.Marshal(held.grant)
	return map[string][]byte{grantOf(r.Account): text, clientSecret(r.Account): []byte(c.ClientSecret)}, err
}
