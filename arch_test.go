// Package main_test holds the laws of the house: who may lean on whom, what
// every package has to say of itself, how long a file may grow, which versions
// are too old to link. A law that is broken fails with its reason. Each checker
// is itself tested on small planted faults, so none of them is asleep. The
// files are parsed here and no other program is asked, for the go command
// would wrongly keep such an answer in its cache.
package main_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// direction says which rooms of the house a room may lean on, besides its own.
type direction struct {
	may []string
	why string
}

// directions lists every room. One that is missing here needs a sentence why
// before it may be built.
var directions = map[string]direction{
	".":                 {[]string{"app", "frontend", "desk"}, "main opens the window and holds no logic; what keeps it shut is a sentence of desk's kind"},
	"frontend":          {nil, "it only carries the built page"},
	"desk":              {nil, "the rules depend on nothing, so that laptop, hub and tests run the same ones"},
	"store":             {[]string{"desk"}, "the store keeps what desk decides and knows no network, mail or window"},
	"sync/protocol":     {[]string{"desk"}, "both halves speak it, so it leans on neither"},
	"sync/replica":      {[]string{"store", "sync/protocol", "desk"}, "the laptop's half works without a hub, a mailbox or a window"},
	"sync/hub":          {[]string{"store", "sync/protocol", "mail/message", "mail/picture", "desk"}, "the hub works without a laptop, a mailbox or a window; of mails it knows what their pictures refer to"},
	"sync/hub/post":     {[]string{"sync/hub", "store", "mail/intake", "mail/outgoing", "mail/message", "desk"}, "it is the sink of converted mail and the queue of answers over a hub, and knows no mailbox and no mail server"},
	"sync/hub/mailroom": {[]string{"sync/hub", "mail", "desk"}, "it joins mailboxes and mail servers to a hub, once for the server and the window"},
	"sync/hub/stand":    {[]string{"sync/hub", "store", "desk"}, "it builds a hub for the tests of the rooms around it, and is in no program"},
	"sync/simulation":   {[]string{"sync", "store", "desk"}, "it plays laptops and hubs against each other, no mail and no window"},
	"sync/ordeal":       {[]string{"sync", "store", "desk"}, "it kills, parts and starves the finished programs from outside, where the simulation has the engines alone"},
	"mail/mailbox":      {nil, "watching a mailbox is no business of a service desk"},
	"mail/outgoing":     {nil, "sending mail is no business of a service desk"},
	"mail/oauth":        {nil, "signing in to a mail provider is no business of a service desk"},
	"mail/picture":      {nil, "fetching what a mail refers to is dangerous enough to stand alone"},
	"mail/message":      {[]string{"desk"}, "bytes become a message wherever they came from"},
	"mail/intake":       {[]string{"mail/message", "desk"}, "it hands mutations to a sink, so one intake serves server and desktop"},
	"app":               {[]string{"sync", "mail", "store", "desk"}, "the window asks app, never the reverse"},
	"app/webkit":        {nil, "it stands between Wails and WebKit and knows nothing of a desk"},
	"bench":             {[]string{"app", "sync", "mail", "store", "desk"}, "it measures the rooms together and is in no program"},
	"build/score":       {nil, "it judges the finished program by mails that are not ours"},
	"build/siege":       {[]string{"app", "mail/message"}, "it shows hostile mails behind the product's own walls and listens for what gets through"},
	"build/trial":       {[]string{"desk"}, "it works the finished programs from outside, as a person would; it borrows the invented company's mails"},
	"cmd/holdalld":      {[]string{"app", "frontend", "sync", "mail", "store", "desk"}, "a command composes rooms and is none"},
}

// ban keeps a library, or a room, to the few who need it.
type ban struct {
	of     []string // import paths; what lies below them too
	rooms  []string // where the ban holds; empty is everywhere
	except []string // files, patterns of files, or rooms with all below them
	tests  bool     // holds in test files too
	why    string
}

var bans = []ban{
	{of: []string{"database/sql", "github.com/mattn/go-sqlite3", "github.com/jackc/pgx/v5"},
		except: []string{"store"},
		why:    "SQL appears only in store, so that both engines stay one text"},
	{of: []string{"github.com/wailsapp/wails/v2"}, except: []string{"main.go", "selftest.go", "app/window.go", "build/siege"}, tests: true,
		why: "only the window knows Wails: the server links none of it and the facades run without a screen"},
	{of: []string{"holdall/sync/hub"}, rooms: []string{"sync/replica"}, tests: true,
		why: "the two halves meet only over the protocol"},
	{of: []string{"holdall/sync/replica"}, rooms: []string{"sync/hub"}, tests: true,
		why: "the two halves meet only over the protocol"},
	{of: []string{"holdall/store", "holdall/sync", "holdall/app"}, rooms: []string{"mail"}, tests: true,
		why: "mail hands its mutations to an intake.Sink and never asks who that is"},
	{of: []string{"holdall/sync/hub"}, rooms: []string{"app"}, except: []string{"app/solo*.go"},
		why: "a window reaches its own hub through its solo files"},
	{of: []string{"holdall/sync/replica"}, rooms: []string{"cmd/holdalld"}, except: []string{"cmd/holdalld/demo*.go", "cmd/holdalld/replica*.go"},
		why: "a server is no laptop; only the story and the headless laptop compose both halves"},
	{of: []string{"github.com/gorilla/websocket"}, except: []string{"sync/protocol"},
		why: "the engines know a Conn, not what carries it"},
	{of: []string{"github.com/mattn/go-ieproxy"}, except: []string{"sync/protocol"},
		why: "the way to the hub is found in one place, for sockets and requests alike"},
	{of: []string{"github.com/emersion/go-imap/v2"}, except: []string{"mail/mailbox"},
		why: "the library has no deadlines and no contexts; mailbox adds them once for all"},
	{of: []string{"github.com/teamwork/tnef", "github.com/emersion/go-message", "github.com/emersion/go-ical", "github.com/teambition/rrule-go"}, except: []string{"mail/message"},
		why: "hostile bytes are parsed in one room, behind its limits"},
	{of: []string{"github.com/wneessen/go-mail"}, except: []string{"mail/outgoing"},
		why: "what leaves the house leaves by one door, with one Message-ID"},
	{of: []string{"github.com/hanwen/go-fuse/v2", "github.com/Shopify/toxiproxy/v2", "github.com/rs/zerolog"}, except: []string{"sync/ordeal"}, tests: true,
		why: "the disks and networks that fail belong to one room"},
	{of: []string{"os/exec"}, rooms: []string{"app", "desk", "frontend", "mail", "store", "sync"},
		except: []string{"mail/mailbox/dovecot", "store/postgres", "sync/simulation/plant"},
		why:    "the product starts no other program: what a stranger sent is a person's to open, outside"},
	{of: []string{"testing", "go.uber.org/goleak", "github.com/google/go-cmp"},
		why: "a file that is no test carries no test's tools into the product"},
	{of: []string{"net", "os", "io/fs", "io/ioutil", "syscall", "log", "log/slog", "crypto/rand", "math/rand", "math/rand/v2"},
		rooms: []string{"desk"}, except: []string{"desk/demo"},
		why: "desk touches no network, file, log or chance: the same input gives the same answer on every machine"},
}

// importFaults compares every import with the directions and the bans.
func importFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	for _, s := range sources(t, house) {
		for _, imported := range s.imports() {
			if why := misdirected(s, imported); why != "" {
				faults = append(faults, fmt.Sprintf("%s imports %s: %s", s.path, imported, why))
			}
			for _, b := range bans {
				if b.holds(s, imported) {
					faults = append(faults, fmt.Sprintf("%s imports %s: %s", s.path, imported, b.why))
				}
			}
		}
	}
	return faults
}

// pureNet are the parsers that live below "net" but open no connection.
var pureNet = []string{"net/mail", "net/netip", "net/url"}

func (b ban) holds(s source, imported string) bool {
	switch {
	case s.test && !b.tests, slices.Contains(pureNet, imported):
		return false
	case len(b.rooms) > 0 && !belowAny(s.room, b.rooms):
		return false
	case slices.ContainsFunc(b.except, func(e string) bool { ok, _ := path.Match(e, s.path); return ok || below(s.path, e) }):
		return false
	}
	return belowAny(imported, b.of)
}

// misdirected returns the reason why a file may not import a room or, for
// desk, a library. Tests may lean on any room: they play several of them.
func misdirected(s source, imported string) string {
	home := roomOf(s.room)
	rule, listed := directions[home]
	if !listed {
		return "no law speaks of the room " + s.room + "; say in arch_test.go why it exists and on whom it leans"
	}
	house, ours := strings.CutPrefix(imported, "holdall/")
	switch {
	case s.test, ours && (below(house, home) || belowAny(house, rule.may)):
		return ""
	case ours:
		return rule.why
	case home == "desk" && strings.Contains(strings.Split(imported, "/")[0], "."):
		return "desk imports the standard library only: " + rule.why
	}
	return ""
}

// roomOf is the listed room a folder belongs to: its longest listed parent.
func roomOf(folder string) string {
	for f := folder; f != "."; f = path.Dir(f) {
		if _, listed := directions[f]; listed {
			return f
		}
	}
	return folder
}

// serverFaults follows the imports of the server and reports every way to Wails.
func serverFaults(t *testing.T, house fs.FS) []string {
	reach, faults := map[string][]source{}, []string{}
	for _, s := range sources(t, house) {
		if !s.test {
			reach["holdall/"+s.room] = append(reach["holdall/"+s.room], s)
		}
	}
	seen, queue := map[string]bool{}, []string{"holdall/cmd/holdalld"}
	for len(queue) > 0 {
		room := queue[0]
		queue = queue[1:]
		if seen[room] {
			continue
		}
		seen[room] = true
		for _, s := range reach[room] {
			for _, imported := range s.imports() {
				if below(imported, "github.com/wailsapp/wails/v2") {
					faults = append(faults, s.path+" is linked into holdalld and brings Wails along: a server has no window")
				}
				queue = append(queue, imported)
			}
		}
	}
	return faults
}

func TestImportsKeepTheirDirection(t *testing.T) { report(t, importFaults(t, os.DirFS("."))) }

func TestTheServerLinksNoWindow(t *testing.T) { report(t, serverFaults(t, os.DirFS("."))) }

func TestEveryBanHasAReason(t *testing.T) {
	for _, b := range bans {
		if len(b.of) == 0 || len(b.why) < 20 {
			t.Errorf("the ban of %v says too little: %q", b.of, b.why)
		}
	}
	for _, room := range slices.Sorted(maps.Keys(directions)) {
		if len(directions[room].why) < 20 {
			t.Errorf("the direction of %s says too little: %q", room, directions[room].why)
		}
	}
}
