//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"sync"

	"holdall/app"
)

// ground is where the mails are shown: it serves the page and hears its
// reports.
type ground struct {
	mails   []mail
	canary  *canary
	handler http.Handler
	over    chan struct{} // closed with the last report

	mu      sync.Mutex
	knocks  int // calls into the program since the last report
	reports map[int]report
	faults  []string
}

// report is what a page saw of one wall.
type report struct {
	Ran    int    `json:"ran"`   // scripts of mails that spoke up
	Doors  int    `json:"doors"` // elements of mails that lead somewhere
	Href   string `json:"href"`  // where the page is
	knocks int
}

// none comes before the first wall.
const none = -1

func newGround(mails []mail, page fs.FS, c *canary) *ground {
	g := &ground{mails: mails, canary: c, over: make(chan struct{}), reports: map[int]report{}}
	mux := http.NewServeMux()
	files := http.FileServerFS(page)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { g.index(w, none) })
	mux.Handle("GET /policy/{wall}/", app.Policy(http.HandlerFunc(g.stand)))
	mux.HandleFunc("GET /plain/{wall}/", g.stand)
	mux.HandleFunc("GET /mails/{wall}", g.hand)
	mux.HandleFunc("GET /report/{wall}", g.hear)
	mux.HandleFunc("GET /knock", func(http.ResponseWriter, *http.Request) { g.knock() })
	mux.Handle("GET /", files)
	g.handler = mux
	return g
}

// at is the address of a wall's page.
func at(number int) string {
	if number >= len(walls) {
		return ""
	}
	if walls[number].Policy {
		return fmt.Sprintf("/policy/%d/", number)
	}
	return fmt.Sprintf("/plain/%d/", number)
}

func numberOf(r *http.Request) int {
	n, err := strconv.Atoi(r.PathValue("wall"))
	if err != nil || n >= len(walls) {
		return none
	}
	return n
}

func (g *ground) stand(w http.ResponseWriter, r *http.Request) { g.index(w, numberOf(r)) }

// index is the page. It names its wall where its script finds it.
func (g *ground) index(w http.ResponseWriter, wall int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><html data-wall="%d"><head><title>Siege</title></head><body><script type="module" src="/siege.js"></script></body></html>`, wall)
}

// hand gives the page the mails and what is to stand around them.
func (g *ground) hand(w http.ResponseWriter, r *http.Request) {
	n := numberOf(r)
	if n == none {
		tell(w, wall{Name: "none yet", Next: at(0)})
		return
	}
	var all []shown
	for i, m := range g.mails {
		all = append(all, m.shown(n, i, g.canary.port))
	}
	plan := walls[n]
	plan.Next = at(n + 1)
	tell(w, struct {
		wall
		Mails []shown `json:"mails"`
	}{plan, all})
}

func tell(w http.ResponseWriter, what any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(what) // a page that does not get it reports nothing
}

// hear takes the report of a page, once it has become quiet around it. Each
// comes once: a second page of one wall would mean that a mail has led the first
// away.
func (g *ground) hear(w http.ResponseWriter, r *http.Request) {
	n := numberOf(r)
	g.canary.tap.quiet()
	var told report
	err := json.Unmarshal([]byte(r.URL.Query().Get("told")), &told)
	g.mu.Lock()
	_, twice := g.reports[n]
	told.knocks = g.knocks
	g.reports[n] = told
	g.knocks = 0
	g.mu.Unlock()
	if n == none || twice || err != nil {
		g.fault("an odd report: %s", r.URL)
		return
	}
	w.WriteHeader(http.StatusNoContent)
	if n == len(walls)-1 {
		close(g.over)
	}
}

func (g *ground) knock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.knocks++
}

func (g *ground) fault(format string, args ...any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.faults = append(g.faults, fmt.Sprintf(format, args...))
}
