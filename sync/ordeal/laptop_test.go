package ordeal

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

// laptop is a profile folder and the headless laptop that works in it, asked
// for everything as its page would.
type laptop struct {
	t       testing.TB
	name    string
	binary  string
	folder  string
	flags   []string
	rand    *rand.Rand
	ledger  *ledger
	process *program
	page    string // where its page is served
}

// issue gives a person a laptop with nothing on it. server is where the hub is
// reached.
func issue(t testing.TB, h *hub, name, folder, server string, l *ledger) *laptop {
	t.Helper()
	return &laptop{
		t: t, name: name, binary: holdalld(t), folder: folder, ledger: l, rand: drawn(name),
		flags: []string{"--server", server, "--email", h.hire(name)},
	}
}

func (l *laptop) launch() *program {
	l.process = launch(l.t, l.binary, append([]string{"replica", "--dir", l.folder}, l.flags...)...)
	return l.process
}

func (l *laptop) start() {
	l.t.Helper()
	l.page = l.launch().url()
}

// refusal is what a laptop answers instead of doing something.
type refusal struct {
	Code    desk.Code
	Message string
}

func (r *refusal) Error() string { return fmt.Sprintf("%s: %s", r.Code, r.Message) }

// call asks what the page may ask. An error that is no refusal means that there
// was no answer.
func (l *laptop) call(ctx context.Context, door string, argument, answer any) error {
	body, err := json.Marshal(argument)
	if err != nil {
		return err
	}
	asked, err := http.NewRequestWithContext(ctx, http.MethodPost, l.page+"/api/call/"+door, bytes.NewReader(body))
	if err != nil {
		return err
	}
	asked.Header.Set("Content-Type", "application/json")
	got, err := http.DefaultClient.Do(asked)
	if err != nil {
		return err
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		return err
	}
	if got.StatusCode != http.StatusOK {
		var no refusal
		if err := json.Unmarshal(text, &no); err != nil {
			return err
		}
		return &no
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(text, answer)
}

// act does something with a word of its own and tells the ledger what came of it.
func (l *laptop) act(ctx context.Context) error {
	word := l.ledger.word(l.name)
	err := l.write(ctx, word)
	var no *refusal
	switch {
	case err == nil:
		l.ledger.note(word, saved)
	case errors.As(err, &no):
		l.ledger.note(word, refused)
	}
	return err
}

// write opens a ticket, adds a note to one, or puts a label on it.
func (l *laptop) write(ctx context.Context, word string) error {
	ticket := l.ledger.ticket(l.rand)
	if ticket == "" || l.rand.IntN(20) == 0 {
		var made struct{ ID string }
		err := l.call(ctx, "Ticket/Create", map[string]any{"title": word, "impact": 3, "urgency": 3}, &made)
		if err == nil {
			l.ledger.opened(made.ID)
		}
		return err
	}
	if l.rand.IntN(8) == 0 {
		return l.call(ctx, "Ticket/Label", map[string]any{"ticketId": ticket, "set": "labels", "add": word}, nil)
	}
	return l.call(ctx, "Compose/Send", map[string]any{"ticketId": ticket, "kind": "note", "text": word}, nil)
}

// work acts until the context ends or nobody answers any more. every is the
// pause between two acts.
func (l *laptop) work(ctx context.Context, every time.Duration) {
	for {
		var no *refusal
		if err := l.act(ctx); err != nil && !errors.As(err, &no) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// syncStatus is what the sync chip shows.
type syncStatus struct {
	State, Problem, CompleteUpTo string
	Waiting                      int
	CatchingUp                   bool
}

func (l *laptop) status() (s syncStatus) {
	l.t.Helper()
	must(l.t, l.call(ctx, "Sync/Status", nil, &s))
	return s
}

// wake lets the laptop try to connect now, as when the network comes back.
func (l *laptop) wake() {
	_ = l.call(ctx, "Sync/Now", nil, nil) // it may be down
}

func (l *laptop) files() string { return filepath.Join(l.folder, "hub") }

// cursors are how far the laptop has come, read beside it at work.
func (l *laptop) cursors() map[desk.BucketID]int64 {
	l.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(l.files(), "replica.db")+"?mode=ro&_busy_timeout=10000")
	must(l.t, err)
	defer db.Close()
	rows, err := db.Query("SELECT bucket, seq FROM cursor")
	must(l.t, err)
	defer rows.Close()
	at := map[desk.BucketID]int64{}
	for rows.Next() {
		var b desk.BucketID
		var seq int64
		must(l.t, rows.Scan(&b, &seq))
		at[b] = seq
	}
	must(l.t, rows.Err())
	return at
}

// open opens a copy of a dead laptop's files.
func (l *laptop) open() (r *store.Replica, copied string, drop func()) {
	l.t.Helper()
	copied, remove := copyOf(l.t, l.files())
	r, err := store.OpenReplica(ctx, copied)
	must(l.t, err)
	return r, copied, func() {
		r.Close()
		remove()
	}
}

// examine looks at a copy of a dead laptop's files: they are whole, mids are
// dense, everything that was called saved is in the outbox or its journal, and
// the hub knows at least what it acknowledged.
func (l *laptop) examine(h *hub) {
	l.t.Helper()
	r, copied, drop := l.open()
	defer drop()
	if said := r.Repaired(); said != "" {
		l.t.Errorf("%s had to be repaired: %s", l.name, said)
	}
	who, err := r.Identity(ctx)
	must(l.t, err)
	newest, err := r.NewestAcked(ctx)
	must(l.t, err)
	kept, err := r.From(ctx, 1, 1<<30)
	must(l.t, err)
	words := map[string]int{}
	for i, m := range kept {
		if m.Mid != int64(i)+1 {
			l.t.Errorf("%s: mid %d stands at place %d", l.name, m.Mid, i+1)
		}
		if m.Name == desk.Lost {
			l.t.Errorf("%s has lost mid %d", l.name, m.Mid)
		}
		words[wordOf(l.t, m)]++
	}
	resting, err := r.Resting(ctx) // on a disk that failed, until it is well
	must(l.t, err)
	for _, m := range resting {
		words[wordOf(l.t, m.Mutation)]++
	}
	l.ledger.compare(l.t, l.name+"'s outbox", words, saved)
	intact(l.t, filepath.Join(copied, "outbox.db"))
	intact(l.t, filepath.Join(copied, "replica.db"))
	h.view(func(tx *store.CentralTx) error {
		device, err := tx.Device(who.Device)
		if newest > device.LastMid || device.LastMid > int64(len(kept)) {
			l.t.Errorf("%s has %d mutations, the last that was acknowledged is %d; the hub has %d", l.name, len(kept), newest, device.LastMid)
		}
		return err
	})
}

// wordOf is the word of a mutation.
func wordOf(t testing.TB, m desk.Mutation) string {
	t.Helper()
	var args struct {
		Title     string
		AddLabels []string `json:"add_labels"`
		Message   struct{ Text string }
	}
	must(t, json.Unmarshal(m.Args, &args))
	for _, label := range args.AddLabels {
		return label
	}
	return args.Title + args.Message.Text
}
