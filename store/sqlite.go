package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/mattn/go-sqlite3"
)

// readers is how many snapshots of a SQLite file are read at a time.
const readers = 4

// connector opens connections to one SQLite file with everything the driver's
// defaults leave open: full synchronisation, foreign keys, an untrusted schema.
type connector struct {
	dsn     string
	pragmas []string
}

func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Driver().Open(c.dsn)
	if err != nil {
		return nil, err
	}
	for _, p := range c.pragmas {
		if _, err := conn.(driver.ExecerContext).ExecContext(ctx, "PRAGMA "+p, nil); err != nil {
			conn.Close()
			return nil, fmt.Errorf("pragma %s: %w", p, err)
		}
	}
	return conn, nil
}

// durability says what a commit survives.
type durability string

const (
	full   durability = "FULL"   // a power cut: for what was promised to a person
	normal durability = "NORMAL" // a crash of the program: for what can be fetched again
)

// openSQLite opens a file, creating it for this user alone.
func openSQLite(path string, d durability) (*database, error) {
	db := &database{dialect: sqlite, name: path}
	if err := private(path); err != nil {
		return nil, db.plain(err)
	}
	common := "_busy_timeout=10000&_foreign_keys=on&_stmt_cache_size=200"
	pragmas := []string{"trusted_schema = 0", "temp_store = MEMORY", "cache_size = -65536", "mmap_size = 0"}
	writing := append([]string{"secure_delete = FAST", "journal_size_limit = 67108864"}, pragmas...)
	if d == normal {
		// Each checkpoint waits for the disk, and writes again what is written soon
		// after; a first fill would do so all the time.
		writing = append(writing, "wal_autocheckpoint = 32768")
	}
	if runtime.GOOS == "darwin" && d == full {
		writing = append(writing, "fullfsync = 1", "checkpoint_fullfsync = 1")
	}
	uri := fileURI(path)
	writer := sql.OpenDB(connector{uri + "?" + common + "&_txlock=immediate&_journal_mode=WAL&_synchronous=" + string(d), writing})
	writer.SetMaxOpenConns(1)
	reader := sql.OpenDB(connector{uri + "?" + common + "&mode=ro&_query_only=on", pragmas})
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	db.write, db.read = writer, reader
	if err := writer.Ping(); err != nil {
		db.close()
		return nil, db.plain(fmt.Errorf("open %s: %w", path, err))
	}
	return db, nil
}

// fileURI is a path as the driver wants it.
func fileURI(path string) string {
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
}

// private makes the folder and the file, readable for this user alone: the
// driver would make a file everybody can read.
func private(path string) error {
	if err := MakeFolder(filepath.Dir(path)); err != nil {
		return fmt.Errorf("make the folder of %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	return f.Close()
}
