package store

import (
	"fmt"
	"hash/fnv"
	"time"

	"holdall/desk"
)

var _ desk.View = (*ReplicaTx)(nil)

// Get reads an entity; desk.ErrUnknown if there is none.
func (tx *ReplicaTx) Get(key desk.Key) (desk.Entity, error) { return tx.get(key) }

// OpenConflicts lists the open conflicts of a ticket.
func (tx *ReplicaTx) OpenConflicts(ticket desk.TicketID) ([]desk.Conflict, error) {
	return tx.openConflicts(ticket)
}

// TakeNumber believes the claimed number: it came from this device's lease, and
// the hub checks it.
func (tx *ReplicaTx) TakeNumber(_ desk.TicketKind, claimed desk.Number, _ desk.Principal) (desk.Number, error) {
	return claimed, nil
}

// Record reads a record; desk.ErrUnknown if there is none.
func (tx *ReplicaTx) Record(key desk.Key) (desk.Record, error) {
	r, found, err := tx.record(key)
	if err == nil && !found {
		err = fmt.Errorf("%s %s: %w", key.Kind, key.ID, desk.ErrUnknown)
	}
	return r, err
}

// Put keeps an entity in place of the one with its key.
func (tx *ReplicaTx) Put(e desk.Entity) error {
	r, err := desk.Encode(e)
	if err != nil {
		return err
	}
	return tx.keep(r, e)
}

// PutRecord keeps a record with its bytes as the hub sent them. A kind this
// program does not know is kept too.
func (tx *ReplicaTx) PutRecord(r desk.Record) error {
	if _, known := tables[r.Kind]; !known {
		if err := tx.moving(r.Key, r.Tree); err != nil {
			return err
		}
		return tx.putUnknown(r)
	}
	e, err := decodeColumns(r)
	if err != nil {
		return err
	}
	return tx.keep(r, e)
}

func (tx *ReplicaTx) keep(r desk.Record, e desk.Entity) error {
	if err := tx.moving(r.Key, r.Tree); err != nil {
		return err
	}
	if !tx.late {
		if err := tx.touched(r, e); err != nil {
			return err
		}
	}
	if t, ok := e.(desk.Ticket); ok {
		return tx.putTicket(r, t)
	}
	tab := tables[r.Kind]
	return tx.do(tab.upsert, tab.row(r, e)...)
}

// touched notes the tickets to whose search document a record belongs.
func (tx *ReplicaTx) touched(r desk.Record, e desk.Entity) error {
	switch v := e.(type) {
	case desk.Ticket, desk.Message:
		return tx.rewording(string(r.Tree))
	case desk.Requester:
		var name string
		if _, err := tx.find("SELECT name FROM requester WHERE id = ?", []any{r.ID}, &name); err != nil || name == folded(v.Name) {
			return err
		}
		return tx.each("SELECT id FROM ticket WHERE requester = ?", []any{r.ID}, func(s scan) error {
			var id string
			if err := s(&id); err != nil {
				return err
			}
			return tx.rewording(id)
		})
	}
	return nil
}

var replicaTicket = upsertText("ticket", "id", append([]string{"doc"}, tables[desk.KindTicket].all()...), []string{"doc", "bkt"})

// putTicket gives a new ticket its place in time. Two tickets of one
// millisecond may want the same place; the later one takes the next.
func (tx *ReplicaTx) putTicket(r desk.Record, t desk.Ticket) error {
	doc := docOf(t.ID, t.OpenedAt)
	row := append([]any{doc}, tables[desk.KindTicket].row(r, t)...)
	for {
		err := tx.do(replicaTicket, row...)
		if err == nil || tx.db.sort(err) != faultTaken {
			return err
		}
		doc++
		row[0] = doc
	}
}

// docOf is the place of a ticket in time: its millisecond and 20 bits of its id.
func docOf(id desk.TicketID, opened time.Time) int64 {
	sum := fnv.New32a()
	sum.Write([]byte(id))
	return opened.UnixMilli()<<20 | int64(sum.Sum32()>>12)
}

// Delete removes a record; there need not be one.
func (tx *ReplicaTx) Delete(key desk.Key) error {
	r, found, err := tx.record(key)
	if err != nil || !found {
		return err
	}
	if err := tx.moving(key, r.Tree); err != nil {
		return err
	}
	tab, known := tables[key.Kind]
	if !known {
		return tx.do("DELETE FROM record WHERE kind = ? AND id = ?", string(key.Kind), key.ID)
	}
	if key.Kind == desk.KindTicket {
		return tx.deleteTicket(key.ID)
	}
	if key.Kind == desk.KindMessage {
		if err := tx.rewording(string(r.Tree)); err != nil {
			return err
		}
	}
	return tx.do("DELETE FROM "+tab.name+" WHERE id = ?", key.ID)
}

func (tx *ReplicaTx) deleteTicket(id string) error {
	if err := tx.rewording(id); err != nil {
		return err
	}
	return tx.do("DELETE FROM ticket WHERE id = ?", id)
}

// DropTree removes a ticket with its whole tree and forgets its homes.
func (tx *ReplicaTx) DropTree(ticket desk.TicketID) error {
	if err := tx.movingTree(ticket); err != nil {
		return err
	}
	if err := tx.deleteTicket(string(ticket)); err != nil {
		return err
	}
	for _, name := range append([]string{"home"}, treeTables...) {
		if err := tx.do("DELETE FROM "+name+" WHERE tree = ?", string(ticket)); err != nil {
			return err
		}
	}
	return nil
}
