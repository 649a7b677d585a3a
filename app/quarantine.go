package app

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
)

const (
	settledShown = 24 * time.Hour // a mail is shown for so long after it became work
	settledMost  = 20
)

// quarantineFolder stands in an asset's address where a message's id does.
const quarantineFolder = "quarantine"

// Decide has a quarantined mail tried again, made a ticket, or put aside. It is a
// change like any other: without a connection it waits in the outbox.
func (m *Mailboxes) Decide(r QuarantineRequest) error {
	ws, err := m.app.complete()
	if err != nil {
		return err
	}
	mutation, err := desk.NewMutation(desk.QuarantineDecide, "", desk.DecideQuarantine{ID: desk.QuarantineID(r.ID), Act: desk.QuarantineAct(r.Act)}, m.app.now())
	if err != nil {
		return err
	}
	if err := ws.edit(mutation); err != nil {
		return err
	}
	m.app.signals.emit(TopicMailbox, "")
	return nil
}

// quarantine lists the mails that lie in quarantine, those that wait for the hub,
// and what became of others lately.
func (l *lens) quarantine(boxes []desk.Mailbox) ([]QuarantinedMail, error) {
	waits, err := l.tx.QuarantinedMails(desk.InQuarantine)
	if err != nil {
		return nil, err
	}
	trying, err := l.tx.QuarantinedMails(desk.QuarantineRetrying)
	if err != nil {
		return nil, err
	}
	settled, err := l.settledMails()
	if err != nil {
		return nil, err
	}
	waits = append(waits, trying...)
	slices.SortFunc(waits, func(a, b desk.QuarantinedMail) int {
		return cmp.Or(a.ReceivedAt.Compare(b.ReceivedAt), cmp.Compare(a.ID, b.ID))
	})
	addresses := byKey(boxes, func(m desk.Mailbox) desk.MailboxID { return m.ID })
	mails := []QuarantinedMail{}
	for _, q := range slices.Concat(waits[:min(len(waits), pageMost)], settled) {
		shown, err := l.quarantined(q)
		if err != nil {
			return nil, err
		}
		shown.Mailbox = cmp.Or(addresses[q.Mailbox].Address, q.Account)
		mails = append(mails, shown)
	}
	return mails, nil
}

// settledMails are those that left quarantine lately, newest first. The time only
// bounds a list.
func (l *lens) settledMails() ([]desk.QuarantinedMail, error) {
	list, err := l.tx.QuarantinedMails(desk.QuarantineSettled)
	since := time.Now().Add(-settledShown)
	list = slices.DeleteFunc(list, func(q desk.QuarantinedMail) bool { return q.At.Before(since) })
	slices.SortFunc(list, func(a, b desk.QuarantinedMail) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID))
	})
	return list[:min(len(list), settledMost)], err
}

func (l *lens) quarantined(q desk.QuarantinedMail) (QuarantinedMail, error) {
	decided, err := l.decides(q.ID)
	if err != nil {
		return QuarantinedMail{}, err
	}
	shown := QuarantinedMail{
		ID: string(q.ID), From: face("mail:"+strings.ToLower(q.From.Email), q.From.Name, q.From.Email), Subject: q.Subject, Size: int(q.Size), Part: string(q.Part),
		ReceivedAt: instant(q.ReceivedAt), State: string(q.State), StateLabel: q.State.String(), Reason: q.Reason, Tries: q.Tries,
		Acts: []string{}, By: l.person(q.By), Pending: decided, Head: []HeaderLine{}, At: instant(q.At), Name: quarantinedFile(q).Name,
	}
	if l.actor.CanTendMail() == nil {
		for _, act := range q.Acts() {
			shown.Acts = append(shown.Acts, string(act))
		}
	}
	for _, h := range q.Head {
		shown.Head = append(shown.Head, HeaderLine(h))
	}
	if q.Part != desk.KeptNothing && q.State != desk.QuarantineSettled {
		shown.URL = assetURL(quarantineFolder, string(q.ID))
	}
	if q.Ticket == "" {
		return shown, nil
	}
	shown.Ticket, err = l.pointer(q.Ticket)
	return shown, err
}

// decides reports whether only this device knows of a decision about the mail.
func (l *lens) decides(id desk.QuarantineID) (bool, error) {
	unsent, err := l.unsentNamed(desk.QuarantineDecide)
	for _, e := range unsent {
		if strings.Contains(string(e.Mutation.Args), `"`+string(id)+`"`) {
			return true, nil
		}
	}
	return false, err
}

// quarantinedFile is the raw mail as a file.
func quarantinedFile(q desk.QuarantinedMail) desk.Attachment {
	return desk.Attachment{ID: string(q.ID), Name: fileName(cmp.Or(excerpt(q.Subject, 60), "mail") + ".eml"), Type: "message/rfc822", Size: q.Size, SHA256: q.SHA256}
}

// quarantined finds the raw bytes of a quarantined mail.
func (ws *workspace) quarantined(id string) (desk.Attachment, error) {
	var q desk.QuarantinedMail
	err := ws.view(func(tx *store.ReplicaTx) (err error) {
		q, err = desk.Read[desk.QuarantinedMail](tx, desk.QuarantinedMail{ID: desk.QuarantineID(id)}.Key())
		return err
	})
	if err == nil && q.Part == desk.KeptNothing {
		err = desk.Refuse(desk.CodeGone, "The mail server could not hand over this mail, so there is nothing to save; open the mailbox itself.")
	}
	return quarantinedFile(q), err
}
