package desk

// MoveAside are the arguments of aside.move: a side conversation is closed or
// opened again. Seen is the newest message of it that the author had seen.
type MoveAside struct {
	Aside AsideID    `json:"aside"`
	From  AsideState `json:"from"`
	To    AsideState `json:"to"`
	Seen  MessageID  `json:"seen"`
}

// TakeAside are the arguments of aside.take: a mail that landed wrong goes into a
// side conversation, or out of one to the requester's.
type TakeAside struct {
	Message MessageID `json:"message"`
	Aside   AsideID   `json:"aside,omitempty"`   // empty: the conversation with the requester
	Subject string    `json:"subject,omitempty"` // of a new one
}

// moveAside closes a side conversation or opens it again. A word that its author
// had not seen is not closed over.
func moveAside(w *work, a MoveAside) error {
	t, err := w.ticket()
	if err != nil {
		return err
	}
	i := t.aside(a.Aside)
	if i < 0 {
		return Refuse(CodeGone, "The side conversation does not stand on %s (any more).", t.Number)
	}
	side := &t.Asides[i]
	switch {
	case side.State == a.To:
		return nil
	case !side.State.mayBecome(a.To):
		return Refuse(CodeWorkflow, "A side conversation is open or closed, not %q.", string(a.To))
	case a.To == AsideClosed && side.Last != a.Seen:
		return Refuse(CodeWorkflow, "A word came into the side conversation “%s” meanwhile; read it, and close it then.", side.Subject)
	}
	w.enterAside(&t, side, a.To)
	t.touch(w.at)
	w.put(t)
	return nil
}

// takeAside puts a mail where it belongs among the conversations of its ticket,
// because a person says so: it is held for nobody any more, and what answers it
// follows. What the desk wrote stays where it was sent.
func takeAside(w *work, a TakeAside) error {
	t, m, err := w.worded(a.Message)
	if err != nil {
		return err
	}
	kind := FromRequester
	if a.Aside != "" {
		kind = AsideAnswer
	}
	switch {
	case !m.Takeable():
		return Refuse(CodeWorkflow, "Only a mail that came in can be put into another conversation; what the desk wrote stays where it was sent.")
	case m.Kind == kind && m.Aside == a.Aside && !m.Suspect:
		w.status = Duplicate
		return nil
	}
	if err := w.lose(&t, m.ID); err != nil {
		return err
	}
	m = m.taken(kind, a.Aside, w.env.Actor.Person)
	if m.Beside() {
		named := m
		named.Subject = a.Subject
		if _, err := w.beginAside(&t, &named); err != nil {
			return err
		}
	}
	if err := w.gain(&t, m); err != nil {
		return err
	}
	side, _ := t.Aside(m.Aside)
	w.record(&t, Event{Kind: EventTaken, New: side.Subject, Note: string(kind)})
	t.touch(w.at)
	w.put(m)
	w.put(t)
	return nil
}

// Takeable reports whether a message may be put into another conversation of its
// ticket: it came in by mail.
func (m Message) Takeable() bool { return m.From != nil && !m.Leaves() && !m.Away() }

// taken is the message in the conversation a person put it into.
func (m Message) taken(kind MessageKind, aside AsideID, by PersonID) Message {
	placing := Placing{First: m.first(), By: by, Turned: true, Suspect: m.Suspect}
	if m.Placing != nil {
		placing.From, placing.Suspect = m.Placing.From, m.Suspect || m.Placing.Suspect
	}
	m.Kind, m.Aside, m.Suspect, m.Author, m.Placing = kind, aside, false, "", &placing
	m.Rev++
	return m
}
