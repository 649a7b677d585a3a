package demo

import (
	"fmt"
	"strings"
)

// The mails below break the standards the way real programs do. Each is still
// somebody's question and has to become a ticket.

// noBoundary ends in the middle of its attachment, as a lost connection leaves it.
func (p *post) noBoundary() string {
	who, title, text := p.question()
	whole := p.head(addressOf(who), title, text) + p.multi("mixed", part("text/plain", text), file("image/png", "scan.png", "attachment", p.picture()))
	return whole[:len(whole)-len(whole)/5]
}

// noHeaders has a date nobody can read, no Message-ID and a naked umlaut in From.
func (p *post) noHeaders() string {
	who, title, text := p.question()
	return fmt.Sprintf("From: %s <%s>\nTo: %s\nDate: gestern nachmittag\nSubject: %s\nX-Mailer: Scanner 2\n\n%s\n", who.Name, who.Email, Mailbox, title, text)
}

// wrongCharset says ASCII and writes UTF-8; its boundary parameter is unquoted
// and never used.
func (p *post) wrongCharset() string {
	who, title, text := p.question()
	head := p.head(addressOf(who), title, text)
	return strings.Replace(head, "MIME-Version: 1.0\n", "", 1) +
		"Content-Type: text/plain; charset=us-ascii; boundary=none\nContent-Transfer-Encoding: quoted\n\n" + text + "\nÄÖÜ äöü ß\n"
}
