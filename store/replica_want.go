package store

import (
	"encoding/json"
	"fmt"
	"slices"

	"holdall/desk"
)

const metaWanted = "wanted"

// Wanted lists the archives this laptop asks its hub for, sorted. A copy that is
// fetched anew begins without.
func (tx *ReplicaTx) Wanted() (list []desk.BucketID, err error) {
	text, err := tx.Meta(metaWanted)
	if err != nil || text == "" {
		return nil, err
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("read the archives wanted: %w", err)
	}
	return list, nil
}

// Want notes that an archive is wanted, or is not any more.
func (tx *ReplicaTx) Want(b desk.BucketID, wanted bool) error {
	list, err := tx.Wanted()
	if err != nil || slices.Contains(list, b) == wanted {
		return err
	}
	list = slices.DeleteFunc(list, func(have desk.BucketID) bool { return have == b })
	if wanted {
		list = append(list, b)
		slices.Sort(list)
	}
	text, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("encode the archives wanted: %w", err)
	}
	return tx.SetMeta(metaWanted, string(text))
}
