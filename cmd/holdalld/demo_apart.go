package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"holdall/desk"
)

// What Ana and Ben write while they are apart.
const (
	anaTitle  = "VPN breaks off every hour on the guest Wi-Fi"
	benTitle  = "VPN: certificate of gateway 2 has expired"
	noteWords = "Internal: gateway 2 logged 14 resets since Monday."
	replyWord = "We are looking at the gateway. Does it also happen at your desk by cable?"
)

// mutation makes a mutation of now.
func mutation(name desk.Name, ticket desk.TicketID, args any) (desk.Mutation, error) {
	return desk.NewMutation(name, ticket, args, time.Now())
}

// patch makes a ticket.patch from what the laptop shows now.
func patch(t desk.Ticket, set map[desk.Field]string) (desk.Mutation, error) {
	m, err := mutation(desk.TicketPatch, t.ID, desk.PatchTicket{Set: set})
	m.BaseRev, m.Old = t.Rev, map[desk.Field]string{}
	for f := range set {
		m.Old[f] = t.Value(f)
	}
	return m, err
}

// written makes a note or a reply.
func written(kind desk.MessageKind, t desk.Ticket, id desk.MessageID, text string) (desk.Mutation, error) {
	return mutation(desk.MessageAdd, t.ID, desk.AddMessage{Message: desk.Message{ID: id, Kind: kind, Text: text, Seen: t.LastPublic}})
}

// anaTakes assigns the ticket to Ana; it moves from triage to her team.
func (s *story) anaTakes(ctx context.Context) (string, error) {
	t, err := s.ana.ticket(ctx, s.ticket)
	if err != nil {
		return "", err
	}
	m, err := patch(t, map[desk.Field]string{
		desk.FieldAssignee: string(s.ana.who.Person), desk.FieldTeam: string(s.team(ctx, s.ana)),
	})
	if err != nil {
		return "", err
	}
	begun := time.Now()
	if err := s.ana.do(ctx, m); err != nil {
		return "", err
	}
	err = until(ctx, "Ben sees that Ana has the ticket", func() (bool, error) {
		t, err := s.ben.ticket(ctx, s.ticket)
		return t.Assignee == s.ana.who.Person, err
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s is Ana's; from her key to Ben's screen, with the hub's commit between: %.1f ms", t.Number,
		float64(time.Since(begun).Microseconds())/1000), nil
}

// team is the first team of the person at a laptop.
func (s *story) team(ctx context.Context, l *laptop) desk.TeamID {
	p, err := l.person(ctx)
	if err != nil || len(p.Teams) == 0 {
		return ""
	}
	return p.Teams[0]
}

// anaOffline cuts Ana off and lets her work on: a note, On Hold with its
// reason, a changed title, a new incident and a reply.
func (s *story) anaOffline(ctx context.Context) (string, error) {
	if _, err := s.settled(ctx, s.ana); err != nil {
		return "", err
	}
	if err := s.ana.line.cut(); err != nil {
		return "", err
	}
	if err := until(ctx, "Ana's laptop notices", func() (bool, error) { return !s.ana.client.Status().Online, nil }); err != nil {
		return "", err
	}
	t, err := s.ana.ticket(ctx, s.ticket)
	if err != nil {
		return "", err
	}
	if s.number, err = s.ana.store.TakeNumber(ctx, desk.Incident); err != nil {
		return "", err
	}
	s.made, s.reply = desk.TicketID(uuid.NewString()), desk.MessageID(uuid.NewString())
	note, err1 := written(desk.InternalNote, t, desk.MessageID(uuid.NewString()), noteWords)
	hold, err2 := mutation(desk.TicketMove, t.ID, desk.MoveTicket{From: t.State, To: desk.StateOnHold, HoldReason: desk.HoldVendor})
	title, err3 := patch(t, map[desk.Field]string{desk.FieldTitle: anaTitle})
	incident, err4 := mutation(desk.TicketCreate, s.made, desk.CreateTicket{
		Number: s.number, Kind: desk.Incident, Title: "Gateway 2 resets", Source: desk.SourceAgent, Team: s.team(ctx, s.ana),
	})
	reply, err5 := written(desk.PublicReply, t, s.reply, replyWord)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return "", err
	}
	if err := s.ana.do(ctx, note, hold, title, incident, reply); err != nil {
		return "", err
	}
	return s.anaSees(ctx)
}

// anaSees checks that everything stands on her screen at once.
func (s *story) anaSees(ctx context.Context) (string, error) {
	t, err := s.ana.ticket(ctx, s.ticket)
	if err != nil {
		return "", err
	}
	made, err := s.ana.ticket(ctx, s.made)
	if err != nil {
		return "", err
	}
	waiting, err := s.ana.waiting(ctx)
	if err != nil {
		return "", err
	}
	if t.State != desk.StateOnHold || t.HoldReason != desk.HoldVendor || t.Title != anaTitle || made.Number != s.number || waiting != 5 {
		return "", fmt.Errorf("her screen shows %s, %s, %q, %s with %d waiting", t.State, t.HoldReason, t.Title, made.Number, waiting)
	}
	return fmt.Sprintf("offline: a note, %s (%s), a new title, a reply, and the new incident has its number for good: %s; %d changes wait",
		t.State, t.HoldReason, made.Number, waiting), nil
}

// benChanges lets Ben change another field and the same one.
func (s *story) benChanges(ctx context.Context) (string, error) {
	t, err := s.ben.ticket(ctx, s.ticket)
	if err != nil {
		return "", err
	}
	m, err := patch(t, map[desk.Field]string{desk.FieldTitle: benTitle, desk.FieldUrgency: strconv.Itoa(1)})
	if err != nil {
		return "", err
	}
	if err := s.ben.do(ctx, m); err != nil {
		return "", err
	}
	if _, err := s.settled(ctx, s.ben); err != nil {
		return "", err
	}
	if t, err = s.ben.ticket(ctx, s.ticket); err != nil {
		return "", err
	}
	return fmt.Sprintf("urgency %s makes priority %d %s, title %q; Ana knows nothing of it", t.Urgency, t.Priority, t.Priority, t.Title), nil
}

// customerAnswers lets the customer write while Ana is away.
func (s *story) customerAnswers(ctx context.Context) (string, error) {
	before := s.hub.room.Room().Boxes()[0].Source.Status().Delivered
	raw := s.letter(mailSecond, mailFirst, "Re: VPN breaks off every hour", "It only happens on the guest Wi-Fi.")
	if err := s.inbox.Deliver("INBOX", raw); err != nil {
		return "", err
	}
	if err := s.converted(ctx, before+1); err != nil {
		return "", err
	}
	m, err := s.landed(ctx, mailSecond)
	if err != nil {
		return "", err
	}
	return m.Why, nil
}
