package store

import (
	"slices"
	"strconv"

	"holdall/desk"
)

// metaGrants counts what may change who is given which buckets.
const metaGrants = "grants"

// TakeTurn begins a conversation with a device: every older one, on whatever
// node, has had its turn (SPEC P52).
func (tx *CentralTx) TakeTurn(id desk.DeviceID) (turn int64, err error) {
	_, err = tx.find("UPDATE device SET turn = turn + 1 WHERE id = ? RETURNING turn", []any{string(id)}, &turn)
	return turn, err
}

// Turns reads whose turn it is on devices; one that is gone has none.
func (tx *CentralTx) Turns(devices []desk.DeviceID) (map[desk.DeviceID]int64, error) {
	turns := make(map[desk.DeviceID]int64, len(devices))
	for chunk := range slices.Chunk(devices, 200) {
		args := make([]any, len(chunk))
		for i, d := range chunk {
			args[i] = string(d)
		}
		err := tx.each("SELECT id, turn FROM device WHERE id IN ("+marks(len(chunk))+")", args, func(s scan) error {
			var id desk.DeviceID
			var turn int64
			err := s(&id, &turn)
			turns[id] = turn
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return turns, nil
}

// Grants counts the changes of people, teams and devices that may have changed
// who is given what; a node that has seen this count need not ask again.
func (tx *CentralTx) Grants() (int64, error) { return tx.figure(metaGrants) }

// NextGrants notes one more of them.
func (tx *CentralTx) NextGrants() error {
	n, err := tx.Grants()
	if err != nil {
		return err
	}
	return tx.SetMeta(metaGrants, strconv.FormatInt(n+1, 10))
}
