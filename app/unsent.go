package app

import (
	"context"
	"errors"
	"strings"

	"holdall/store"
)

// unsent counts what only this device has.
type unsent struct{ changes, messages, files, drafts int }

func unsentIn(ctx context.Context, replicas *store.Replica) (unsent, error) {
	changes, err := replicas.Unsent(ctx)
	resting, failed := replicas.Resting(ctx)
	err = errors.Join(err, failed)
	files, failed := replicas.OutgoingFiles(ctx)
	err = errors.Join(err, failed)
	drafts, failed := replicas.Drafts(ctx)
	return unsent{changes, len(resting), len(files), len(drafts)}, errors.Join(err, failed)
}

// String names what there is of it: "2 changes and 1 draft"; empty: nothing.
func (u unsent) String() string {
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{{u.changes, "change", "changes"}, {u.messages, "message", "messages"}, {u.files, "file", "files"}, {u.drafts, "draft", "drafts"}} {
		if p.n > 0 {
			parts = append(parts, count(p.n, p.one, p.many))
		}
	}
	if last := len(parts) - 1; last > 0 {
		return strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
	return strings.Join(parts, "")
}
