package app

import (
	"errors"

	"holdall/desk"
)

// passing are reasons for a refusal that need not stand for ever: the ticket came
// back, room was made, the hub was mended (SPEC R18).
var passing = map[desk.Code]bool{desk.CodePerm: true, desk.CodeGone: true, desk.CodeQuota: true, desk.CodeInternal: true}

// Retry does once more, as it was, what was refused for a reason that may have
// passed, and takes the group out of the tray. What is refused again comes back.
func (t *Tray) Retry(key string) error {
	ws, group, err := t.refused(key)
	if err != nil {
		return err
	}
	if err := readable(group); err != nil {
		return err
	}
	var may bool
	err = t.app.look(func(l *lens) error {
		may, err = l.mayDoAgain(group)
		return err
	})
	if err != nil {
		return err
	}
	if !may {
		return desk.Refuse(desk.CodeWorkflow, "The server would refuse this once more for the same reason; copy the text to where it belongs.")
	}
	changes := each(group, func(r desk.Rejection) newChange { return newChange{r.Name, r.Ticket, r.Args, r.Old} })
	return t.app.changeAll(ws, append(changes, dismissed(group)...)...)
}

// mayDoAgain: the reason may have passed, and what it was done to is here and this
// person's to change, or comes with it.
func (l *lens) mayDoAgain(group []desk.Rejection) (bool, error) {
	first := group[0]
	if !passing[first.Code] || intoOf(group) != "" {
		return false, nil
	}
	if first.Ticket == "" || first.Name == desk.TicketCreate {
		return true, nil
	}
	t, err := readTicket(l.tx, first.Ticket)
	if errors.Is(err, desk.ErrUnknown) {
		return false, nil
	}
	return l.actor.CanWork(t) == nil && t.MergedInto == "", err
}
