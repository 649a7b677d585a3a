package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"holdall/desk"
)

// Replica is a laptop's folder: outbox.db, which only this device can know, and
// replica.db, which can be fetched again. A transaction is over one of them,
// never over both: two files are not written atomically.
type Replica struct {
	dir      string
	outbox   *database
	replica  *database
	repaired []string
	mark     sync.Once
	index    outboxIndex
	hub      hubClock
	stand    atomic.Int64 // the last mid the hub has taken in, as it says; 0: it has not said it yet
}

// ReplicaTx is a transaction on replica.db.
type ReplicaTx struct {
	*txn
	late   bool                // secondary indexes and search do not stand yet
	worded map[string]document // of the tickets the transaction touched, as they were
	tally  tally               // what the transaction touched

	trees    map[desk.TicketID]plot // of the trees it met
	numbered int64                  // the last number a tree was given; 0: not known yet
}

// The files of a replica's folder. suspectMark says that a damaged page was met
// while the program ran.
const (
	outboxFile  = "outbox.db"
	replicaFile = "replica.db"
	suspectMark = "replica.db.suspect"
)

// OpenReplica opens a laptop's folder and makes it where there is none. A
// damaged file is set aside: replica.db begins anew, outbox.db is salvaged row
// by row; Repaired tells. A newer file is refused with a desk.Error of
// CodeVersion and stays as it is.
func OpenReplica(ctx context.Context, dir string) (*Replica, error) {
	r := &Replica{dir: dir}
	if err := r.openOutbox(ctx); err != nil {
		r.Close()
		return nil, err
	}
	if err := r.openView(ctx); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Close closes both files; running transactions end first.
func (r *Replica) Close() error { return errors.Join(r.outbox.close(), r.replica.close()) }

// Repaired is a sentence about what was damaged when the folder was opened; ""
// if nothing was.
func (r *Replica) Repaired() string { return strings.Join(r.repaired, " ") }

// openView opens replica.db, or sets it aside and begins anew.
func (r *Replica) openView(ctx context.Context) error {
	path := filepath.Join(r.dir, replicaFile)
	db, err := r.tryView(ctx, path)
	if errors.Is(err, ErrDamaged) {
		aside := asideOf(path)
		if err := setAside(path, aside); err != nil {
			return err
		}
		os.Remove(filepath.Join(r.dir, suspectMark))
		r.repaired = append(r.repaired, fmt.Sprintf("The local copy was damaged and is being fetched again; the damaged file is kept as %s, and nothing you wrote is lost.", filepath.Base(aside)))
		db, err = r.tryView(ctx, path)
	}
	r.replica = db
	if err != nil {
		return err
	}
	return dropCopies(path)
}

func (r *Replica) tryView(ctx context.Context, path string) (*database, error) {
	if _, err := os.Stat(filepath.Join(r.dir, suspectMark)); err == nil {
		return nil, fmt.Errorf("%s: %w", path, ErrDamaged)
	}
	db, err := openSQLite(path, normal)
	if err != nil {
		return nil, err
	}
	if err := r.checkView(ctx, db); err != nil {
		db.close()
		return nil, err
	}
	db.suspect = r.suspect
	return db, nil
}

// checkView leads the file up to date and looks for damage as far as that is
// quick.
func (r *Replica) checkView(ctx context.Context, db *database) error {
	if err := replicaPlan.migrate(ctx, db); err != nil {
		return err
	}
	return db.whole(ctx, replicaPlan)
}

// suspect notes that the running program met a damaged page, so that the next
// start begins with a fresh file.
func (r *Replica) suspect() {
	r.mark.Do(func() { os.WriteFile(filepath.Join(r.dir, suspectMark), nil, 0o600) })
}

// Verify reads every page of replica.db: for quiet moments, since it takes
// seconds on a large desk. After an error the next start begins anew.
func (r *Replica) Verify(ctx context.Context) error {
	return r.replica.plain(r.replica.quickCheck(ctx))
}

// Update runs fn in a write transaction on replica.db.
func (r *Replica) Update(ctx context.Context, fn func(*ReplicaTx) error) error {
	return r.replica.update(ctx, func(t *txn) error {
		tx, err := newReplicaTx(t)
		if err != nil {
			return err
		}
		if err := fn(tx); err != nil {
			return err
		}
		return tx.settle()
	})
}

// View runs fn on one snapshot of replica.db.
func (r *Replica) View(ctx context.Context, fn func(*ReplicaTx) error) error {
	return r.replica.view(ctx, func(t *txn) error {
		tx, err := newReplicaTx(t)
		if err != nil {
			return err
		}
		return fn(tx)
	})
}

func newReplicaTx(t *txn) (*ReplicaTx, error) {
	built, err := t.Meta(metaIndexes)
	return &ReplicaTx{txn: t, late: built == "", worded: map[string]document{}, tally: newTally(), trees: map[desk.TicketID]plot{}}, err
}

// settle brings the digests and the search documents of what changed up to date.
func (tx *ReplicaTx) settle() error {
	if err := tx.settleTally(); err != nil || tx.late {
		return err
	}
	return tx.settleSearch()
}
