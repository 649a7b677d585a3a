package ordeal

import (
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	pg "holdall/store/postgres"
)

// server is the PostgreSQL server of these tests, started by the first that
// needs it.
var server struct {
	once      sync.Once
	dir       string
	s         *pg.Server
	err       error
	databases atomic.Int64
}

func postgres(t testing.TB) *pg.Server {
	t.Helper()
	server.once.Do(func() {
		if server.dir, server.err = os.MkdirTemp("", "holdall-ordeal-"); server.err == nil {
			server.s, server.err = pg.Start(server.dir)
		}
	})
	must(t, server.err)
	return server.s
}

// endPostgres ends what postgres started.
func endPostgres() error {
	if server.s == nil {
		return nil
	}
	if err := server.s.Stop(); err != nil {
		return fmt.Errorf("stop PostgreSQL: %w", err)
	}
	return os.RemoveAll(server.dir)
}

// postgresHub founds a hub on a database of its own.
func postgresHub(t testing.TB) *hub {
	t.Helper()
	dsn, err := postgres(t).Create(ctx, fmt.Sprint("hub", server.databases.Add(1)))
	must(t, err)
	return found(t, []string{"--database", dsn}, dsn)
}

// TestAKilledPostgreSQLForgetsNothing ends the database server under the hub's
// writes; the hub itself goes on (SPEC R5).
func TestAKilledPostgreSQLForgetsNothing(t *testing.T) {
	random, book := chance(t), newLedger()
	w := crowd(t, postgresHub(t), book)
	for range *kills {
		w.goOn(book.count(acked))
		later(random, 400*time.Millisecond)
		must(t, postgres(t).Crash())
		w.examine()
		w.laptop.wake()
	}
	w.finish()
	t.Logf("%d kills of PostgreSQL, %d mutations acknowledged, all there once", *kills, book.count(acked))
}

// TestACutInsideCommitDoublesNothing loses the server's answer to a commit, or
// the commit itself: the hub does not know which, and the devices send again
// (SPEC R3).
func TestACutInsideCommitDoublesNothing(t *testing.T) {
	book, h := newLedger(), postgresHub(t)
	dsn, err := url.Parse(h.dsn)
	must(t, err)
	way := lay(t, dsn.Host)
	dsn.Host = way.proxy.Listen
	h.place = []string{"--database", dsn.String()}
	w := crowd(t, h, book)
	severed.Store(0)
	way.toxic("sever", "upstream", `{"every": 15}`)
	wait(t, patience+time.Duration(*kills)*time.Second, "enough commits were cut", func() (bool, string) {
		n := severed.Load()
		return n >= int64(*kills), fmt.Sprintf("%d were: %s", n, h.process.said)
	})
	way.heal()
	w.examine()
	w.goOn(book.count(acked))
	w.finish()
	t.Logf("%d connections cut inside COMMIT, %d mutations acknowledged, all there once", severed.Load(), book.count(acked))
}
