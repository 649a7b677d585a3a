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

// row are the values of a record: first the number of its tree, which is not
// known yet, last its key.
func (s shelf) row(r desk.Record, e desk.Entity) []any {
	row := append([]any{nil, r.Rev, int64(r.Hash()), bare(r, e)}, s.values(e)...)
	if t, ok := e.(desk.Ticket); ok {
		return append(row, docOf(t.ID, t.OpenedAt))
	}
	return append(row, r.ID)
}

// shelve keeps a record of a tree. Two tickets of one millisecond may want the
// same place; the later one takes the next.
func (tx *ReplicaTx) shelve(r ready) error {
	p, err := tx.number(r.Tree, "")
	if err != nil {
		return err
	}
	r.row[0] = p.no
	for {
		err := tx.do(shelves[r.Kind].upsert, r.row...)
		doc, placed := r.row[len(r.row)-1].(int64)
		if err == nil || !placed || tx.db.sort(err) != faultTaken {
			return err
		}
		r.row[len(r.row)-1] = doc + 1
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
