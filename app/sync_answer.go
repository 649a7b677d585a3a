package app

import (
	"errors"
	"slices"

	"holdall/desk"
)

// Answers lists the answers of all tickets on this device that could not leave:
// given up, perhaps delivered, or waiting for another try. Those that somebody has
// to do something about come first.
func (s *Sync) Answers() (list []AnswerItem, err error) {
	list = []AnswerItem{}
	err = s.app.look(func(l *lens) error {
		stuck, err := l.tx.StuckReplies()
		if err != nil {
			return err
		}
		slices.SortStableFunc(stuck, func(a, b desk.Message) int { return urgency[a.Delivery] - urgency[b.Delivery] })
		for _, m := range stuck[:min(len(stuck), answersMost)] {
			item, err := l.answer(m)
			if errors.Is(err, desk.ErrUnknown) {
				continue // its ticket is on its way to this device, or went
			}
			if err != nil {
				return err
			}
			list = append(list, item)
		}
		return nil
	})
	return list, err
}

// answersMost bounds what is shown; what is beyond it follows as these leave.
const answersMost = 200

var urgency = map[desk.Delivery]int{desk.DeliveryFailed: 0, desk.DeliveryUnknown: 1, desk.DeliveryWaiting: 2}

// returned counts the answers of this person that somebody has to do something
// about, on tickets that still stand.
func (l *lens) returned() (n int, err error) {
	stopped, err := l.tx.StoppedReplies()
	for _, m := range stopped {
		if m.Author != l.ws.who.Person {
			continue
		}
		t, err := readTicket(l.tx, m.Ticket)
		switch {
		case errors.Is(err, desk.ErrUnknown):
		case err != nil:
			return 0, err
		case !t.State.Ended():
			n++
		}
	}
	return n, err
}

// mayRetry reports whether this person may have an answer sent now.
func (l *lens) mayRetry(t desk.Ticket, m desk.Message) bool {
	return m.Retryable() && !m.Rests() && l.actor.CanWork(t) == nil
}

func (l *lens) answer(m desk.Message) (AnswerItem, error) {
	t, err := readTicket(l.tx, m.Ticket)
	if err != nil {
		return AnswerItem{}, err
	}
	item := AnswerItem{
		Ticket: Pointer{string(t.ID), string(t.Number), t.Title}, MessageID: string(m.ID), Author: l.person(m.Author), At: instant(m.At),
		To: recipients(slices.Concat(m.To, m.Cc)), Text: excerpt(m.Text, 160), Delivery: string(m.Delivery), Label: m.Delivery.String(),
		Problem: m.Problem, MayRetry: l.mayRetry(t, m),
	}
	if item.To == "" {
		who, err := l.requester(t.Requester)
		if err != nil {
			return item, err
		}
		item.To = who.Name
	}
	if next := m.NextTry(); !next.IsZero() {
		item.NextTry, item.Tries = instant(next), m.Wait.Tries
	}
	return item, nil
}
