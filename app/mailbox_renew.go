package app

import (
	"log/slog"

	"holdall/desk"
)

// Renew gives a mailbox another password. It needs the hub, which tries it at the
// mail server and keeps it sealed; this device keeps nothing of it.
func (m *Mailboxes) Renew(r RenewRequest) error {
	ws, err := m.app.workspace()
	if err != nil {
		return err
	}
	return ws.hub.Renew(ws.ctx, desk.MailboxID(r.ID), r.Password)
}

// LogValue keeps the password out of every log.
func (r RenewRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String keeps the password out of every text.
func (r RenewRequest) String() string { return "another password of mailbox " + r.ID }

// GoString keeps the password out of every text.
func (r RenewRequest) GoString() string { return r.String() }
