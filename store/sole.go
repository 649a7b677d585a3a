package store

import (
	"context"
	"database/sql"
	"errors"
)

// Shared reports whether other nodes may work on the database at the same time.
// A SQLite file has one node; an administrator's command beside it does no lone
// work.
func (c *Central) Shared() bool { return c.db.dialect == postgres }

// Sole reports whether this process is the one that does the lone work of a
// SQLite file. It asks the operating system, by a lock on a file beside it: so
// nothing is written to say so, and a process that is killed gives way at once.
func (c *Central) Sole(ctx context.Context) (bool, error) {
	c.solely.Lock()
	defer c.solely.Unlock()
	if c.sole != nil {
		return true, nil
	}
	path := c.db.name + ".node"
	if err := private(path); err != nil {
		return false, err
	}
	lock := sql.OpenDB(connector{dsn: fileURI(path) + "?_busy_timeout=0"})
	lock.SetMaxOpenConns(1)
	_, err := lock.ExecContext(ctx, "BEGIN EXCLUSIVE")
	if err == nil {
		c.sole = lock
		return true, nil
	}
	if c.db.sort(err) == faultBusy {
		err = nil
	}
	return false, errors.Join(c.db.plain(err), lock.Close())
}
