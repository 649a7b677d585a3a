package hub

import (
	"context"
	"time"

	"holdall/desk"
	"holdall/store"
)

// Mailboxes lists the records of the mailboxes.
func (s *Server) Mailboxes(ctx context.Context) (list []desk.Mailbox, err error) {
	err = s.engine.store.View(ctx, func(tx *store.CentralTx) error {
		list, err = tx.Mailboxes()
		return err
	})
	return list, err
}

// MailCounts counts the mails of an account that are filed and no work yet, and
// those that were received since an instant.
func (s *Server) MailCounts(ctx context.Context, account string, since time.Time) (unread, received int, err error) {
	err = s.engine.store.View(ctx, func(tx *store.CentralTx) error {
		if unread, err = tx.MailUnread(account); err != nil {
			return err
		}
		received, err = tx.MailSince(account, since)
		return err
	})
	return unread, received, err
}
