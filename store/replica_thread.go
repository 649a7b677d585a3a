package store

import (
	"slices"
	"time"

	"holdall/desk"
)

// Thread reads the messages of a ticket in the order the hub took them; the
// claimed times order nothing.
func (tx *ReplicaTx) Thread(ticket desk.TicketID) ([]desk.Message, error) {
	list, err := read[desk.Message](tx, desk.KindMessage, "tree = "+numberOf, string(ticket))
	slices.SortFunc(list, desk.InThread)
	return list, err
}

// History reads the events of a ticket in the order the hub took them.
func (tx *ReplicaTx) History(ticket desk.TicketID) ([]desk.Event, error) {
	list, err := read[desk.Event](tx, desk.KindEvent, "tree = "+numberOf, string(ticket))
	slices.SortFunc(list, desk.InHistory)
	return list, err
}

// TimeLog reads the time log of a ticket in the order the hub took it.
func (tx *ReplicaTx) TimeLog(ticket desk.TicketID) ([]desk.TimeEntry, error) {
	list, err := read[desk.TimeEntry](tx, desk.KindTime, "tree = "+numberOf, string(ticket))
	slices.SortFunc(list, desk.InTimeLog)
	return list, err
}

func byTime(a, b time.Time) int { return a.Compare(b) }

// Conflicts lists the conflicts in a state.
func (tx *ReplicaTx) Conflicts(state desk.ConflictState) ([]desk.Conflict, error) {
	return read[desk.Conflict](tx, desk.KindConflict, "state = ? ORDER BY id", string(state))
}

// ConflictsOf lists the open conflicts one of whose two values is a person's.
func (tx *ReplicaTx) ConflictsOf(person desk.PersonID) ([]desk.Conflict, error) {
	return read[desk.Conflict](tx, desk.KindConflict, "state = ? AND (server_by = ? OR client_by = ?) ORDER BY id",
		string(desk.ConflictOpen), string(person), string(person))
}

// ConflictsIn lists the open conflicts of a ticket.
func (tx *ReplicaTx) ConflictsIn(ticket desk.TicketID) ([]desk.Conflict, error) {
	return tx.OpenConflicts(ticket)
}

// HeldReplies lists a person's replies that wait for a second look, oldest
// first.
func (tx *ReplicaTx) HeldReplies(person desk.PersonID) ([]desk.Message, error) {
	list, err := read[desk.Message](tx, desk.KindMessage, "delivery = 'held' ORDER BY id")
	list = slices.DeleteFunc(list, func(m desk.Message) bool { return m.Author != person })
	slices.SortStableFunc(list, func(a, b desk.Message) int { return byTime(a.At, b.At) })
	return list, err
}

// stuckReplies is written as the index has it, or the index serves nothing.
const stuckReplies = "delivery IN ('waiting', 'unknown', 'failed')"

// StuckReplies lists replies of anybody that could not leave, newest first: those
// that wait for another try, may have left, or were given up.
func (tx *ReplicaTx) StuckReplies() ([]desk.Message, error) {
	list, err := read[desk.Message](tx, desk.KindMessage, stuckReplies+" ORDER BY id")
	slices.SortStableFunc(list, func(a, b desk.Message) int { return byTime(b.At, a.At) })
	return list, err
}

// StoppedReplies lists those of them that may have left or were given up.
func (tx *ReplicaTx) StoppedReplies() ([]desk.Message, error) {
	return read[desk.Message](tx, desk.KindMessage, stuckReplies+" AND delivery <> 'waiting' ORDER BY id")
}

// Rejections lists a person's refused changes that were not dismissed, newest
// first.
func (tx *ReplicaTx) Rejections(person desk.PersonID) ([]desk.Rejection, error) {
	list, err := entities[desk.Rejection](tx.txn, desk.KindRejection, "SELECT body FROM rejection WHERE person = ? AND open = 1 ORDER BY id", string(person))
	slices.SortStableFunc(list, func(a, b desk.Rejection) int { return byTime(b.At, a.At) })
	return list, err
}
