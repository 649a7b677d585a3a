package desk

import "time"

// TimeEntry is a line of a ticket's time log. It is written once and never
// changed: a mistake is mended by an entry with minus minutes, so that two
// people who log apart never meet.
type TimeEntry struct {
	ID       TimeID    `json:"id"`
	Ticket   TicketID  `json:"ticket"`
	Person   PersonID  `json:"person"`
	Minutes  int       `json:"minutes"` // minus: mends an earlier entry
	Note     string    `json:"note,omitempty"`
	At       time.Time `json:"at"`             // done-time
	SyncedAt time.Time `json:"synced_at"`      // when the hub took it, by its clock
	Turn     Turn      `json:"turn,omitempty"` // its place in the ticket
	surplus
}

// Key names the record of the entry.
func (e TimeEntry) Key() Key { return Key{KindTime, string(e.ID)} }

// timeMost is the most one entry may say, in minutes: a day.
const timeMost = 24 * 60
