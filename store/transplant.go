package store

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
)

// The places in the head of a SQLite file that we write ("Database File
// Format" §1.3).
const (
	pageSize    = 4096
	headPages   = 28 // count of pages
	headVersion = 92 // the change counter the count belongs to
	headCounter = 24 // change counter
)

// openDamaged opens what was set aside. If even its first page cannot be read,
// a copy gets the first page of a new outbox: the same tables are made in the
// same order, so they begin on the same pages, and rows that are none have no
// right sum.
func openDamaged(ctx context.Context, aside string) (*database, error) {
	if db, err := openReadable(ctx, aside); err == nil {
		return db, nil
	}
	patient := copyOf(aside)
	if err := transplant(ctx, aside, patient); err != nil {
		return nil, err
	}
	return openReadable(ctx, patient)
}

func copyOf(aside string) string { return aside + ".copy" }

// discardCopy removes the copy openDamaged may have made.
func discardCopy(aside string) {
	for _, end := range []string{"", "-wal", "-shm"} {
		os.Remove(copyOf(aside) + end)
	}
}

// openReadable opens a file whose tables can be named.
func openReadable(ctx context.Context, path string) (*database, error) {
	db, err := openSQLite(path, full)
	if err != nil {
		return nil, err
	}
	err = db.view(ctx, func(t *txn) error {
		var n int64
		_, err := t.find("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'outbox'", nil, &n)
		if err == nil && n == 0 {
			err = db.damaged("it has no outbox")
		}
		return err
	})
	if err != nil {
		db.close()
		return nil, err
	}
	return db, nil
}

// transplant copies a file with the first page of a new outbox.
func transplant(ctx context.Context, from, to string) error {
	folder, err := os.MkdirTemp(filepath.Dir(from), "outbox-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	db, err := tryOutbox(ctx, filepath.Join(folder, outboxFile))
	if err != nil {
		return err
	}
	if err := db.close(); err != nil {
		return err
	}
	donor, err := os.ReadFile(filepath.Join(folder, outboxFile))
	if err != nil {
		return err
	}
	body, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if len(body) < pageSize {
		return db.damaged("it is shorter than a page")
	}
	copy(body, donor[:pageSize])
	binary.BigEndian.PutUint32(body[headPages:], uint32(len(body)/pageSize))
	copy(body[headVersion:headVersion+4], body[headCounter:headCounter+4])
	return os.WriteFile(to, body, 0o600)
}
