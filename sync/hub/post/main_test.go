package post_test

import (
	"os"
	"testing"

	"holdall/sync/hub"
	"holdall/sync/hub/stand"
)

func TestMain(m *testing.M) { os.Exit(stand.Main(m.Run)) }

var day = stand.Day

// house is a hub at work, for a test.
type house struct {
	testing.TB
	*stand.House
}

// build makes a house that is not at work yet.
func build(t testing.TB) *house { return buildOn(t, stand.Database(t, t.TempDir())) }

func buildOn(t testing.TB, dsn string) *house { return &house{t, stand.Build(t, dsn)} }

// run sets the house to work until the test ends or Stop is called.
func (h *house) run() *house {
	h.Run()
	return h
}

// web is a house behind a real HTTP server.
type web struct {
	*house
	*stand.Web
}

// serve is a house with open doors, and Mira signed in.
func serve(t *testing.T) *web {
	h := build(t).run()
	return &web{h, h.ServeMira(hub.NewAccounts(h.Central))}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
