package hub

import (
	"slices"

	"holdall/desk"
	"holdall/store"
)

// carry lets files go along with a message that is being moved: who reads it
// where it will stand may have them, and no one by the place it leaves (SPEC R20).
func carry(tx *store.CentralTx, m desk.Message) error {
	if !m.Away() {
		return eachFile(m, func(sum string) error { return tx.HoldBlob(sum, m.ID) })
	}
	was, err := desk.Read[desk.Message](tx, m.Key())
	if err != nil {
		return err
	}
	return eachFile(was, func(sum string) error { return tx.ReleaseBlob(sum, m.ID) })
}

func eachFile(m desk.Message, do func(sum string) error) error {
	files := slices.Clone(m.Attachments)
	if source, ok := m.Source(); ok {
		files = append(files, source)
	}
	for _, f := range files {
		if err := do(f.SHA256); err != nil {
			return err
		}
	}
	return nil
}
