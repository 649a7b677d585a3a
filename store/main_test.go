package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"holdall/desk"
	pg "holdall/store/postgres"
)

// server is the PostgreSQL server of this package's tests.
var (
	server  = pg.Shared{Prefix: "holdall-store-"}
	schemas atomic.Int64
)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	if big.r != nil {
		big.r.Close()
		os.RemoveAll(big.dir)
	}
	os.Exit(code)
}

// postgresDSN is the address of an empty schema on a real server: quicker made
// than a database, and as empty.
func postgresDSN(t testing.TB) string {
	t.Helper()
	running, _, err := server.Servers()
	must(t, err)
	db, err := sql.Open("pgx", running.DSN())
	must(t, err)
	defer db.Close()
	schema := fmt.Sprintf("test_%d", schemas.Add(1))
	_, err = db.Exec("CREATE SCHEMA " + schema)
	must(t, err)
	return running.DSN() + "&search_path=" + schema
}

// engines names the engines and makes an empty database on each.
var engines = map[string]func(testing.TB) string{
	"SQLite":     func(t testing.TB) string { return filepath.Join(t.TempDir(), "hub", "central.db") },
	"PostgreSQL": postgresDSN,
	"stricter":   strictDSN,
}

// strictDSN is postgresDSN on a server that refuses transactions and loses
// connections, as engines do that speak the same protocol.
func strictDSN(t testing.TB) string {
	dsn := postgresDSN(t)
	_, strict, err := server.Servers()
	must(t, err)
	return strict.DSN(dsn)
}

// strictByStatement is strictDSN where single statements are refused too, which
// ones by a seed.
func strictByStatement(t testing.TB, seed uint64) (*pg.Strict, string) {
	dsn := postgresDSN(t)
	running, _, err := server.Servers()
	must(t, err)
	strict, err := running.Strict(seed, true)
	must(t, err)
	t.Cleanup(func() { must(t, strict.Stop()) })
	return strict, strict.DSN(dsn)
}

// onBoth runs a test on every engine.
func onBoth(t *testing.T, test func(t *testing.T, c *Central)) {
	for name, dsn := range engines {
		t.Run(name, func(t *testing.T) { test(t, openCentral(t, dsn(t))) })
	}
}

func openCentral(t testing.TB, dsn string) *Central {
	t.Helper()
	c, err := OpenCentral(context.Background(), dsn)
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ticketOf makes a ticket as far as the store cares; n is its number and its
// minute.
func ticketOf(id string, n int64) desk.Ticket {
	at := noon.Add(time.Duration(n) * time.Minute)
	return desk.Ticket{ID: desk.TicketID(id), Number: desk.FormatNumber(desk.Incident, n), Kind: desk.Incident, Title: "Printer out of toner",
		Priority: 3, Impact: 2, Urgency: 2, State: desk.StateNew, OpenedAt: at, UpdatedAt: at, Rev: 1}
}
