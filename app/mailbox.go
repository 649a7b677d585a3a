package app

import (
	"cmp"
	"slices"
	"strings"

	"holdall/desk"
)

// Mailboxes tells how the mailboxes of the desk do, from what this device was
// told last.
type Mailboxes struct{ app *App }

// List is all of it, for whoever may see it; for others it is empty.
func (m *Mailboxes) List() (MailboxesView, error) {
	v := MailboxesView{Mailboxes: []MailboxCard{}, Mails: []QuarantinedMail{}}
	err := m.app.look(func(l *lens) error {
		if v.Seen = l.actor.SeesMail(); !v.Seen {
			return nil
		}
		v.MayDecide, v.MayConfigure = l.actor.CanTendMail() == nil, l.actor.CanConfigure() == nil
		if inside := l.ws.inside; inside != nil && inside.invented() {
			v.Closed = ownMailbox
		}
		fresh, err := l.tx.Freshness()
		if err != nil {
			return err
		}
		v.CompleteUpTo = instant(fresh[desk.BucketMail])
		boxes, err := l.mailboxes()
		if err != nil {
			return err
		}
		for _, b := range boxes {
			v.Mailboxes = append(v.Mailboxes, showMailbox(b))
		}
		v.Mails, err = l.quarantine(boxes)
		return err
	})
	return v, err
}

// mailboxes are those that somebody reads, those that need a person first; what
// answers leave by comes after them.
func (l *lens) mailboxes() ([]desk.Mailbox, error) {
	boxes, err := l.tx.Mailboxes()
	boxes = slices.DeleteFunc(boxes, func(m desk.Mailbox) bool { return m.State == desk.MailboxRemoved })
	slices.SortFunc(boxes, func(a, b desk.Mailbox) int {
		if a.NeedsPerson() != b.NeedsPerson() {
			return map[bool]int{true: -1, false: 1}[a.NeedsPerson()]
		}
		if a.Sends != b.Sends {
			return map[bool]int{true: 1, false: -1}[a.Sends]
		}
		return cmp.Or(compareText(a.Address, b.Address, a.Folder, b.Folder), strings.Compare(string(a.ID), string(b.ID)))
	})
	return boxes, err
}

func showMailbox(m desk.Mailbox) MailboxCard {
	return MailboxCard{
		ID: string(m.ID), Address: m.Address, Folder: m.Folder, Server: m.Server, SignIn: m.SignIn, Stored: m.Stored, Sends: m.Sends,
		State: string(m.State), StateLabel: m.Standing(), Since: instant(m.Since), Reason: m.Reason, WayOut: m.WayOut(), NeedsPerson: m.NeedsPerson(),
		LastPoll: instant(m.LastPoll), NextTry: instant(m.NextTry), Waiting: m.Waiting, Rate: m.Rate, Remaining: m.Remaining, Today: m.Today, AsOf: instant(m.At),
		Most: m.Most.String(), WaitsFor: string(m.WaitsFor), Holds: m.Holds(),
	}
}

// mail is the part of the sidebar that leads to the mailboxes; false for whoever
// does not see them.
func (l *lens) mail() (SidebarSection, bool, error) {
	if !l.actor.SeesMail() {
		return SidebarSection{}, false, nil
	}
	boxes, err := l.mailboxes()
	if err != nil {
		return SidebarSection{}, false, err
	}
	n, err := l.tx.QuarantineCount()
	ill := slices.ContainsFunc(boxes, desk.Mailbox.NeedsPerson)
	if ill {
		n++
	}
	shade := tonePlain
	if ill {
		shade = toneDanger
	}
	return SidebarSection{ID: "mail", Title: "Mail", Items: []SidebarItem{{"mailboxes", "Mailboxes", "mail", n, shade}}}, true, err
}
