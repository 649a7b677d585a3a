package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"holdall/store"
	"holdall/sync/hub"
)

// soloIdentity is who this computer is to the hub inside; zero before it has
// worked there. A damaged outbox may have forgotten it, and the hub has everything
// that was ever done: it is asked before anything is begun anew.
func soloIdentity(ctx context.Context, replicas *store.Replica, database string) (who store.Identity, err error) {
	who, err = replicas.Identity(ctx)
	if err != nil || who.Device != "" {
		return who, err
	}
	if _, err := os.Stat(database); errors.Is(err, fs.ErrNotExist) {
		return who, nil
	}
	central, err := store.OpenCentral(ctx, database)
	if err != nil {
		return who, err
	}
	made, found, err := hub.Readmit(ctx, central, soloDevice)
	if err = errors.Join(err, central.Close()); err != nil || !found {
		return who, err
	}
	who = store.Identity{Device: made.Device, Person: made.Person, Token: made.Token, Solo: true}
	if err := replicas.SetIdentity(ctx, who); err != nil {
		return who, fmt.Errorf("remember who this computer is: %w", err)
	}
	return who, nil
}
