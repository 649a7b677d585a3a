package app

import imap "holdall/mail/mailbox/loopback"

const (
	boxUser   = "service"
	boxSecret = "correct horse"
)

// post is a mail server, and the form that connects it.
func (p *page) post() (inbox *imap.Server, form MailboxForm) {
	p.t.Helper()
	inbox = got(imap.Start(boxUser, boxSecret)).or(p.t)
	p.t.Cleanup(func() { must(p.t, inbox.Close()) })
	form = MailboxForm{Address: "service@nordlicht-werke.example", ImapTLS: "plain", ImapUser: boxUser, Folder: "INBOX", SignIn: "password"}
	form.ImapHost, form.ImapPort = parted(inbox.Addr)
	return inbox, form
}

// box waits until a mailbox is as wanted.
func (p *page) box(what string, holds func(MailboxCard) bool) (card MailboxCard) {
	p.t.Helper()
	p.until(what, func() bool {
		for _, card = range got(p.mailboxes.List()).or(p.t).Mailboxes {
			if holds(card) {
				return true
			}
		}
		return false
	})
	return card
}
