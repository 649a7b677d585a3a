package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
)

// thread is a ticket's conversation with the changes folded between its
// messages, in the order the hub took them.
func (l *lens) thread(t desk.Ticket) ([]Entry, error) {
	messages, err := l.tx.Thread(t.ID)
	if err != nil {
		return nil, err
	}
	messages = slices.DeleteFunc(messages, desk.Message.Away) // the history says where they went
	history, err := l.tx.History(t.ID)
	if err != nil {
		return nil, err
	}
	own, err := l.ownMutations(t.ID)
	if err != nil {
		return nil, err
	}
	unread := l.unreadIn(t, messages)
	entries := make([]Entry, 0, len(messages)+4)
	for i, m := range messages {
		var before []desk.Event
		before, history = until(history, m)
		entries = l.fold(entries, before, own)
		e, err := l.message(t, m)
		if err != nil {
			return nil, err
		}
		e.Pending, e.Unread = own.messages[m.ID], unread[i]
		e.Invitation = showInvitation(m, messages)
		entries = append(entries, e)
	}
	return l.atRest(t, l.fold(entries, history, own))
}

// until splits off the events that stand above a message.
func until(history []desk.Event, m desk.Message) (before, after []desk.Event) {
	n := slices.IndexFunc(history, func(e desk.Event) bool { return e.Follows(m) })
	if n < 0 {
		return history, nil
	}
	return history[:n], history[n:]
}

// fold puts a run of changes into one entry.
func (l *lens) fold(entries []Entry, events []desk.Event, own ownMutations) []Entry {
	if len(events) == 0 {
		return entries
	}
	last := events[len(events)-1]
	e := Entry{ID: "changes:" + events[0].ID, Kind: "changes", At: instant(last.At), Attachments: []Attachment{}, Changes: []string{}, Marks: []Mark{}, Invitation: InvitationView{Attendees: []AttendeeView{}}}
	same := true
	for _, ev := range events {
		e.Changes = append(e.Changes, l.sentence(ev))
		e.Pending = e.Pending || own.made(ev.ID)
		same = same && ev.Actor == last.Actor
	}
	if same {
		e.Author = l.person(last.Actor)
	}
	return append(entries, e)
}

var entryKinds = map[desk.MessageKind]string{desk.FromRequester: "requester", desk.PublicReply: "reply", desk.InternalNote: "note", desk.Forward: "forward", desk.AsideMail: "aside", desk.AsideAnswer: "answer"}

// message is a block of the thread.
func (l *lens) message(t desk.Ticket, m desk.Message) (Entry, error) {
	e := Entry{
		ID: string(m.ID), Kind: entryKinds[m.Kind], At: instant(m.At), Text: fold(m.Text), Quoted: fold(m.Quoted),
		HasHTML: m.HTML != "", Attachments: []Attachment{}, Changes: []string{}, Marks: graveMarks(m),
		Suspect: m.Suspect, Accepted: !m.Suspect && m.Placing != nil && m.Placing.Suspect, Movable: m.Movable() == nil, Takeable: m.Takeable(),
		Delivery: string(m.Delivery), Problem: m.Problem, MayRetry: l.mayRetry(t, m), Why: strings.TrimSpace(m.Why + " " + l.choice(m)), To: recipients(slices.Concat(m.To, m.Cc)),
	}
	if next := m.NextTry(); !next.IsZero() {
		e.NextTry, e.Tries = instant(next), m.Wait.Tries
	}
	for _, f := range m.Attachments {
		e.Attachments = append(e.Attachments, showFile(f, assetURL(m.ID, f.ID)))
	}
	requester, err := l.requester(t.Requester)
	if err != nil {
		return e, err
	}
	if m.Beside() {
		return l.besideEntry(t, m, e), nil
	}
	if m.Kind != desk.FromRequester {
		e.Author = l.person(m.Author)
		if e.To == "" && m.Kind == desk.PublicReply {
			e.To = orNone(requester.Name, requester.Email)
		}
		return e, nil
	}
	e.Author, err = l.sender(m, requester)
	if m.Suspect && e.Problem == "" {
		e.Problem = "It names this ticket, but it came from an address that is not part of the conversation."
	}
	return e, err
}

// sender is who wrote a requester's message: the mail's own words where the
// writer is not the ticket's requester.
func (l *lens) sender(m desk.Message, requester desk.Requester) (Person, error) {
	if m.Requester != "" && m.Requester != requester.ID {
		r, err := l.requester(m.Requester)
		return showRequester(r), err
	}
	if m.From != nil && (m.Suspect || requester.ID == "") {
		return face("", m.From.Name, m.From.Email), nil
	}
	return showRequester(requester), nil
}

// besideEntry is a block of a side conversation.
func (l *lens) besideEntry(t desk.Ticket, m desk.Message, e Entry) Entry {
	a, known := t.Aside(m.Aside)
	if e.AsideID, e.Aside = string(m.Aside), a.Subject; !known {
		e.Aside = m.Subject // it begins with this message
	}
	if m.Kind == desk.AsideMail {
		e.Author = l.person(m.Author)
		return e
	}
	if m.From != nil {
		e.Author = face(m.From.Email, m.From.Name, m.From.Email)
	}
	if m.Suspect && e.Problem == "" {
		e.Problem = "It answers this side conversation, but came from an address that takes no part in it."
	}
	return e
}

// unreadIn marks what this person has not looked at, each conversation by itself.
func (l *lens) unreadIn(t desk.Ticket, messages []desk.Message) []bool {
	unread := unreadOf(messages, l.seen[t.ID])
	for _, a := range t.Asides {
		seen := l.seen[markOf(a.ID)]
		for i, m := range slices.Backward(messages) {
			if m.Aside != a.ID || !m.Beside() {
				continue
			}
			if m.ID == seen || seen == "" && m.Kind == desk.AsideMail {
				break
			}
			unread[i] = m.Kind == desk.AsideAnswer
		}
	}
	return unread
}

// unreadOf marks the requester's messages after the last one this person saw;
// where nothing was ever seen, those after the last answer.
func unreadOf(messages []desk.Message, seen desk.MessageID) []bool {
	unread := make([]bool, len(messages))
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		if m.ID == seen || seen == "" && m.Kind == desk.PublicReply {
			break
		}
		unread[i] = m.Kind == desk.FromRequester
	}
	return unread
}

// ownMutations are what this device alone has on a ticket.
type ownMutations struct {
	prefixes map[string]bool // of the ids of what they made
	messages map[desk.MessageID]bool
}

func (l *lens) ownMutations(t desk.TicketID) (ownMutations, error) {
	own := ownMutations{prefixes: map[string]bool{}, messages: map[desk.MessageID]bool{}}
	unsent, err := l.unsentOn(t)
	for _, e := range unsent {
		own.prefixes[fmt.Sprintf("%s.%d.", e.Mutation.Device, e.Mutation.Mid)] = true
		var args struct {
			Message json.RawMessage `json:"message"`
		}
		if json.Unmarshal(e.Mutation.Args, &args) != nil {
			continue
		}
		switch e.Mutation.Name {
		case desk.MessageAdd:
			var m desk.Message
			if json.Unmarshal(args.Message, &m) == nil {
				own.messages[m.ID] = true
			}
		case desk.ReplyDecide, desk.ReplyRetry:
			var id desk.MessageID
			if json.Unmarshal(args.Message, &id) == nil {
				own.messages[id] = true
			}
		}
	}
	return own, err
}

// made reports whether a thing was made by one of the mutations.
func (o ownMutations) made(id string) bool {
	return o.prefixes[id[:strings.LastIndexByte(id, '.')+1]]
}
