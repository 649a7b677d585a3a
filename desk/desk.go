// Package desk promises that a rule of the service desk is written once and
// runs twice: on the laptop to be quick, at the hub to be true.
//
// It holds the nouns of the desk (person, requester, team, service, ticket,
// message), the tables of moves, the priority matrix, the roles, and what a
// mutation does: Apply is the only place where a mutation changes a ticket, and
// Merge the only place where two acts on one field meet. Everything here is
// pure: no database, no network, no file, and no clock. The present is always an
// argument, so the same input gives the same effect on every machine.
package desk

// The identities of the nouns. They are opaque; whoever creates a thing names
// it (a UUIDv7 on a device, a value derived from the raw bytes for a mail), so
// that a thing created twice is the same thing.
type (
	PersonID     string // an agent, technician, lead, admin or auditor
	RequesterID  string // someone who asks the desk for something
	TeamID       string
	ServiceID    string
	TemplateID   string
	TicketID     string
	MessageID    string
	AsideID      string // of a side conversation
	ConflictID   string
	ItemID       string // of a checklist
	TimeID       string // of an entry in the time log
	MailboxID    string
	QuarantineID string // of a mail nothing could be made of
	DeviceID     string // an enrolled device, or a mailbox's converter
)
