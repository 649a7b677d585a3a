package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

func TestFilesAreThisUsersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "profile #1?100%")
	r := openReplica(t, dir)
	must(t, r.SetSetting(ctx, "a", "b"))
	openCentral(t, filepath.Join(dir, "hub", "central.db"))
	must(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		must(t, err)
		info, err := entry.Info()
		must(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return nil
	}))
}

func TestConnectionsAreSetAsPromised(t *testing.T) {
	r := openReplica(t, t.TempDir())
	c := openCentral(t, engines["SQLite"](t))
	const off, fullSync, normalSync = "0", "2", "1"
	cases := []struct {
		name string
		db   *database
		sync string
	}{{"outbox", r.outbox, fullSync}, {"replica", r.replica, normalSync}, {"central", c.db, fullSync}}
	for _, k := range cases {
		for pragma, want := range map[string]string{"synchronous": k.sync, "journal_mode": "wal", "foreign_keys": "1", "trusted_schema": off, "busy_timeout": "10000"} {
			var got string
			must(t, k.db.write.QueryRow("PRAGMA "+pragma).Scan(&got))
			if got != want {
				t.Errorf("%s: %s is %s, want %s", k.name, pragma, got, want)
			}
		}
		if _, err := k.db.read.Exec("CREATE TABLE intruder (a)"); err == nil {
			t.Errorf("%s: a reader could write", k.name)
		}
		if n := k.db.write.Stats().MaxOpenConnections; n != 1 {
			t.Errorf("%s: %d writers", k.name, n)
		}
	}
}

func TestPlaceholdersAreNumbered(t *testing.T) {
	query := "SELECT a FROM b WHERE c = ? AND d IN (?, ?)"
	if got, want := postgres.text(query), "SELECT a FROM b WHERE c = $1 AND d IN ($2, $3)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if sqlite.text(query) != query {
		t.Error("SQLite needs no numbers")
	}
}

// TestTablesAreStrictAndExplained reads the schema as a newcomer would.
func TestTablesAreStrictAndExplained(t *testing.T) {
	names, err := filepath.Glob("schema/*/*.sql")
	must(t, err)
	if len(names) < 10 {
		t.Fatalf("only %d files of schema", len(names))
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		must(t, err)
		if !strings.HasPrefix(string(text), "-- ") {
			t.Errorf("%s does not begin with an essay", name)
		}
		for _, s := range statements(string(text)) {
			if strings.HasPrefix(s, "CREATE TABLE") && !strings.Contains(s, ") STRICT") {
				t.Errorf("%s has a table that is not STRICT: %s", name, strings.SplitN(s, "\n", 2)[0])
			}
		}
	}
}

func TestTakenKeysAreToldFromOtherFaults(t *testing.T) {
	r := openReplica(t, t.TempDir())
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		must(t, tx.do("INSERT INTO home (tree, bucket) VALUES (1, 'b')"))
		err := tx.do("INSERT INTO home (tree, bucket) VALUES (1, 'b')")
		if f := tx.db.sort(err); f != faultTaken {
			t.Errorf("%v is fault %d", err, f)
		}
		err = tx.do("INSERT INTO cursor (bucket, epoch) VALUES ('b', 'x')")
		if f := tx.db.sort(err); err == nil || f != faultOther {
			t.Errorf("%v is fault %d", err, f)
		}
		return nil
	})
}

// sentence asks that an error is one sentence for people, never the fault of
// what was written.
func sentence(t *testing.T, err error, code desk.Code, words ...string) {
	t.Helper()
	var refusal *desk.Error
	if !errors.As(err, &refusal) {
		t.Fatalf("no sentence for people: %v", err)
	}
	if refusal.Code != code || err.Error() != refusal.Message {
		t.Errorf("code %s, want %s; text %q", refusal.Code, code, err)
	}
	for _, w := range words {
		if !strings.Contains(refusal.Message, w) {
			t.Errorf("%q does not name %q", refusal.Message, w)
		}
	}
	if !strings.HasSuffix(refusal.Message, ".") || strings.Contains(fmt.Sprint(refusal.Message), "\n") {
		t.Errorf("%q is no sentence", refusal.Message)
	}
}

// TestWhoeverClosesWaitsForWhatIsWritten: once Close has returned nothing more is
// committed, so whoever opens the file next sees all of it.
func TestWhoeverClosesWaitsForWhatIsWritten(t *testing.T) {
	dir := t.TempDir()
	r := openReplica(t, dir)
	begun, goOn, written, closed := make(chan struct{}), make(chan struct{}), make(chan error, 1), make(chan error, 1)
	go func() {
		written <- r.outbox.update(ctx, func(t *txn) error {
			close(begun)
			<-goOn
			return t.keepFact("k", "v")
		})
	}()
	<-begun
	go func() { closed <- r.Close() }()
	select {
	case <-closed:
		t.Error("closed while it was written")
	case <-time.After(50 * time.Millisecond):
	}
	close(goOn)
	must(t, <-written)
	must(t, <-closed)
	r = openReplica(t, dir)
	must(t, r.outbox.view(ctx, func(x *txn) error {
		value, err := x.kept("k")
		if value != "v" {
			t.Errorf("it holds %q", value)
		}
		return err
	}))
}
