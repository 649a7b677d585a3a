package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"holdall/desk"

	"github.com/jackc/pgx/v5/pgconn"
)

// fault is a kind of trouble with a database that a person can do something
// about.
type fault int

const (
	faultOther    fault = iota
	faultFull           // no space left
	faultDamaged        // the file is not what was written
	faultAccess         // the file may not be written
	faultBusy           // another program holds the file
	faultDisk           // the disk does not do what it should
	faultTaken          // the row's key is taken
	faultAway           // the server does not answer
	faultPassword       // the server does not let us in
	faultNoDatabase
	faultRights   // the server lets us in, and nothing be made or written
	faultReadOnly // the server is a standby, or was told to take nothing
	faultRetry    // the transaction met another one and may run again
)

// ErrDamaged is wrapped by the errors of a damaged database file.
var ErrDamaged = errors.New("the file is damaged")

// trouble is an error with a sentence for people. Its code is internal: it is
// never the fault of what was written, so whoever wrote it tries again.
type trouble struct {
	sentence *desk.Error
	cause    error
}

func (t *trouble) Error() string   { return t.sentence.Message }
func (t *trouble) Unwrap() []error { return []error{t.sentence, t.cause} }

// Cause is the error below the sentence, for a log.
func (t *trouble) Cause() error { return t.cause }

// plain puts a sentence on errors a person can do something about.
func (d *database) plain(err error) error {
	var known *trouble
	if err == nil || errors.As(err, &known) {
		return err
	}
	f := d.sort(err)
	sentence := d.sentence(f)
	if sentence == "" {
		return err
	}
	if f == faultDamaged {
		err = errors.Join(ErrDamaged, err)
		if d.suspect != nil {
			d.suspect()
		}
	}
	return &trouble{desk.Refuse(desk.CodeInternal, "%s", sentence), err}
}

func (d *database) sort(err error) fault {
	if errors.Is(err, syscall.ENOSPC) {
		return faultFull
	}
	if errors.Is(err, ErrDamaged) {
		return faultDamaged
	}
	if errors.Is(err, os.ErrPermission) {
		return faultAccess
	}
	if errors.Is(err, ErrUndecided) {
		return faultOther
	}
	if d.dialect == postgres {
		return postgresFault(err)
	}
	return sqliteFault(err)
}

func (d *database) sentence(f fault) string {
	switch f {
	case faultFull:
		return fmt.Sprintf("The disk that holds %s is full; free some space and try again. Nothing that was saved is lost.", d.name)
	case faultDamaged:
		return fmt.Sprintf("The database %s is damaged; restart Holdall so that it can repair it, or restore it from a backup.", d.name)
	case faultAccess:
		return fmt.Sprintf("The database %s cannot be opened for writing; check who owns the file and its folder.", d.name)
	case faultBusy:
		return fmt.Sprintf("Another program holds the database %s; close it and try again.", d.name)
	case faultDisk:
		return fmt.Sprintf("The disk that holds %s reports an error; check it before going on. Nothing that was saved before is lost.", d.name)
	case faultAway:
		return fmt.Sprintf("The database server %s does not answer; check that it runs and that its address is right.", d.name)
	case faultPassword:
		return fmt.Sprintf("The database server %s refuses the user or the password; check both in the address of the database.", d.name)
	case faultRights:
		return fmt.Sprintf("The user may not make or write tables in the database %s; let its owner grant that (CREATE and USAGE on the schema), or name its owner in the address.", d.name)
	case faultReadOnly:
		return fmt.Sprintf("The database server %s takes nothing in, as a standby does; name its primary server in the address of the database.", d.name)
	case faultNoDatabase:
		return fmt.Sprintf("The database server has no database %s; create it or correct its name.", d.name)
	}
	return ""
}

// postgresFault sorts an error of PostgreSQL by its SQLSTATE (PostgreSQL,
// appendix A).
func postgresFault(err error) fault {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch e.Code {
		case "40001", "40P01":
			return faultRetry
		case "28P01", "28000":
			return faultPassword
		case "42501", "3F000":
			return faultRights
		case "25006":
			return faultReadOnly
		case "3D000":
			return faultNoDatabase
		case "53100":
			return faultFull
		case "XX001", "XX002":
			return faultDamaged
		case "57P01", "57P02", "57P03", "57P05", "25P03", "40003":
			return faultAway
		case "23505", "42P07", "42701":
			return faultTaken
		}
		if strings.HasPrefix(e.Code, "08") {
			return faultAway
		}
		return faultOther
	}
	if errors.Is(err, errAgain) {
		return faultRetry
	}
	if broken(err) {
		return faultAway
	}
	return faultOther
}

// broken reports whether the server cannot be reached, or was until a moment ago.
func broken(err error) bool {
	for _, end := range []error{errSilent, driver.ErrBadConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed} {
		if errors.Is(err, end) {
			return true
		}
	}
	var refused *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &refused) || pgconn.SafeToRetry(err) ||
		errors.As(err, &network) && !errors.Is(err, context.DeadlineExceeded)
}

// attempts is how often a transaction that met another one runs.
const attempts = 50

// retry runs a transaction until it met no other one and its connection held.
// The pause grows and is drawn by lot, so that those who met do not meet again; a
// server that is started anew has some seconds to answer, however often it is asked.
// Once that was in vain, whoever comes next is told at once, until it answers.
func (d *database) retry(ctx context.Context, run func() error) error {
	return d.insist(ctx, run, !d.lost.Load())
}

// insist is retry; patient: the server has its seconds in any case.
func (d *database) insist(ctx context.Context, run func() error, patient bool) error {
	var err error
	var away <-chan time.Time
	pause := time.Millisecond
	for range attempts {
		err = run()
		f := d.sort(err)
		if f != faultAway {
			away = nil
			d.lost.Store(false)
		}
		switch {
		case err == nil || f != faultRetry && f != faultAway:
			return err
		case f == faultAway && !patient:
			return err
		case f == faultAway && away == nil:
			away = time.After(d.away)
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-away:
			d.lost.Store(true)
			return err
		case <-time.After(rand.N(pause) + time.Millisecond):
		}
		pause = min(2*pause, 300*time.Millisecond)
	}
	if d.sort(err) == faultAway {
		d.lost.Store(true)
		return err
	}
	return fmt.Errorf("gave way to other transactions %d times: %w", attempts, err)
}

// serverName is a server's address without user and password.
func serverName(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return "PostgreSQL"
	}
	host := u.Host
	if host == "" {
		host = u.Query().Get("host")
	}
	return host + "/" + strings.TrimPrefix(u.Path, "/")
}
