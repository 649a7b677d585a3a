package store

import (
	"maps"
	"slices"
)

// document is where a ticket stands in the search and what its text is made of.
// The search keeps no text of its own; so that is read before the first change of
// a transaction.
type document struct {
	place             int64
	ticket, requester string
	thread            string // the hashes of its messages
	kept              bool   // false: there is no such ticket
}

const documentText = "SELECT t.doc, t.number || ' ' || t.title || ' ' || COALESCE(json_extract(t.body, '$.description'), '')," +
	" COALESCE(r.id || r.hash, ''), COALESCE((SELECT group_concat(m.hash, ' ') FROM message m WHERE m.tree = t.tree), '')" +
	" FROM ticket t LEFT JOIN requester r ON r.id = t.requester WHERE t.tree = " + numberOf

func (tx *ReplicaTx) document(ticket string) (d document, err error) {
	d.kept, err = tx.find(documentText, []any{ticket}, &d.place, &d.ticket, &d.requester, &d.thread)
	return d, err
}

// rewording notes a ticket whose document may change.
func (tx *ReplicaTx) rewording(ticket string) error {
	if _, known := tx.worded[ticket]; known || tx.late {
		return nil
	}
	d, err := tx.document(ticket)
	tx.worded[ticket] = d
	return err
}

// settleSearch writes the documents that are not what they were. Most are:
// whatever comes down takes back what is pending and does it again, and to
// write a document costs many times what it costs to read it. A place may pass
// from one ticket to another; so what goes goes first.
func (tx *ReplicaTx) settleSearch() error {
	var come []string
	for _, id := range slices.Sorted(maps.Keys(tx.worded)) {
		was := tx.worded[id]
		is, err := tx.document(id)
		if err != nil {
			return err
		}
		if is == was {
			continue
		}
		if was.kept {
			if err := tx.do("DELETE FROM search WHERE rowid = ?", was.place); err != nil {
				return err
			}
		}
		if is.kept {
			come = append(come, id)
		}
	}
	for _, id := range come {
		if err := tx.do("INSERT INTO search (rowid, text) "+searchText+" WHERE t.tree = "+numberOf, id); err != nil {
			return err
		}
	}
	return nil
}
