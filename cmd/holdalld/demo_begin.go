package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/replica"
)

// Figures and words of the story.
const (
	storySeed     = 42
	storyMails    = 30
	storyPassword = "four plain words here"
	deskAddress   = "Nordlicht Werke Service <" + demo.Mailbox + ">"

	mailFirst  = "story-1@mail." + demo.Domain
	mailSecond = "story-2@mail." + demo.Domain
	mailThird  = "story-3@mail." + demo.Domain
)

// cast is who plays, and what they play with.
type cast struct {
	customer desk.Requester
	ticket   desk.TicketID // the customer's
	made     desk.TicketID // opened by Ana offline
	number   desk.Number   // of the one she made
	reply    desk.MessageID
	sentID   string // Message-ID of her reply
}

// checkEmpty refuses a database that somebody works with: the story would mix
// with it and send its replies nowhere.
func checkEmpty(ctx context.Context, dsn string) error {
	central, err := store.OpenCentral(ctx, dsn)
	if err != nil {
		return err
	}
	err = central.View(ctx, func(tx *store.CentralTx) error {
		people, err := tx.People()
		if err == nil && len(people) > 0 {
			err = desk.Refuse(desk.CodeValidation, "The story needs an empty database; this one has %d people.", len(people))
		}
		return err
	})
	return errors.Join(err, central.Close())
}

// found gives the hub its people, teams, services and requesters.
func (s *story) found(ctx context.Context) (string, error) {
	now := time.Now()
	company := demo.Company(storySeed, demo.Size{Requesters: 60}, now)
	s.customer = company.Requesters[0]
	var acts []hub.Act
	add := func(name desk.Name, args any) { acts = append(acts, hub.Act{Name: name, Args: args, At: now}) }
	for _, t := range company.Teams {
		add(desk.TeamPut, t)
	}
	for _, one := range company.Services {
		add(desk.ServicePut, one)
	}
	for _, r := range company.Requesters {
		add(desk.RequesterPut, r)
	}
	people := company.People
	for _, name := range []string{"Ana", "Ben"} {
		people = append(people, desk.Person{
			ID: desk.PersonID(uuid.NewString()), Name: name, Email: emailOf(name),
			Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{company.Teams[0].ID},
		})
	}
	for _, p := range people {
		add(desk.PersonPut, p)
	}
	keep := func(tx *store.CentralTx) error { return nil }
	for _, p := range people[len(people)-2:] {
		one, err := hub.PasswordChange(ctx, p.ID, storyPassword)
		if err != nil {
			return "", err
		}
		before := keep
		keep = func(tx *store.CentralTx) error {
			if err := before(tx); err != nil {
				return err
			}
			return one(tx)
		}
	}
	if err := s.hub.server.Do(ctx, keep, acts...); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s; %d people in %d teams, %d services, %d requesters", s.hub.url,
		len(people), len(company.Teams), len(company.Services), len(company.Requesters)), nil
}

func emailOf(name string) string {
	return map[string]string{"Ana": "ana@" + demo.Domain, "Ben": "ben@" + demo.Domain}[name]
}

// mailsArrive delivers mails over IMAP and waits until each is in the ledger
// with what became of it.
func (s *story) mailsArrive(ctx context.Context) (string, error) {
	company := demo.Company(storySeed, demo.Size{Requesters: 60}, time.Now())
	mails := append(company.Mails(storyMails), s.letter(mailFirst, "", "VPN breaks off every hour",
		"Hello,\nsince Monday the VPN breaks off every hour, each time for five minutes.\nCan you help?"))
	begun := time.Now()
	for _, raw := range mails {
		if err := s.inbox.Deliver("INBOX", raw); err != nil {
			return "", err
		}
	}
	if err := s.converted(ctx, len(mails)); err != nil {
		return "", err
	}
	took := time.Since(begun)
	var numbers []desk.Number
	messages, aside := 0, 0
	err := s.hub.central.View(ctx, func(tx *store.CentralTx) (err error) {
		numbers, messages, aside = nil, 0, 0
		if s.ticket, _, err = tx.TicketByMailID(mailFirst); err != nil {
			return fmt.Errorf("the customer's mail: %w", err)
		}
		changes, err := tx.Changes(desk.BucketTriage, 0, 10_000)
		if err != nil {
			return err
		}
		for _, c := range changes {
			switch c.Record.Kind {
			case desk.KindMessage:
				messages++
			case desk.KindTicket:
				var t desk.Ticket
				if err := json.Unmarshal(c.Record.Body, &t); err != nil {
					return err
				}
				numbers = append(numbers, t.Number)
			}
		}
		quarantined, err := tx.Quarantine(1000)
		aside = len(quarantined)
		return err
	})
	if err != nil {
		return "", err
	}
	if len(numbers) == 0 || messages+aside > len(mails) || messages < len(numbers) {
		return "", fmt.Errorf("%d mails became %d tickets with %d messages, %d in quarantine", len(mails), len(numbers), messages, aside)
	}
	return fmt.Sprintf("%d mails over IMAP in %d ms: %d tickets %s … %s, %d mails joined one, %d set aside, %d in quarantine",
		len(mails), took.Milliseconds(), len(numbers), slices.Min(numbers), slices.Max(numbers),
		messages-len(numbers), len(mails)-messages-aside, aside), nil
}

// converted waits until so many mails were fetched and none waits.
func (s *story) converted(ctx context.Context, n int) error {
	return until(ctx, fmt.Sprintf("%d mails are converted", n), func() (bool, error) {
		if s.hub.room.Room().Boxes()[0].Source.Status().Delivered < n {
			return false, nil
		}
		waiting := 0
		err := s.hub.central.View(ctx, func(tx *store.CentralTx) error {
			pending, err := tx.PendingMail(1)
			waiting = len(pending)
			return err
		})
		return waiting == 0, err
	})
}

// laptopsJoin signs both in and waits until they hold what the hub gives them.
func (s *story) laptopsJoin(ctx context.Context) (string, error) {
	_, err := replica.Enrol(ctx, replica.SignIn{Server: s.hub.url, Email: emailOf("Ana"), Password: "not her password", Device: "a stranger's laptop"})
	if desk.CodeOf(err) != desk.CodePerm {
		return "", fmt.Errorf("a wrong password was answered by: %w", err)
	}
	if s.ana, err = s.laptop(ctx, "Ana"); err != nil {
		return "", err
	}
	if s.ben, err = s.laptop(ctx, "Ben"); err != nil {
		return "", err
	}
	figure := "a wrong password is refused"
	for _, l := range []*laptop{s.ana, s.ben} {
		rows, err := s.settled(ctx, l)
		if err != nil {
			return "", err
		}
		figure += fmt.Sprintf("; %s holds %d records", l.name, rows)
	}
	return figure, nil
}

func (s *story) laptop(ctx context.Context, name string) (*laptop, error) {
	return openLaptop(ctx, name, s.dir, s.hub.url, emailOf(name), storyPassword, s.hub.log)
}
