// Package stand promises the tests of a hub, and of what leans on one, a hub at
// work on a real database: with a team, with Mira who works there, and with Annika
// who asks it for help. It is in no program.
package stand

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"sync"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// TB is what is needed of a test.
type TB interface {
	Helper()
	Name() string
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
	Context() context.Context
}

// Day is when everything happens.
var Day = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

// Lea leads the desk.
var Lea = desk.Person{ID: "lea", Name: "Lea Brandt", Email: "lea@example.com", Roles: []desk.Role{desk.RoleLead}}

// patience is how long Until waits.
const patience = 30 * time.Second

// House is a hub and its people.
type House struct {
	Central *store.Central
	Server  *hub.Server
	Mira    desk.Person
	Annika  desk.Requester
	Stop    func() // ends the work before the test does

	t TB
}

// Build makes a house on a database; it is not at work yet.
func Build(t TB, dsn string) *House {
	t.Helper()
	central, err := store.OpenCentral(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { central.Close() })
	server, err := hub.NewServer(t.Context(), central, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return &House{
		t: t, Central: central, Server: server,
		Mira:   desk.Person{ID: "mira", Name: "Mira Sommer", Email: "mira@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"first"}},
		Annika: desk.Requester{ID: "annika", Name: "Annika Petersen", Email: "annika@example.com"},
	}
}

// Sum names a file of these bytes.
func Sum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Run sets the house to work until the test ends or Stop is called.
func (h *House) Run() {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { h.Server.Run(ctx) })
	h.Stop = sync.OnceFunc(func() { cancel(); working.Wait() })
	h.t.Cleanup(h.Stop)
	if _, err := h.Server.Found(h.t.Context(), "Nordlicht Werke", Day); err != nil {
		h.t.Fatal(err)
	}
	h.Do(hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: "first", Name: "First line", Tier: 1}},
		hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: "other", Name: "Others", Tier: 2}},
		hub.Act{Name: desk.PersonPut, Args: h.Mira}, hub.Act{Name: desk.RequesterPut, Args: h.Annika})
}

// Again is another hub on the same database, as after a crash.
func (h *House) Again() *House {
	h.t.Helper()
	h.Stop()
	server, err := hub.NewServer(h.t.Context(), h.Central, slog.New(slog.DiscardHandler))
	if err != nil {
		h.t.Fatal(err)
	}
	next := *h
	next.Server = server
	next.Run()
	return &next
}

// Do lets the hub itself act.
func (h *House) Do(acts ...hub.Act) {
	h.t.Helper()
	for i := range acts {
		acts[i].At = Day
	}
	if err := h.Server.Do(h.t.Context(), nil, acts...); err != nil {
		h.t.Fatal(err)
	}
}

// Open makes a ticket of Annika's in a team, with her first mail.
func (h *House) Open(id desk.TicketID, team desk.TeamID) {
	h.t.Helper()
	h.Do(
		hub.Act{Name: desk.TicketCreate, Ticket: id, Args: desk.CreateTicket{Kind: desk.Incident, Title: "Printer jammed", Team: team, Requester: h.Annika.ID}},
		hub.Act{Name: desk.MessageAdd, Ticket: id, Args: desk.AddMessage{Message: desk.Message{
			ID: desk.MessageID(id + "-q"), Kind: desk.FromRequester, Text: "It is jammed again.", MailID: string(id) + "-q@example.com",
			From: &desk.Address{Name: h.Annika.Name, Email: h.Annika.Email},
		}}},
	)
}

// Write lets Mira add a message to a ticket.
func (h *House) Write(ticket desk.TicketID, m desk.Message) {
	h.t.Helper()
	mutation, err := desk.NewMutation(desk.MessageAdd, ticket, desk.AddMessage{Message: m}, Day)
	if err != nil {
		h.t.Fatal(err)
	}
	mutation.Device, mutation.Mid = desk.DeviceID("test-"+m.ID), 1
	results, err := h.Server.Submit(h.t.Context(), desk.PrincipalOf(h.Mira, mutation.Device), mutation)
	if err != nil || results[0].Status == desk.Rejected {
		h.t.Fatalf("%+v, %v", results, err)
	}
}

// Message is a message as the hub has it.
func (h *House) Message(id desk.MessageID) (m desk.Message) {
	h.t.Helper()
	err := h.Central.View(h.t.Context(), func(tx *store.CentralTx) (err error) {
		m, err = desk.Read[desk.Message](tx, desk.Message{ID: id}.Key())
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}

// Until waits for a condition.
func (h *House) Until(what string, holds func() bool) {
	h.t.Helper()
	deadline := time.After(patience)
	for !holds() {
		select {
		case <-deadline:
			h.t.Fatalf("waited in vain until %s", what)
		case <-time.After(2 * time.Millisecond):
		}
	}
}
