package hub_test

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"holdall/store/postgres"
)

// server is the PostgreSQL server of this package's tests.
var (
	server    = postgres.Shared{Prefix: "holdall-hub-", Statements: true}
	databases atomic.Int64
)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// postgresDSN is the address of an empty database on a real server.
func postgresDSN(t testing.TB) string {
	t.Helper()
	running, _, err := server.Servers()
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := running.Create(context.Background(), fmt.Sprintf("hub_%d", databases.Add(1)))
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// strictDSN is postgresDSN on a server that refuses statements and transactions
// and loses connections, as engines do that speak the same protocol.
func strictDSN(t testing.TB) string {
	dsn := postgresDSN(t)
	_, strict, err := server.Servers()
	if err != nil {
		t.Fatal(err)
	}
	return strict.DSN(dsn)
}
