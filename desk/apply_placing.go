package desk

import (
	"errors"
	"slices"
	"time"
)

// moveMessage moves a message to another ticket, with its files and whatever is
// known of its delivery (SPEC R20). It changes no state: where a conversation is
// put in order, nothing happened to the work.
func moveMessage(w *work, a MoveMessage) error {
	from, m, err := w.placed(a.Message, a.To)
	if err != nil || m.Away() {
		return err
	}
	to, err := Read[Ticket](w.view, Key{KindTicket, string(a.To)})
	if errors.Is(err, ErrUnknown) {
		return Refuse(CodeGone, "The ticket to move the message to does not exist at the hub; choose another one.")
	}
	if err != nil {
		return err
	}
	if err := w.env.Actor.CanWork(to); err != nil {
		return err
	}
	switch {
	case to.ID == from.ID:
		return Refuse(CodeWorkflow, "The message stands on %s already; choose another ticket.", to.Number)
	case to.MergedInto != "":
		return w.movedOn(to)
	}
	to = to.clone()
	return w.place(&from, &to, m)
}

// splitMessage lets a message open a ticket of its own.
func splitMessage(w *work, a SplitMessage) error {
	from, m, err := w.placed(a.Message, a.Ticket)
	if err != nil || m.Away() {
		return err
	}
	if _, err := w.view.Get(Key{KindTicket, string(a.Ticket)}); err == nil || a.Ticket == "" {
		return invalid("ticket", "The ticket to split the message into exists already; split it once more.")
	} else if !errors.Is(err, ErrUnknown) {
		return err
	}
	a.Create.RelatedTo, a.Create.Source = from.ID, SourceAgent
	if m.From != nil {
		a.Create.Source = SourceMail
	}
	to, err := w.newTicket(a.Ticket, a.Create)
	if err != nil {
		return err
	}
	w.record(&to, Event{Kind: EventCreated, New: string(to.Number)})
	return w.place(&from, &to, m)
}

// placed reads a message that may leave its ticket. One that went where it is
// wanted already comes back as the place it left.
func (w *work) placed(id MessageID, to TicketID) (Ticket, Message, error) {
	from, err := w.standing()
	if err != nil {
		return from, Message{}, err
	}
	m, err := w.messageOf(from, id)
	if err != nil {
		return from, m, err
	}
	switch {
	case m.Away() && m.Placing.To == to:
		w.status = Duplicate
	case m.Away():
		return from, m, w.away(m)
	default:
		err = m.Movable()
	}
	return from, m, err
}

// Movable refuses what is on its way: a reply to its recipients, or a file to the
// hub, is looked for on the ticket it started from.
func (m Message) Movable() error {
	switch {
	case m.Underway():
		return Refuse(CodeWorkflow, "The answer is on its way out; move it when it has left.")
	case !m.Whole():
		return Refuse(CodeWorkflow, "Files of the message have not reached the hub yet; move it when they have.")
	}
	return nil
}

func (w *work) messageOf(t Ticket, id MessageID) (Message, error) {
	m, err := Read[Message](w.view, Key{KindMessage, string(id)})
	if errors.Is(err, ErrUnknown) || err == nil && m.Ticket != t.ID {
		return m, Refuse(CodeGone, "The message does not stand on %s (any more).", t.Number)
	}
	return m, err
}

// worded reads a message of the mutation's ticket that has its words there.
func (w *work) worded(id MessageID) (Ticket, Message, error) {
	t, err := w.ticket()
	if err != nil {
		return t, Message{}, err
	}
	m, err := w.messageOf(t, id)
	if err == nil && m.Away() {
		err = w.away(m)
	}
	return t, m, err
}

// away refuses an act on a message that was moved, and says where to.
func (w *work) away(m Message) error {
	to, err := Read[Ticket](w.view, Key{KindTicket, string(m.Placing.To)})
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	where := string(to.Number)
	if where == "" {
		where = "another ticket"
	}
	return Refuse(CodeGone, "The message was moved to %s meanwhile; go on from there.", where)
}

// place lets a message leave one ticket and stand on another. Whoever moves it
// says thereby that it belongs there: it is held for nobody any more.
func (w *work) place(from, to *Ticket, m Message) error {
	there, err := w.placeOn(to.ID, m)
	if err != nil {
		return err
	}
	left := Message{
		ID: m.ID, Ticket: from.ID, Kind: m.Kind, Author: m.Author, At: m.At, SyncedAt: m.SyncedAt, Turn: m.Turn, Rev: m.Rev + 1,
		Placing: &Placing{First: m.first(), To: to.ID, By: w.env.Actor.Person, Suspect: m.Suspect},
	}
	m.Placing = &Placing{First: m.first(), From: from.ID, By: w.env.Actor.Person, Turned: m.Placing != nil && m.Placing.Turned}
	m.ID, m.Ticket, m.Turn, m.Rev = there.ID, to.ID, there.Turn, there.Rev+1
	m.Suspect = there.Placing != nil && there.Placing.Suspect
	w.put(left)
	w.put(m)
	w.record(from, Event{Kind: EventParted, New: string(to.Number), Note: string(m.Kind)})
	w.record(to, Event{Kind: EventTook, Old: string(from.Number), Note: string(m.Kind)})
	if err := w.lose(from, left.ID); err != nil {
		return err
	}
	if m.Beside() {
		named := m
		if side, ok := from.Aside(m.Aside); ok {
			named.Subject = side.Subject
		}
		if _, err := w.beginAside(to, &named); err != nil {
			return err
		}
	}
	if err := w.gain(to, m); err != nil {
		return err
	}
	for _, t := range []*Ticket{from, to} {
		t.touch(w.at)
		w.put(*t)
	}
	return nil
}

// placeOn is where a message stands on a ticket: the place it left there, or a
// new one.
func (w *work) placeOn(t TicketID, moved Message) (Message, error) {
	first := moved.first()
	for _, id := range []MessageID{first, first.idOn(t)} {
		m, err := Read[Message](w.view, Key{KindMessage, string(id)})
		if err == nil && m.Ticket == t {
			return m, nil
		}
		if err != nil && !errors.Is(err, ErrUnknown) {
			return m, err
		}
	}
	thread, err := w.view.Thread(t)
	return Message{ID: first.idOn(t), Turn: turnIn(thread, moved)}, err
}

// acceptMessage says that a message which was held for agents belongs to the
// ticket, and its sender too; or takes that back.
func acceptMessage(w *work, a AcceptMessage) error {
	t, m, err := w.worded(a.Message)
	if err != nil {
		return err
	}
	held := m.Placing != nil && m.Placing.Suspect
	if !m.Suspect && !held {
		return Refuse(CodeWorkflow, "The message is not held for agents: there is nothing to accept.")
	}
	if m.Suspect != a.Accept {
		return nil
	}
	placing := Placing{First: m.first(), By: w.env.Actor.Person, Suspect: a.Accept}
	if m.Placing != nil {
		placing.From, placing.Turned = m.Placing.From, m.Placing.Turned
	}
	m.Suspect, m.Placing = !a.Accept, &placing
	m.Rev++
	w.put(m)
	w.record(&t, Event{Kind: EventAccepted, New: acceptedWord[a.Accept]})
	change := w.gain
	if !a.Accept {
		change = func(t *Ticket, m Message) error { return w.lose(t, m.ID) }
	}
	if err := change(&t, m); err != nil {
		return err
	}
	t.touch(w.at)
	w.put(t)
	return nil
}

var acceptedWord = map[bool]string{true: "accepted", false: "held"}

// speaks reports whether a message is part of what the two sides say to each
// other.
func (m Message) speaks() bool {
	return m.Public() && !m.Auto && (m.Kind == FromRequester || m.Kind == PublicReply)
}

// gain lets a ticket hear what another one had heard.
func (w *work) gain(t *Ticket, m Message) error {
	thread, err := w.without(t.ID, m.ID)
	if i := t.aside(m.Aside); err == nil && i >= 0 {
		t.Asides[i].gain(thread, m)
	}
	if err != nil || !m.speaks() {
		return err
	}
	n, _ := slices.BinarySearchFunc(thread, m, InThread)
	last := slices.IndexFunc(thread, func(o Message) bool { return o.ID == t.LastPublic })
	if n > last {
		t.LastPublic, t.AwaitsReply = m.ID, m.Kind == FromRequester
	}
	if m.Kind == PublicReply && m.Author != "" && (t.FirstResponseAt == nil || m.At.Before(*t.FirstResponseAt)) {
		t.FirstResponseAt = &m.At
	}
	t.waitSince(slices.Insert(thread, n, m))
	return nil
}

// lose lets a ticket forget what belongs elsewhere.
func (w *work) lose(t *Ticket, id MessageID) error {
	rest, err := w.without(t.ID, id)
	if err != nil {
		return err
	}
	gone, err := Read[Message](w.view, Key{KindMessage, string(id)})
	if err != nil {
		return err
	}
	if i := t.aside(gone.Aside); i >= 0 {
		t.Asides[i].lose(rest, id)
	}
	said := slices.DeleteFunc(slices.Clone(rest), func(m Message) bool { return !m.speaks() })
	if t.LastPublic == id {
		t.LastPublic, t.AwaitsReply = "", false
		if n := len(said); n > 0 {
			t.LastPublic, t.AwaitsReply = said[n-1].ID, said[n-1].Kind == FromRequester
		}
	}
	if t.FirstResponseAt != nil && gone.Kind == PublicReply && gone.At.Equal(*t.FirstResponseAt) {
		t.FirstResponseAt = firstResponse(said)
	}
	t.waitSince(rest)
	return nil
}

func firstResponse(said []Message) (first *time.Time) {
	for _, m := range said {
		if m.Kind == PublicReply && m.Author != "" && (first == nil || m.At.Before(*first)) {
			at := m.At
			first = &at
		}
	}
	return first
}

// waitSince is when the requester wrote what nobody has answered yet.
func (t *Ticket) waitSince(thread []Message) {
	t.AwaitsReplySince = nil
	if !t.AwaitsReply {
		return
	}
	for _, m := range slices.Backward(thread) {
		if !m.speaks() {
			continue
		}
		if m.Kind == PublicReply && t.AwaitsReplySince != nil {
			return
		}
		if m.Kind == FromRequester {
			at := m.At
			t.AwaitsReplySince = &at
		}
	}
}

// without is a conversation but for one message.
func (w *work) without(t TicketID, id MessageID) ([]Message, error) {
	thread, err := w.view.Thread(t)
	return slices.DeleteFunc(slices.Clone(thread), func(m Message) bool { return m.ID == id }), err
}
