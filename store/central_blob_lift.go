package store

import (
	"encoding/json"
	"fmt"
	"strings"

	"holdall/desk"
)

// liftHolders moves what stood in meta, a list of messages in JSON under
// "file.<sha256>", to the table of holders.
func liftHolders(t *txn) error {
	type list struct{ key, value string }
	lists, err := collect(t, "SELECT key, value FROM meta WHERE key LIKE 'file.%'", nil, func(s scan) (l list, err error) {
		return l, s(&l.key, &l.value)
	})
	if err != nil {
		return err
	}
	for _, l := range lists {
		var messages []desk.MessageID
		if err := json.Unmarshal([]byte(l.value), &messages); err != nil {
			return fmt.Errorf("read the holders %s: %w", l.key, err)
		}
		for _, m := range messages {
			if err := (&CentralTx{t}).HoldBlob(strings.TrimPrefix(l.key, "file."), m); err != nil {
				return err
			}
		}
		if err := t.do("DELETE FROM meta WHERE key = ?", l.key); err != nil {
			return err
		}
	}
	return nil
}
