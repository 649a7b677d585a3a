package store

import (
	"slices"
	"time"

	"holdall/desk"
)

// Shelve notes what a change of a ticket means for its way to the archive and for
// those who pinned it.
func (tx *CentralTx) Shelve(was, is desk.Ticket) error {
	wasAt, wasDue := due(was)
	at, due := due(is)
	switch {
	case due && (!wasDue || !at.Equal(wasAt)):
		if err := tx.do("INSERT INTO ended (ticket, at) VALUES (?, ?) ON CONFLICT (ticket) DO UPDATE SET at = excluded.at", string(is.ID), instant(at)); err != nil {
			return err
		}
	case wasDue && !due:
		if err := tx.do("DELETE FROM ended WHERE ticket = ?", string(is.ID)); err != nil {
			return err
		}
	}
	return tx.keepPins(is.ID, was.Pinned, is.Pinned)
}

// due is when a ticket ended that is to be archived: not one that is already, and
// none whose side conversation has a word nobody has answered.
func due(t desk.Ticket) (at time.Time, due bool) {
	at, due = t.EndedAt()
	return at, due && t.Archived == "" && !t.AsideAwaits()
}

func (tx *CentralTx) keepPins(ticket desk.TicketID, was, is []desk.PersonID) error {
	for _, p := range was {
		if slices.Contains(is, p) {
			continue
		}
		if err := tx.do("DELETE FROM pin WHERE person = ? AND ticket = ?", string(p), string(ticket)); err != nil {
			return err
		}
	}
	for _, p := range is {
		if slices.Contains(was, p) {
			continue
		}
		if err := tx.do("INSERT INTO pin (person, ticket) VALUES (?, ?) ON CONFLICT (person, ticket) DO NOTHING", string(p), string(ticket)); err != nil {
			return err
		}
	}
	return nil
}

// Ended lists tickets that ended before an instant and are not archived, those
// that ended first before the others.
func (tx *CentralTx) Ended(before time.Time, limit int) ([]desk.TicketID, error) {
	return collect(tx.txn, "SELECT ticket FROM ended WHERE at < ? ORDER BY at, ticket LIMIT ?", []any{instant(before), limit}, readTicketID)
}

// Pins lists the tickets a person has pinned, by id.
func (tx *CentralTx) Pins(person desk.PersonID) ([]desk.TicketID, error) {
	return collect(tx.txn, "SELECT ticket FROM pin WHERE person = ? ORDER BY ticket", []any{string(person)}, readTicketID)
}

func readTicketID(s scan) (desk.TicketID, error) {
	var id desk.TicketID
	return id, s(&id)
}

// Archives counts the tickets of every archive that has any.
func (tx *CentralTx) Archives() (map[desk.BucketID]int64, error) {
	counts := map[desk.BucketID]int64{}
	const tickets = "SELECT b.id, (SELECT COUNT(*) FROM entry e WHERE e.bucket = b.id AND e.kind = ? AND e.dropped = 0)" +
		" FROM bucket b WHERE b.id LIKE ? AND b.records > 0"
	err := tx.each(tickets, []any{string(desk.KindTicket), string(desk.ArchivePrefix) + "%"}, func(s scan) error {
		var id desk.BucketID
		var n int64
		err := s(&id, &n)
		counts[id] = n
		return err
	})
	return counts, err
}
