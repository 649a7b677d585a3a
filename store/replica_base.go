package store

import (
	"errors"
	"slices"

	"holdall/desk"
)

// Base is a record as the hub knows it, below what is pending. Record is nil
// where the hub has none.
type Base struct {
	Key    desk.Key
	Record *desk.Record
}

// Predict shows an entity in place of the one with its key, and remembers what
// the hub knows beneath. The digests are of that, and do not move (SPEC P20).
func (tx *ReplicaTx) Predict(e desk.Entity) error {
	if err := tx.saveBase(e.Key()); err != nil {
		return err
	}
	return tx.apart(func() error { return tx.Put(e) })
}

// saveBase remembers a record as it stands, or that there is none, unless it is
// remembered already: before the first pending mutation changes it. One that is
// not what it was when it was stored is noticed now, for it comes back with a
// hash that fits it.
func (tx *ReplicaTx) saveBase(key desk.Key) error {
	remembered, err := tx.remembered(key)
	if err != nil || remembered {
		return err
	}
	r, found, err := tx.record(key)
	if err != nil {
		return err
	}
	if found {
		if err := tx.auditRecord(r); err != nil {
			return err
		}
	}
	return tx.do("INSERT INTO base (kind, id, present, tree, rev, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		string(key.Kind), key.ID, truth(found), string(r.Tree), r.Rev, string(r.Body))
}

// PredictRecord is Predict for a record that was shown before.
func (tx *ReplicaTx) PredictRecord(r desk.Record) error {
	if err := tx.saveBase(r.Key); err != nil {
		return err
	}
	return tx.apart(func() error { return tx.PutRecord(r) })
}

// Image is a record as it was shown before a prediction, nil where there was
// none, and whether what the hub knows was remembered by then.
type Image struct {
	Key        desk.Key
	Record     *desk.Record
	Remembered bool
}

// Image is what is shown of a record now.
func (tx *ReplicaTx) Image(key desk.Key) (i Image, err error) {
	i.Key = key
	if i.Remembered, err = tx.remembered(key); err != nil {
		return i, err
	}
	r, found, err := tx.record(key)
	if found {
		i.Record = &r
	}
	return i, err
}

// Revert takes the newest prediction back, of which nothing shows but what it
// wrote: the last image first.
func (tx *ReplicaTx) Revert(images []Image) error {
	for _, i := range slices.Backward(images) {
		if !i.Remembered {
			if err := tx.Restore([]desk.Key{i.Key}); err != nil {
				return err
			}
			continue
		}
		if err := tx.apart(func() error { return tx.putBack(Base{i.Key, i.Record}) }); err != nil {
			return err
		}
	}
	return nil
}

// Sum is the sum of a record as it is shown; 0 where there is none.
func (tx *ReplicaTx) Sum(key desk.Key) (uint64, error) {
	sum, _, err := tx.hashOf(key)
	return sum, err
}

// SumBeneath is the sum of a record as the hub knows it.
func (tx *ReplicaTx) SumBeneath(key desk.Key) (uint64, error) {
	list, err := collect(tx.txn, "SELECT "+baseColumns+" FROM base WHERE kind = ? AND id = ?", []any{string(key.Kind), key.ID}, readBase)
	switch {
	case err != nil:
		return 0, err
	case len(list) == 0:
		return tx.Sum(key)
	case list[0].Record == nil:
		return 0, nil
	}
	return list[0].Record.Hash(), nil
}

func (tx *ReplicaTx) remembered(key desk.Key) (bool, error) {
	var present int64
	return tx.find("SELECT present FROM base WHERE kind = ? AND id = ?", []any{string(key.Kind), key.ID}, &present)
}

const baseColumns = "kind, id, present, tree, rev, body"

// Bases lists the remembered records.
func (tx *ReplicaTx) Bases() ([]Base, error) {
	return collect(tx.txn, "SELECT "+baseColumns+" FROM base ORDER BY kind, id", nil, readBase)
}

func readBase(s scan) (Base, error) {
	var r desk.Record
	var present int64
	var body string
	err := s(&r.Kind, &r.ID, &present, &r.Tree, &r.Rev, &body)
	r.Body = []byte(body)
	if present == 0 {
		return Base{Key: r.Key}, err
	}
	return Base{Key: r.Key, Record: &r}, err
}

// RestoreBases makes the view what the hub knows, for every remembered record,
// and forgets them.
func (tx *ReplicaTx) RestoreBases() error {
	bases, err := tx.Bases()
	if err != nil {
		return err
	}
	if err := tx.restore(bases); err != nil {
		return err
	}
	return tx.do("DELETE FROM base")
}

// Restore is RestoreBases for some records; those that are not remembered stay
// as they are.
func (tx *ReplicaTx) Restore(keys []desk.Key) error {
	for _, key := range keys {
		at := []any{string(key.Kind), key.ID}
		list, err := collect(tx.txn, "SELECT "+baseColumns+" FROM base WHERE kind = ? AND id = ?", at, readBase)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			continue
		}
		if err := errors.Join(tx.restore(list), tx.do("DELETE FROM base WHERE kind = ? AND id = ?", at...)); err != nil {
			return err
		}
	}
	return nil
}

func (tx *ReplicaTx) restore(bases []Base) error {
	return tx.apart(func() error {
		for _, b := range bases {
			if err := tx.putBack(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// putBack takes a record back. A ticket that is not in the view any more was
// lost there: it would come back without the bucket it stands in, and stay when
// that is taken away.
func (tx *ReplicaTx) putBack(b Base) error {
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
