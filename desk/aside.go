package desk

import (
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
