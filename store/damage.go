package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// smallFile is the size in bytes up to which a file is checked page by page
// when it is opened; beyond it the wait would be felt.
const smallFile = 16 << 20

// whole looks for damage: a file that is shorter than it says, tables other
// than ours, and in a small file every page.
func (d *database) whole(ctx context.Context, p plan) error {
	size, err := d.length(ctx)
	if err != nil {
		return err
	}
	if err := d.familiar(ctx, p); err != nil {
		return d.plain(err)
	}
	if size > smallFile {
		return nil
	}
	return d.plain(d.quickCheck(ctx))
}

// length moves the log into the file and compares the file's length with the
// count of its pages. A crash leaves the log, so a short file was cut.
func (d *database) length(ctx context.Context) (int64, error) {
	var pages, size int64
	busy, frames, moved, err := d.moveLog(ctx)
	if err != nil {
		return 0, err
	}
	err = d.update(ctx, func(t *txn) error {
		if _, err := t.find("PRAGMA page_count", nil, &pages); err != nil {
			return err
		}
		_, err := t.find("PRAGMA page_size", nil, &size)
		return err
	})
	if err != nil {
		return 0, err
	}
	file, err := os.Stat(d.name)
	if err != nil {
		return 0, err
	}
	if busy == 0 && frames == moved && file.Size() < pages*size {
		return 0, d.damaged("it has %d bytes and should have %d", file.Size(), pages*size)
	}
	return file.Size(), nil
}

// moveLog moves the log into the file, and syncs it before.
func (d *database) moveLog(ctx context.Context) (busy, frames, moved int64, err error) {
	if err := d.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &frames, &moved); err != nil {
		return 0, 0, 0, d.plain(fmt.Errorf("checkpoint %s: %w", d.name, err))
	}
	return busy, frames, moved, nil
}

// harden makes durable what a program that was killed had written and not yet
// synced: the next one answers from it, and writes nothing that would.
func (d *database) harden(ctx context.Context) error {
	if d.dialect != sqlite {
		return nil
	}
	_, _, _, err := d.moveLog(ctx)
	return err
}

// familiar compares the tables, triggers and views of the file with those of
// the schema: a planted trigger would run with every write.
func (d *database) familiar(ctx context.Context, p plan) error {
	want := map[string]bool{}
	for _, folder := range p.schema {
		names, err := fs.Glob(p.files, folder+"/*.sql")
		if err != nil {
			return err
		}
		for _, name := range names {
			text, err := fs.ReadFile(p.files, name)
			if err != nil {
				return err
			}
			for _, s := range statements(string(text)) {
				if words := strings.Fields(s); words[1] == "TABLE" || words[1] == "VIRTUAL" {
					want[strings.Join(words, " ")] = true
				}
			}
		}
	}
	return d.view(ctx, func(t *txn) error {
		return t.each("SELECT type, name, COALESCE(sql, '') FROM sqlite_schema", nil, func(s scan) error {
			var kind, name, text string
			if err := s(&kind, &name, &text); err != nil {
				return err
			}
			text = strings.Join(strings.Fields(text), " ")
			shadow := strings.HasPrefix(name, "search_") || strings.HasPrefix(name, "sqlite_")
			if kind == "index" || shadow && kind == "table" {
				return nil
			}
			if kind != "table" || !want[text] {
				return d.damaged("it has a %s %s that is not ours", kind, name)
			}
			return nil
		})
	})
}

func (d *database) quickCheck(ctx context.Context) error {
	var verdict string
	if err := d.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("check %s: %w", d.name, err)
	}
	if verdict != "ok" {
		return d.damaged("%s", verdict)
	}
	return nil
}

func (d *database) damaged(format string, args ...any) error {
	return fmt.Errorf("%s: %w: %s", d.name, ErrDamaged, fmt.Sprintf(format, args...))
}

// logEnds are what stands behind the name of a database in those of its logs.
var logEnds = []string{"-wal", "-shm"}

// asideOf is the next free "damaged" name of a database.
func asideOf(path string) string {
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.damaged-%d", path, n)
		if !exists(aside) {
			return aside
		}
	}
}

// setAside renames a database and its logs, and may be begun again after a crash.
// A database that stands there beside one that was set aside already is what came
// in its place, and held nothing yet: it goes.
func setAside(path, aside string) error {
	if exists(path) && exists(aside) {
		for _, end := range append(slices.Clone(logEnds), "") {
			if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("make room for %s: %w", path, err)
			}
		}
	}
	for _, end := range append([]string{""}, logEnds...) {
		if err := os.Rename(path+end, aside+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("set %s aside: %w", path+end, err)
		}
	}
	return SyncFolder(filepath.Dir(path))
}

// named joins a list for a sentence: "3, 4 and 7".
func named(list []string) string {
	list = slices.Compact(list)
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
