package store

import "holdall/desk"

// shelf is where a laptop keeps the records of a kind that belong to a tree: by
// the number of the tree, with the columns its own queries ask for.
type shelf struct {
	name    string
	columns []string
	values  func(desk.Entity) []any
	upsert  string
}

var shelves = map[desk.Kind]shelf{
	desk.KindTicket: {name: "ticket", columns: ticketColumns, values: ticketValues},
	desk.KindEvent:  {name: "event", values: nothing},
	desk.KindTime:   {name: "time_entry", values: nothing},
	desk.KindMessage: {name: "message", columns: []string{"delivery"}, values: func(e desk.Entity) []any {
		return []any{plainText(e.(desk.Message).Delivery)}
	}},
	desk.KindConflict: {name: "conflict", columns: conflictColumns, values: conflictValues},
}

func init() {
	for kind, s := range shelves {
		columns := append([]string{"tree", "rev", "hash", "body"}, s.columns...)
		if kind == desk.KindTicket {
			s.upsert = upsertText(s.name, "tree", append(columns, "doc"), []string{"doc"})
		} else {
			s.upsert = upsertText(s.name, "id", append(columns, "id"), nil)
		}
		shelves[kind] = s
	}
	for kind := range shelves {
		wholes[kind] = whole(kind)
	}
}

// row are the values of a record, without the last one, which is its key.
func (s shelf) row(r desk.Record, no int64, e desk.Entity) []any {
	return append([]any{no, r.Rev, int64(r.Hash()), bare(r, e)}, s.values(e)...)
}

// shelve keeps a record of a tree.
func (tx *ReplicaTx) shelve(r desk.Record, e desk.Entity) error {
	p, err := tx.number(r.Tree, "")
	if err != nil {
		return err
	}
	s := shelves[r.Kind]
	row := s.row(r, p.no, e)
	if t, ok := e.(desk.Ticket); ok {
		return tx.shelveTicket(s, row, docOf(t.ID, t.OpenedAt))
	}
	return tx.do(s.upsert, append(row, r.ID)...)
}

// shelveTicket gives a new ticket its place in time. Two tickets of one
// millisecond may want the same place; the later one takes the next.
func (tx *ReplicaTx) shelveTicket(s shelf, row []any, doc int64) error {
	row = append(row, doc)
	for {
		err := tx.do(s.upsert, row...)
		if err == nil || tx.db.sort(err) != faultTaken {
			return err
		}
		doc++
		row[len(row)-1] = doc
	}
}

// read reads the entities of a kind that a condition selects.
func read[T desk.Entity](tx *ReplicaTx, kind desk.Kind, condition string, args ...any) ([]T, error) {
	return entities[T](tx.txn, kind, "SELECT "+wholes[kind]+" FROM "+shelves[kind].name+" WHERE "+condition, args...)
}

// record reads a record as the hub wrote it; false if there is none.
func (tx *ReplicaTx) record(key desk.Key) (desk.Record, bool, error) {
	s, shelved := shelves[key.Kind]
	if !shelved {
		return tx.txn.record(key)
	}
	r := desk.Record{Key: key}
	var body string
	found, err := tx.find("SELECT "+treeOf(key.Kind)+", rev, "+wholes[key.Kind]+" FROM "+s.name+" WHERE "+which(key.Kind), []any{key.ID}, &r.Tree, &r.Rev, &body)
	r.Body = []byte(body)
	return r, found, err
}
