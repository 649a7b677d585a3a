package hub_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

// node is an engine on a database it shares with others; nobody hints.
type node struct {
	testing.TB
	central *store.Central
	engine  *hub.Engine
	jobs    int64
	said    map[hub.SessionID][]protocol.Message
}

// nodes are engines on one PostgreSQL database with Mira and two teams.
func nodes(t *testing.T, n int) []*node {
	dsn := stand.Postgres(t)
	list := make([]*node, n)
	for i := range list {
		central, err := store.OpenCentral(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { central.Close() })
		engine, err := hub.New(t.Context(), central)
		if err != nil {
			t.Fatal(err)
		}
		list[i] = &node{TB: t, central: central, engine: engine, said: map[hub.SessionID][]protocol.Message{}}
	}
	list[0].do(desk.WorkspacePut, "", desk.NewWorkspace("w", "Nordlicht Werke"))
	list[0].do(desk.TeamPut, "", desk.Team{ID: "first", Name: "First line", Tier: 1})
	list[0].do(desk.TeamPut, "", desk.Team{ID: "second", Name: "Second line", Tier: 2})
	list[0].do(desk.PersonPut, "", mira("first"))
	return list
}

func mira(teams ...desk.TeamID) desk.Person {
	return desk.Person{ID: "mira", Name: "Mira Sommer", Email: "mira@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: teams}
}

func (n *node) step(events ...hub.Event) {
	n.Helper()
	for _, effect := range n.engine.Step(n.Context(), day, events...) {
		switch effect := effect.(type) {
		case hub.Send:
			n.said[effect.Session] = append(n.said[effect.Session], effect.Message)
		case hub.Done:
			if effect.Err != nil || effect.Results[0].Status == desk.Rejected {
				n.Fatalf("%+v", effect)
			}
		}
	}
}

// do executes a mutation of the hub's own on this node.
func (n *node) do(name desk.Name, ticket desk.TicketID, args any) {
	n.Helper()
	m, err := desk.NewMutation(name, ticket, args, day)
	if err != nil {
		n.Fatal(err)
	}
	n.jobs++
	m.Device, m.Mid = "test", n.jobs
	n.step(hub.Submitted{ID: n.jobs, Actor: desk.Principal{System: true}, Mutations: []desk.Mutation{m}})
}

// enrol adds a device of Mira's.
func (n *node) enrol() desk.DeviceID {
	n.Helper()
	device, _, err := hub.Enrol(n.Context(), n.central, "mira", "laptop")
	if err != nil {
		n.Fatal(err)
	}
	return device
}

// greet lets a device say HELLO.
func (n *node) greet(id hub.SessionID, device desk.DeviceID) {
	n.Helper()
	n.step(hub.Opened{Session: id, Device: device}, hub.Received{Session: id, Message: protocol.Hello{Protocol: protocol.Version}})
}

// heard takes what a session was told since it was last asked.
func (n *node) heard(id hub.SessionID) []protocol.Message {
	said := n.said[id]
	n.said[id] = nil
	return said
}

// bye is the code a session was ended with.
func bye(said []protocol.Message) protocol.ByeCode {
	for _, m := range said {
		if b, ok := m.(protocol.Bye); ok {
			return b.Code
		}
	}
	return ""
}

func rowsOf(said []protocol.Message, id string) int {
	rows := 0
	for _, m := range said {
		if page, ok := m.(protocol.Rows); ok {
			for _, r := range page.Rows {
				if r.Record.ID == id {
					rows++
				}
			}
		}
	}
	return rows
}

func titled(mid int64, title string) desk.Mutation {
	m, err := desk.NewMutation(desk.TicketPatch, "t1", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: title}}, day)
	if err != nil {
		panic(err)
	}
	m.Mid, m.Old = mid, map[desk.Field]string{desk.FieldTitle: "Printer jammed"}
	return m
}

// TestALostHintCostsOneLook: what another node committed reaches a device with
// the next look, without any hint, and once (SPEC P50, P51).
func TestALostHintCostsOneLook(t *testing.T) {
	both := nodes(t, 2)
	here, there := both[0], both[1]
	there.greet(1, there.enrol())
	there.heard(1)
	here.do(desk.TicketCreate, "t1", desk.CreateTicket{Kind: desk.Incident, Title: "Printer jammed", Team: "first"})
	there.step(hub.Polled{})
	said := there.heard(1)
	if n := rowsOf(said, "t1"); n != 1 {
		t.Errorf("the ticket came %d times", n)
	}
	if _, ok := said[len(said)-1].(protocol.Checkpoint); !ok {
		t.Errorf("it ends with %T", said[len(said)-1])
	}
	there.step(hub.Polled{}, hub.Hinted{Heads: map[desk.BucketID]int64{"team:first": 1}})
	if n := rowsOf(there.heard(1), "t1"); n != 0 {
		t.Error("it came again")
	}
}

// TestADeviceTalksToOneNode: the older conversation ends, and executes nothing
// meanwhile (SPEC P52).
func TestADeviceTalksToOneNode(t *testing.T) {
	both := nodes(t, 2)
	here, there := both[0], both[1]
	here.do(desk.TicketCreate, "t1", desk.CreateTicket{Kind: desk.Incident, Title: "Printer jammed", Team: "first"})
	device := here.enrol()
	here.greet(1, device)
	there.greet(1, device)
	here.step(hub.Received{Session: 1, Message: protocol.Push{Mutations: []desk.Mutation{titled(1, "from the older")}}})
	if code := bye(here.heard(1)); code != protocol.ByeReplaced {
		t.Errorf("a push of the older conversation ends with %q", code)
	}
	there.step(hub.Received{Session: 1, Message: protocol.Push{Mutations: []desk.Mutation{titled(1, "from the newer")}}})
	there.step(hub.Polled{})
	if code := bye(there.heard(1)); code != "" {
		t.Errorf("the newer conversation ended with %q", code)
	}
	here.greet(2, device)
	there.step(hub.Polled{})
	if code := bye(there.heard(1)); code != protocol.ByeReplaced {
		t.Errorf("a look finds %q", code)
	}
	err := here.central.View(t.Context(), func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Ticket{ID: "t1"}.Key())
		if err == nil && e.(desk.Ticket).Title != "from the newer" {
			t.Errorf("title %q", e.(desk.Ticket).Title)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryNodeHearsWhoMayWhat: teams, people and devices that are changed on
// one node are so on all of them at their next look (SPEC P53).
func TestEveryNodeHearsWhoMayWhat(t *testing.T) {
	both := nodes(t, 2)
	here, there := both[0], both[1]
	lost, kept := there.enrol(), there.enrol()
	there.greet(1, kept)
	there.greet(2, lost)
	there.step(hub.Polled{})
	there.heard(1)
	here.do(desk.PersonPut, "", mira("second"))
	there.step(hub.Polled{})
	said := there.heard(1)
	gained := slices.ContainsFunc(said, func(m protocol.Message) bool { s, ok := m.(protocol.Sub); return ok && s.Bucket == "team:second" })
	gone := slices.ContainsFunc(said, func(m protocol.Message) bool { s, ok := m.(protocol.Unsub); return ok && s.Bucket == "team:first" })
	if !gained || !gone {
		t.Errorf("after a change of team: %+v", said)
	}
	if err := here.central.Update(t.Context(), func(tx *store.CentralTx) error { return tx.RevokeDevice(lost) }); err != nil {
		t.Fatal(err)
	}
	there.step(hub.Polled{})
	if code := bye(there.heard(2)); code != protocol.ByeRevoked {
		t.Errorf("the revoked device ends with %q", code)
	}
	if code := bye(there.heard(1)); code != "" {
		t.Errorf("the other one ends with %q", code)
	}
	here.do(desk.PersonPut, "", desk.Person{ID: "mira", Name: "Mira Sommer", Email: "mira@example.com", Disabled: true})
	there.step(hub.Polled{})
	if code := bye(there.heard(1)); code != protocol.ByeRevoked {
		t.Errorf("whoever is shut out ends with %q", code)
	}
}

// TestEveryNodeLivesTheSameLife: a restored database that one node recognises
// is recognised by all (SPEC P17, P53).
func TestEveryNodeLivesTheSameLife(t *testing.T) {
	both := nodes(t, 2)
	here, there := both[0], both[1]
	there.greet(1, there.enrol())
	there.heard(1)
	if err := hub.Restored(t.Context(), here.central); err != nil {
		t.Fatal(err)
	}
	late := here.enrol()
	here.greet(1, late)
	welcome := here.heard(1)[0].(protocol.Welcome)
	there.step(hub.Polled{})
	if code := bye(there.heard(1)); code != protocol.ByeRestored {
		t.Errorf("the old life ends with %q", code)
	}
	there.greet(2, late)
	if again := there.heard(2)[0].(protocol.Welcome); again.Epoch != welcome.Epoch || again.Epoch == both[0].central.Epoch() {
		t.Errorf("epochs %s and %s", welcome.Epoch, again.Epoch)
	}
}

// TestHintsReachTheOtherNode: over PostgreSQL's own notifications, and those of
// other rooms too (SPEC P51).
func TestHintsReachTheOtherNode(t *testing.T) {
	both := nodes(t, 2)
	heard, moved, own := make(chan string, 8), make(chan []desk.BucketID, 8), make(chan string, 8)
	servers := make([]*hub.Server, 2)
	for i, n := range both {
		servers[i] = atWork(t, n.central)
	}
	servers[0].Subscribe("presence", func(p []byte) { own <- string(p) })
	servers[1].Subscribe("presence", func(p []byte) { heard <- string(p) })
	servers[1].Watch(func(b []desk.BucketID) { moved <- b })
	await(t, "a word from the other node", func() bool {
		servers[0].Publish("presence", []byte("mira \x00 looks"))
		select {
		case word := <-heard:
			return word == "mira \x00 looks"
		case <-time.After(50 * time.Millisecond):
			return false
		}
	})
	act := hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: "third", Name: "Third line", Tier: 3}, At: day}
	if err := servers[0].Do(t.Context(), nil, act); err != nil {
		t.Fatal(err)
	}
	if b := <-moved; !slices.Contains(b, desk.BucketOrg) {
		t.Errorf("moved %v", b)
	}
	servers[0].Publish("presence", []byte(strings.Repeat("x", store.HintMost+1)))
	if len(own) > 0 {
		t.Error("a node hears itself")
	}
}

// atWork runs a hub until the test ends.
func atWork(t *testing.T, central *store.Central) *hub.Server {
	t.Helper()
	server, err := hub.NewServer(t.Context(), central, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := server.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	t.Cleanup(func() { cancel(); running.Wait() })
	return server
}

func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
