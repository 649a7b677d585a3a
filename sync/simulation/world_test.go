package simulation

import (
	"context"
	"fmt"
	"hash"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/simulation/disk"
)

// world is a hub of one node or two, laptops, and everything between them.
type world struct {
	t           testing.TB // of the test that tells the world's story; nil in a run over seeds
	ctx         context.Context
	seed        uint64
	rand        *rand.Rand
	now         time.Time
	dir         string
	nodes       []*node
	releases    []release     // the program of each node
	strict      bool          // a hub of today sends no records to a laptop of yesterday
	hubAt       time.Duration // how far the hub's clock is off
	armed       bool          // the hub's machine will die at some write
	full        bool          // the disk of the hub
	laptops     []*laptop
	links       []*link // that stand at the hub's end, in order of opening
	closing     []*link // whose end the hub's engine has yet to hear of
	teams       []desk.TeamID
	people      map[desk.PersonID]*desk.Person
	next        hub.SessionID
	jobs        int64 // submissions of the hub's own
	tickets     []desk.TicketID
	oracle      *oracle
	saved       *backup // the newest one; nil: none
	untold      bool    // a backup was put back and nobody said so: numbers may be given again
	turns       []turn  // that it may take
	healing     bool
	placing     bool // people move messages between tickets too
	besides     bool // people write to third parties in side conversations too
	checkpoints int  // that were sent
	step        int
	count       tally
	trace       hash.Hash64 // what happened
}

// begin is when every world begins; no clock of the machine is read.
var begin = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// mostDevices is how many laptops a world may have.
const mostDevices = 10

// names of the people; a second laptop of theirs comes with the fifth device.
var names = []desk.PersonID{"mira", "tobias", "elif", "jan"}

// newWorld makes a world in a folder that it has for itself.
func newWorld(dir string, seed uint64, devices, nodes int) *world {
	w := emptyWorld(dir, seed)
	from := founded
	w.jobs, w.tickets, w.people = from.jobs, slices.Clone(from.tickets), copyOf(from.people)
	w.oracle.messages = maps.Clone(from.oracle.messages)
	w.check(disk.Copy(from.hubFile(), w.hubFile()))
	w.start(nodes)
	for n := range devices {
		l := newLaptop(w, n)
		w.laptops = append(w.laptops, l)
		l.unpack(filepath.Join(from.dir, fmt.Sprint(n)))
	}
	return w
}

func emptyWorld(dir string, seed uint64) *world {
	return &world{
		ctx: context.Background(), seed: seed, turns: turns, rand: rand.New(rand.NewPCG(seed, 1)), now: begin, dir: dir,
		teams: []desk.TeamID{"workplace", "network", "sap"}, people: map[desk.PersonID]*desk.Person{},
		oracle: newOracle(), count: tally{}, trace: fnv.New64a(),
	}
}

// start starts a hub of some nodes.
func (w *world) start(nodes int) {
	w.nodes, w.releases = make([]*node, nodes), slices.Repeat([]release{today}, nodes)
	w.openHub()
}

func copyOf(people map[desk.PersonID]*desk.Person) map[desk.PersonID]*desk.Person {
	list := map[desk.PersonID]*desk.Person{}
	for id, p := range people {
		q := *p
		list[id] = &q
	}
	return list
}

// close takes the world away; an engine that failed may hold its files in any
// state.
func (w *world) close() {
	for _, l := range w.laptops {
		if l.store != nil {
			l.store.Close()
		}
	}
	for _, n := range w.nodes {
		if n != nil && n.central != nil { // or it died while it opened
			n.central.Close()
		}
	}
	disk.Erase(w.dir)
}

// founded is the world that every other one begins as: a desk that is set up,
// laptops in step with it, and some that are new. It is made once.
var founded *world

func found(dir string) (err error) {
	defer recovered(&err)
	w := emptyWorld(dir, 0)
	w.start(1)
	w.populate()
	for n := range mostDevices {
		w.enrol(newLaptop(w, n))
	}
	w.heal()
	for _, l := range w.laptops {
		w.check(l.store.Close())
		if l.n%4 == 3 {
			w.enrolled(l)
			w.check(l.store.Close())
		}
	}
	w.closeHub()
	founded = w
	return nil
}

// enrol makes a laptop known to the hub and to itself.
func (w *world) enrol(l *laptop) {
	w.check(w.central().Update(w.ctx, func(tx *store.CentralTx) error {
		return tx.AddDevice(store.Device{ID: l.device, Person: l.person, Name: string(l.device), CreatedAt: w.now, LastSeen: w.now})
	}))
	w.laptops = append(w.laptops, l)
	w.enrolled(l)
}

// enrolled starts a laptop that holds nothing yet.
func (w *world) enrolled(l *laptop) {
	disk.Erase(l.dir)
	opened, err := store.OpenReplica(w.ctx, l.dir)
	w.check(err)
	w.check(opened.SetIdentity(w.ctx, store.Identity{Device: l.device, Person: l.person, Server: "simulation"}))
	w.check(opened.Close())
	l.open()
}

// scratch makes a folder for the names of files: what is in them is on the disk
// of the simulation, but the store makes sure of every file first.
func scratch() (string, error) {
	parent := ""
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		parent = "/dev/shm"
	}
	return os.MkdirTemp(parent, "holdall-simulation-")
}

// note adds to the trace; the same seed must give the same hash.
func (w *world) note(format string, args ...any) {
	fmt.Fprintf(w.trace, format+"\n", args...)
	if *tell {
		fmt.Printf("%4d "+format+"\n", append([]any{w.step}, args...)...)
	}
}

// populate founds the desk: teams, people and a requester.
func (w *world) populate() {
	workspace := desk.NewWorkspace("w", "Nordlicht Werke")
	workspace.ArchiveDays = 90
	w.submit(desk.WorkspacePut, "", workspace)
	for _, t := range w.teams {
		w.submit(desk.TeamPut, "", desk.Team{ID: t, Name: string(t), Tier: 1})
	}
	w.submit(desk.RequesterPut, "", desk.Requester{ID: "annika", Name: "Annika Petersen", Email: "a.petersen@nordlicht-werke.example"})
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
	w.count.did("mails")
	text := fmt.Sprintf("mail %d", w.jobs)
	result := w.submit(desk.MessageAdd, id, desk.AddMessage{Message: desk.Message{
		ID: desk.MessageID(text), Kind: desk.FromRequester, Requester: "annika", Text: text,
	}})
	w.note("mail to %s: %s %s", id, result.Status, result.Message)
	if result.Code == desk.CodeGone {
		return
	}
	w.oracle.message(desk.MessageID(text), text)
}
