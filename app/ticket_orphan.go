package app

import (
	"encoding/json"
	"time"

	"holdall/desk"
	"holdall/store"
)

// left shows a ticket that is not on this device any more as long as words are here
// that were written on it.
func (l *lens) left(id desk.TicketID, unsent []store.OutboxEntry, now time.Time) (TicketView, error) {
	drafts, err := l.drafts(id)
	if err != nil {
		return TicketView{}, err
	}
	if len(unsent)+len(drafts) == 0 {
		return TicketView{}, desk.ErrUnknown
	}
	var own []store.OutboxEntry
	if len(unsent) > 0 {
		own, err = l.ownOn(id)
	}
	v := l.orphan(id, own, now)
	v.Drafts, v.Row.Pending = drafts, len(own) > 0
	return v, err
}

// unknownRow is the line of a ticket that is not on this device (any more).
func unknownRow(id desk.TicketID) TicketRow {
	return TicketRow{ID: string(id), Title: "A ticket that left this device", Company: []Companion{}}
}

// orphan shows a ticket that is not on this device any more while words written
// here wait for the hub: nothing but these, and nobody can add to them (SPEC
// P10). What the hub refuses comes back in the tray.
func (l *lens) orphan(id desk.TicketID, own []store.OutboxEntry, now time.Time) TicketView {
	v := TicketView{
		Row: unknownRow(id), Orphan: true,
		Labels: []string{}, Watchers: []Person{}, PendingFields: []string{}, Moves: []Move{}, Drafts: []Draft{}, Asides: []AsideView{}, Conflicts: []Clash{},
		Checklist: []ChecklistItem{}, TimeLog: []TimeLine{}, Thread: []Entry{},
	}
	me := l.person(l.ws.who.Person)
	for _, e := range own {
		said := l.tell(e.Mutation.Name, e.Mutation.Args)
		entry := Entry{
			ID: e.Mutation.At.String(), Kind: "changes", Author: me, At: instant(e.Mutation.At), Attachments: []Attachment{}, Marks: []Mark{}, Invitation: InvitationView{Attendees: []AttendeeView{}}, Changes: []string{me.Name + " " + lowerFirst(said.sentence)}, Pending: true,
		}
		var a desk.AddMessage
		if e.Mutation.Name == desk.MessageAdd && json.Unmarshal(e.Mutation.Args, &a) == nil {
			entry.Kind, entry.Text, entry.Changes = entryKinds[a.Message.Kind], a.Message.Text, []string{}
		} else if said.text != "" {
			entry.Changes = append(entry.Changes, said.text)
		}
		v.Thread = append(v.Thread, entry)
	}
	v.Row.OpenedAt, v.Row.UpdatedAt = instant(now), instant(now)
	return v
}
