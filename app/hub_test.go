package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// office is a real hub with two agents on one team and a customer.
type office struct {
	*house
	t        *testing.T
	team     desk.Team
	other    desk.Team
	ana, ben desk.Person
	annika   desk.Requester
}

const officePassword = "correct horse battery staple"

func newOffice(t *testing.T) *office {
	t.Helper()
	ctx := context.Background()
	o := &office{
		house: openHouse(t, filepath.Join(t.TempDir(), "hub.db")), t: t, team: desk.Team{ID: "workplace", Name: "Workplace", Tier: 1}, other: desk.Team{ID: "network", Name: "Network", Tier: 2},
		ana:    desk.Person{ID: "ana", Name: "Ana Roth", Email: "ana@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"workplace"}},
		ben:    desk.Person{ID: "ben", Name: "Ben Holm", Email: "ben@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"workplace"}},
		annika: desk.Requester{ID: "annika", Name: "Annika Petersen", Email: "annika@example.com", Organization: "Buchhaltung", TimeZone: "Europe/Berlin"},
	}
	got(o.server.Found(ctx, "Example desk", time.Now())).or(t)
	o.does(desk.TeamPut, "", o.team)
	o.does(desk.TeamPut, "", o.other)
	o.does(desk.PersonPut, "", o.ana)
	o.does(desk.PersonPut, "", o.ben)
	o.does(desk.RequesterPut, "", o.annika)
	must(t, o.passwords.SetPassword(ctx, o.ana.ID, officePassword))
	must(t, o.passwords.SetPassword(ctx, o.ben.ID, officePassword))
	return o
}

// does lets the hub itself act.
func (o *office) does(name desk.Name, ticket desk.TicketID, args any) {
	o.t.Helper()
	must(o.t, o.server.Do(context.Background(), nil, hub.Act{Name: name, Ticket: ticket, Args: args, At: time.Now()}))
}

// mails lets the customer write on a ticket, opening it if need be.
func (o *office) mails(ticket desk.TicketID, message desk.MessageID, text string) {
	o.t.Helper()
	o.does(desk.TicketCreate, ticket, desk.CreateTicket{Kind: desk.Incident, Title: "Outlook asks for a password", Requester: o.annika.ID, Team: o.team.ID, Source: desk.SourceMail})
	o.does(desk.MessageAdd, ticket, desk.AddMessage{Message: desk.Message{ID: message, Kind: desk.FromRequester, Requester: o.annika.ID, Text: text}})
}

// line is the network between a laptop and the hub.
type line struct {
	mu    sync.Mutex
	cut   bool
	conns []protocol.Conn
}

func (l *line) dial(who store.Identity) protocol.Dialer {
	through := (&App{}).dialHub(who)
	return func(ctx context.Context) (protocol.Conn, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.cut {
			return nil, errors.New("the network is down")
		}
		conn, err := through(ctx)
		if err == nil {
			l.conns = append(l.conns, conn)
		}
		return conn, err
	}
}

// mend lets everything through.
func (l *line) mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = false
}

// laptop is a page with a network that can be cut.
type laptop struct {
	*page
	line *line
}

// laptopOf signs a person in over a real websocket.
func (o *office) laptopOf(p desk.Person) *laptop {
	o.t.Helper()
	l := &line{}
	pg := newPage(o.t, Config{Version: "test", Dial: l.dial})
	got(pg.session.SignIn(SignInRequest{Server: o.url, Email: p.Email, Password: officePassword, Device: p.Name + "'s laptop"})).or(o.t)
	pg.settled()
	return &laptop{pg, l}
}

// offline cuts the network and waits until the laptop has noticed.
func (l *laptop) offline() {
	l.t.Helper()
	l.line.mu.Lock()
	l.line.cut = true
	for _, c := range l.line.conns {
		c.Close()
	}
	l.line.conns = nil
	l.line.mu.Unlock()
	l.until("the laptop is offline", func() bool { return l.sync.Status().State == "offline" })
}

// online mends the network and waits until everything is sent and seen.
func (l *laptop) online() {
	l.t.Helper()
	l.line.mend()
	must(l.t, l.sync.Now())
	l.settled()
}

// sees waits until a ticket here is as wanted.
func (l *laptop) sees(what string, ticket string, holds func(TicketView) bool) TicketView {
	l.t.Helper()
	var v TicketView
	l.until(what, func() bool {
		var err error
		v, err = l.ticket.Open(ticket)
		return err == nil && holds(v)
	})
	return v
}

// TestNewPeopleReachThePage: where only the directory moved, the page is told to
// ask for its choices again.
func TestNewPeopleReachThePage(t *testing.T) {
	o := newOffice(t)
	ana := o.laptopOf(o.ana)
	heard := make(chan struct{}, 1)
	t.Cleanup(ana.signals.listen(func(s Signal) {
		if s.Topic == TopicDirectory {
			select {
			case heard <- struct{}{}:
			default:
			}
		}
	}))
	named := func() bool {
		options := got(ana.directory.Options()).or(t)
		return slices.ContainsFunc(options.People, func(p Person) bool { return p.Name == "Cem Arslan" })
	}
	o.does(desk.PersonPut, "", desk.Person{ID: "cem", Name: "Cem Arslan", Email: "cem@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{"workplace"}})
	ana.until("the new colleague can be chosen", named)
	over := time.After(patience)
	select {
	case <-heard:
	case <-over:
		t.Error("the page was never told")
	}
}
