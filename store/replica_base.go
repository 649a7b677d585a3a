package store

import (
	"holdall/desk"
)

// Base is a record as the hub knows it, below what is pending. Record is nil
// where the hub has none.
type Base struct {
	Key    desk.Key
	Record *desk.Record
}

// SaveBase remembers a record as it stands, or that there is none, unless it is
// remembered already: before the first pending mutation changes it.
func (tx *ReplicaTx) SaveBase(key desk.Key) error {
	r, found, err := tx.record(key)
	if err != nil {
		return err
	}
	return tx.do("INSERT INTO base (kind, id, present, tree, rev, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		string(key.Kind), key.ID, truth(found), string(r.Tree), r.Rev, string(r.Body))
}

// SetBase puts the hub's newer record in place of the remembered one; had is
// false, and nothing happens, if none is remembered.
func (tx *ReplicaTx) SetBase(r desk.Record) (had bool, err error) {
	n, err := tx.exec("UPDATE base SET present = 1, tree = ?, rev = ?, body = ? WHERE kind = ? AND id = ?",
		string(r.Tree), r.Rev, string(r.Body), string(r.Kind), r.ID)
	return n > 0, err
}

// DropBase remembers that the hub has no such record (any more); had is false,
// and nothing happens, if none is remembered.
func (tx *ReplicaTx) DropBase(key desk.Key) (had bool, err error) {
	n, err := tx.exec("UPDATE base SET present = 0, rev = 0, body = '' WHERE kind = ? AND id = ?", string(key.Kind), key.ID)
	return n > 0, err
}

// HasBases reports whether any record is remembered.
func (tx *ReplicaTx) HasBases() (bool, error) {
	var one int64
	return tx.find("SELECT 1 FROM base LIMIT 1", nil, &one)
}

// Bases lists the remembered records.
func (tx *ReplicaTx) Bases() ([]Base, error) {
	return collect(tx.txn, "SELECT kind, id, present, tree, rev, body FROM base ORDER BY kind, id", nil, func(s scan) (Base, error) {
		var r desk.Record
		var present int64
		var body string
		err := s(&r.Kind, &r.ID, &present, &r.Tree, &r.Rev, &body)
		r.Body = []byte(body)
		if present == 0 {
			return Base{Key: r.Key}, err
		}
		return Base{Key: r.Key, Record: &r}, err
	})
}

// RestoreBases makes the view what the hub knows, for every remembered record,
// and forgets them. It returns their keys.
func (tx *ReplicaTx) RestoreBases() ([]desk.Key, error) {
	bases, err := tx.Bases()
	if err != nil {
		return nil, err
	}
	keys := make([]desk.Key, len(bases))
	for i, b := range bases {
		keys[i] = b.Key
		if b.Record == nil {
			err = tx.Delete(b.Key)
		} else {
			err = tx.PutRecord(*b.Record)
		}
		if err != nil {
			return nil, err
		}
	}
	return keys, tx.do("DELETE FROM base")
}
