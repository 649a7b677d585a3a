package hub_test

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

// lounge is an engine with devices of several people, and a clock.
type lounge struct {
	*house
	engine *hub.Engine
	now    time.Time
	names  map[hub.SessionID]string
	heard  map[string][]protocol.PresenceSet
	passed []hub.Glimpse
	nudge  time.Duration // the newest that was asked for
}

// lounge lets Mira, Jan and Otto in; Otto works for others.
func (h *house) lounge() *lounge {
	h.Helper()
	h.Open("t1", "first")
	h.Open("secret", "other")
	for id, team := range map[desk.PersonID]desk.TeamID{"jan": "first", "otto": "other"} {
		h.Do(hub.Act{Name: desk.PersonPut, Args: desk.Person{ID: id, Name: string(id), Email: string(id) + "@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{team}}})
	}
	h.Stop()
	engine, err := hub.New(h.Context(), h.Central)
	if err != nil {
		h.Fatal(err)
	}
	l := &lounge{h, engine, day, map[hub.SessionID]string{}, map[string][]protocol.PresenceSet{}, nil, 0}
	for i, name := range []string{"mira", "jan", "otto"} {
		l.enter(hub.SessionID(i+1), name, protocol.Caps())
	}
	return l
}

func (l *lounge) enter(id hub.SessionID, name string, caps []protocol.Cap) {
	l.Helper()
	device := desk.DeviceID(name + "-laptop")
	err := l.Central.Update(l.Context(), func(tx *store.CentralTx) error {
		if _, err := tx.Device(device); err == nil {
			return nil
		}
		return tx.AddDevice(store.Device{ID: device, Person: desk.PersonID(name), Name: "laptop", TokenHash: []byte(device), CreatedAt: day, LastSeen: day})
	})
	if err != nil {
		l.Fatal(err)
	}
	l.names[id] = name
	l.step(hub.Opened{Session: id, Device: device}, hub.Received{Session: id, Message: protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, Caps: caps}})
}

func (l *lounge) step(events ...hub.Event) {
	for _, effect := range l.engine.Step(l.Context(), l.now, events...) {
		switch effect := effect.(type) {
		case hub.Send:
			if set, ok := effect.Message.(protocol.PresenceSet); ok {
				name := l.names[effect.Session]
				l.heard[name] = append(l.heard[name], set)
			}
		case hub.Glimpsed:
			l.passed = append(l.passed, effect.Glimpse)
		case hub.Nudge:
			l.nudge = effect.After
		}
	}
}

func (l *lounge) at(id hub.SessionID, ticket desk.TicketID, doing protocol.Doing) {
	l.step(hub.Received{Session: id, Message: protocol.Presence{Ticket: ticket, Doing: doing}})
}

// wait lets time go by; 0: until the nudge that was asked for.
func (l *lounge) wait(d time.Duration) {
	l.now = l.now.Add(cmp.Or(d, l.nudge))
	l.step(hub.Nudged{})
}

// told empties what somebody heard.
func (l *lounge) told(name string) []protocol.PresenceSet {
	heard := l.heard[name]
	delete(l.heard, name)
	return heard
}

func set(ticket desk.TicketID, people ...protocol.Present) protocol.PresenceSet {
	return protocol.PresenceSet{Ticket: ticket, People: people}
}

func (l *lounge) expect(what, name string, want ...protocol.PresenceSet) {
	l.Helper()
	if diff := gocmp.Diff(want, l.told(name), cmpopts.EquateEmpty()); diff != "" {
		l.Errorf("%s: %s heard\n%s", what, name, diff)
	}
}

// SPEC P36: who is at a ticket is told to those who may read it and to nobody
// else, not even what a liar claims.
func TestPresenceIsForThoseWhoMayRead(t *testing.T) {
	l := build(t).run().lounge()
	l.at(1, "t1", protocol.Viewing)
	l.expect("Mira came", "jan", set("t1", protocol.Present{Person: "mira", Doing: protocol.Viewing}))
	l.expect("Mira came", "mira", set("t1"))
	l.expect("Mira came", "otto")
	l.wait(time.Second)
	l.at(2, "secret", protocol.Editing)
	l.wait(time.Second)
	l.expect("Jan claims to be where he may not read", "otto", set("secret"))
	l.expect("Jan claims to be where he may not read", "mira")
	if len(l.passed) != 2 || l.passed[0] != (hub.Glimpse{Device: "mira-laptop", Person: "mira", Ticket: "t1", Doing: protocol.Viewing}) {
		t.Errorf("other nodes are told %+v", l.passed)
	}
}

// SPEC P36: nor is it told what a liar claims at another node, of one who was shut
// out, or of one who may not read the ticket any more.
func TestPresenceIsOfThoseWhoMayReadNow(t *testing.T) {
	l := build(t).run().lounge()
	l.step(hub.Sighted{Glimpse: hub.Glimpse{Device: "jan-tablet", Person: "jan", Ticket: "secret", Doing: protocol.Editing}},
		hub.Sighted{Glimpse: hub.Glimpse{Device: "a", Person: "nobody", Ticket: "secret", Doing: protocol.Editing}})
	l.wait(time.Second)
	l.expect("Jan claims it elsewhere", "otto", set("secret"))
	l.at(3, "secret", protocol.Viewing)
	l.at(1, "t1", protocol.Viewing)
	l.wait(time.Second)
	l.told("jan")
	put := func(p desk.Person) {
		m, err := desk.NewMutation(desk.PersonPut, "", p, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Device, m.Mid = "admin", 1
		l.step(hub.Submitted{ID: 1, Actor: desk.Principal{System: true}, Mutations: []desk.Mutation{m}})
	}
	moved := l.Mira
	moved.Teams = []desk.TeamID{"other"}
	put(moved)
	l.at(1, "t1", protocol.Replying)
	l.wait(time.Second)
	l.expect("Mira works for others now", "jan", set("t1"))
}

// SPEC P36: changes are gathered, renewals told to nobody, and what is not
// renewed ends after 30 seconds.
func TestPresenceIsGatheredAndForgotten(t *testing.T) {
	l := build(t).run().lounge()
	l.at(1, "t1", protocol.Viewing)
	l.told("jan")
	for _, doing := range []protocol.Doing{protocol.Editing, protocol.Viewing, protocol.Replying, protocol.Editing} {
		l.now = l.now.Add(50 * time.Millisecond)
		l.at(1, "t1", doing)
	}
	l.expect("within a quarter of a second", "jan")
	if l.nudge <= 0 || l.nudge > 250*time.Millisecond {
		t.Errorf("the next telling is due after %s", l.nudge)
	}
	l.wait(0)
	l.expect("then, once", "jan", set("t1", protocol.Present{Person: "mira", Doing: protocol.Editing}))
	for range 4 {
		l.now = l.now.Add(15 * time.Second)
		l.at(1, "t1", protocol.Editing)
	}
	l.expect("renewed", "jan")
	begun := l.now
	for range 100 {
		if l.wait(0); len(l.heard["jan"]) > 0 {
			break
		}
	}
	l.expect("not renewed", "jan", set("t1"))
	if after := l.now.Sub(begun); after < 30*time.Second || after > 31*time.Second {
		t.Errorf("forgotten after %s", after)
	}
}

// SPEC P36: who comes later is told; who does not take part is told nothing; a
// person on two devices is one, doing what says most.
func TestPresenceIsToldToWhoComesLater(t *testing.T) {
	l := build(t).run().lounge()
	l.at(1, "t1", protocol.Viewing)
	l.wait(time.Second)
	l.step(hub.Sighted{Glimpse: hub.Glimpse{Device: "mira-tablet", Person: "mira", Ticket: "t1", Doing: protocol.Replying}})
	l.wait(time.Second)
	l.told("jan")
	l.enter(4, "jan", nil)
	l.wait(time.Second)
	l.expect("without the ability", "jan")
	l.enter(5, "jan", protocol.Caps())
	l.wait(time.Second)
	l.expect("a newcomer", "jan", set("t1", protocol.Present{Person: "mira", Doing: protocol.Replying}))
	l.at(1, "", "")
	l.step(hub.Sighted{Glimpse: hub.Glimpse{Device: "mira-tablet", Person: "mira"}})
	l.wait(time.Second)
	if heard := l.told("jan"); len(heard) == 0 || len(heard[len(heard)-1].People) > 0 {
		t.Errorf("after Mira left: %+v", heard)
	}
	l.told("mira")
	l.at(5, "t1", "levitating")
	l.wait(time.Second)
	l.expect("something unknown", "mira")
}

// SPEC P36: people at different nodes of one hub see each other.
func TestPresenceCrossesNodes(t *testing.T) {
	dsn := stand.Postgres(t)
	talk := map[desk.PersonID]protocol.Conn{}
	for i, name := range []desk.PersonID{"mira", "jan"} {
		central, err := store.OpenCentral(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { central.Close() })
		server, err := hub.NewServer(t.Context(), central, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		var running sync.WaitGroup
		running.Go(func() { server.Run(ctx) })
		t.Cleanup(func() { cancel(); running.Wait() })
		if i == 0 {
			must(t, server.Do(ctx, nil, hub.Act{Name: desk.WorkspacePut, Args: desk.NewWorkspace("w", "Nordlicht Werke"), At: day},
				hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: "first", Name: "First line", Tier: 1}, At: day},
				hub.Act{Name: desk.TicketCreate, Ticket: "t1", Args: desk.CreateTicket{Kind: desk.Incident, Title: "Printer jammed", Team: "first"}, At: day}))
		}
		must(t, server.Do(ctx, nil, hub.Act{Name: desk.PersonPut, At: day, Args: desk.Person{ID: name, Name: string(name),
			Email: string(name) + "@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"first"}}}))
		device, _, err := hub.Enrol(ctx, central, name, "laptop")
		must(t, err)
		near, far := protocol.Pipe()
		running.Go(func() { server.Serve(ctx, far, device) })
		must(t, near.Send(ctx, protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, Caps: protocol.Caps(), NextMid: 1}))
		until[protocol.Checkpoint](t, near)
		talk[name] = near
	}
	here := protocol.Presence{Ticket: "t1", Doing: protocol.Editing}
	go func() { // as her laptop does: what one node hints at may be lost
		again := time.NewTicker(100 * time.Millisecond)
		defer again.Stop()
		for talk["mira"].Send(t.Context(), here) == nil {
			<-again.C
		}
	}()
	want := protocol.Present{Person: "mira", Doing: protocol.Editing}
	for set := (protocol.PresenceSet{}); len(set.People) != 1 || set.People[0] != want; {
		set = until[protocol.PresenceSet](t, talk["jan"])
	}
}
