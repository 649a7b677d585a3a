package main

import (
	"context"
	"errors"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// userDisableCommand shuts a person out.
type userDisableCommand struct {
	place
	Email string `arg:"" help:"Mail address of the person."`
}

// Run ends what the person's devices may do, at once; nothing of hers is removed.
func (c userDisableCommand) Run(ctx context.Context, p *program) error {
	return p.withPerson(ctx, c.place, c.Email, func(h *atWork, person desk.Person) error {
		person.Disabled = true
		return p.put(ctx, h, nil, hub.Act{Name: desk.PersonPut, Args: person}, "%s may not sign in any more; open connections end within a second.", person.Email)
	})
}

// userEnableCommand lets a person in again.
type userEnableCommand struct {
	place
	Email string `arg:"" help:"Mail address of the person."`
}

// Run lets the person in again, on the devices that were signed in before too.
func (c userEnableCommand) Run(ctx context.Context, p *program) error {
	return p.withPerson(ctx, c.place, c.Email, func(h *atWork, person desk.Person) error {
		person.Disabled = false
		return p.put(ctx, h, nil, hub.Act{Name: desk.PersonPut, Args: person}, "%s may sign in again.", person.Email)
	})
}

// withPerson is withHub for an act on someone at the desk.
func (p *program) withPerson(ctx context.Context, at place, email string, act func(*atWork, desk.Person) error) error {
	return p.withHub(ctx, at, func(h *atWork) error {
		var person desk.Person
		err := h.central.View(ctx, func(tx *store.CentralTx) (err error) {
			person, err = tx.PersonByEmail(email)
			return err
		})
		if errors.Is(err, desk.ErrUnknown) {
			return desk.Refuse(desk.CodeValidation, "Nobody at this desk has the address %s; `user list` shows who does.", email)
		}
		if err != nil {
			return err
		}
		return act(h, person)
	})
}
