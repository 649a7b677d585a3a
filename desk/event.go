package desk

import "time"

// EventKind says what an entry of a ticket's history tells.
type EventKind string

const (
	EventCreated  EventKind = "created"
	EventChanged  EventKind = "changed"  // a field from Old to New
	EventMoved    EventKind = "moved"    // the state from Old to New
	EventMerged   EventKind = "merged"   // like changed or moved, from a base that others had moved on
	EventDisputed EventKind = "disputed" // New was wished for, Old stands
	EventSettled  EventKind = "settled"  // a dispute was decided
	EventBounced  EventKind = "bounced"  // an answer could not be delivered
	EventAdded    EventKind = "added"    // to a set: New
	EventRemoved  EventKind = "removed"  // from a set: Old
	EventTicked   EventKind = "ticked"   // the item New of the checklist
	EventUnticked EventKind = "unticked"
	EventOutdone  EventKind = "outdone" // like changed, but Old was not seen: the device was there (SPEC R14)
	EventJoined   EventKind = "joined"  // merged into the ticket numbered New
	EventParted   EventKind = "parted"  // a message went to the ticket numbered New
	EventTook     EventKind = "took"    // a message came from the ticket numbered Old
	EventAccepted EventKind = "trusted" // a message held for agents is accepted, or held again: New
	EventRetried  EventKind = "retried" // a failed answer is sent once more
	EventAside    EventKind = "aside"   // a side conversation, whose subject is Note, is New: open or closed
	EventTaken    EventKind = "taken"   // a mail was put into the side conversation New; none: the requester's
)

// Event is an entry of a ticket's history. It is written once and never
// changed: the audit trail and every figure are computed from it.
type Event struct {
	ID       string    `json:"id"`
	Ticket   TicketID  `json:"ticket"`
	Kind     EventKind `json:"kind"`
	Actor    PersonID  `json:"actor,omitempty"` // empty: the hub or a mail
	Device   DeviceID  `json:"device,omitempty"`
	Field    Field     `json:"field,omitempty"`
	Old      string    `json:"old,omitempty"`
	New      string    `json:"new,omitempty"`
	Note     string    `json:"note,omitempty"`
	At       time.Time `json:"at"`             // done-time: SLA and KPIs use it
	SyncedAt time.Time `json:"synced_at"`      // when the hub took it, by its clock
	Turn     Turn      `json:"turn,omitempty"` // its place in the ticket
	surplus
}

// Key names the record of the event.
func (e Event) Key() Key { return Key{KindEvent, e.ID} }
