package app

import (
	"errors"
	"fmt"
	"slices"

	"holdall/desk"
)

// Directory lists whom and what the fields of a ticket may name.
type Directory struct{ app *App }

// pageMost is how many rows one call may bring.
const pageMost = 500

// pageStock is how many it brings unasked.
const pageStock = 100

// Options lists every choice of every field.
func (d *Directory) Options() (o Options, err error) {
	err = d.app.look(func(l *lens) error {
		o, err = l.options()
		return err
	})
	return o, err
}

// Requesters finds requesters by name or address.
func (d *Directory) Requesters(r SearchRequest) ([]Person, error) {
	found := []Person{}
	err := d.app.look(func(l *lens) error {
		list, err := l.tx.Requesters(r.Query, bounded(r.Limit, 20))
		for _, q := range list {
			found = append(found, showRequester(q))
		}
		return err
	})
	return found, err
}

// bounded is how many rows a call gets.
func bounded(asked, stock int) int {
	if asked <= 0 {
		return stock
	}
	return min(asked, pageMost)
}

func (l *lens) options() (Options, error) {
	w, err := l.tx.Workspace()
	if errors.Is(err, desk.ErrUnknown) {
		w, err = desk.NewWorkspace("", ""), nil
	}
	if err != nil {
		return Options{}, err
	}
	o := Options{
		Kinds:           named([]desk.TicketKind{desk.Incident, desk.Request}),
		States:          named(desk.States()),
		HoldReasons:     named(desk.HoldReasons()),
		ResolutionCodes: named(desk.ResolutionCodes()),
		Impacts:         levels(len(w.Matrix)), Urgencies: levels(len(w.Matrix[0])), Priorities: priorities(),
		Teams: []Option{}, People: []Person{}, Services: []Option{}, Categories: named(w.Categories),
		Matrix: figures(w.Matrix),
	}
	for _, t := range l.teams {
		o.Teams = append(o.Teams, Option{ID: string(t.ID), Label: t.Name, Hint: fmt.Sprintf("Tier %d", t.Tier)})
	}
	for _, s := range l.services {
		o.Services = append(o.Services, Option{ID: string(s.ID), Label: s.Name, Hint: l.teams[s.Team].Name})
	}
	for _, p := range l.people {
		if !p.Disabled {
			o.People = append(o.People, showPerson(p))
		}
	}
	byLabel := func(a, b Option) int { return compareText(a.Label, b.Label, a.ID, b.ID) }
	slices.SortFunc(o.Teams, byLabel)
	slices.SortFunc(o.Services, byLabel)
	slices.SortFunc(o.People, func(a, b Person) int { return compareText(a.Name, b.Name, a.ID, b.ID) })
	return o, nil
}

// named makes choices of values that know their names.
func named[T ~string](values []T) []Option {
	list := make([]Option, 0, len(values))
	for _, v := range values {
		list = append(list, Option{ID: string(v), Label: fmt.Sprint(v)})
	}
	return list
}

func levels(n int) []Option {
	var list []Option
	for i := 1; i <= n; i++ {
		list = append(list, Option{ID: fmt.Sprint(i), Label: desk.Level(i).String()})
	}
	return list
}

func priorities() []Option {
	var list []Option
	for i := 1; i <= 5; i++ {
		list = append(list, Option{ID: fmt.Sprint(i), Label: desk.Priority(i).String()})
	}
	return list
}

func figures(m desk.Matrix) [][]int {
	rows := make([][]int, len(m))
	for i, row := range m {
		for _, p := range row {
			rows[i] = append(rows[i], int(p))
		}
	}
	return rows
}
