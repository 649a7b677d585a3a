package store

import "testing"

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
