package main

import (
	"context"
	"fmt"
	"io"
	"net/mail"
	"slices"
	"strings"

	"github.com/google/uuid"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// userCommands look after the people who may sign in.
type userCommands struct {
	Add     userAddCommand     `cmd:"" help:"Add a person who works at the desk."`
	List    userListCommand    `cmd:"" help:"List the people who work at the desk."`
	Passwd  userPasswdCommand  `cmd:"" help:"Give a person a new password."`
	Disable userDisableCommand `cmd:"" help:"Shut a person out."`
	Enable  userEnableCommand  `cmd:"" help:"Let a person in again."`
}

// userAddCommand adds a person.
type userAddCommand struct {
	place
	Email        string   `arg:"" help:"Mail address to sign in with."`
	Name         string   `help:"Name as colleagues see it." required:""`
	Role         []string `help:"Roles: agent, technician, lead, admin, auditor, requester." default:"agent"`
	Team         []string `help:"Names of the person's teams."`
	PasswordFile string   `help:"File with the password; without it you are asked." placeholder:"FILE"`
}

// Run adds the person with a password, in one transaction.
func (c userAddCommand) Run(ctx context.Context, p *program) error {
	person, err := c.person()
	if err != nil {
		return err
	}
	password, err := p.newPassword(c.PasswordFile)
	if err != nil {
		return err
	}
	keep, err := hub.PasswordChange(ctx, person.ID, password)
	if err != nil {
		return err
	}
	return p.withHub(ctx, c.place, func(h *atWork) error {
		err := h.central.View(ctx, func(tx *store.CentralTx) (err error) {
			if _, err = tx.PersonByEmail(person.Email); err == nil {
				return desk.Refuse(desk.CodeValidation, "%s is at this desk already; use `user passwd` to give a new password.", person.Email)
			}
			person.Teams, err = teamsNamed(tx, c.Team)
			return err
		})
		if err != nil {
			return err
		}
		return p.put(ctx, h, keep, hub.Act{Name: desk.PersonPut, Args: person}, "%s may sign in as %s.", person.Name, person.Email)
	})
}

// person checks what was typed about a person.
func (c userAddCommand) person() (desk.Person, error) {
	parsed, err := mail.ParseAddress(c.Email)
	if err != nil || parsed.Address != c.Email {
		return desk.Person{}, desk.Refuse(desk.CodeValidation, "%q is no mail address.", c.Email)
	}
	person := desk.Person{ID: desk.PersonID(uuid.NewString()), Name: strings.TrimSpace(c.Name), Email: c.Email}
	for _, word := range c.Role {
		role := desk.Role(strings.TrimSpace(word))
		if !slices.Contains(desk.Roles(), role) {
			return desk.Person{}, desk.Refuse(desk.CodeValidation, "There is no role %q; choose among %v.", word, desk.Roles())
		}
		person.Roles = append(person.Roles, role)
	}
	return person, nil
}

// userListCommand lists people.
type userListCommand struct{ place }

// Run prints a line for each person.
func (c userListCommand) Run(ctx context.Context, p *program) error {
	return p.list(ctx, c.place, func(tx *store.CentralTx, out io.Writer) error {
		people, err := tx.People()
		if err != nil {
			return err
		}
		names, err := teamNames(tx)
		for _, one := range people {
			teams := make([]string, len(one.Teams))
			for i, id := range one.Teams {
				teams[i] = names[id]
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", one.Email, one.Name, join(one.Roles), strings.Join(teams, ","))
		}
		return err
	})
}

func join[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, ",")
}

// userPasswdCommand gives a new password.
type userPasswdCommand struct {
	place
	Email        string `arg:"" help:"Mail address of the person."`
	PasswordFile string `help:"File with the password; without it you are asked." placeholder:"FILE"`
}

// Run replaces the password. Devices that are signed in stay so.
func (c userPasswdCommand) Run(ctx context.Context, p *program) error {
	return p.withPerson(ctx, c.place, c.Email, func(h *atWork, person desk.Person) error {
		password, err := p.newPassword(c.PasswordFile)
		if err != nil {
			return err
		}
		if err := hub.NewAccounts(h.central).SetPassword(ctx, person.ID, password); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "%s has a new password.\n", person.Email)
		return err
	})
}
