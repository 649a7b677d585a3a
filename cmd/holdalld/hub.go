package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// centralFile is the hub's database in a data folder.
const centralFile = "hub.db"

// place says where a hub keeps its records.
type place struct {
	Data     string `help:"Folder of the hub's SQLite database; made if missing." placeholder:"DIR" type:"path"`
	Database string `help:"PostgreSQL instead: postgres://host/name. Password by PGPASSWORD, or HOLDALL_DATABASE for all of it." placeholder:"URL"`
}

// dsn is the address of the database.
func (l place) dsn(getenv func(string) string) (string, error) {
	if l.Data == "" && l.Database == "" {
		l.Database = getenv("HOLDALL_DATABASE")
	}
	switch {
	case l.Data != "" && l.Database != "":
		return "", desk.Refuse(desk.CodeValidation, "Say either --data or --database: a hub has one database.")
	case l.Database != "":
		return l.Database, checkDatabase(l.Database)
	case l.Data == "":
		return "", desk.Refuse(desk.CodeValidation, "Say where the hub keeps its records: --data DIR or --database postgres://….")
	}
	if err := store.MakeFolder(l.Data); err != nil {
		return "", desk.Refuse(desk.CodeValidation, "The folder %s cannot be made: %v.", l.Data, err)
	}
	return filepath.Join(l.Data, centralFile), nil
}

// atWork is a hub that runs in this process.
type atWork struct {
	central *store.Central
	server  *hub.Server
	log     *slog.Logger
	running func() // ends the engine

	life    context.Context // of what works beside it
	ending  context.CancelFunc
	working sync.WaitGroup
}

// openHub opens the database of a hub without setting it going.
func openHub(ctx context.Context, dsn string, log *slog.Logger) (*atWork, error) {
	central, err := store.OpenCentral(ctx, dsn)
	if err != nil {
		return nil, err
	}
	server, err := hub.NewServer(ctx, central, log)
	if err != nil {
		return nil, errors.Join(err, central.Close())
	}
	return &atWork{central: central, server: server, log: log}, nil
}

// start sets the engine going and founds the workspace of a new hub.
func (h *atWork) start(ctx context.Context, name string) (desk.Workspace, error) {
	h.life, h.ending = context.WithCancel(context.WithoutCancel(ctx))
	engine, end := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() {
		if err := h.server.Run(engine); err != nil {
			h.log.Error("run the hub", "error", err)
		}
	})
	h.running = func() { end(); running.Wait() }
	return h.server.Found(ctx, name, time.Now())
}

// close ends what works, then the engine that takes its results, then the
// database.
func (h *atWork) close() error {
	if h.ending != nil {
		h.ending()
	}
	h.working.Wait()
	if h.running != nil {
		h.running()
	}
	return h.central.Close()
}

// withHub runs a short act on a hub: what an administrator does from a shell
// goes the way of every other change, so that laptops hear of it.
func (p *program) withHub(ctx context.Context, at place, act func(*atWork) error) error {
	dsn, err := at.dsn(p.getenv)
	if err != nil {
		return err
	}
	h, err := openHub(ctx, dsn, p.log())
	if err != nil {
		return err
	}
	if _, err := h.start(ctx, defaultName); err != nil {
		return errors.Join(err, h.close())
	}
	return errors.Join(act(h), h.close())
}

// defaultName is the workspace's until an admin gives it another.
const defaultName = "Service desk"
