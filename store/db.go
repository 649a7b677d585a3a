// Package store keeps, finds and transacts, and promises that what it answered
// "done" to is on the disk.
//
// Central is the hub's database: one SQLite file or a PostgreSQL server, by one
// text of SQL. Replica is the laptop's: outbox.db, which only this device can
// know and which is therefore written through to the disk before anybody is
// told "saved", and replica.db, which is derived from the hub and the outbox
// and may be thrown away at any time.
//
// A transaction sees one snapshot and happens wholly or not at all. Records are
// kept byte by byte as the hub wrote them. There are no rules of the desk here:
// who may do what, in which order mutations run and into which buckets a ticket
// belongs is decided in desk and sync. This is the only package that speaks SQL.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// database is one open database: a connection that writes and several that
// read. PostgreSQL needs no such difference and has one pool for both.
type database struct {
	dialect dialect
	name    string // for sentences: the file or the server
	write   *sql.DB
	read    *sql.DB
	suspect func()          // called when a damaged page was met
	server  *pgx.ConnConfig // of PostgreSQL: for connections beside the pool
	line    *line           // of PostgreSQL: of the pool
	patience
	lost  atomic.Bool // somebody was told that the server is away, and it has not answered since
	slots *slots      // of PostgreSQL, when its schema is there; see mark
}

func (d *database) close() error {
	if d == nil {
		return nil
	}
	if d.dialect == sqlite && d.write != nil {
		// The pool closes idle connections, and lets the one at work go on: whoever
		// comes after would not see what it is about to commit.
		if last, err := d.write.Conn(context.Background()); err == nil {
			defer last.Close()
		}
	}
	var errs []error
	if d.read != nil && d.read != d.write {
		errs = append(errs, d.read.Close())
	}
	if d.write != nil {
		errs = append(errs, d.write.Close())
	}
	return errors.Join(errs...)
}

// txn is a running transaction.
type txn struct {
	ctx    context.Context // of its statements
	caller context.Context // of whoever asked
	says   session
	db     *database
	depth  int   // of savepoints
	met    error // the transaction met another one, or its connection broke: it must run again
}

// run executes fn in one transaction; fn's error undoes it.
func (d *database) run(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*txn) error) error {
	if d.dialect == postgres {
		return d.runServer(ctx, pool, opts, fn)
	}
	return d.runFile(ctx, pool, opts.ReadOnly, fn)
}

func (d *database) runServer(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*txn) error) error {
	conn, err := d.reach(ctx, pool)
	if err != nil {
		return d.plain(fmt.Errorf("connect: %w", err))
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, opts)
	if err != nil {
		return d.plain(fmt.Errorf("begin: %w", err))
	}
	defer tx.Rollback()
	t := &txn{ctx: ctx, caller: ctx, says: serverSession{tx}, db: d}
	if err := t.play(fn); err != nil {
		return d.plain(err)
	}
	if err := tx.Commit(); err != nil {
		err = d.plain(fmt.Errorf("commit: %w", err))
		if !opts.ReadOnly && (ctx.Err() != nil || d.sort(err) == faultAway) {
			err = errors.Join(errDoubt, err)
		}
		return err
	}
	return nil
}

// runFile runs fn on SQLite, which finishes a write that it has begun: to watch
// for the end of the context would cost a goroutine for each statement.
func (d *database) runFile(ctx context.Context, pool *sql.DB, readOnly bool, fn func(*txn) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return d.plain(fmt.Errorf("connect: %w", err))
	}
	defer conn.Close()
	within := ctx
	if !readOnly {
		within = context.WithoutCancel(ctx)
	}
	return d.plain(conn.Raw(func(raw any) error {
		says := &fileSession{conn: raw.(fileConn)}
		t := &txn{ctx: within, caller: ctx, says: says, db: d}
		return says.transact(within, readOnly, func() error { return t.play(fn) })
	}))
}

// play runs fn and finds out whether its work may be committed.
func (t *txn) play(fn func(*txn) error) error {
	err := fn(t)
	if t.met != nil {
		return t.met
	}
	if err != nil {
		return err
	}
	return t.caller.Err()
}

// update runs fn in a transaction that writes, again while it meets others.
func (d *database) update(ctx context.Context, fn func(*txn) error) error {
	if d.slots != nil {
		return d.once(ctx, fn)
	}
	opts := &sql.TxOptions{}
	if d.dialect == postgres {
		opts.Isolation = sql.LevelSerializable
	}
	return d.retry(ctx, func() error { return d.run(ctx, d.write, opts, fn) })
}

func (d *database) view(ctx context.Context, fn func(*txn) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.dialect == postgres {
		opts.Isolation = sql.LevelRepeatableRead
		return d.retry(ctx, func() error { return d.run(ctx, d.read, opts, fn) })
	}
	return d.run(ctx, d.read, opts, fn)
}

// exec runs a statement and tells how many rows it touched.
func (t *txn) exec(query string, args ...any) (int64, error) {
	if err := t.caller.Err(); err != nil {
		return 0, err
	}
	n, err := t.says.exec(t.ctx, query, args)
	if err != nil {
		return 0, t.fault(query, err)
	}
	return n, nil
}

// do is exec for those who do not count.
func (t *txn) do(query string, args ...any) error {
	if err := t.caller.Err(); err != nil {
		return err
	}
	if err := t.says.do(t.ctx, query, args); err != nil {
		return t.fault(query, err)
	}
	return nil
}

// find reads the only row of a query; false if there is none.
func (t *txn) find(query string, args []any, dest ...any) (bool, error) {
	found, err := t.says.find(t.ctx, query, args, dest)
	if err != nil {
		return false, t.fault(query, err)
	}
	return found, nil
}

// each reads the rows of a query one by one.
func (t *txn) each(query string, args []any, row func(scan) error) error {
	var own error
	err := t.says.each(t.ctx, query, args, func(s scan) error {
		own = row(s)
		return own
	})
	if own != nil {
		return own
	}
	if err != nil {
		return t.fault(query, err)
	}
	return nil
}

// collect reads the rows of a query into a list.
func collect[T any](t *txn, query string, args []any, row func(scan) (T, error)) ([]T, error) {
	var list []T
	err := t.each(query, args, func(s scan) error {
		v, err := row(s)
		list = append(list, v)
		return err
	})
	return list, err
}

// Savepoint runs fn so that its error undoes what it did and nothing before it.
// The error is returned. That another transaction was met, or that the
// connection broke, is no error of fn: even if the caller goes on, the whole
// transaction runs again.
func (t *txn) Savepoint(fn func() error) error {
	t.depth++
	defer func() { t.depth-- }()
	name := fmt.Sprintf("sp%d", t.depth)
	if err := t.do("SAVEPOINT " + name); err != nil {
		return err
	}
	if err := fn(); err != nil {
		if undo := t.do("ROLLBACK TO SAVEPOINT " + name); undo != nil {
			return errors.Join(err, undo)
		}
		if undo := t.do("RELEASE SAVEPOINT " + name); undo != nil {
			return errors.Join(err, undo)
		}
		return err
	}
	return t.do("RELEASE SAVEPOINT " + name)
}

// fault names the statement in its error, and notes what makes the transaction run
// again, whatever fn makes of the error.
func (t *txn) fault(query string, err error) error {
	err = fmt.Errorf("%s: %w", verb(query), err)
	if f := t.db.sort(err); f == faultRetry || f == faultAway {
		t.met = err
	}
	return err
}

// verb names a statement in an error: its first words, never its values.
func verb(query string) string {
	words := strings.Fields(query)
	return strings.Join(words[:min(4, len(words))], " ")
}
