package desk

import (
	"slices"
	"time"
)

// TicketKind tells an incident from a service request.
type TicketKind string

const (
	Incident TicketKind = "incident" // ITIL: an unplanned interruption or reduction of quality
	Request  TicketKind = "request"  // ITIL: a formal request for something to be provided
)

// String is the name a person reads.
func (k TicketKind) String() string {
	if k == Request {
		return "Service request"
	}
	return "Incident"
}

// Source says how a ticket or message reached the desk.
type Source string

const (
	SourceMail  Source = "mail"
	SourcePhone Source = "phone"
	SourceAgent Source = "agent" // an agent found it
)

// Stamp is who last changed a field, and when it was done.
type Stamp struct {
	By PersonID  `json:"by"`
	At time.Time `json:"at"`
}

// Ticket is an incident or a service request. The thread, the history and the
// conflicts are records of their own in the ticket's tree.
type Ticket struct {
	ID               TicketID        `json:"id"`
	Number           Number          `json:"number"`
	Kind             TicketKind      `json:"kind"`
	Title            string          `json:"title"`
	Description      string          `json:"description,omitempty"`
	Source           Source          `json:"source,omitempty"`
	Requester        RequesterID     `json:"requester,omitempty"`
	Team             TeamID          `json:"team,omitempty"`
	Assignee         PersonID        `json:"assignee,omitempty"`
	Service          ServiceID       `json:"service,omitempty"`
	Category         string          `json:"category,omitempty"`
	Impact           Level           `json:"impact"`
	Urgency          Level           `json:"urgency"`
	Priority         Priority        `json:"priority"`
	PriorityReason   string          `json:"priority_reason,omitempty"` // set: Priority overrides the matrix
	State            State           `json:"state"`
	HoldReason       HoldReason      `json:"hold_reason,omitempty"`
	ResolutionCode   ResolutionCode  `json:"resolution_code,omitempty"`
	ResolutionNotes  string          `json:"resolution_notes,omitempty"`
	Labels           []string        `json:"labels,omitempty"`   // sorted
	Watchers         []PersonID      `json:"watchers,omitempty"` // sorted
	Disputed         []PersonID      `json:"disputed,omitempty"` // parties of open conflicts, sorted
	OpenedAt         time.Time       `json:"opened_at"`
	UpdatedAt        time.Time       `json:"updated_at"`
	FirstResponseAt  *time.Time      `json:"first_response_at,omitempty"`
	ResolvedAt       *time.Time      `json:"resolved_at,omitempty"`
	Reopened         int             `json:"reopened,omitempty"`
	LastPublic       MessageID       `json:"last_public,omitempty"`        // newest message the requester may see
	AwaitsReply      bool            `json:"awaits_reply,omitempty"`       // the newest public message is the requester's
	AwaitsReplySince *time.Time      `json:"awaits_reply_since,omitempty"` // their oldest unanswered message
	RelatedTo        TicketID        `json:"related_to,omitempty"`         // "may belong to"
	ActualStart      *time.Time      `json:"actual_start,omitempty"`       // on site, as the device measured it
	ActualEnd        *time.Time      `json:"actual_end,omitempty"`
	MeterReading     string          `json:"meter_reading,omitempty"` // a figure, in whatever the meter counts
	Checklist        []Item          `json:"checklist,omitempty"`
	Asides           []Aside         `json:"asides,omitempty"`      // in the order they were begun
	TimeSpent        int             `json:"time_spent,omitempty"`  // minutes: the sum of the time log
	MergedInto       TicketID        `json:"merged_into,omitempty"` // a duplicate: its life goes on there
	Archived         Month           `json:"archived,omitempty"`    // the month of its end, once it is on no desk any more
	Pinned           []PersonID      `json:"pinned,omitempty"`      // who keeps it on their devices all the same, sorted
	Edits            map[Field]Stamp `json:"edits,omitempty"`
	Rev              int64           `json:"rev"` // count of changes
	surplus
}

// Key names the record of the ticket.
func (t Ticket) Key() Key { return Key{KindTicket, string(t.ID)} }

// Moves is the table of moves that governs the ticket.
func (t Ticket) Moves() Moves { return ticketMoves }

// clone copies the ticket so that a change to the copy leaves t as it was.
func (t Ticket) clone() Ticket {
	t.Labels = slices.Clone(t.Labels)
	t.Watchers = slices.Clone(t.Watchers)
	t.Disputed = slices.Clone(t.Disputed)
	t.Pinned = slices.Clone(t.Pinned)
	t.Checklist = slices.Clone(t.Checklist)
	t.Asides = slices.Clone(t.Asides)
	edits := make(map[Field]Stamp, len(t.Edits)+1)
	for field, stamp := range t.Edits {
		edits[field] = stamp
	}
	t.Edits = edits
	return t
}

// touch stamps a change by someone at an instant.
func (t *Ticket) touch(at time.Time) {
	t.Rev++
	if at.After(t.UpdatedAt) {
		t.UpdatedAt = at
	}
}
