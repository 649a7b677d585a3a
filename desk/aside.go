package desk

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Aside is a side conversation: what the desk and third parties write to each
// other about a ticket, by mail, beside the requester and out of their sight. Its
// messages name it; who takes part follows from them (SPEC R21).
type Aside struct {
	ID       AsideID    `json:"id"`
	Subject  string     `json:"subject"`
	State    AsideState `json:"state"`
	Last     MessageID  `json:"last,omitempty"`   // its newest message: an answer whose writer had not seen it is held
	Awaits   bool       `json:"awaits,omitempty"` // the newest word is theirs
	By       PersonID   `json:"by,omitempty"`     // who began it; empty: a mail
	OpenedAt time.Time  `json:"opened_at"`
}

// AsideState says whether anybody still expects a word.
type AsideState string

const (
	AsideOpen   AsideState = "open"
	AsideClosed AsideState = "closed"
)

// AsideStates lists all states.
func AsideStates() []AsideState { return []AsideState{AsideOpen, AsideClosed} }

// String is the name a person reads.
func (s AsideState) String() string {
	return map[AsideState]string{AsideOpen: "Open", AsideClosed: "Closed"}[s]
}

var asideMoves = map[AsideState][]AsideState{AsideOpen: {AsideClosed}, AsideClosed: {AsideOpen}}

func (s AsideState) mayBecome(to AsideState) bool { return slices.Contains(asideMoves[s], to) }

// Beside reports whether the message stands in a side conversation: the
// requester never sees it, whoever wrote it.
func (m Message) Beside() bool { return m.Kind == AsideMail || m.Kind == AsideAnswer }

// Told is a message that the requester may see. What writes the public mail and
// its quotation takes nothing else, and of nothing else can one be made.
type Told struct{ message Message }

// Told tells a message of the conversation with the requester from all others.
func (m Message) Told() (Told, bool) {
	if !m.Public() {
		return Told{}, false
	}
	return Told{m}, true
}

// Message is the message itself.
func (t Told) Message() Message { return t.message }

// Aside is a side conversation of the ticket; false: it has none by that name.
func (t Ticket) Aside(id AsideID) (Aside, bool) {
	if i := t.aside(id); i >= 0 {
		return t.Asides[i], true
	}
	return Aside{}, false
}

func (t Ticket) aside(id AsideID) int {
	return slices.IndexFunc(t.Asides, func(a Aside) bool { return a.ID == id })
}

// AsideAwaits reports whether a side conversation has a word nobody has answered.
func (t Ticket) AsideAwaits() bool {
	return slices.ContainsFunc(t.Asides, func(a Aside) bool { return a.Awaits })
}

// InAside reports whether an agent has let an address take part in a side
// conversation: by writing to it there, or by saying that a mail of it belongs
// there. To have been sent a copy by somebody else is no ground.
func InAside(thread []Message, id AsideID, email string) bool {
	return slices.ContainsFunc(thread, func(m Message) bool {
		switch {
		case m.Aside != id || id == "" || m.Away():
			return false
		case m.Kind == AsideAnswer:
			return m.chosen() && m.From != nil && m.From.Is(email)
		}
		return m.wentOut() && (holds(m.To, email) || holds(m.Cc, email))
	})
}

// wentOut reports whether what the desk wrote has left, or is about to.
func (m Message) wentOut() bool {
	return m.Leaves() && m.Delivery != DeliveryHeld && m.Delivery != DeliveryDiscarded
}

// AsidesOf lists the side conversations in which an address takes part, the one
// with the newest word first.
func AsidesOf(thread []Message, email string) (list []AsideID) {
	for _, m := range slices.Backward(thread) {
		if m.Beside() && !slices.Contains(list, m.Aside) && InAside(thread, m.Aside, email) {
			list = append(list, m.Aside)
		}
	}
	return list
}

// AsideThread lists the messages of a side conversation in their order.
func AsideThread(thread []Message, id AsideID) []Message {
	return slices.DeleteFunc(slices.Clone(thread), func(m Message) bool { return !m.Beside() || m.Aside != id || m.Away() })
}

// counts reports whether a message is part of what the two sides of a side
// conversation say to each other.
func (m Message) counts() bool {
	return !m.Suspect && !m.Auto && !m.Away() && (m.Kind == AsideAnswer || m.wentOut())
}

// gain lets a side conversation hear what another one had heard; lose lets it
// forget what belongs elsewhere.
func (a *Aside) gain(thread []Message, m Message) {
	n, _ := slices.BinarySearchFunc(thread, m, InThread)
	if m.counts() && n > slices.IndexFunc(thread, func(o Message) bool { return o.ID == a.Last }) {
		a.Last, a.Awaits = m.ID, m.Kind == AsideAnswer && a.State == AsideOpen
	}
}

func (a *Aside) lose(rest []Message, id MessageID) {
	if a.Last != id {
		return
	}
	a.Last, a.Awaits = "", false
	for _, m := range AsideThread(rest, a.ID) {
		if m.counts() {
			a.Last, a.Awaits = m.ID, m.Kind == AsideAnswer && a.State == AsideOpen
		}
	}
}

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
	w.record(Event{Ticket: t.ID, Kind: EventAside, New: string(AsideOpen), Note: subject})
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
		w.record(Event{Ticket: t.ID, Kind: EventChanged, Field: AsideField(a.ID), Old: a.Subject, New: subject})
		a.Subject = subject
	}
}

// enterAside takes a side conversation into a state.
func (w *work) enterAside(t *Ticket, a *Aside, to AsideState) {
	if !a.State.mayBecome(to) {
		return
	}
	w.record(Event{Ticket: t.ID, Kind: EventAside, Old: string(a.State), New: string(to), Note: a.Subject})
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
	asked, err := get[Requester](w.view, Key{KindRequester, string(t.Requester)})
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

const asidePrefix = "aside."

// AsideField is the field that holds the subject of a side conversation.
func AsideField(id AsideID) Field { return Field(asidePrefix + id) }

func (f Field) aside() (AsideID, bool) {
	id, ok := strings.CutPrefix(string(f), asidePrefix)
	return AsideID(id), ok && id != ""
}

// subjects refuses the subject of a side conversation that is not there.
func (t Ticket) subjects(f Field) error {
	if id, ok := f.aside(); ok && t.aside(id) < 0 {
		return Refuse(CodeGone, "The side conversation does not stand on %s (any more); begin one.", t.Number)
	}
	return nil
}

// asideSubject reads and writes the subject of a side conversation.
func asideSubject(id AsideID) access {
	return access{label: "Subject of a side conversation",
		get: func(t *Ticket) string { a, _ := t.Aside(id); return a.Subject },
		set: func(t *Ticket, v string) error {
			if v = strings.Join(strings.Fields(v), " "); v == "" {
				return invalid(AsideField(id), "A side conversation needs a subject; say in a few words what it is about.")
			}
			if err := t.subjects(AsideField(id)); err != nil {
				return err
			}
			t.Asides[t.aside(id)].Subject = v
			return nil
		}}
}
