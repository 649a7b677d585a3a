package store

import (
	"slices"

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

// Stands is a record as it shows now, to be put back by Revert.
func (tx *ReplicaTx) Stands(key desk.Key) (Base, error) {
	r, found, err := tx.record(key)
	if err != nil || !found {
		return Base{Key: key}, err
	}
	return Base{Key: key, Record: &r}, nil
}

// Revert puts records back as they showed before, the last one first; what the
// hub knows of them stays remembered.
func (tx *ReplicaTx) Revert(before []Base) error {
	for _, b := range slices.Backward(before) {
		if err := tx.restore(b); err != nil {
			return err
		}
	}
	return nil
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
		if err := tx.restore(b); err != nil {
			return nil, err
		}
	}
	return keys, tx.do("DELETE FROM base")
}

// restore takes a record back. A ticket that is not in the view any more was
// lost there: it would come back without the bucket it stands in, and stay when
// that is taken away.
func (tx *ReplicaTx) restore(b Base) error {
	if b.Record == nil {
		return tx.Delete(b.Key)
	}
	if b.Key.Kind == desk.KindTicket {
		if _, found, err := tx.record(b.Key); err != nil || !found {
			return err
		}
	}
	return tx.PutRecord(*b.Record)
}
