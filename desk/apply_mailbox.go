package desk

import "errors"

// reportQuarantine puts what the hub's ledger says of a mail; only the hub does.
func reportQuarantine(w *work, q QuarantinedMail) error {
	if !w.env.Actor.System {
		return errReport
	}
	return replace(w, q, func(q *QuarantinedMail, rev int64) { q.Rev = rev })
}

func reportMailbox(w *work, m Mailbox) error {
	if !w.env.Actor.System {
		return errReport
	}
	return replace(w, m, func(m *Mailbox, rev int64) { m.Rev = rev })
}

var errReport = Refuse(CodePerm, "Only the hub says how its mailboxes do.")

// decideQuarantine lets a person decide about a quarantined mail. What the hub
// owes its ledger for it is written in the same transaction.
func decideQuarantine(w *work, a DecideQuarantine) error {
	if err := w.env.Actor.CanTendMail(); err != nil {
		return err
	}
	q, err := Read[QuarantinedMail](w.view, QuarantinedMail{ID: a.ID}.Key())
	if errors.Is(err, ErrUnknown) {
		return Refuse(CodeGone, "This mail is not in quarantine at the hub; look at the list again.")
	}
	if err != nil {
		return err
	}
	to := decided[q.State][a.Act]
	if q.Wish == a.Act && to == "" && q.State != QuarantineSettled {
		w.status = Duplicate // somebody else was quicker, to the same end
		return nil
	}
	if err := q.allows(a.Act); err != nil {
		return err
	}
	q.State, q.Wish, q.By, q.At = to, a.Act, w.env.Actor.Person, w.now
	q.Rev++
	w.put(q)
	return nil
}
