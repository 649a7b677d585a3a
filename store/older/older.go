//go:build cgo

// Package older promises files as an older version had left them, for tests of
// the way up: whole, as they were written then, or with what stands in a file of
// today. A layout is never guessed: what is left of today's file is compared with
// a file that the older version wrote itself, statement by statement.
package older

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// Unpack writes a database that was read from a file, where SQLite keeps its
// files in this process.
func Unpack(file []byte, to string) error {
	return held(file, func(db *sql.Conn) error {
		_, err := db.ExecContext(context.Background(), "VACUUM INTO ?", to)
		return err
	})
}

// Lower takes from a database all that an older version did not know, and gives
// it the older version: like is a file which that one wrote. Where the rest is
// laid out otherwise the file stays as it is, with an error.
func Lower(path string, like []byte) error {
	var want layout
	err := held(like, func(db *sql.Conn) (err error) { want, err = read(db); return err })
	if err != nil {
		return err
	}
	return opened("file:"+path+"?_txlock=immediate&_synchronous=FULL", func(db *sql.Conn) error {
		have, err := read(db)
		if err != nil {
			return err
		}
		steps, err := have.down(want)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		_, err = db.ExecContext(context.Background(), strings.Join(slices.Concat([]string{"BEGIN IMMEDIATE"}, steps, []string{"COMMIT"}), ";\n"))
		return err
	})
}

// layout is a version and the statements that made its tables and indexes.
type layout struct {
	version int64
	made    map[string]statement
}

type statement struct{ kind, text string }

// down lists what makes the one layout the other.
func (have layout) down(want layout) (steps []string, err error) {
	if want.version >= have.version {
		return nil, fmt.Errorf("version %d is not older than %d", want.version, have.version)
	}
	for name, s := range have.made {
		switch older, known := want.made[name]; {
		case !known && s.kind == "table":
			steps = append(steps, "DROP TABLE "+name)
		case !known:
			steps = append(steps, "DROP INDEX IF EXISTS "+name)
		case older != s:
			err = errors.Join(err, fmt.Errorf("version %d has another %s", want.version, name))
		}
	}
	for name := range want.made {
		if _, still := have.made[name]; !still {
			err = errors.Join(err, fmt.Errorf("version %d has %s, which is no more", want.version, name))
		}
	}
	slices.Sort(steps) // indexes before their tables
	return append(steps, fmt.Sprintf("PRAGMA user_version = %d", want.version)), err
}

func read(db *sql.Conn) (l layout, err error) {
	ctx := context.Background()
	l.made = map[string]statement{}
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&l.version); err != nil {
		return l, err
	}
	rows, err := db.QueryContext(ctx, "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL")
	if err != nil {
		return l, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var s statement
		if err := rows.Scan(&name, &s.kind, &s.text); err != nil {
			return l, err
		}
		s.text = strings.Join(strings.Fields(s.text), " ")
		l.made[name] = s
	}
	return l, rows.Err()
}

// held lets something happen to a database in memory.
func held(file []byte, do func(*sql.Conn) error) error {
	return opened(":memory:", func(db *sql.Conn) error {
		err := db.Raw(func(raw any) error {
			file = slices.Clone(file)
			file[18], file[19] = 1, 1 // no log beside it ("Database File Format" §1.3.3)
			return raw.(*sqlite3.SQLiteConn).Deserialize(file, "main")
		})
		if err != nil {
			return err
		}
		return do(db)
	})
}

// opened lets something happen to a database, and closes it.
func opened(dsn string, do func(*sql.Conn) error) error {
	pool, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	db, err := pool.Conn(context.Background())
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.Close())
}
