package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"

	"holdall/desk"
)

// metaTransfer stands in a database that is being copied into: the epoch of what
// is copied. No hub works on such a database.
const metaTransfer = "transfer"

// TableSum is a table as it was compared after a transfer.
type TableSum struct {
	Table string
	Rows  int64
	Sum   string // SHA-256 over the rows in the order of their keys, in hexadecimal
}

// Transfer copies the hub in a SQLite file into an empty database of a server,
// with its epoch, so that laptops go on as if nothing had happened, and compares
// all of it row by row. A transfer that was cut off goes on where it stood when
// it is called again; until it is finished no hub works on the copy. The file is
// only read, and nobody else may write to it meanwhile (SPEC P56).
func Transfer(ctx context.Context, from, to string, told func(table string, rows int64)) ([]TableSum, error) {
	source, err := openSource(ctx, from)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	target, err := openAny(ctx, to)
	if err != nil {
		return nil, err
	}
	defer target.close()
	if target.dialect != postgres {
		return nil, desk.Refuse(desk.CodeValidation, "%s is no database server; write it as postgres://user@host/name.", target.name)
	}
	if err := prepareTarget(ctx, target, source.Epoch()); err != nil {
		return nil, err
	}
	var sums []TableSum
	err = source.db.update(ctx, func(src *txn) error { // which keeps others from writing
		list, err := transferTables(src)
		if err != nil {
			return err
		}
		for _, t := range list {
			if err := t.copy(ctx, src, target, told); err != nil {
				return err
			}
		}
		sums, err = compare(ctx, list, src, target)
		return err
	})
	if err != nil {
		return nil, err
	}
	return sums, target.update(ctx, func(t *txn) error {
		return t.do("DELETE FROM meta WHERE key = ? OR key LIKE ?", metaTransfer, metaTransfer+".%")
	})
}

// openSource opens the file, led up to the newest version, and takes the place
// of its node.
func openSource(ctx context.Context, from string) (*Central, error) {
	if _, err := os.Stat(from); err != nil {
		return nil, desk.Refuse(desk.CodeValidation, "There is no hub at %s; say where its folder is with --from DIR.", from)
	}
	source, err := OpenCentral(ctx, from)
	if err != nil {
		return nil, err
	}
	sole, err := source.Sole(ctx)
	if err == nil && !sole {
		err = desk.Refuse(desk.CodeValidation, "A hub is at work on %s; stop it first, so that nothing is written that the copy would not have.", from)
	}
	if err != nil {
		return nil, errors.Join(err, source.Close())
	}
	return source, nil
}

// prepareTarget makes the tables of an empty database, or finds our own copy
// that was cut off.
func prepareTarget(ctx context.Context, target *database, epoch string) error {
	version, application, err := target.identify(ctx)
	if err != nil {
		return err
	}
	taken := desk.Refuse(desk.CodeValidation, "The database %s is not empty; a hub is copied into an empty one only, so that nothing is overwritten.", target.name)
	switch {
	case version == 0 && application == 0:
		if err := centralPlan.migrate(ctx, target); err != nil {
			return err
		}
	case application != centralPlan.application || version != centralPlan.version:
		return taken
	}
	return target.update(ctx, func(t *txn) error {
		began, err := t.Meta(metaTransfer)
		if err != nil || began == epoch {
			return err
		}
		standing, err := t.Meta("epoch")
		if err != nil {
			return err
		}
		if began != "" || standing != "" {
			return taken
		}
		return t.SetMeta(metaTransfer, epoch)
	})
}

// transferred is a table as it is copied.
type transferred struct {
	name    string
	columns []string
	key     []string
	textual []string // columns of the key that are ordered as text
}

// transferTables lists the tables of a hub; what belongs to running nodes stays.
func transferTables(src *txn) ([]transferred, error) {
	names, err := collect(src, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", nil,
		func(s scan) (name string, err error) { return name, s(&name) })
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == "mark" || name == "duty" })
	list := make([]transferred, len(names))
	for i, name := range names {
		list[i].name = name
		err := src.each("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY pk = 0, pk, cid", []any{name}, func(s scan) error {
			var column, kind string
			var pk int64
			err := s(&column, &kind, &pk)
			list[i].columns = append(list[i].columns, column)
			if pk > 0 {
				list[i].key = append(list[i].key, column)
			}
			if pk > 0 && kind == "TEXT" {
				list[i].textual = append(list[i].textual, column)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// selection reads the rows beyond a key in the order of their bytes. What a
// database says of its own schema or of a transfer is no part of the hub.
func (t transferred) selection(d dialect, beyond bool) string {
	text := "SELECT " + strings.Join(t.columns, ", ") + " FROM " + t.name
	var where, order []string
	for _, k := range t.key {
		if slices.Contains(t.textual, k) {
			k += d.bytewise()
		}
		order = append(order, k)
	}
	if t.name == "meta" {
		where = append(where, "key NOT IN ('application_id', 'schema_version', 'transfer') AND key NOT LIKE 'transfer.%'")
	}
	if beyond {
		where = append(where, "("+strings.Join(t.key, ", ")+") > ("+marks(len(t.key))+")")
	}
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	return text + " ORDER BY " + strings.Join(order, ", ")
}

// compare sums every table on both sides.
func compare(ctx context.Context, list []transferred, src *txn, target *database) (sums []TableSum, err error) {
	for _, t := range list {
		sum, err := t.sum(src)
		if err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	// By itself: the server waits for no transaction whose client is busy elsewhere.
	return sums, target.view(ctx, func(dst *txn) error {
		for i, t := range list {
			there, err := t.sum(dst)
			if err != nil {
				return err
			}
			if here := sums[i]; here != there {
				return desk.Refuse(desk.CodeInternal, "The copy of %s differs (%d rows here, %d there), so it was not finished; empty %s and begin again.", t.name, here.Rows, there.Rows, target.name)
			}
		}
		return nil
	})
}

func (t transferred) sum(tx *txn) (TableSum, error) {
	hash, sum := sha256.New(), TableSum{Table: t.name}
	err := tx.each(t.selection(tx.db.dialect, false), nil, func(s scan) error {
		row, err := t.row(s)
		if err != nil {
			return err
		}
		sum.Rows++
		return json.NewEncoder(hash).Encode(row)
	})
	sum.Sum = hex.EncodeToString(hash.Sum(nil))
	return sum, err
}
