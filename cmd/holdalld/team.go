package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

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
			if slices.ContainsFunc(teams, func(t desk.Team) bool { return strings.EqualFold(t.Name, c.Name) }) {
				return desk.Refuse(desk.CodeValidation, "There is a team %s already.", c.Name)
			}
			return err
		})
		if err != nil {
			return err
		}
		team := desk.Team{ID: desk.TeamID(uuid.NewString()), Name: c.Name, Tier: c.Tier}
		if err := h.server.Do(ctx, nil, hub.Act{Name: desk.TeamPut, Args: team, At: time.Now()}); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "The team %s has a queue.\n", team.Name)
		return err
	})
}

// teamListCommand lists teams.
type teamListCommand struct{ place }

// Run prints a line for each team.
func (c teamListCommand) Run(ctx context.Context, p *program) error {
	return p.withHub(ctx, c.place, func(h *atWork) error {
		return h.central.View(ctx, func(tx *store.CentralTx) error {
			teams, err := tx.Teams()
			if err != nil {
				return err
			}
			out := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
			for _, t := range teams {
				fmt.Fprintf(out, "%s\ttier %d\n", t.Name, t.Tier)
			}
			return out.Flush()
		})
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
		i := slices.IndexFunc(teams, func(t desk.Team) bool { return strings.EqualFold(t.Name, strings.TrimSpace(name)) })
		if i < 0 {
			return nil, desk.Refuse(desk.CodeValidation, "There is no team %s; `team list` shows them, `team add` makes one.", name)
		}
		ids = append(ids, teams[i].ID)
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
