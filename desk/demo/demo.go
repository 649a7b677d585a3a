// Package demo promises the same invented company for the same seed, on every
// machine and at every size: Nordlicht Werke, its service desk, the people who
// ask it for help, and eighteen months of tickets with their conversations.
//
// It hands out no records but acts: mutations in the order of time, each with
// who did it, to be applied through desk.Apply like any other change. So tests,
// benchmarks, screenshots and the demo all start from a history that the rules
// themselves have allowed. Nothing here reads a clock, a file or a random device;
// the present is an argument. Every name is invented and every address ends in
// .example (RFC 2606 §2).
package demo

import (
	"math/rand/v2"
	"time"

	"holdall/desk"
)

// Domain is where the company's people have their mail.
const Domain = "nordlicht-werke.example"

// Mailbox is the support address that people write to.
const Mailbox = "service@" + Domain

// Device is the device of mail and hub in the company's history; an agent's is
// DeviceOf.
const Device desk.DeviceID = "demo"

// Size is how much of the company there is. Time and memory grow in proportion.
type Size struct {
	Requesters int
	Tickets    int
}

// Stock is the company the demo shows.
func Stock() Size { return Size{Requesters: 300, Tickets: 2000} }

// World is the company at a given present. Its lists are what the first acts
// put into the directory.
type World struct {
	Workspace  desk.Workspace
	Teams      []desk.Team
	People     []desk.Person
	Services   []desk.Service
	Requesters []desk.Requester

	seed     uint64
	size     Size
	now      time.Time
	homes    map[string]desk.Team    // by name
	offers   map[string]desk.Service // by name
	crews    map[desk.TeamID][]int   // indices into People
	openings []time.Time             // of the tickets, ascending
}

// Company invents the company of a seed, in a size, as it stands at now.
func Company(seed uint64, size Size, now time.Time) *World {
	size.Requesters = max(size.Requesters, 1)
	w := &World{seed: seed, size: size, now: now.UTC().Truncate(time.Second)}
	w.Workspace = desk.NewWorkspace(w.id("workspace", 0), "Nordlicht Werke")
	w.Workspace.Categories = categories()
	w.foundTeams()
	w.foundServices()
	w.Requesters = w.staff(w.dice("requesters", 0), size.Requesters)
	w.openings = w.schedule(w.dice("schedule", 0), size.Tickets)
	return w
}

// Now is the present the company was made for.
func (w *World) Now() time.Time { return w.now }

// DeviceOf is the device an agent's acts come from.
func DeviceOf(p desk.Person) desk.DeviceID { return desk.DeviceID("demo-" + mailName(p.Name)) }

// dice are the chances of one thing, independent of every other thing.
func (w *World) dice(space string, n int) *rand.Rand {
	return rand.New(rand.NewPCG(w.seed^hash(space), uint64(n)))
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// chance is true in so many of a hundred cases.
func chance(r *rand.Rand, percent float64) bool { return r.Float64()*100 < percent }
