package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"path/filepath"
	"reflect"
	"testing"
)

// TestValuesComeAsTheyWereKept: what a variable cannot hold is said, and nothing
// is bent to fit.
func TestValuesComeAsTheyWereKept(t *testing.T) {
	type state string
	word, small := "a", int8(0)
	cases := []struct {
		value   any
		into    any
		want    any
		refused string
	}{
		{value: "a", into: new(string), want: "a"},
		{value: "a", into: new(state), want: state("a")},
		{value: "a", into: new([]byte), want: []byte("a")},
		{value: "a", into: new(any), want: any("a")},
		{value: "a", into: new(*string), want: &word},
		{value: nil, into: new(*string), want: (*string)(nil)},
		{value: nil, into: new([]byte), want: []byte(nil)},
		{value: []byte{1}, into: new([]byte), want: []byte{1}},
		{value: int64(7), into: new(int64), want: int64(7)},
		{value: int64(7), into: new(int), want: 7},
		{value: int64(1), into: new(bool), want: true},
		{value: 1.5, into: new(float64), want: 1.5},
		{value: nil, into: new(string), refused: "NULL for a string"},
		{value: nil, into: new(int64), refused: "NULL for a int64"},
		{value: int64(300), into: &small, refused: "300 does not fit a int8"},
		{value: "7", into: new(int64), refused: "a string for a int64"},
		{value: int64(7), into: new(string), refused: "a int64 for a string"},
	}
	for _, c := range cases {
		err := assign(c.into, c.value)
		if c.refused != "" {
			if err == nil || err.Error() != c.refused {
				t.Errorf("%v: %v, want %s", c.value, err, c.refused)
			}
			continue
		}
		if got := reflect.ValueOf(c.into).Elem().Interface(); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %#v (%v), want %#v", c.value, got, err, c.want)
		}
	}
	if err := assignAll([]any{new(string)}, nil); err == nil {
		t.Error("a column that is not there was read")
	}
}

// TestWhatEndsInAnErrorLeavesNothing, nor does a panic, and the connection goes
// on to serve.
func TestWhatEndsInAnErrorLeavesNothing(t *testing.T) {
	r := openReplica(t, t.TempDir())
	spoilt := errors.New("spoilt")
	gone, cancel := context.WithCancel(ctx)
	put := func(caller context.Context, end func() error) (err error) {
		defer func() {
			if said := recover(); said != nil {
				err = said.(error)
			}
		}()
		return r.Update(caller, func(tx *ReplicaTx) error {
			must(t, tx.SetMeta("left", "behind"))
			return end()
		})
	}
	ends := []struct {
		name string
		end  func() error
	}{
		{"an error", func() error { return spoilt }},
		{"a panic", func() error { panic(spoilt) }},
		{"who went away", func() error { cancel(); return nil }},
	}
	for _, e := range ends {
		if err := put(gone, e.end); err == nil {
			t.Errorf("%s was called done", e.name)
		}
		must(t, r.View(ctx, func(tx *ReplicaTx) error {
			if left, err := tx.Meta("left"); err != nil || left != "" {
				t.Errorf("%s left %q (%v)", e.name, left, err)
			}
			return nil
		}))
	}
	if err := r.View(gone, func(*ReplicaTx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a view for nobody: %v", err)
	}
	must(t, put(ctx, func() error { return nil }))
}

// lateConn is a connection whose caller gives up in the moment in which a
// statement is done, as the driver sees it.
type lateConn struct {
	fileConn
	word   string
	giveUp func()
}

func (c lateConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.fileConn.QueryContext(context.WithoutCancel(ctx), query, args)
	if err == nil && query == c.word {
		c.giveUp()
	}
	if ended := ctx.Err(); err == nil && ended != nil {
		return nil, errors.Join(ended, rows.Close())
	}
	return rows, err
}

// TestALookThatIsGivenUpLeavesNoTransaction: whoever stops looking in the moment
// in which the transaction begins or ends leaves the connection as the next one
// must find it.
func TestALookThatIsGivenUpLeavesNoTransaction(t *testing.T) {
	c := openCentral(t, filepath.Join(t.TempDir(), "hub.db"))
	for _, word := range []string{"BEGIN", "COMMIT", "ROLLBACK"} {
		conn, err := c.db.read.Conn(t.Context())
		must(t, err)
		must(t, conn.Raw(func(raw any) error {
			ctx, cancel := context.WithCancel(t.Context())
			late := &fileSession{conn: lateConn{raw.(fileConn), word, cancel}}
			err := late.transact(ctx, true, func() error {
				if word == "ROLLBACK" {
					return errors.New("not now")
				}
				return ctx.Err()
			})
			if (err == nil) != (word == "COMMIT") || ctx.Err() == nil {
				t.Errorf("%s: %v, given up: %v", word, err, ctx.Err())
			}
			return (&fileSession{conn: raw.(fileConn)}).transact(t.Context(), true, func() error { return nil })
		}))
		must(t, conn.Close())
	}
}
