package mailbox

import (
	"context"
	"fmt"
)

// Deliver receives mails in the order of their UIDs together with the Position
// to remember in the same transaction. An error leaves the position where it
// was: the same mails come again. Without mails it is where a Watcher begins with
// UIDs of another generation, and its History.
type Deliver func(ctx context.Context, batch []Raw, next Position) error

// Source is where mails come from: Watcher (IMAP), Folder (.eml files
// that arrive) and Archive (old mails, once).
type Source interface {
	// Run delivers what lies after from and then waits for more, until ctx
	// ends or a person is needed (an *Error of ClassAuth).
	Run(ctx context.Context, from Position, deliver Deliver) error
	// Status tells how it goes; safe at any time, from any goroutine.
	Status() Status
}

var (
	_ Source = (*Watcher)(nil)
	_ Source = (*Folder)(nil)
	_ Source = (*Archive)(nil)
)

func place(r *Raw) []byte {
	return fmt.Appendf(nil, "%q %q %d %d", r.Account, r.Mailbox, r.UIDValidity, r.UID)
}
