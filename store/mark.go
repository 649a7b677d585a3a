package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

var (
	// errDoubt is a COMMIT whose answer was lost: the transaction took place or
	// not.
	errDoubt = errors.New("the connection broke in COMMIT")
	// errAgain is a transaction that is known not to have taken place.
	errAgain = errors.New("the transaction did not take place")
	// ErrUndecided is one of which the server could not be asked. It must not be
	// run again; whoever asked for it finds out by what it was to write.
	ErrUndecided = errors.New("whether the transaction took place is not known")
)

// doubtWithin bounds how long the server may take to notice that the connection
// of a transaction in doubt is gone.
const doubtWithin = 40 * time.Second

// mark is the number of a transaction in one of a node's slots. Transactions
// that run at once have different slots, so they do not meet there.
type mark struct {
	slot string
	txn  int64
}

// slots are those of this node that no transaction is using.
type slots struct {
	node string
	free chan mark
}

func newSlots(n int) *slots {
	s := &slots{node: newUUID(), free: make(chan mark, n)}
	for i := range n {
		s.free <- mark{slot: fmt.Sprintf("%s/%d", s.node, i)}
	}
	return s
}

// next numbers a transaction, when a slot is free. Where none is in time, all
// transactions wait for a server that is silent.
func (s *slots) next(ctx context.Context, most time.Duration) (mark, error) {
	late := time.NewTimer(most)
	defer late.Stop()
	select {
	case k := <-s.free:
		k.txn++
		return k, nil
	case <-late.C:
		return mark{}, errSilent
	case <-ctx.Done():
		return mark{}, ctx.Err()
	}
}

// write is the last step of a transaction.
func (k mark) write(t *txn) error {
	return t.do("INSERT INTO mark (slot, txn) VALUES (?, ?) ON CONFLICT (slot) DO UPDATE SET txn = excluded.txn", k.slot, k.txn)
}

// forget takes the rows of a node that ends away.
func (s *slots) forget(ctx context.Context, d *database) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return d.run(ctx, d.write, &sql.TxOptions{}, func(t *txn) error {
		return t.do("DELETE FROM mark WHERE slot LIKE ?", s.node+"/%")
	})
}

// settled reports whether the transaction took place. To write to its row waits
// until the server has decided; what it then holds is the answer.
func (d *database) settled(ctx context.Context, k mark) (committed bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), doubtWithin)
	defer cancel()
	var last int64
	err = d.insist(ctx, func() error {
		return d.run(ctx, d.write, &sql.TxOptions{Isolation: sql.LevelSerializable}, func(t *txn) error {
			_, err := t.find("INSERT INTO mark (slot, txn) VALUES (?, 0) ON CONFLICT (slot) DO UPDATE SET slot = excluded.slot RETURNING txn", []any{k.slot}, &last)
			return err
		})
	}, true)
	return last == k.txn, err
}

// once runs a transaction on a server until it met no other one and took place
// once (SPEC P54).
func (d *database) once(ctx context.Context, fn func(*txn) error) error {
	k, err := d.slots.next(ctx, d.silence)
	if err != nil {
		return d.plain(err)
	}
	defer func() { d.slots.free <- k }()
	return d.retry(ctx, func() error {
		err := d.run(ctx, d.write, &sql.TxOptions{Isolation: sql.LevelSerializable}, func(t *txn) error {
			if err := fn(t); err != nil {
				return err
			}
			return k.write(t)
		})
		if !errors.Is(err, errDoubt) {
			return err
		}
		committed, asked := d.settled(ctx, k)
		switch {
		case asked != nil:
			return errors.Join(ErrUndecided, asked)
		case committed:
			return nil
		}
		return errAgain
	})
}
