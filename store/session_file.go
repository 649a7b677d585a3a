package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
)

// fileSession speaks to SQLite's driver itself: the locks, the conversions and,
// for each statement, the goroutine of database/sql take longer than SQLite.
type fileSession struct {
	conn  fileConn
	named []driver.NamedValue // of the statement that begins; SQLite has copied them when it has begun
}

// fileConn is what we need of the driver's connection.
type fileConn interface {
	driver.ExecerContext
	driver.QueryerContext
}

// transact runs fn between BEGIN and COMMIT, or undoes what it did. Neither is
// given up when the context ends: the driver answers with the end of the context
// although SQLite has begun, and the transaction would stay on a connection that
// serves the next one.
func (s *fileSession) transact(ctx context.Context, readOnly bool, fn func() error) (err error) {
	begin := "BEGIN IMMEDIATE"
	if readOnly {
		begin = "BEGIN"
	}
	if err := s.do(context.WithoutCancel(ctx), begin, nil); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	done := false
	defer func() {
		if !done { // SQLite may have undone it already
			_ = s.do(context.WithoutCancel(ctx), "ROLLBACK", nil)
		}
	}()
	if err := fn(); err != nil {
		return err
	}
	if err := s.do(context.WithoutCancel(ctx), "COMMIT", nil); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	done = true
	return nil
}

func (s *fileSession) exec(ctx context.Context, query string, args []any) (int64, error) {
	named, err := s.values(args)
	if err != nil {
		return 0, err
	}
	done, err := s.conn.ExecContext(ctx, query, named)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// do runs a statement as a query: the driver asks SQLite once for all of it, and
// for each value when it is executed, and it keeps the compiled text of those
// without values.
func (s *fileSession) do(ctx context.Context, query string, args []any) error {
	named, err := s.values(args)
	if err != nil {
		return err
	}
	rows, err := s.conn.QueryContext(ctx, query, named)
	if err != nil {
		return err
	}
	return rows.Close()
}

func (s *fileSession) find(ctx context.Context, query string, args, dest []any) (bool, error) {
	named, err := s.values(args)
	if err != nil {
		return false, err
	}
	rows, err := s.conn.QueryContext(ctx, query, named)
	if err != nil {
		return false, err
	}
	row := make([]driver.Value, len(dest))
	err = rows.Next(row)
	if closed := rows.Close(); err == nil {
		err = closed
	}
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, assignAll(dest, row)
}

func (s *fileSession) each(ctx context.Context, query string, args []any, fn func(scan) error) error {
	named, err := s.values(args)
	if err != nil {
		return err
	}
	rows, err := s.conn.QueryContext(ctx, query, named)
	if err != nil {
		return err
	}
	defer rows.Close()
	row := make([]driver.Value, len(rows.Columns()))
	read := func(dest ...any) error { return assignAll(dest, row) }
	for {
		switch err := rows.Next(row); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := fn(read); err != nil {
			return err
		}
	}
}

// values are the arguments as the driver takes them.
func (s *fileSession) values(args []any) ([]driver.NamedValue, error) {
	s.named = s.named[:0]
	for i, a := range args {
		switch v := a.(type) {
		case string, int64:
		case int:
			a = int64(v)
		default:
			var err error
			if a, err = driver.DefaultParameterConverter.ConvertValue(a); err != nil {
				return nil, fmt.Errorf("value %d: %w", i+1, err)
			}
		}
		s.named = append(s.named, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return s.named, nil
}

// assignAll copies a row into variables.
func assignAll(dest []any, row []driver.Value) error {
	if len(dest) != len(row) {
		return fmt.Errorf("%d columns for %d variables", len(row), len(dest))
	}
	for i, d := range dest {
		if err := assign(d, row[i]); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

// assign copies a value of SQLite into a variable of its kind. Nothing of ours
// asks for a conversion between kinds.
func assign(dest any, value driver.Value) error {
	switch d := dest.(type) {
	case *string:
		if v, ok := value.(string); ok {
			*d = v
			return nil
		}
	case *int64:
		if v, ok := value.(int64); ok {
			*d = v
			return nil
		}
	case *any:
		*d = value
		return nil
	case sql.Scanner:
		return d.Scan(value)
	}
	to, from := reflect.ValueOf(dest).Elem(), reflect.ValueOf(value)
	switch {
	case value == nil && (to.Kind() == reflect.Pointer || isBytes(to.Type())):
		to.SetZero()
	case value == nil:
		return fmt.Errorf("NULL for a %s", to.Type())
	case to.Kind() == reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return assign(to.Interface(), value)
	case to.Kind() == reflect.Bool && from.Kind() == reflect.Int64:
		to.SetBool(from.Int() != 0)
	case to.Kind() == from.Kind() || to.CanInt() && from.CanInt() || isBytes(to.Type()) && from.Kind() == reflect.String:
		if to.CanInt() && to.OverflowInt(from.Int()) {
			return fmt.Errorf("%d does not fit a %s", from.Int(), to.Type())
		}
		to.Set(from.Convert(to.Type()))
	default:
		return fmt.Errorf("a %T for a %s", value, to.Type())
	}
	return nil
}

func isBytes(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}
