package desk

import "slices"

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
