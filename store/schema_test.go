package store

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestEveryWayUpEndsAtTheNewestSchema: what a table looks like stands in the
// schema, and in the steps that bring an older database there. However old it
// was, it ends with the tables, columns and indexes of one that was made today.
func TestEveryWayUpEndsAtTheNewestSchema(t *testing.T) {
	today := t.TempDir()
	writeVersion(t, today)
	versions, err := filepath.Glob("testdata/version-*")
	must(t, err)
	for _, version := range versions {
		dir := t.TempDir()
		must(t, os.CopyFS(dir, os.DirFS(version)))
		openReplica(t, dir)
		openCentral(t, filepath.Join(dir, "central.db"))
		for _, file := range []string{outboxFile, replicaFile, "central.db"} {
			want, got := shapeOf(t, filepath.Join(today, file)), shapeOf(t, filepath.Join(dir, file))
			for what := range maps.Keys(got) {
				if want[what] == "" {
					t.Errorf("%s of %s: %s was left behind: %s", file, version, what, got[what])
				}
			}
			for what, shape := range want {
				if got[what] != shape {
					t.Errorf("%s of %s: %s is %s, want %s", file, version, what, got[what], shape)
				}
			}
		}
	}
}

// shapeOf names each table with its columns, whatever their order, and each
// index with what it covers.
func shapeOf(t *testing.T, file string) map[string]string {
	t.Helper()
	db, err := openSQLite(file, full)
	must(t, err)
	defer db.close()
	shape := map[string]string{}
	var names []string
	must(t, db.view(ctx, func(x *txn) error {
		err := x.each("SELECT name FROM sqlite_master WHERE type = 'table'", nil, func(s scan) error {
			var name string
			err := s(&name)
			names = append(names, name)
			return err
		})
		for _, table := range names {
			if err == nil {
				err = x.shape(table, shape)
			}
		}
		return err
	}))
	return shape
}

func (x *txn) shape(table string, shape map[string]string) error {
	var columns []string
	err := x.each("SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?)", []any{table}, func(s scan) error {
		var name, kind string
		var notNull, key, hidden int
		err := s(&name, &kind, &notNull, &key, &hidden)
		columns = append(columns, fmt.Sprintf("%s %s %d %d %d", name, kind, notNull, key, hidden))
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(columns)
	shape["table "+table] = fmt.Sprint(columns)
	var indexes []string
	err = x.each("SELECT name FROM pragma_index_list(?)", []any{table}, func(s scan) error {
		var name string
		err := s(&name)
		indexes = append(indexes, name)
		return err
	})
	for _, index := range indexes {
		var parts []string
		if err == nil {
			err = x.each("SELECT l.\"unique\", l.partial, COALESCE(i.name, 'expression') FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE l.name = ? ORDER BY i.seqno", []any{table, index}, func(s scan) error {
				var unique, partial int
				var column string
				err := s(&unique, &partial, &column)
				parts = append(parts, fmt.Sprint(unique, partial, column))
				return err
			})
		}
		shape["index "+index] = fmt.Sprint(parts)
	}
	return err
}
