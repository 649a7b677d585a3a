package store

import (
	"fmt"

	"holdall/desk"
)

// Get reads an entity; desk.ErrUnknown if there is none.
func (tx *CentralTx) Get(key desk.Key) (desk.Entity, error) {
	if !keepable(key.ID) {
		return nil, fmt.Errorf("%s %q: %w", key.Kind, key.ID, desk.ErrUnknown)
	}
	return tx.get(key)
}

// Record reads a record as it was stored; false if there is none.
func (tx *CentralTx) Record(key desk.Key) (desk.Record, bool, error) {
	if !keepable(key.ID) {
		return desk.Record{Key: key}, false, nil
	}
	return tx.record(key)
}

// BodyMost is how many bytes a record takes at most, its ids written out again
// beside its body: it travels in one frame (SPEC P1), and one that did not fit would
// keep everybody who is given it from all that comes after.
const BodyMost = 7 << 20

// ErrLong is a record that is longer.
var ErrLong = desk.Refuse(desk.CodeValidation, "This is longer than the desk can carry to its laptops, which is %d MiB; shorten it, or attach it as a file.", BodyMost>>20)

// Put keeps an entity in place of the one with its key and returns the record
// as stored: its body are the bytes later sent. One whose id no engine could keep
// is refused with a desk.Error of CodeValidation, and one that is too long with
// ErrLong.
func (tx *CentralTx) Put(e desk.Entity) (desk.Record, error) {
	r, err := desk.Encode(e)
	if err != nil {
		return desk.Record{}, err
	}
	for _, id := range []string{r.ID, string(r.Tree)} {
		if !keepable(id) {
			return desk.Record{}, desk.Refuse(desk.CodeValidation, "The id %q has characters that no database keeps; give it another one.", id)
		}
		if len(id) > IDMost {
			return desk.Record{}, desk.Refuse(desk.CodeValidation, "The id %.40q… is longer than %d bytes, which no database finds again; give it another one.", id, IDMost)
		}
	}
	const escaped = 6 // bytes of a byte in JSON
	if len(r.Body)+escaped*(len(r.ID)+len(r.Tree)) > BodyMost {
		return desk.Record{}, ErrLong
	}
	tab := tables[r.Kind]
	return r, tx.do(tab.upsert, tab.row(r, e)...)
}

// Tree reads a ticket's tree: the ticket, its messages, events and conflicts.
func (tx *CentralTx) Tree(ticket desk.TicketID) ([]desk.Record, error) {
	var tree []desk.Record
	for _, kind := range treeKinds {
		records, err := tx.treeOf(kind, ticket)
		if err != nil {
			return nil, err
		}
		tree = append(tree, records...)
	}
	return tree, nil
}

func (t *txn) treeOf(kind desk.Kind, ticket desk.TicketID) ([]desk.Record, error) {
	return collect(t, "SELECT id, rev, body FROM "+tables[kind].name+" WHERE tree = ? ORDER BY id", []any{string(ticket)},
		func(s scan) (desk.Record, error) {
			r := desk.Record{Key: desk.Key{Kind: kind}, Tree: ticket}
			var body string
			err := s(&r.ID, &r.Rev, &body)
			r.Body = []byte(body)
			return r, err
		})
}

// OpenConflicts lists the open conflicts of a ticket.
func (tx *CentralTx) OpenConflicts(ticket desk.TicketID) ([]desk.Conflict, error) {
	return tx.openConflicts(ticket)
}

func (t *txn) openConflicts(ticket desk.TicketID) ([]desk.Conflict, error) {
	return entities[desk.Conflict](t, desk.KindConflict,
		"SELECT body FROM conflict WHERE tree = ? AND state = ? ORDER BY id", string(ticket), string(desk.ConflictOpen))
}
