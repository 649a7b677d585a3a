package main

import (
	"context"
	"fmt"
	"io"

	"github.com/google/uuid"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// teamCommands look after the teams.
type teamCommands struct {
	Add  teamAddCommand  `cmd:"" help:"Add a team with a queue of its own."`
	List teamListCommand `cmd:"" help:"List the teams."`
}

// teamAddCommand adds a team.
type teamAddCommand struct {
	place
	Name string `arg:"" help:"Name of the team."`
	Tier int    `help:"Line of support, from 1." default:"1"`
}

// Run adds the team; a name is given once.
func (c teamAddCommand) Run(ctx context.Context, p *program) error {
	return p.withHub(ctx, c.place, func(h *atWork) error {
		err := h.central.View(ctx, func(tx *store.CentralTx) error {
			teams, err := tx.Teams()
			if _, known := teamNamed(teams, c.Name); known {
				return desk.Refuse(desk.CodeValidation, "There is a team %s already.", c.Name)
			}
			return err
		})
		if err != nil {
			return err
		}
		team := desk.Team{ID: desk.TeamID(uuid.NewString()), Name: c.Name, Tier: c.Tier}
		return p.put(ctx, h, nil, hub.Act{Name: desk.TeamPut, Args: team}, "The team %s has a queue.", team.Name)
	})
}

// teamListCommand lists teams.
type teamListCommand struct{ place }

// Run prints a line for each team.
func (c teamListCommand) Run(ctx context.Context, p *program) error {
	return p.list(ctx, c.place, func(tx *store.CentralTx, out io.Writer) error {
		teams, err := tx.Teams()
		for _, t := range teams {
			fmt.Fprintf(out, "%s\ttier %d\n", t.Name, t.Tier)
		}
		return err
	})
}

// teamsNamed finds teams by their names.
func teamsNamed(tx *store.CentralTx, names []string) ([]desk.TeamID, error) {
	teams, err := tx.Teams()
	if err != nil {
		return nil, err
	}
	var ids []desk.TeamID
	for _, name := range names {
		team, known := teamNamed(teams, name)
		if !known {
			return nil, desk.Refuse(desk.CodeValidation, "There is no team %s; `team list` shows them, `team add` makes one.", name)
		}
		ids = append(ids, team.ID)
	}
	return ids, nil
}

func teamNames(tx *store.CentralTx) (map[desk.TeamID]string, error) {
	teams, err := tx.Teams()
	names := make(map[desk.TeamID]string, len(teams))
	for _, t := range teams {
		names[t.ID] = t.Name
	}
	return names, err
}
