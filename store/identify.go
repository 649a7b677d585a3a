package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// identify reads which kind of database this is and of which version; zeros
// mean that it is empty. SQLite has places for both in its header; PostgreSQL
// gets them in meta.
func (d *database) identify(ctx context.Context) (version, application int64, err error) {
	err = d.update(ctx, func(t *txn) error {
		if d.dialect == sqlite {
			if _, err := t.find("PRAGMA user_version", nil, &version); err != nil {
				return err
			}
			if _, err := t.find("PRAGMA application_id", nil, &application); err != nil {
				return err
			}
			var tables int64
			if _, err := t.find("SELECT COUNT(*) FROM sqlite_schema", nil, &tables); err != nil {
				return err
			}
			if tables > 0 && application == 0 {
				application = -1
			}
			return nil
		}
		var tables int64
		_, err := t.find("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()", nil, &tables)
		if err != nil || tables == 0 {
			return err
		}
		var metas int64
		_, err = t.find("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'meta'", nil, &metas)
		if err != nil || metas == 0 {
			application = -1
			return err
		}
		if version, err = t.figure("schema_version"); err != nil {
			return err
		}
		application, err = t.figure("application_id")
		return err
	})
	return version, application, err
}

// identity writes what identify reads.
func (t *txn) identity(application, version int64) error {
	if t.db.dialect == sqlite {
		if err := t.do(fmt.Sprintf("PRAGMA application_id = %d", application)); err != nil {
			return err
		}
		return t.do(fmt.Sprintf("PRAGMA user_version = %d", version))
	}
	if err := t.SetMeta("application_id", strconv.FormatInt(application, 10)); err != nil {
		return err
	}
	return t.SetMeta("schema_version", strconv.FormatInt(version, 10))
}

func (t *txn) figure(key string) (int64, error) {
	value, err := t.Meta(key)
	if err != nil || value == "" {
		return 0, err
	}
	return strconv.ParseInt(value, 10, 64)
}

// Meta reads a small fact; "" if it was never set.
func (t *txn) Meta(key string) (string, error) {
	var value string
	_, err := t.find("SELECT value FROM meta WHERE key = ?", []any{key}, &value)
	return value, err
}

// SetMeta keeps a small fact.
func (t *txn) SetMeta(key, value string) error {
	return t.do("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
}

// copyEnd stands between the name of a database and the version a copy is of.
const copyEnd = ".version-"

// dropCopies removes what an older program has kept of a database that can be
// fetched again: as much once more as all of it, and records that may have been
// taken from this device since.
func dropCopies(path string) error {
	entries, err := os.ReadDir(filepath.Dir(path)) // no pattern: a person's folder may look like one
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(path)+copyEnd) {
			err = errors.Join(err, os.Remove(filepath.Join(filepath.Dir(path), e.Name())))
		}
	}
	return err
}

// keepCopy copies a SQLite file before it is led up from a version; the copy
// stays beside it. A server's backups are its administrator's.
func (d *database) keepCopy(ctx context.Context, version int64) error {
	if d.dialect != sqlite {
		return nil
	}
	copy := d.name + copyEnd + strconv.FormatInt(version, 10)
	if err := os.Remove(copy); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := private(copy); err != nil {
		return err
	}
	if _, err := d.write.ExecContext(ctx, "VACUUM INTO ?", copy); err != nil {
		return d.plain(fmt.Errorf("copy %s: %w", d.name, err))
	}
	return nil
}
