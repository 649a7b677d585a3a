package store

import "holdall/desk"

// plot is the row of a tree: its number, and where it stands.
type plot struct {
	no  int64
	bkt desk.BucketID // the first one; empty: none
}

// plot finds the number of a tree; false if it has none.
func (tx *ReplicaTx) plot(tree desk.TicketID) (p plot, found bool, err error) {
	if p, found = tx.trees[tree]; found {
		return p, found, nil
	}
	found, err = tx.find("SELECT no, bkt FROM tree WHERE id = ?", []any{string(tree)}, &p.no, &p.bkt)
	if err == nil && found {
		tx.trees[tree] = p
	}
	return p, found, err
}

// number finds the number of a tree and gives it one where it has none, with the
// bucket it comes through, if any.
func (tx *ReplicaTx) number(tree desk.TicketID, b desk.BucketID) (plot, error) {
	p, found, err := tx.plot(tree)
	if err != nil || found {
		return p, err
	}
	if tx.numbered == 0 {
		if _, err := tx.find("SELECT COALESCE(MAX(no), 0) FROM tree", nil, &tx.numbered); err != nil {
			return p, err
		}
	}
	tx.numbered++
	p = plot{tx.numbered, b}
	tx.trees[tree] = p
	return p, tx.do("INSERT INTO tree (no, id, bkt) VALUES (?, ?, ?)", p.no, string(tree), string(b))
}

// house notes the first bucket of a tree.
func (tx *ReplicaTx) house(tree desk.TicketID, p plot, b desk.BucketID) error {
	if p.bkt == b {
		return nil
	}
	tx.trees[tree] = plot{p.no, b}
	return tx.do("UPDATE tree SET bkt = ? WHERE no = ?", string(b), p.no)
}
