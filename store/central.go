package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	"holdall/desk"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Central is the hub's database: the only authority over every record.
type Central struct {
	db    *database
	epoch string

	bus     sync.Mutex
	members map[*Hints]struct{} // nodes in this process

	solely sync.Mutex
	sole   *sql.DB // holds the lock that says so; nil: see Sole
}

// CentralTx is a transaction of the hub.
type CentralTx struct{ *txn }

// OpenCentral opens the hub's database and makes it where there is none. dsn is
// "postgres://…" or the path of a SQLite file. A newer database is refused with
// a desk.Error of CodeVersion.
func OpenCentral(ctx context.Context, dsn string) (*Central, error) {
	db, err := openAny(ctx, dsn)
	if err != nil {
		return nil, err
	}
	c := &Central{db: db, members: map[*Hints]struct{}{}}
	if err := db.harden(ctx); err != nil {
		c.Close()
		return nil, err
	}
	if err := c.climb(ctx); err != nil {
		c.Close()
		return nil, err
	}
	if db.dialect == postgres {
		db.slots = newSlots(connections)
		db.line.most.Store(int64(db.silence))
	}
	if err := c.begin(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// climb makes the schema, or leads an older one up: that of a file under no hub that
// is at work on it, which would go on with tables that it does not know.
func (c *Central) climb(ctx context.Context) error {
	version, application, err := c.db.identify(ctx)
	if err != nil {
		return err
	}
	if c.db.dialect == sqlite && application == centralPlan.application && version < centralPlan.version {
		sole, err := c.Sole(ctx)
		if err == nil && !sole {
			err = desk.Refuse(desk.CodeVersion, "A hub of an older Holdall is at work on %s; stop it first, and start this one then.", c.db.name)
		}
		if err != nil {
			return err
		}
	}
	return centralPlan.migrate(ctx, c.db)
}

// connections is how many a node has to a server.
const connections = 16

func openAny(ctx context.Context, dsn string) (*database, error) {
	if !strings.HasPrefix(dsn, "postgres://") && !strings.HasPrefix(dsn, "postgresql://") {
		return openSQLite(dsn, full)
	}
	config, err := pgx.ParseConfig(dsn)
	if err != nil { // whose text may tell the password
		return nil, desk.Refuse(desk.CodeValidation, "The address of the database server cannot be read; write it as postgres://user:password@host:5432/name.")
	}
	// What a node leaves behind that dies in a transaction does not stay locked.
	if config.RuntimeParams[idleParam] == "" {
		config.RuntimeParams[idleParam] = idleMost
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = usual.connect
	}
	pooled, by := config.Copy(), &line{}
	by.draw(pooled)
	pool := stdlib.OpenDB(*pooled)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	db := &database{dialect: postgres, name: serverName(dsn), write: pool, read: pool, server: config, line: by, patience: usual}
	if err := pool.PingContext(ctx); err != nil {
		db.close()
		return nil, db.plain(fmt.Errorf("connect to %s: %w", db.name, err))
	}
	if err := db.keepsText(ctx); err != nil {
		db.close()
		return nil, err
	}
	return db, nil
}

// keepsText refuses a server's database that could not keep what people write: one of
// another encoding fails at the first letter it lacks.
func (d *database) keepsText(ctx context.Context) error {
	var encoding string
	err := d.view(ctx, func(t *txn) error {
		_, err := t.find("SHOW server_encoding", nil, &encoding)
		return err
	})
	if err != nil {
		return err
	}
	if encoding != "UTF8" {
		return desk.Refuse(desk.CodeValidation, "The database %s keeps text as %s, which lacks most of what people write; make it with ENCODING 'UTF8' TEMPLATE template0.", d.name, encoding)
	}
	return nil
}

// begin names the epoch of a new database.
func (c *Central) begin(ctx context.Context) error {
	return c.db.update(ctx, func(t *txn) error {
		if copied, err := t.Meta(metaTransfer); err != nil || copied != "" {
			return errors.Join(err, desk.Refuse(desk.CodeVersion, "The database %s is a copy that is not finished; run `holdalld migrate` again.", c.db.name))
		}
		epoch, err := t.Meta("epoch")
		if err == nil && epoch == "" {
			epoch = newUUID()
			err = t.SetMeta("epoch", epoch)
		}
		c.epoch = epoch
		return err
	})
}

// Name says where the database is, without user and password.
func (c *Central) Name() string { return c.db.name }

// Close closes the database; running transactions end first.
func (c *Central) Close() error {
	c.solely.Lock()
	defer c.solely.Unlock()
	if c.db.slots != nil {
		_ = c.db.slots.forget(context.Background(), c.db) // they are small
	}
	if c.sole == nil {
		return c.db.close()
	}
	err := c.sole.Close()
	c.sole = nil
	return errors.Join(c.db.close(), err)
}

// Epoch names this life of the database (a UUID made with it): another one
// means that a hub was set up anew or restored.
func (c *Central) Epoch() string { return c.epoch }

// Update runs fn in a write transaction that is durable when Update returns. On
// PostgreSQL it is SERIALIZABLE, and fn runs again when it met another one.
func (c *Central) Update(ctx context.Context, fn func(*CentralTx) error) error {
	return c.db.update(ctx, func(t *txn) error { return fn(&CentralTx{t}) })
}

// View runs fn on one snapshot.
func (c *Central) View(ctx context.Context, fn func(*CentralTx) error) error {
	return c.db.view(ctx, func(t *txn) error { return fn(&CentralTx{t}) })
}

// Epoch is Central.Epoch as this snapshot has it.
func (tx *CentralTx) Epoch() (string, error) { return tx.Meta("epoch") }

// RenewEpoch begins another life of the database: every replica fetches it anew.
func (tx *CentralTx) RenewEpoch() (string, error) {
	epoch := newUUID()
	return epoch, tx.SetMeta("epoch", epoch)
}

// newUUID is a random UUID (RFC 9562 §5.4).
func newUUID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
