package hub_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/message"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub"
)

// house is a hub at work on a real database: a team with Mira, and Annika who
// asks it for help.
type house struct {
	testing.TB
	central *store.Central
	server  *hub.Server
	mira    desk.Person
	annika  desk.Requester
	stop    func()
}

var day = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

// build makes a house that is not at work yet.
func build(t testing.TB) *house {
	h, _ := buildIn(t)
	return h
}

// buildIn is build, with the folder its database lies in.
func buildIn(t testing.TB) (*house, string) {
	dir := t.TempDir()
	if stricter(t) {
		return buildOn(t, strictDSN(t)), dir
	}
	return buildOn(t, filepath.Join(dir, "hub.db")), dir
}

func buildOn(t testing.TB, dsn string) *house {
	central, err := store.OpenCentral(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { central.Close() })
	server, err := hub.NewServer(t.Context(), central, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return &house{
		TB: t, central: central, server: server,
		mira:   desk.Person{ID: "mira", Name: "Mira Sommer", Email: "mira@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"first"}},
		annika: desk.Requester{ID: "annika", Name: "Annika Petersen", Email: "annika@example.com"},
	}
}

// run sets the house to work until the test ends or stop is called.
func (h *house) run() *house {
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { h.server.Run(ctx) })
	h.stop = sync.OnceFunc(func() { cancel(); working.Wait() })
	h.Cleanup(h.stop)
	if _, err := h.server.Found(h.Context(), "Nordlicht Werke", day); err != nil {
		h.Fatal(err)
	}
	h.do(hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: "first", Name: "First line", Tier: 1}},
		hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: "other", Name: "Others", Tier: 2}},
		hub.Act{Name: desk.PersonPut, Args: h.mira}, hub.Act{Name: desk.RequesterPut, Args: h.annika})
	return h
}

func (h *house) do(acts ...hub.Act) {
	h.Helper()
	for i := range acts {
		acts[i].At = day
	}
	if err := h.server.Do(h.Context(), nil, acts...); err != nil {
		h.Fatal(err)
	}
}

// open makes a ticket of Annika's in a team, with her first mail.
func (h *house) open(id desk.TicketID, team desk.TeamID) {
	h.Helper()
	h.do(
		hub.Act{Name: desk.TicketCreate, Ticket: id, Args: desk.CreateTicket{Kind: desk.Incident, Title: "Printer jammed", Team: team, Requester: h.annika.ID}},
		hub.Act{Name: desk.MessageAdd, Ticket: id, Args: desk.AddMessage{Message: desk.Message{
			ID: desk.MessageID(id + "-q"), Kind: desk.FromRequester, Text: "It is jammed again.", MailID: string(id) + "-q@example.com",
			From: &desk.Address{Name: h.annika.Name, Email: h.annika.Email},
		}}},
	)
}

// write lets Mira add a message to a ticket.
func (h *house) write(ticket desk.TicketID, m desk.Message) {
	h.Helper()
	mutation, err := desk.NewMutation(desk.MessageAdd, ticket, desk.AddMessage{Message: m}, day)
	if err != nil {
		h.Fatal(err)
	}
	mutation.Device, mutation.Mid = desk.DeviceID("test-"+m.ID), 1
	results, err := h.server.Submit(h.Context(), desk.PrincipalOf(h.mira, mutation.Device), mutation)
	if err != nil || results[0].Status == desk.Rejected {
		h.Fatalf("%+v, %v", results, err)
	}
}

// answered opens tickets t0, t1 and on, each with an answer rt0, rt1 and on.
func (h *house) answered(tickets int) {
	h.Helper()
	for n := range tickets {
		id := desk.TicketID(fmt.Sprint("t", n))
		h.open(id, "first")
		h.write(id, reply(desk.MessageID("r"+id), desk.MessageID(id+"-q")))
	}
}

func (h *house) message(id desk.MessageID) (m desk.Message) {
	h.Helper()
	err := h.central.View(h.Context(), func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Message{ID: id}.Key())
		if err == nil {
			m = e.(desk.Message)
		}
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return m
}

// mailServer is a mail server that a test tells how to answer.
type mailServer struct {
	mu     sync.Mutex
	taken  []outgoing.Answer
	raw    [][]byte
	answer func(n int) error // of the n-th mail, from 1
}

func (s *mailServer) send(_ context.Context, m outgoing.Mail) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken, s.raw = append(s.taken, unwritten(m)), append(s.raw, m.Raw)
	if s.answer == nil {
		return nil
	}
	return s.answer(len(s.taken))
}

// unwritten reads a mail back, as far as tests look at it.
func unwritten(m outgoing.Mail) outgoing.Answer {
	msg, err := message.Parse(context.Background(), m.Raw, message.Limits{})
	if err != nil {
		panic(err)
	}
	a := outgoing.Answer{
		From: outgoing.Address(msg.From), Subject: msg.Subject, Text: msg.Text, Date: msg.Date, AutoReply: msg.AutoSubmitted,
		MessageID: msg.MessageID, InReplyTo: msg.InReplyTo, References: msg.References,
	}
	for _, to := range msg.To {
		a.To = append(a.To, outgoing.Address(to))
	}
	for _, cc := range msg.Cc {
		a.Cc = append(a.Cc, outgoing.Address(cc))
	}
	for _, f := range msg.Attachments {
		a.Attachments = append(a.Attachments, outgoing.Attachment{Name: f.Name, Type: f.Type, Data: f.Data})
	}
	return a
}

// now lets it answer otherwise; nil: it takes every mail.
func (s *mailServer) now(answer func(n int) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

func (s *mailServer) raws() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([][]byte(nil), s.raw...)
}

func (s *mailServer) mails() []outgoing.Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]outgoing.Answer(nil), s.taken...)
}

// post makes the queue of replies of a house that is not at work yet.
func (h *house) post(server *mailServer) *hub.Post {
	p := hub.NewPost(h.server, slog.New(slog.DiscardHandler))
	p.From, p.Send = outgoing.Address{Name: "Service", Email: "desk@example.com"}, server.send
	return p
}

// work runs the queue until the test ends or the returned function is called.
func (h *house) work(p *hub.Post) (stop func()) {
	h.Helper()
	workspace, err := h.server.Found(h.Context(), "", day)
	if err != nil {
		h.Fatal(err)
	}
	if p.Signature, err = hub.NewSignature(h.Context(), h.server, workspace.ID, "desk.example.com"); err != nil {
		h.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() {
		if err := p.Run(ctx); err != nil {
			h.Error(err)
		}
	})
	stop = sync.OnceFunc(func() { cancel(); working.Wait() })
	h.Cleanup(stop)
	return stop
}

// until waits for a condition.
func (h *house) until(what string, holds func() bool) {
	h.Helper()
	deadline := time.After(30 * time.Second)
	for !holds() {
		select {
		case <-deadline:
			h.Fatalf("waited in vain until %s", what)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// comes waits until a reply has come so far.
func (h *house) comes(id desk.MessageID, to desk.Delivery) {
	h.Helper()
	h.until(string(id)+" is "+string(to), func() bool { return h.message(id).Delivery == to })
}
