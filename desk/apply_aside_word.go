package desk

import (
	"cmp"
	"errors"
	"regexp"
	"strings"
)

// beginAside lets a message stand in its side conversation, which begins with it
// where the ticket has none by that name.
func (w *work) beginAside(t *Ticket, m *Message) (*Aside, error) {
	if m.Aside == "" {
		return nil, invalid("aside", "The message names no side conversation; begin one, or answer in one.")
	}
	subject := matter(m.Subject)
	if i := t.aside(m.Aside); i >= 0 {
		w.beginAgain(t, &t.Asides[i], subject)
		return &t.Asides[i], nil
	}
	if len(t.Asides) >= asidesMost && !w.env.Actor.System { // a mail is never turned away
		return nil, Refuse(CodeQuota, "A ticket has at most %d side conversations; go on in one of them.", asidesMost)
	}
	subject = cmp.Or(subject, t.Title)
	t.Asides = append(t.Asides, Aside{ID: m.Aside, Subject: subject, State: AsideOpen, By: w.env.Actor.Person, OpenedAt: w.at})
	w.record(t, Event{Kind: EventAside, New: string(AsideOpen), Note: subject})
	return &t.Asides[len(t.Asides)-1], nil
}

const asidesMost = 50 // of a ticket

// matter is a subject without what mail programs and the desk put around it.
func matter(subject string) string {
	return strings.Join(strings.Fields(around.ReplaceAllString(subject, "")), " ")
}

var around = regexp.MustCompile(`(?i)^\s*((re|aw|sv|fwd?|wg)\s*:\s*)+|\[[a-z]{3}\d{7,}\]`)

// beginAgain names a side conversation as the person did who began it, where an
// answer came before their word: the hub had been restored from a backup.
func (w *work) beginAgain(t *Ticket, a *Aside, subject string) {
	if a.By != "" || subject == "" || w.env.Actor.System {
		return
	}
	if a.By = w.env.Actor.Person; a.Subject != subject {
		w.record(t, Event{Kind: EventChanged, Field: AsideField(a.ID), Old: a.Subject, New: subject})
		a.Subject = subject
	}
}

// enterAside takes a side conversation into a state.
func (w *work) enterAside(t *Ticket, a *Aside, to AsideState) {
	if !a.State.mayBecome(to) {
		return
	}
	w.record(t, Event{Kind: EventAside, Old: string(a.State), New: string(to), Note: a.Subject})
	if a.State = to; to == AsideClosed {
		a.Awaits = false
	}
}

// addressAside gives what the desk writes in a side conversation its readers. The
// requester is none of them, whatever the mail programs of others propose.
func (w *work) addressAside(t *Ticket, m *Message) error {
	if err := w.address(m); err != nil {
		return err
	}
	if len(m.To) == 0 {
		m.To, m.Cc = m.Cc, nil
	}
	if len(m.To) == 0 {
		return invalid("recipients", "The side conversation reaches nobody yet; add an address.")
	}
	asked, err := Read[Requester](w.view, Key{KindRequester, string(t.Requester)})
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	if asked.Email != "" && (holds(m.To, asked.Email) || holds(m.Cc, asked.Email)) {
		return invalid("recipients", "%s asked for this ticket and takes no part in its side conversations; take the address out, or write a reply.", cmp.Or(asked.Name, asked.Email))
	}
	return nil
}

// sendAside puts what the desk writes in a side conversation on its way out. The
// requester waits as before, and no promise to them is kept by it.
func (w *work) sendAside(t *Ticket, m *Message, seen MessageID) error {
	a, err := w.beginAside(t, m)
	if err != nil {
		return err
	}
	m.Subject = a.Subject
	if seen != a.Last {
		w.holdBack(m, "The side conversation moved on after this was written.")
		return nil
	}
	w.queue(m)
	w.enterAside(t, a, AsideOpen)
	a.Last, a.Awaits = m.ID, false
	return nil
}

// hearAside takes in what came back. It is news to the desk and nothing to the
// ticket's state; one that was closed and put away comes back to be looked at.
func (w *work) hearAside(t *Ticket, m *Message) error {
	a, err := w.beginAside(t, m)
	if err != nil || m.Auto || m.Suspect {
		return err
	}
	w.enterAside(t, a, AsideOpen)
	a.Last, a.Awaits = m.ID, true
	t.Archived = ""
	return nil
}
