package post

import (
	"context"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
)

// trialMost is how many of the newest mails rules are tried on.
const trialMost = 500

// Try tells what rules would have made of the newest mails that were converted. It
// changes nothing.
func (s *Sink) Try(ctx context.Context, c *intake.Converter, rules []desk.MailboxRule) (t desk.RuleTrial, err error) {
	newest, err := look(ctx, s, func(tx *store.CentralTx) ([]store.Ledger, error) { return tx.NewestMail(trialMost) })
	t = desk.RuleTrial{Read: len(newest), Mails: []desk.TriedMail{}}
	for _, l := range newest {
		joined, err := look(ctx, s, func(tx *store.CentralTx) (bool, error) { return joined(tx, l) })
		if err != nil {
			return t, err
		}
		if joined {
			continue
		}
		t.Asked++
		mail, err := look(ctx, s, func(tx *store.CentralTx) (intake.Mail, error) { return mailOf(tx, l) })
		if err != nil {
			return t, err
		}
		tried, err := c.Try(ctx, mail, rules)
		if err != nil {
			return t, err
		}
		if len(tried.Rules) > 0 {
			tried.Ticket = l.Ticket
			t.Mails = append(t.Mails, tried)
		}
	}
	return t, err
}

// joined reports whether a mail came to a ticket that was there.
func joined(tx *store.CentralTx, l store.Ledger) (bool, error) {
	if l.Ticket == "" {
		return false, nil
	}
	thread, err := tx.Thread(l.Ticket)
	return len(thread) > 0 && thread[0].ID != l.Message, err
}
