package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"holdall/desk"
)

const (
	transferRows  = 500     // of one transaction
	transferBytes = 4 << 20 // of one transaction, unless one row is more
	transferLine  = 50      // rows of one statement
)

// batch is what one transaction copies, with the key it follows: so a batch that
// was copied before is known by where the copy stands.
type batch struct {
	after, upTo string // keys as JSON; "" is the beginning
	rows        [][]any
	bytes       int
}

// copy brings a table over in batches, from where the copy stands.
func (t transferred) copy(ctx context.Context, src *txn, target *database, told func(string, int64)) error {
	at, done, err := t.position(ctx, target)
	if err != nil {
		return err
	}
	var args []any
	if at != "" {
		if args, err = keyFrom(at); err != nil {
			return err
		}
	}
	next := batch{after: at}
	flush := func() error {
		if len(next.rows) == 0 {
			return nil
		}
		if err := t.insert(ctx, target, next, done+int64(len(next.rows))); err != nil {
			return err
		}
		done += int64(len(next.rows))
		told(t.name, done)
		next = batch{after: next.upTo}
		return nil
	}
	err = src.each(t.selection(src.db.dialect, at != ""), args, func(s scan) error {
		row, err := t.row(s)
		if err != nil {
			return err
		}
		if next.upTo, err = t.keyOf(row); err != nil {
			return err
		}
		next.rows, next.bytes = append(next.rows, row), next.bytes+sizeOf(row)
		if len(next.rows) < transferRows && next.bytes < transferBytes {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// reached is how far the copy of a table has come.
type reached struct {
	Key  string `json:"key"`
	Rows int64  `json:"rows"`
}

func (t transferred) position(ctx context.Context, target *database) (key string, rows int64, err error) {
	var at reached
	err = target.view(ctx, func(dst *txn) error {
		at, err = t.reached(dst)
		return err
	})
	return at.Key, at.Rows, err
}

func (t transferred) reached(dst *txn) (at reached, err error) {
	text, err := dst.Meta(metaTransfer + "." + t.name)
	if err != nil || text == "" {
		return at, err
	}
	return at, json.Unmarshal([]byte(text), &at)
}

// insert copies a batch and notes how far the copy has come, in one transaction.
func (t transferred) insert(ctx context.Context, target *database, b batch, rows int64) error {
	mark, err := json.Marshal(reached{b.upTo, rows})
	if err != nil {
		return err
	}
	return target.update(ctx, func(dst *txn) error {
		if at, err := t.reached(dst); err != nil || at.Key != b.after {
			return err // it is there: only the answer to it was lost
		}
		for some := range slices.Chunk(b.rows, transferLine) {
			line := "(" + marks(len(t.columns)) + ")"
			text := "INSERT INTO " + t.name + " (" + strings.Join(t.columns, ", ") + ") VALUES " + strings.TrimSuffix(strings.Repeat(line+", ", len(some)), ", ")
			if err := dst.do(text, slices.Concat(some...)...); err != nil {
				return err
			}
		}
		return dst.SetMeta(metaTransfer+"."+t.name, string(mark))
	})
}

// foundBy are the columns of texts that strangers write and records are found by.
var foundBy = []string{"mail_id", "email"}

// row reads the values of a row: int64, string, []byte or nil.
func (t transferred) row(s scan) ([]any, error) {
	row, dest := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range row {
		dest[i] = &row[i]
	}
	if err := s(dest...); err != nil {
		return nil, err
	}
	for i, v := range row {
		text, ok := v.(string)
		if ok && slices.Contains(foundBy, t.columns[i]) {
			row[i] = findable(text)
			continue
		}
		keyed := slices.Contains(t.key, t.columns[i])
		if !ok || keepable(text) && (!keyed || len(text) <= findMost) {
			continue
		}
		if keyed || t.columns[i] == "body" {
			return nil, desk.Refuse(desk.CodeValidation, "The %s %.80q has text in %s that no database server keeps; correct or remove it first.", t.name, row[:len(t.key)], t.columns[i])
		}
		row[i] = plainText(text)
	}
	return row, nil
}

// keyOf is the key of a row as JSON.
func (t transferred) keyOf(row []any) (string, error) {
	key := make([]any, len(t.key))
	for i, k := range t.key {
		key[i] = row[slices.Index(t.columns, k)]
	}
	text, err := json.Marshal(key)
	return string(text), err
}

// keyFrom reads what keyOf wrote.
func keyFrom(text string) (key []any, err error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&key); err != nil {
		return nil, err
	}
	for i, v := range key {
		if n, ok := v.(json.Number); ok {
			if key[i], err = n.Int64(); err != nil {
				return nil, err
			}
		}
	}
	return key, nil
}

func sizeOf(row []any) (size int) {
	for _, v := range row {
		switch v := v.(type) {
		case string:
			size += len(v)
		case []byte:
			size += len(v)
		default:
			size += len(fmt.Sprint(v))
		}
	}
	return size
}
