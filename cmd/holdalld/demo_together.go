package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub/post"
)

// anaReturns lets Ana connect again.
func (s *story) anaReturns(ctx context.Context) (string, error) {
	begun := time.Now()
	s.ana.line.mend()
	s.ana.client.Wake()
	for _, l := range []*laptop{s.ana, s.ben} {
		if _, err := s.settled(ctx, l); err != nil {
			return "", err
		}
	}
	took := time.Since(begun)
	for _, l := range []*laptop{s.ana, s.ben} {
		t, err := l.ticket(ctx, s.ticket)
		if err != nil {
			return "", err
		}
		if t.State != desk.StateOnHold || t.HoldReason != desk.HoldVendor || t.Urgency != 1 || t.Title != benTitle {
			return "", fmt.Errorf("%s sees %s, %s, urgency %d, %q", l.name, t.State, t.HoldReason, t.Urgency, t.Title)
		}
		made, err := l.ticket(ctx, s.made)
		if err != nil || made.Number != s.number {
			return "", errors.Join(fmt.Errorf("%s sees the new incident as %q", l.name, made.Number), err)
		}
		thread, err := l.thread(ctx, s.ticket)
		if err != nil {
			return "", err
		}
		if !slices.ContainsFunc(thread, func(m desk.Message) bool { return m.Kind == desk.InternalNote && m.Text == noteWords }) {
			return "", fmt.Errorf("%s does not see Ana's note", l.name)
		}
	}
	return fmt.Sprintf("her note and On Hold stand beside Ben's urgency; %s kept its number; 5 changes home in %d ms", s.number, took.Milliseconds()), nil
}

// bothTrays looks for the same conflict with both values on both laptops.
func (s *story) bothTrays(ctx context.Context) (string, error) {
	var figure string
	for _, l := range []*laptop{s.ana, s.ben} {
		open, err := l.tray(ctx)
		if err != nil {
			return "", err
		}
		if len(open) != 1 {
			return "", fmt.Errorf("%s's tray holds %d conflicts, not one", l.name, len(open))
		}
		c := open[0]
		if c.Field != desk.FieldTitle || c.Server != benTitle || c.Client != anaTitle || c.Base == "" {
			return "", fmt.Errorf("%s's tray shows %s: %q, %q", l.name, c.Field, c.Server, c.Client)
		}
		figure = fmt.Sprintf("1 conflict in each of 2 trays: %s, was %q; stands %q; Ana's %q", c.Field.Label(), c.Base, c.Server, c.Client)
	}
	return figure, nil
}

// replyHeld looks for the held reply and makes sure that nothing has left.
func (s *story) replyHeld(ctx context.Context) (string, error) {
	m, err := s.replyAt(ctx)
	if err != nil {
		return "", err
	}
	if m.Delivery != desk.DeliveryHeld {
		return "", fmt.Errorf("the reply is %q", m.Delivery)
	}
	if n := len(s.receiver.Mails()); n != 0 {
		return "", fmt.Errorf("%d mails have left", n)
	}
	return "0 mails have left: " + m.Problem, nil
}

// replyAt is Ana's reply as her laptop shows it.
func (s *story) replyAt(ctx context.Context) (desk.Message, error) {
	thread, err := s.ana.thread(ctx, s.ticket)
	if err != nil {
		return desk.Message{}, err
	}
	i := slices.IndexFunc(thread, func(m desk.Message) bool { return m.ID == s.reply })
	if i < 0 {
		return desk.Message{}, errors.New("the reply is gone")
	}
	return thread[i], nil
}

// replyLeaves lets Ana read the customer's answer and send hers after all.
func (s *story) replyLeaves(ctx context.Context) (string, error) {
	t, err := s.ana.ticket(ctx, s.ticket)
	if err != nil {
		return "", err
	}
	m, err := mutation(desk.ReplyDecide, s.ticket, desk.DecideReply{Message: s.reply, Act: desk.ReplySend, Seen: t.LastPublic})
	if err != nil {
		return "", err
	}
	if err := s.ana.do(ctx, m); err != nil {
		return "", err
	}
	err = until(ctx, "Ana sees that the reply was sent", func() (bool, error) {
		m, err := s.replyAt(ctx)
		s.sentID = m.MailID
		return m.Delivery == desk.DeliverySent, err
	})
	if err != nil {
		return "", err
	}
	return s.checkSent(ctx)
}

// checkSent reads the one mail that left: our signed id, the customer's thread,
// and nothing that is internal.
func (s *story) checkSent(ctx context.Context) (string, error) {
	sent := s.receiver.Mails()
	if len(sent) != 1 {
		return "", fmt.Errorf("%d mails have left, not one", len(sent))
	}
	msg, err := mail.ReadMessage(bytes.NewReader(sent[0].Raw))
	if err != nil {
		return "", err
	}
	workspace, err := s.hub.server.Found(ctx, "", time.Now())
	if err != nil {
		return "", err
	}
	signature, err := post.NewSignature(ctx, s.hub.server, workspace.ID, "")
	if err != nil {
		return "", err
	}
	id := strings.Trim(msg.Header.Get("Message-ID"), "<>")
	ticket, reply, ours := signature.Read(id)
	switch {
	case !ours || ticket != string(s.ticket) || reply != string(s.reply) || id != s.sentID:
		return "", fmt.Errorf("the Message-ID %s is not the stored one of the reply (%s)", id, s.sentID)
	case msg.Header.Get("In-Reply-To") != "<"+mailSecond+">":
		return "", fmt.Errorf("it answers %s", msg.Header.Get("In-Reply-To"))
	case len(sent[0].To) != 1 || sent[0].To[0] != s.customer.Email:
		return "", fmt.Errorf("it went to %v", sent[0].To)
	case bytes.Contains(sent[0].Raw, []byte("gateway 2 logged")):
		return "", errors.New("the internal note is in it")
	}
	return fmt.Sprintf("1 mail over SMTP to %s, Message-ID signed by the hub: <%s>", sent[0].To[0], id), nil
}

// answerLands lets the customer answer our mail under another subject.
func (s *story) answerLands(ctx context.Context) (string, error) {
	before := s.hub.room.Room().Boxes()[0].Source.Status().Delivered
	if err := s.inbox.Deliver("INBOX", s.letter(mailThird, s.sentID, "it works again", "By cable it works.")); err != nil {
		return "", err
	}
	if err := s.converted(ctx, before+1); err != nil {
		return "", err
	}
	m, err := s.landed(ctx, mailThird)
	if err != nil {
		return "", err
	}
	for _, l := range []*laptop{s.ana, s.ben} {
		err := until(ctx, l.name+" sees the answer", func() (bool, error) {
			t, err := l.ticket(ctx, s.ticket)
			return t.LastPublic == m.ID && t.AwaitsReply, err
		})
		if err != nil {
			return "", err
		}
	}
	return m.Why, nil
}

// conflictSettled lets Ana keep Ben's title.
func (s *story) conflictSettled(ctx context.Context) (string, error) {
	open, err := s.ana.tray(ctx)
	if err != nil || len(open) != 1 {
		return "", errors.Join(fmt.Errorf("the tray holds %d conflicts", len(open)), err)
	}
	m, err := mutation(desk.ConflictResolve, s.ticket, desk.ResolveConflict{Conflict: open[0].ID, Choice: desk.ChooseServer, Seen: open[0].Server})
	if err != nil {
		return "", err
	}
	if err := s.ana.do(ctx, m); err != nil {
		return "", err
	}
	for _, l := range []*laptop{s.ana, s.ben} {
		err := until(ctx, l.name+"'s tray is empty", func() (bool, error) {
			open, err := l.tray(ctx)
			return len(open) == 0, err
		})
		if err != nil {
			return "", err
		}
	}
	var title string
	err = s.hub.central.View(ctx, func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Ticket{ID: s.ticket}.Key())
		if err == nil {
			title = e.(desk.Ticket).Title
		}
		return err
	})
	if err == nil && title != benTitle {
		err = fmt.Errorf("the title is %q", title)
	}
	return fmt.Sprintf("0 conflicts in 2 trays; the title stays %q", title), err
}
