package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// lines writes what is to be printed of the records of a hub, the parts of a line
// between tabs.
type lines func(tx *store.CentralTx, out io.Writer) error

// list prints lines of a hub in columns.
func (p *program) list(ctx context.Context, at place, of lines) error {
	return p.withHub(ctx, at, func(h *atWork) error { return p.columns(ctx, h, of) })
}

// columns is list at a hub that is open. Nothing is printed before all is read: what
// is read may be read again (SPEC P54).
func (p *program) columns(ctx context.Context, h *atWork, of lines) error {
	var text bytes.Buffer
	err := h.central.View(ctx, func(tx *store.CentralTx) error {
		text.Reset()
		out := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
		if err := of(tx, out); err != nil {
			return err
		}
		return out.Flush()
	})
	if err == nil {
		_, err = text.WriteTo(p.stdout)
	}
	return err
}

// put writes a record, in one transaction with what else is to be kept, and says
// what that means.
func (p *program) put(ctx context.Context, h *atWork, also func(*store.CentralTx) error, act hub.Act, said string, args ...any) error {
	act.At = time.Now()
	if err := h.server.Do(ctx, also, act); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.stdout, said+"\n", args...)
	return err
}

// teamNamed finds a team by its name, as people write it.
func teamNamed(teams []desk.Team, name string) (desk.Team, bool) {
	i := slices.IndexFunc(teams, func(t desk.Team) bool { return strings.EqualFold(t.Name, strings.TrimSpace(name)) })
	if i < 0 {
		return desk.Team{}, false
	}
	return teams[i], true
}
