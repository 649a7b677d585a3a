package main_test

import (
	"fmt"
	"go/version"
	"io/fs"
	"os"
	"runtime"
	"testing"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// floors are the oldest versions without a weakness that reaches us. A proxy
// may answer "latest" with something older, so the pins are checked here.
var floors = map[string]struct{ version, why string }{
	"github.com/wailsapp/wails/v2":   {"v2.13.0", "older ones let foreign origins call the bindings, GHSA-47hv-j4px-h3c9"},
	"golang.org/x/net":               {"v0.55.0", "older ones render HTML that slips past a sanitiser, CVE-2026-27136"},
	"github.com/jackc/pgx/v5":        {"v5.9.2", "older ones overflow on large parameters, CVE-2026-33815"},
	"github.com/gorilla/websocket":   {"v1.4.1", "older ones overflow on a frame's length, CVE-2020-27813"},
	"github.com/mattn/go-sqlite3":    {"v1.14.53", "the guarantees of the store were measured with its SQLite"},
	"github.com/emersion/go-imap/v2": {"v2.0.0-beta.8", "the deadlines of the mailbox were fitted to its client"},
}

// oldestGo is the first release without CVE-2026-42504 (mime) and
// CVE-2026-42499 (net/mail), both reached by any incoming mail.
const oldestGo = "go1.26.4"

// floorFaults compares go.mod with the floors.
func floorFaults(t *testing.T, house fs.FS) []string {
	t.Helper()
	text, err := fs.ReadFile(house, "go.mod")
	if err != nil {
		t.Fatalf("read go.mod: %v", err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatalf("parse go.mod: %v", err)
	}
	var faults []string
	for _, need := range mod.Require {
		floor, listed := floors[need.Mod.Path]
		if listed && semver.Compare(need.Mod.Version, floor.version) < 0 {
			faults = append(faults, fmt.Sprintf("go.mod has %s, want %s or newer: %s", need.Mod, floor.version, floor.why))
		}
	}
	for _, swap := range mod.Replace {
		faults = append(faults, fmt.Sprintf("go.mod replaces %s: a fork would slip under its floor", swap.Old))
	}
	return faults
}

func TestNoDependencyIsBelowItsFloor(t *testing.T) { report(t, floorFaults(t, os.DirFS("."))) }

func TestGoIsNotBelowItsFloor(t *testing.T) {
	if version.Compare(runtime.Version(), oldestGo) < 0 {
		t.Errorf("built with %s, want %s or newer: older ones stumble over hostile mail headers", runtime.Version(), oldestGo)
	}
}

func TestFloorCheckerFindsPlantedFaults(t *testing.T) {
	grow(t, floorFaults, []plant{
		{"an old Wails", "go.mod", "module p\n\nrequire github.com/wailsapp/wails/v2 v2.9.2\n", "v2.13.0"},
		{"an old net", "go.mod", "module p\n\nrequire golang.org/x/net v0.54.0 // indirect\n", "sanitiser"},
		{"a fork", "go.mod", "module p\n\nreplace golang.org/x/net => example.com/net v0.1.0\n", "fork"},
		{"all new", "go.mod", "module p\n\nrequire golang.org/x/net v0.62.0\n", ""},
	})
}
