package postgres

import (
	"context"
	"database/sql"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

func TestServerLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "server")
	s, err := Start(dir)
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := s.Create(context.Background(), "desk_1")
	if err != nil {
		t.Error(err)
	}
	if _, err := s.Create(context.Background(), `desk"; DROP DATABASE postgres`); err == nil {
		t.Error("a hostile name was taken")
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	var durable string
	if err := db.QueryRow("SHOW fsync").Scan(&durable); err != nil || durable != "on" {
		t.Errorf("fsync is %q, %v", durable, err)
	}
	db.Close()
	if err := s.Stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	address, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	if conn, err := net.Dial("tcp", address.Host); err == nil {
		conn.Close()
		t.Error("the server still answers")
	}
	if s.folder != "" {
		if _, err := os.Stat(s.folder); !os.IsNotExist(err) {
			t.Errorf("its folder is left: %v", err)
		}
	}
}

func TestAServerThatCannotStartSaysWhy(t *testing.T) {
	dir := t.TempDir()
	for _, folder := range []string{filepath.Dir(dir), dir} { // or it would not be used at all
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := Start(dir); err == nil {
		s.Stop()
		t.Error("a folder that is not empty was taken")
	}
}

// TestAServerComesBackFromACrash: what was committed is there again, at the same
// address; who was connected is not told.
func TestAServerComesBackFromACrash(t *testing.T) {
	s, err := Start(filepath.Join(t.TempDir(), "server"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	db, err := sql.Open("pgx", s.DSN())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE TABLE kept AS SELECT 1 AS n"); err != nil {
		t.Fatal(err)
	}
	open, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open.Exec("INSERT INTO kept VALUES (2)"); err != nil {
		t.Fatal(err)
	}
	if err := s.Crash(); err != nil {
		t.Fatal(err)
	}
	if err := open.Commit(); err == nil {
		t.Error("a transaction outlived the server")
	}
	var n int
	if err := db.QueryRow("SELECT sum(n) FROM kept").Scan(&n); err != nil || n != 1 {
		t.Errorf("%d is kept, %v", n, err)
	}
}
