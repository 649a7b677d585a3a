package desk

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Placing is a person's choice of where a message belongs. A message that was
// moved leaves its place behind, empty: no record ever changes its tree (SPEC
// R20). Its words stand on the other ticket alone.
type Placing struct {
	First   MessageID `json:"first"`             // the id it came with
	From    TicketID  `json:"from,omitempty"`    // where it stood before; empty: it never stood elsewhere
	To      TicketID  `json:"to,omitempty"`      // it stands there now: this is the place it left
	By      PersonID  `json:"by,omitempty"`      // whose choice it was
	Turned  bool      `json:"turned,omitempty"`  // it was put into or out of a side conversation
	Suspect bool      `json:"suspect,omitempty"` // it was held for agents here, and is again if it comes back
}

// MoveMessage are the arguments of message.move; the mutation's ticket is the one
// it stands on.
type MoveMessage struct {
	Message MessageID `json:"message"`
	To      TicketID  `json:"to"`
}

// SplitMessage are the arguments of message.split: the message becomes the first
// of a new ticket.
type SplitMessage struct {
	Message MessageID    `json:"message"`
	Ticket  TicketID     `json:"ticket"` // the new one
	Create  CreateTicket `json:"create"`
}

// AcceptMessage are the arguments of message.accept: whether a message that is
// held for agents, and its sender, belong to the ticket.
type AcceptMessage struct {
	Message MessageID `json:"message"`
	Accept  bool      `json:"accept"`
}

// Away reports whether the message was moved: here is only the place it left.
func (m Message) Away() bool { return m.Placing != nil && m.Placing.To != "" }

// chosen reports whether a person has said that the message belongs here.
func (m Message) chosen() bool {
	return m.Placing != nil && m.Placing.By != "" && !m.Away() && !m.Suspect
}

// Chosen reports whether a person moved the message here: what answers it follows.
func (m Message) Chosen() bool { return m.chosen() && (m.Placing.From != "" || m.Placing.Turned) }

// TakesPart reports whether an agent has let an address take part in a
// conversation: by writing to it, or by saying that a message of it belongs here.
func TakesPart(thread []Message, email string) bool {
	same := func(a Address) bool { return strings.EqualFold(a.Email, email) }
	return slices.ContainsFunc(thread, func(m Message) bool {
		if m.Kind == FromRequester {
			return m.chosen() && m.From != nil && same(*m.From)
		}
		adds := m.Kind == PublicReply && m.Public() || m.Kind == Forward && m.Admits && !m.Away()
		return adds && slices.ContainsFunc(slices.Concat(m.To, m.Cc), same)
	})
}

// Same reports whether two records are, or were, places of one message.
func (m Message) Same(o Message) bool { return m.first() == o.first() }

// first is the id the message came with.
func (m Message) first() MessageID {
	if m.Placing != nil {
		return m.Placing.First
	}
	return m.ID
}

// idOn names a moved message on another ticket, the same on every machine: a UUID
// (version 8, RFC 9562 §5.8).
func (id MessageID) idOn(t TicketID) MessageID {
	sum := sha256.Sum256(fmt.Appendf(nil, "holdall placing 1 %q %q", id, t))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return MessageID(fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]))
}

// Trees lists the tickets a mutation acts on, its own first.
func (m Mutation) Trees() []TicketID {
	var other struct {
		To     TicketID `json:"to"`
		Ticket TicketID `json:"ticket"`
	}
	trees := []TicketID{m.Ticket}
	if m.Name != MessageMove && m.Name != MessageSplit {
		return trees
	}
	if m, err := m.Lifted(); err != nil || json.Unmarshal(m.Args, &other) != nil {
		return trees
	}
	for _, t := range []TicketID{other.To, other.Ticket} {
		if t != "" && t != m.Ticket {
			trees = append(trees, t)
		}
	}
	return trees
}
