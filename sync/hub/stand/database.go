package stand

import (
	"fmt"
	"os"
	"sync/atomic"

	"holdall/store/postgres"
)

// server is the PostgreSQL server of one package's tests.
var (
	server    = postgres.Shared{Prefix: "holdall-hub-", Statements: true}
	databases atomic.Int64
)

// Main runs the tests of a package and stops the PostgreSQL server they may have
// needed. It returns the exit code.
func Main(run func() int) int {
	code := run()
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// Postgres is the address of an empty database on a real server.
func Postgres(t TB) string {
	t.Helper()
	running, _, err := server.Servers()
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := running.Create(t.Context(), fmt.Sprintf("hub_%d", databases.Add(1)))
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// Muted is Postgres behind something that can fall silent; direct is the same
// database for another node.
func Muted(t TB) (mute *postgres.Mute, muted, direct string) {
	t.Helper()
	direct = Postgres(t)
	running, _, err := server.Servers()
	if err == nil {
		mute, err = running.Mute()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := mute.Stop(); err != nil {
			t.Fatal(err)
		}
	})
	return mute, mute.DSN(direct), direct
}

// strict is Postgres on a server that refuses statements and transactions and
// loses connections, as engines do that speak the same protocol.
func strict(t TB) string {
	t.Helper()
	return stricter(t).DSN(Postgres(t))
}

// leastMet is how often each fault of the stricter server must have been met.
const leastMet = 10

// met fails unless the stricter server has refused, cut and doubted enough.
func met(t TB) {
	t.Helper()
	engine := stricter(t)
	for what, n := range map[string]int64{
		"refusals": engine.Refused.Load(), "broken connections": engine.Cut.Load(), "commits in doubt": engine.Doubted.Load(),
	} {
		if n < leastMet {
			t.Fatalf("only %d %s were met", n, what)
		}
	}
}

func stricter(t TB) *postgres.Strict {
	t.Helper()
	_, strict, err := server.Servers()
	if err != nil {
		t.Fatal(err)
	}
	return strict
}
