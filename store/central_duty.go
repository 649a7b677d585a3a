package store

import "time"

// TakeDuty takes a piece of work that one node at a time does, or renews it, for
// so long from now by the database's clock; false means that another node holds
// it. token is the holder's and grows with each new one (SPEC P55).
func (tx *CentralTx) TakeDuty(name, holder string, life time.Duration) (token int64, held bool, err error) {
	var by string
	var until, now int64
	if _, err := tx.find("SELECT "+tx.db.dialect.clock(), nil, &now); err != nil {
		return 0, false, err
	}
	found, err := tx.find("SELECT holder, token, until FROM duty WHERE name = ?", []any{name}, &by, &token, &until)
	switch {
	case err != nil:
		return 0, false, err
	case by == holder:
	case found && now < until:
		return 0, false, nil
	default:
		token++
	}
	return token, true, tx.do("INSERT INTO duty (name, holder, token, until) VALUES (?, ?, ?, ?)"+
		" ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = excluded.token, until = excluded.until",
		name, holder, token, now+life.Milliseconds())
}

// HoldsDuty reports whether nobody else has taken the work since this token was
// given: asked in the transaction that writes, it keeps out a node that was slow.
func (tx *CentralTx) HoldsDuty(name string, token int64) (bool, error) {
	var now int64
	_, err := tx.find("SELECT token FROM duty WHERE name = ?", []any{name}, &now)
	return now == token, err
}

// DropDuty gives the work back, so that the next node begins at once.
func (tx *CentralTx) DropDuty(name string, token int64) error {
	return tx.do("UPDATE duty SET holder = '', until = 0 WHERE name = ? AND token = ?", name, token)
}
