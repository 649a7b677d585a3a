package ordeal

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/mailbox/dovecot"
)

// agent is somebody at a laptop, and the mailboxes of their desk.
type agent struct {
	testing.TB
	h      *hub
	box    *dovecot.Server
	laptop *laptop
}

// hireAgent gives an agent a laptop; neither it nor the hub is at work yet.
func hireAgent(t testing.TB, h *hub, box *dovecot.Server) *agent {
	return &agent{TB: t, h: h, box: box, laptop: issue(t, h, "mira", filepath.Join(t.TempDir(), "laptop"), h.url(), newLedger())}
}

// post delivers a mail to an address of the desk; its first word is in its id.
func (a *agent) post(to, from, subject, more, text string) {
	a.Helper()
	must(a, a.box.Deliver(to, "INBOX", fmt.Appendf(nil, "From: %s\nTo: %s\nSubject: %s\nMessage-ID: <%s>%s\n\n%s\n", from, to, subject, outside(strings.Fields(text)[0]), more, text)))
}

// outside is the id of a mail that begins with a word.
func outside(word string) string { return word + "@outside.example" }

// page is what an agent sees of a ticket.
type page struct {
	LastPublic string
	Thread     []struct{ ID string }
	Asides     []struct{ ID, LastID string }
}

func (v page) shows(m desk.Message) bool {
	return slices.ContainsFunc(v.Thread, func(one struct{ ID string }) bool { return one.ID == string(m.ID) })
}

func (a *agent) open(ticket desk.TicketID) (v page, err error) {
	return v, a.laptop.call(ctx, "Ticket/Open", ticket, &v)
}

// reply answers the requester, having seen a page.
func (a *agent) reply(ticket desk.TicketID, seen page, text string) error {
	return a.laptop.call(ctx, "Compose/Send", map[string]any{"ticketId": ticket, "kind": "reply", "text": text, "seenId": seen.LastPublic}, nil)
}

// retry has a reply tried again that waits, or looked for that may have left.
func (a *agent) retry(m desk.Message) error {
	return a.laptop.call(ctx, "Ticket/Retry", map[string]any{"ticketId": m.Ticket, "messageId": m.ID}, nil)
}
