package main

import (
	"context"
	"errors"
	"fmt"

	"holdall/store"
	"holdall/sync/hub"
)

// restoredCommand tells a database that it is a backup.
type restoredCommand struct{ place }

// Run begins another life of the hub (SPEC P17). Run twice it begins two, which
// costs every laptop another fetch and nothing else.
func (c restoredCommand) Run(ctx context.Context, p *program) error {
	dsn, err := c.dsn(p.getenv)
	if err != nil {
		return err
	}
	central, err := store.OpenCentral(ctx, dsn)
	if err != nil {
		return err
	}
	if err := errors.Join(hub.Restored(ctx, central), central.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, "The hub begins another life: laptops fetch everything again and tell what was acknowledged to them within 30 days.")
	return err
}
