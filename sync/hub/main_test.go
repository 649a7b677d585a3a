package hub_test

import (
	"os"
	"testing"

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
func build(t testing.TB) *house {
	h, _ := buildIn(t)
	return h
}

// buildIn is build, with the folder its database lies in.
func buildIn(t testing.TB) (*house, string) {
	dir := t.TempDir()
	return buildOn(t, stand.Database(t, dir)), dir
}

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

// serve opens the doors of a house at work.
func (h *house) serve() *web { return &web{h, h.Serve(h.accounts())} }

// serve is a house with open doors, and Mira signed in.
func serve(t *testing.T) *web {
	h := build(t).run()
	return &web{h, h.ServeMira(h.accounts())}
}
