package simulation

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// world is a hub, laptops, and everything between them.
type world struct {
	t       testing.TB
	ctx     context.Context
	seed    uint64
	rand    *rand.Rand
	now     time.Time
	dir     string
	central *store.Central
	hub     *hub.Engine
	laptops []*laptop
	teams   []desk.TeamID
	people  map[desk.PersonID]*desk.Person
	next    hub.SessionID
	jobs    int64  // submissions of the hub's own
	trace   uint64 // what happened, as a hash
	tickets []desk.TicketID
	oracle  *oracle
	count   tally
}

// tally counts what a run did, so that a run that did nothing cannot pass.
type tally struct {
	steps, edits, refusedHere, mails, delivered        int
	cuts, clientCrashes, hubCrashes, lostAcks          int
	duplicates, partitions, roleChanges                int
	disputed, held, rejected, moved, created, resolved int
}

// begin is when every world begins; no clock of the machine is read.
var begin = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func newWorld(t testing.TB, seed uint64, devices int) *world {
	dir, err := os.MkdirTemp(scratch(), "holdall-world-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	w := &world{
		t: t, ctx: context.Background(), seed: seed, rand: rand.New(rand.NewPCG(seed, 1)), now: begin, dir: dir,
		teams: []desk.TeamID{"workplace", "network", "sap"}, people: map[desk.PersonID]*desk.Person{}, oracle: newOracle(),
	}
	w.openHub()
	t.Cleanup(func() { w.central.Close() })
	w.populate()
	for i := range devices {
		w.addLaptop(i)
	}
	t.Cleanup(func() {
		for _, l := range w.laptops {
			l.store.Close()
		}
	})
	return w
}

// scratch prefers a folder in memory: the simulation asks for the order of
// writes, not for the disk.
func scratch() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

func (w *world) check(err error) {
	if err != nil {
		w.t.Helper()
		w.t.Fatalf("seed %d: %v", w.seed, err)
	}
}

func (w *world) failf(format string, args ...any) {
	w.t.Helper()
	w.t.Fatalf("seed %d, step %d: %s", w.seed, w.count.steps, fmt.Sprintf(format, args...))
}

// note adds to the trace; the same seed must give the same hash.
func (w *world) note(format string, args ...any) {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d ", w.trace)
	fmt.Fprintf(h, format, args...)
	w.trace = h.Sum64()
}

func (w *world) openHub() {
	central, err := store.OpenCentral(w.ctx, filepath.Join(w.dir, "hub.db"))
	w.check(err)
	engine, err := hub.New(w.ctx, central)
	w.check(err)
	w.central, w.hub = central, engine
}

// system is the hub acting for itself.
var system = desk.Principal{System: true}

// submit lets the hub execute a mutation of its own.
func (w *world) submit(name desk.Name, ticket desk.TicketID, args any) desk.Result {
	m, err := desk.NewMutation(name, ticket, args, w.now)
	w.check(err)
	w.jobs++
	m.Device, m.Mid = "hub", w.jobs
	var result desk.Result
	for _, effect := range w.hub.Step(w.ctx, w.now, hub.Submitted{ID: w.jobs, Actor: system, Mutations: []desk.Mutation{m}}) {
		if done, ok := effect.(hub.Done); ok {
			w.check(done.Err)
			result = done.Results[0]
			continue
		}
		w.carryOut(effect)
	}
	return result
}

// populate founds the desk: teams, people and a requester.
func (w *world) populate() {
	w.submit(desk.WorkspacePut, "", desk.NewWorkspace("w", "Nordlicht Werke"))
	for _, t := range w.teams {
		w.submit(desk.TeamPut, "", desk.Team{ID: t, Name: string(t), Tier: 1})
	}
	w.submit(desk.RequesterPut, "", desk.Requester{ID: "annika", Name: "Annika Petersen", Email: "a.petersen@nordlicht-werke.example"})
	names := []desk.PersonID{"mira", "tobias", "elif", "jan"}
	for i, id := range names {
		p := desk.Person{
			ID: id, Name: string(id), Email: string(id) + "@nordlicht-werke.example",
			Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{w.teams[i%2], w.teams[(i+1)%3]},
		}
		w.people[id] = &p
		w.submit(desk.PersonPut, "", p)
	}
	for i := range 4 {
		w.openTicket(w.teams[i%len(w.teams)])
	}
}

// openTicket lets a mail become a ticket.
func (w *world) openTicket(team desk.TeamID) {
	id := desk.TicketID(fmt.Sprintf("mail-%d", len(w.tickets)))
	w.submit(desk.TicketCreate, id, desk.CreateTicket{
		Kind: desk.Incident, Title: "by mail " + string(id), Source: desk.SourceMail, Requester: "annika", Team: team,
	})
	w.tickets = append(w.tickets, id)
	w.hear(id)
}

// hear lets the requester write on a ticket, if the hub knows it yet.
func (w *world) hear(id desk.TicketID) {
	w.count.mails++
	text := fmt.Sprintf("mail %d", w.jobs)
	result := w.submit(desk.MessageAdd, id, desk.AddMessage{Message: desk.Message{
		ID: desk.MessageID(text), Kind: desk.FromRequester, Requester: "annika", Text: text,
	}})
	if result.Code == desk.CodeGone {
		return
	}
	w.oracle.message(desk.MessageID(text), text)
}
