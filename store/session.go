package store

import (
	"context"
	"database/sql"
	"errors"
)

// session is what a transaction speaks to its database through.
type session interface {
	// exec runs a statement and tells how many rows it touched.
	exec(ctx context.Context, query string, args []any) (int64, error)
	// do is exec for those who do not count.
	do(ctx context.Context, query string, args []any) error
	// find reads the first row; false if there is none.
	find(ctx context.Context, query string, args, dest []any) (bool, error)
	// each reads the rows one by one until row has an error.
	each(ctx context.Context, query string, args []any, row func(scan) error) error
}

// scan reads the columns of the present row.
type scan func(dest ...any) error

// serverSession speaks to PostgreSQL.
type serverSession struct{ tx *sql.Tx }

func (s serverSession) exec(ctx context.Context, query string, args []any) (int64, error) {
	done, err := s.tx.ExecContext(ctx, postgres.text(query), args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

func (s serverSession) do(ctx context.Context, query string, args []any) error {
	_, err := s.exec(ctx, query, args)
	return err
}

func (s serverSession) find(ctx context.Context, query string, args, dest []any) (bool, error) {
	err := s.tx.QueryRowContext(ctx, postgres.text(query), args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (s serverSession) each(ctx context.Context, query string, args []any, row func(scan) error) error {
	rows, err := s.tx.QueryContext(ctx, postgres.text(query), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
