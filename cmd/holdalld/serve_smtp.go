package main

import (
	"net/mail"
	"strings"

	"holdall/desk"
	"holdall/mail/outgoing"
)

// smtpSetting is how replies leave: smtps://user@host or smtp://user@host.
type smtpSetting struct {
	URL          string `json:"url"`
	PasswordFile string `json:"password_file"`
	From         string `json:"from"` // "Service Desk <desk@example.com>"; a mailbox's own: its user if left out
	// Rate is how many mails may leave in a minute, an hour or a day.
	Rate outgoing.Limit `json:"rate"`
	// GiveUpDays is for how long an answer is tried that no server takes; 0: 4.
	GiveUpDays int `json:"give_up_days"`
	// OAuth signs in by the grant of the mailbox of the same address.
	OAuth *oauthSetting `json:"oauth"`
}

// smtp is how the answers leave on what came by a mailbox; nil: as for the desk.
func (m mailboxSetting) smtp() (*smtpSetting, error) {
	if m.SMTP == nil {
		return nil, nil
	}
	u, err := mailURL(m.URL, "imaps", "imap", "file")
	if err != nil {
		return nil, err
	}
	if u.Scheme == "file" {
		return nil, desk.Refuse(desk.CodeValidation, "The folder %s has no smtp of its own; leave it out, and answers leave by the desk's.", u.Path)
	}
	own := *m.SMTP
	if user := u.User.Username(); own.From == "" && strings.Contains(user, "@") {
		own.From = user
	}
	return &own, nil
}

// senders are all by which replies leave; the desk's own first, if it has one.
func (s settings) senders() (list []*smtpSetting, err error) {
	if s.SMTP != nil {
		list = append(list, s.SMTP)
	}
	for _, m := range s.Mailboxes {
		own, err := m.smtp()
		if err != nil {
			return nil, err
		}
		if own != nil {
			list = append(list, own)
		}
	}
	return list, nil
}

// checkSenders says what a person has to correct about how replies leave: from one
// address one way.
func (s settings) checkSenders() error {
	list, err := s.senders()
	if err != nil {
		return err
	}
	from := map[string]bool{}
	for _, x := range list {
		if err := desk.MailRate(x.Rate).Check(); err != nil {
			return err
		}
		if x.GiveUpDays < 0 {
			return desk.Refuse(desk.CodeValidation, "The give_up_days of smtp cannot be negative; leave them out for the usual ones.")
		}
		sender, err := x.sender(s.Name)
		if err != nil {
			return err
		}
		email := strings.ToLower(sender.Email)
		if from[email] {
			return desk.Refuse(desk.CodeValidation, "Answers from %s leave by two smtp settings; give one of them another from, or leave it out.", sender.Email)
		}
		from[email] = true
	}
	return s.checkAccounts()
}

// checkAccounts refuses two smtp settings of one account: what came by which of its
// folders is not told apart.
func (s settings) checkAccounts() error {
	known := map[string]bool{}
	for _, m := range s.Mailboxes {
		if m.SMTP == nil {
			continue
		}
		u, err := mailURL(m.URL, "imaps", "imap")
		if err != nil {
			return err
		}
		account := u.User.Username() + "@" + u.Host
		if known[account] {
			return desk.Refuse(desk.CodeValidation, "Two mailboxes of %s have an smtp; name it at one of them, for both.", account)
		}
		known[account] = true
	}
	return nil
}

// sender is the address that replies come from.
func (x smtpSetting) sender(desksName string) (outgoing.Address, error) {
	from, err := mail.ParseAddress(x.From)
	if err != nil {
		return outgoing.Address{}, desk.Refuse(desk.CodeValidation, "Say who replies come from, such as --from \"Service Desk <desk@example.com>\".")
	}
	name := from.Name
	if name == "" {
		name = desksName
	}
	return outgoing.Address{Name: name, Email: from.Address}, nil
}
