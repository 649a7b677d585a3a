package main_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// file writes the smallest Go file that imports the given paths.
func file(imports ...string) string {
	return "package p\n\nimport (\n\t_ \"" + strings.Join(imports, "\"\n\t_ \"") + "\"\n)\n"
}

func TestImportCheckerFindsPlantedFaults(t *testing.T) {
	grow(t, importFaults, []plant{
		{"desk and the house", "desk/a.go", file("holdall/store"), "depend on nothing"},
		{"desk and a library", "desk/sla/a.go", file("github.com/google/uuid"), "standard library only"},
		{"desk and the network", "desk/a.go", file("net/http"), "no network"},
		{"desk and files", "desk/a.go", file("os"), "no network, file"},
		{"desk parses addresses", "desk/a.go", file("net/mail", "time", "holdall/desk/sla"), ""},
		{"demo draws lots", "desk/demo/a.go", file("math/rand/v2", "holdall/desk"), ""},
		{"SQL at the hub", "sync/hub/a.go", file("database/sql"), "SQL appears only in store"},
		{"a driver in a command", "cmd/holdalld/a.go", file("github.com/jackc/pgx/v5/pgxpool"), "SQL appears only in store"},
		{"SQL in its room", "store/a.go", file("database/sql", "github.com/mattn/go-sqlite3", "holdall/desk"), ""},
		{"store and sync", "store/a.go", file("holdall/sync/protocol"), "knows no network"},
		{"Wails beside the window", "app/queue.go", file("github.com/wailsapp/wails/v2/pkg/runtime"), "only the window knows Wails"},
		{"Wails in a test", "app/window_test.go", file("github.com/wailsapp/wails/v2"), "only the window knows Wails"},
		{"Wails in its file", "app/window.go", file("github.com/wailsapp/wails/v2/pkg/runtime"), ""},
		{"hub and replica", "sync/hub/a_test.go", file("holdall/sync/replica"), "only over the protocol"},
		{"replica and hub", "sync/replica/a_test.go", file("holdall/sync/hub"), "only over the protocol"},
		{"mail and the store", "mail/intake/a_test.go", file("holdall/store"), "intake.Sink"},
		{"mailbox and the house", "mail/mailbox/a.go", file("holdall/desk"), "no business of a service desk"},
		{"window and hub", "app/session.go", file("holdall/sync/hub"), "through its solo files"},
		{"window and its own hub", "app/solo.go", file("holdall/sync/hub", "holdall/sync/replica"), ""},
		{"a laptop in the server", "cmd/holdalld/serve.go", file("holdall/sync/replica"), "no laptop"},
		{"a laptop in the story", "cmd/holdalld/demo_story.go", file("holdall/sync/replica", "holdall/sync/hub"), ""},
		{"websocket at the hub", "sync/hub/a.go", file("github.com/gorilla/websocket"), "know a Conn"},
		{"an attacker's test", "sync/hub/a_test.go", file("github.com/gorilla/websocket", "database/sql"), ""},
		{"IMAP in intake", "mail/intake/a.go", file("github.com/emersion/go-imap/v2"), "no deadlines"},
		{"IMAP below mailbox", "mail/mailbox/loopback/a.go", file("github.com/emersion/go-imap/v2/imapserver"), ""},
		{"MIME in outgoing", "mail/outgoing/a.go", file("github.com/emersion/go-message"), "hostile bytes"},
		{"a second way out", "sync/hub/a.go", file("github.com/wneessen/go-mail"), "one door"},
		{"test support", "store/suite/a.go", file("testing"), "no test's tools"},
		{"main and the store", "main.go", file("holdall/store"), "holds no logic"},
		{"a new room", "helper/a.go", file("strings"), "no law speaks of the room helper"},
	})
}

func TestServerCheckerFollowsImports(t *testing.T) {
	house := fstest.MapFS{
		"cmd/holdalld/main.go": {Data: []byte(file("holdall/app"))},
		"app/queue.go":         {Data: []byte(file("holdall/desk"))},
		"app/window.go":        {Data: []byte(file("github.com/wailsapp/wails/v2"))},
	}
	if faults := serverFaults(t, house); len(faults) != 1 || !strings.Contains(faults[0], "app/window.go") {
		t.Errorf("faults %q, want the one of app/window.go", faults)
	}
	delete(house, "app/window.go")
	report(t, serverFaults(t, house))
}

func TestTextCheckersFindPlantedFaults(t *testing.T) {
	long := strings.Repeat("\n", longestFile+1)
	grow(t, lengthFaults, []plant{
		{"a long style", "frontend/src/a.css", long, "split it"},
		{"a long schema", "store/schema/common/a.sql", long, "split it"},
		{"a long page", "sync/SPEC.md", long, ""},
		{"a generated twin", "frontend/src/wailsjs/a.ts", long, ""},
		{"a long function", "desk/a.go", "package p\n\nfunc f() {" + long[:longestFunction] + "}\n", "does two things"},
		{"a full function", "desk/a.go", "package p\n\nfunc f() {" + long[:longestFunction-1] + "}\n", ""},
	})
	grow(t, commentFaults, []plant{
		{"silence", "desk/a.go", "package desk\n", "what it promises"},
		{"a heading", "desk/a.go", "// Package desk rules.\npackage desk\n", "what it promises"},
		{"another name", "desk/a.go", "// Desk holds the rules of a service desk, and nothing else at all.\npackage desk\n", "what it promises"},
		{"silent tests", "sync/simulation/a_test.go", "package simulation\n", "what it promises"},
		{"a promise", "desk/a.go", "// Package desk holds the rules of a service desk and nothing else.\npackage desk\n", ""},
		{"a command", "cmd/holdalld/main.go", "// Command holdalld is the hub to which all laptops of a team come.\npackage main\n", ""},
	})
	grow(t, markFaults, []plant{
		{"a mark", "desk/a.go", "package p // TO" + "DO later", "finish it"},
		{"a sleeping test", "desk/a_test.go", "package p\n\nfunc TestA(t *testing.T) { t.Skip" + "() }\n", "proves nothing"},
		{"a lonely test", "frontend/src/a.test.ts", "it.only" + "('adds', f)", "proves nothing"},
		{"a drawer", "app/helpers/a.go", "package p", "a folder is a thing"},
		{"a shared schema", "store/schema/common/a.sql", "CREATE TABLE a (b TEXT) STRICT;", ""},
	})
	grow(t, compressionFaults, []plant{
		{"a field", "sync/protocol/a.go", "package p\n\nvar u = Upgrader{EnableCompression: true}\n", "inflate"},
		{"an assignment", "sync/protocol/a.go", "package p\n\nfunc f() { u.EnableCompression = on }\n", "inflate"},
		{"a header", "sync/protocol/a.go", "package p\n\nconst h = \"permessage-deflate\"\n", "inflate"},
		{"plainly off", "sync/protocol/a.go", "package p\n\n// permessage-deflate stays off.\nvar u = Upgrader{EnableCompression: false}\n", ""},
	})
	grow(t, clockFaults, []plant{
		{"a rule and the hour", "desk/sla/a.go", "package p\n\nvar a = time.Now()\n", "now is an argument"},
		{"a rule that waits", "desk/a.go", "package p\n\nfunc f() { <-time.After(1) }\n", "now is an argument"},
		{"a rule that is told", "desk/a.go", "package p\n\nfunc f(now time.Time) bool { return now.After(b) }\n", ""},
		{"a shell with a clock", "sync/hub/a.go", "package p\n\nvar a = time.Now()\n", ""},
	})
}
