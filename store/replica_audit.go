package store

import (
	"slices"
	"strings"

	"holdall/desk"
)

// auditKinds are the tables an audit walks through, in their order; "" is that
// of the kinds this program does not know.
var auditKinds = slices.Concat(treeKinds, directoryKinds, mailKinds, []desk.Kind{desk.KindRejection, ""})

// Audit computes the hashes of the next records anew from their bodies, from a
// place on, and keeps those that are right: a record whose body changed behind
// our back then differs from the hub. "" is the first place, and what is
// returned after the last record.
func (tx *ReplicaTx) Audit(place string, limit int) (next string, err error) {
	kind, after, _ := strings.Cut(place, "/")
	at := 0
	for i, k := range auditKinds {
		if place != "" && string(k) == kind {
			at = i
		}
	}
	records, err := tx.auditPage(auditKinds[at], after, limit)
	if err != nil {
		return "", err
	}
	for _, r := range records {
		if err := tx.auditRecord(r); err != nil {
			return "", err
		}
	}
	if len(records) == limit {
		return string(auditKinds[at]) + "/" + records[limit-1].ID, nil
	}
	if at+1 == len(auditKinds) {
		return "", nil
	}
	return string(auditKinds[at+1]) + "/", nil
}

// auditPage reads records of a table, those of unknown kinds by their own.
func (tx *ReplicaTx) auditPage(kind desk.Kind, after string, limit int) ([]desk.Record, error) {
	query := selected(kind, " WHERE id > ? ORDER BY id LIMIT ?")
	body := "body"
	switch _, shelved := shelves[kind]; {
	case kind == "":
		query = selection{key: "kind, id, tree", from: "record WHERE id > ? ORDER BY id LIMIT ?"}
	case kind == desk.KindTicket:
		query = selection{key: "'ticket', tree.id, tree.id", from: "tree JOIN ticket ON ticket.tree = tree.no WHERE tree.id > ? ORDER BY tree.id LIMIT ?"}
		body = wholes[kind]
	case shelved:
		body = wholes[kind]
	}
	return collect(tx.txn, "SELECT "+query.key+", rev, "+body+" FROM "+query.from, []any{after, limit},
		func(s scan) (desk.Record, error) {
			var r desk.Record
			var body string
			err := s(&r.Kind, &r.ID, &r.Tree, &r.Rev, &body)
			r.Body = []byte(body)
			return r, err
		})
}

func (tx *ReplicaTx) auditRecord(r desk.Record) error {
	kept, found, err := tx.hashOf(r.Key)
	if err != nil || !found || kept == r.Hash() {
		return err
	}
	ahead, err := tx.remembered(r.Key)
	if err != nil {
		return err
	}
	if ahead { // of the hub: it is none of what the digests count
		return tx.apart(func() error { return tx.rehash(r) })
	}
	return tx.rehash(r)
}

// rehash stores the hash that a record has now.
func (tx *ReplicaTx) rehash(r desk.Record) error {
	if err := tx.moving(r.Key, r.Tree); err != nil {
		return err
	}
	tab, known := tables[r.Kind]
	if !known {
		return tx.do("UPDATE record SET hash = ? WHERE kind = ? AND id = ?", int64(r.Hash()), string(r.Kind), r.ID)
	}
	return tx.do("UPDATE "+tab.name+" SET hash = ? WHERE "+which(r.Kind), int64(r.Hash()), r.ID)
}
