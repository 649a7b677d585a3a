package store

import (
	"os"
	"path/filepath"
	"testing"

	"holdall/desk"
)

func TestASQLiteFileHasOneNode(t *testing.T) {
	dsn := engines["SQLite"](t)
	first, second := openCentral(t, dsn), openCentral(t, dsn)
	ask := func(c *Central, want bool) {
		t.Helper()
		if sole, err := c.Sole(ctx); sole != want || err != nil {
			t.Errorf("sole %v, want %v: %v", sole, want, err)
		}
	}
	ask(first, true)
	ask(second, false)
	ask(first, true)
	must(t, first.Close())
	ask(second, true)
}

// TestNoFileIsLedUpUnderItsHub: a hub of an older program would go on with tables that
// it does not know.
func TestNoFileIsLedUpUnderItsHub(t *testing.T) {
	path := filepath.Join(t.TempDir(), "central.db")
	data, err := os.ReadFile("testdata/version-11/central.db")
	must(t, err)
	must(t, os.WriteFile(path, data, 0o600))
	db, err := openSQLite(path, full)
	must(t, err)
	older := &Central{db: db}
	if sole, err := older.Sole(ctx); !sole || err != nil {
		t.Fatal(sole, err)
	}
	_, err = OpenCentral(ctx, path)
	sentence(t, err, desk.CodeVersion, path, "at work", "stop it")
	if version, _, err := db.identify(ctx); version != 11 || err != nil {
		t.Errorf("it was led up to version %d, %v", version, err)
	}
	must(t, older.Close())
	openCentral(t, path)
}
