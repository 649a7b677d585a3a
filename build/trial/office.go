package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdall/desk/demo"
)

// office is a team's desk: a hub with mails that became tickets, and a second
// person at a laptop without a window.
type office struct {
	hub    *server
	cable  *cable  // between the hub and the window
	elif   *server // Elif Arslan's laptop
	miraID string
	elifID string
	ticket row // that is worked on
}

// What is in the invented office. The seed alone decides which mails arrive.
const (
	officeSeed  = 7
	officeMails = 40
	miraMail    = "mira.sommer@" + demo.Domain
	elifMail    = "elif.arslan@" + demo.Domain
)

func (s *stage) openOffice(ctx context.Context) (*office, error) {
	data, secret, mails := s.path("hub"), s.path("password"), s.path("mails")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		return nil, err
	}
	if err := os.Mkdir(mails, 0o700); err != nil {
		return nil, err
	}
	for i, mail := range demo.Company(officeSeed, demo.Size{Requesters: 40}, time.Now()).Mails(officeMails) {
		if err := os.WriteFile(filepath.Join(mails, fmt.Sprintf("%02d.eml", i)), mail, 0o600); err != nil {
			return nil, err
		}
	}
	o := &office{}
	var err error
	serve := []string{"serve", "--data", data, "--name", "Nordlicht Werke", "--listen", "127.0.0.1:0"}
	if o.hub, err = s.start(ctx, serve...); err != nil { // founds the desk under its name
		return nil, err
	}
	if err := o.hub.stop(); err != nil {
		return nil, err
	}
	for _, command := range [][]string{
		{"team", "add", "--data", data, "Workplace"},
		{"team", "add", "--data", data, "Network and telephony"},
		{"user", "add", "--data", data, miraMail, "--name", "Mira Sommer", "--team", "Workplace", "--password-file", secret},
		{"user", "add", "--data", data, elifMail, "--name", "Elif Arslan", "--team", "Workplace", "--password-file", secret},
		{"mail", "import", "--data", data, mails},
	} {
		if err := holdalld(ctx, command...); err != nil {
			return nil, err
		}
	}
	if o.hub, err = s.start(ctx, serve...); err != nil {
		return nil, err
	}
	if o.cable, err = s.layCable(strings.TrimPrefix(o.hub.url, "http://")); err != nil {
		return nil, err
	}
	o.elif, err = s.start(ctx, "replica", "--dir", s.path("elif"), "--server", o.hub.url, "--email", elifMail)
	return o, err
}

// row is what is asked for of a line in a list.
type row struct {
	ID, Number, Title, State string
	Priority                 int
	Assignee                 struct{ Name string }
}

// ticket is what is asked for of a ticket.
type ticket struct {
	Row      row
	Category string
	Thread   []struct{ Kind, Text string }
	Drafts   []struct{ Kind, Text string }
}

func (t ticket) has(kind, text string) bool {
	for _, m := range t.Thread {
		if m.Kind == kind && strings.Contains(m.Text, text) {
			return true
		}
	}
	return false
}

func (one *server) ticket(ctx context.Context, id string) (t ticket, err error) {
	return t, one.call(ctx, "Ticket/Open", id, &t)
}

func (one *server) patch(ctx context.Context, id, field, value string) error {
	return one.call(ctx, "Ticket/Patch", map[string]string{"ticketId": id, "field": field, "value": value}, nil)
}

// sent waits until the laptop has brought everything home.
func (one *server) sent(ctx context.Context) error {
	return until(ctx, "everything is sent", func() (bool, error) {
		var status struct {
			State   string
			Waiting int
		}
		err := one.call(ctx, "Sync/Status", nil, &status)
		return status.State == "online" && status.Waiting == 0, err
	})
}

// arrange lets Elif sort the new tickets: half of them to the team, some of
// those to Mira, with what is more urgent first.
func (o *office) arrange(ctx context.Context) error {
	var page struct{ Rows []row }
	err := until(ctx, "the tickets have come", func() (bool, error) {
		err := o.elif.call(ctx, "Queue/Page", map[string]any{"view": "all", "sort": "number", "limit": 100}, &page)
		return len(page.Rows) > 10, err
	})
	if err != nil {
		return err
	}
	var options struct {
		Teams  []struct{ ID, Label string }
		People []struct{ ID, Email string }
	}
	if err := o.elif.call(ctx, "Directory/Options", nil, &options); err != nil {
		return err
	}
	var workplace string
	for _, t := range options.Teams {
		if t.Label == "Workplace" {
			workplace = t.ID
		}
	}
	for _, p := range options.People {
		switch p.Email {
		case miraMail:
			o.miraID = p.ID
		case elifMail:
			o.elifID = p.ID
		}
	}
	for i, r := range page.Rows {
		changes := map[string]string{}
		if i%4 != 3 {
			changes["team"] = workplace
		}
		if i%3 == 0 {
			changes["assignee"] = o.miraID
		} else if i%4 != 3 && plain(r.Title) {
			o.ticket = r // of the team, nobody's yet
		}
		changes["urgency"] = fmt.Sprint(1 + i%3)
		for _, field := range []string{"team", "assignee", "urgency"} {
			if value, ok := changes[field]; ok {
				if err := o.elif.patch(ctx, r.ID, field, value); err != nil {
					return fmt.Errorf("%s of %s: %w", field, r.Number, err)
				}
			}
		}
	}
	if o.ticket.ID == "" {
		return errors.New("no mail of this seed has a short title in plain letters")
	}
	return o.elif.sent(ctx)
}

// plain reports whether a title is short and easily typed.
func plain(title string) bool {
	return len(title) < 40 && !strings.Contains(title, ":") && strings.IndexFunc(title, func(r rune) bool { return r > 126 }) < 0
}
