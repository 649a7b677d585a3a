package hub_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"holdall/store/postgres"
)

// server is the PostgreSQL server of this package's tests, started by the first
// test that needs it.
var server struct {
	once      sync.Once
	s         *postgres.Server
	dir       string
	err       error
	databases atomic.Int64
	strict    *postgres.Strict // before it
}

func TestMain(m *testing.M) {
	code := m.Run()
	if server.strict != nil {
		if err := server.strict.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stop what stands before PostgreSQL:", err)
			code = 1
		}
	}
	if server.s != nil {
		if err := server.s.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stop PostgreSQL:", err)
			code = 1
		}
	}
	if server.dir != "" {
		os.RemoveAll(server.dir)
	}
	os.Exit(code)
}

// postgresDSN is the address of an empty database on a real server.
func postgresDSN(t testing.TB) string {
	t.Helper()
	server.once.Do(func() {
		if server.dir, server.err = os.MkdirTemp("", "holdall-hub-"); server.err == nil {
			server.s, server.err = postgres.Start(server.dir)
		}
		if server.err == nil {
			server.strict, server.err = server.s.Strict(1, true)
		}
	})
	if server.err != nil {
		t.Fatal(server.err)
	}
	dsn, err := server.s.Create(context.Background(), fmt.Sprintf("hub_%d", server.databases.Add(1)))
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// strictDSN is postgresDSN on a server that refuses statements and transactions
// and loses connections, as engines do that speak the same protocol.
func strictDSN(t testing.TB) string {
	dsn := postgresDSN(t)
	return server.strict.DSN(dsn)
}
