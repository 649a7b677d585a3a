package store

import (
	"fmt"
	"hash/fnv"
	"time"

	"holdall/desk"
)

var _ desk.View = (*ReplicaTx)(nil)

// Get reads an entity; desk.ErrUnknown if there is none.
func (tx *ReplicaTx) Get(key desk.Key) (desk.Entity, error) {
	r, err := tx.Record(key)
	if err != nil {
		return nil, err
	}
	return desk.Decode(r)
}

// OpenConflicts lists the open conflicts of a ticket.
func (tx *ReplicaTx) OpenConflicts(ticket desk.TicketID) ([]desk.Conflict, error) {
	return read[desk.Conflict](tx, desk.KindConflict, "tree = "+numberOf+" AND state = ? ORDER BY id", string(ticket), string(desk.ConflictOpen))
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
	return tx.keep(readied(r, e))
}

// PutRecord keeps a record with its bytes as the hub sent them. A kind this
// program does not know is kept too.
func (tx *ReplicaTx) PutRecord(r desk.Record) error { return tx.PutFrom("", r) }

// PutFrom is PutRecord for a record that came through a bucket. That of a ticket
// brings its tree there.
func (tx *ReplicaTx) PutFrom(b desk.BucketID, r desk.Record) error {
	row, err := readRecord(r)
	if err != nil {
		return err
	}
	return tx.keepFrom(b, row)
}

func (tx *ReplicaTx) keepFrom(b desk.BucketID, r ready) error {
	if r.Kind == desk.KindTicket && b != "" {
		if err := tx.Enter(r.Tree, b); err != nil {
			return err
		}
	}
	return tx.keep(r)
}

func (tx *ReplicaTx) keep(r ready) error {
	if err := tx.moving(r.Key, r.Tree); err != nil {
		return err
	}
	if !tx.late {
		if err := tx.touched(r.Record, r.entity); err != nil {
			return err
		}
	}
	if _, ok := shelves[r.Kind]; ok {
		return tx.shelve(r)
	}
	if tab, known := tables[r.Kind]; known {
		return tx.do(tab.upsert, r.row...)
	}
	return tx.putUnknown(r.Record)
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
		return tx.each("SELECT tree.id FROM ticket JOIN tree ON tree.no = ticket.tree WHERE requester = ?", []any{r.ID}, func(s scan) error {
			var id string
			if err := s(&id); err != nil {
				return err
			}
			return tx.rewording(id)
		})
	}
	return nil
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
		return tx.deleteTicket(r.Tree)
	}
	if key.Kind == desk.KindMessage {
		if err := tx.rewording(string(r.Tree)); err != nil {
			return err
		}
	}
	return tx.do("DELETE FROM "+tab.name+" WHERE id = ?", key.ID)
}

// deleteTicket takes a ticket out of its tree, which stays where it stands.
func (tx *ReplicaTx) deleteTicket(id desk.TicketID) error {
	s, found, err := tx.plot(id)
	if err != nil || !found {
		return err
	}
	if err := tx.rewording(string(id)); err != nil {
		return err
	}
	return tx.do("DELETE FROM ticket WHERE tree = ?", s.no)
}

// DropTree removes a ticket with its whole tree and forgets its homes.
func (tx *ReplicaTx) DropTree(ticket desk.TicketID) error {
	if err := tx.movingTree(ticket); err != nil {
		return err
	}
	if err := tx.do("DELETE FROM record WHERE tree = ?", string(ticket)); err != nil {
		return err
	}
	s, found, err := tx.plot(ticket)
	if err != nil || !found {
		return err
	}
	if err := tx.deleteTicket(ticket); err != nil {
		return err
	}
	for _, name := range numberedTables {
		if err := tx.do("DELETE FROM "+name+" WHERE tree = ?", s.no); err != nil {
			return err
		}
	}
	delete(tx.trees, ticket)
	return tx.do("DELETE FROM tree WHERE no = ?", s.no)
}

// numberedTables are those where a tree stands by its number, besides its ticket.
var numberedTables = []string{"home", "message", "event", "time_entry", "conflict"}
