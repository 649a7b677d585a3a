package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A program may end while it salvages an outbox. It would leave one in which
// nothing is damaged, for nothing is in it; so what is set aside is noted before,
// and in the new outbox, with its rows, that it was taken over.
const (
	salvageMark  = "outbox.db.salvage" // a file: the name of the outbox that is set aside
	metaSalvaged = "salvaged."         // a fact of the new one: the sentence about it
)

// beginSalvage notes what is about to happen to a damaged outbox, and does it.
func (r *Replica) beginSalvage(ctx context.Context, path string) (*database, error) {
	aside := asideOf(path)
	if err := WriteFile(filepath.Join(r.dir, salvageMark), []byte(filepath.Base(aside))); err != nil {
		return nil, fmt.Errorf("note which outbox is being salvaged: %w", err)
	}
	return r.salvage(ctx, path, aside)
}

// resumeSalvage goes on with one that was begun; nil if there is none.
func (r *Replica) resumeSalvage(ctx context.Context, path string) (*database, error) {
	name, err := os.ReadFile(filepath.Join(r.dir, salvageMark))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read which outbox is being salvaged: %w", err)
	}
	aside := filepath.Join(r.dir, filepath.Base(string(name)))
	if exists(path) && exists(aside) {
		db, err := tryOutbox(ctx, path)
		if err == nil {
			if db, err = r.salvaged(ctx, db, aside, nil); !errors.Is(err, errNotSalvaged) {
				return db, err
			}
		}
	}
	return r.salvage(ctx, path, aside)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// errNotSalvaged is an outbox in which nothing was taken over.
var errNotSalvaged = errors.New("the outbox holds nothing of the one that was set aside")

// salvaged ends a salvage whose rows are durable: it is told, and begun never again.
func (r *Replica) salvaged(ctx context.Context, db *database, aside string, err error) (*database, error) {
	var sentence string
	if err == nil {
		err = db.view(ctx, func(t *txn) (err error) {
			if sentence, err = t.kept(metaSalvaged + filepath.Base(aside)); err == nil && sentence == "" {
				err = errNotSalvaged
			}
			return err
		})
	}
	if err == nil {
		err = errors.Join(os.Remove(filepath.Join(r.dir, salvageMark)), SyncFolder(r.dir))
	}
	if err != nil {
		db.close()
		return nil, err
	}
	r.repaired = append(r.repaired, sentence)
	return db, nil
}
