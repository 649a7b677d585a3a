package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"holdall/desk"
	"holdall/store"
)

// migrateCommand moves a hub from its file to a database server.
type migrateCommand struct {
	To   string `help:"Empty PostgreSQL database: postgres://host/name. Password by PGPASSWORD." required:"" placeholder:"URL"`
	From string `help:"Folder of the hub's SQLite database." default:"." placeholder:"DIR" type:"path"`
}

// Run copies everything and prints what was compared. It may be stopped, or
// killed, and run again; the file is left as it was, and laptops go on with what
// they have as soon as a hub serves the copy at their address.
func (c migrateCommand) Run(ctx context.Context, p *program) error {
	if err := checkDatabase(c.To); err != nil {
		return err
	}
	sums, err := store.Transfer(ctx, filepath.Join(c.From, centralFile), c.To, func(table string, rows int64) {
		fmt.Fprintf(p.stderr, "%s: %d rows\n", table, rows)
	})
	if err != nil && ctx.Err() != nil {
		return desk.Refuse(desk.CodeInternal, "It was stopped before it was done; run it again and it goes on where it stands.")
	}
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "table\trows\tsum of both sides")
	for _, s := range sums {
		fmt.Fprintf(out, "%s\t%d\t%s\n", s.Table, s.Rows, s.Sum[:16])
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return c.wayOn(p)
}

// wayOn says how the hub starts on the copy. The key of its secrets lies beside
// the database it left, and is no row of it.
func (c migrateCommand) wayOn(p *program) error {
	fmt.Fprintln(p.stdout, "Every row is the same. Start the hub on the copy with `holdalld serve --database …`.")
	key := filepath.Join(c.From, keyName)
	_, err := os.Stat(key)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		_, err = fmt.Fprintf(p.stdout, "The key of its secrets stays where it is: name %s as key_file or %s, or the mailboxes have to be connected again.\n", key, envKeyFile)
	}
	return err
}
