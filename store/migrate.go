package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"holdall/desk"
)

//go:embed schema migrations
var texts embed.FS

// plan is the schema of one kind of database and the way up to it.
type plan struct {
	name        string   // the folder of its steps in migrations/
	application int64    // SQLite's application_id
	version     int64    // of the newest schema
	schema      []string // folders of the newest schema, in order
	files       fs.FS
	lifts       map[int64]func(*txn) error // what a step does that no portable SQL can
	derived     bool                       // all of it can be fetched again
}

// The application ids spell HDC1, HDR1 and HDO1, so that no kind of database is
// ever taken for another.
var (
	centralPlan = plan{"central", 0x48444331, 12, []string{"schema/common", "schema/central"}, texts, map[int64]func(*txn) error{2: liftHolders}, false}
	replicaPlan = plan{"replica", 0x48445231, 10, []string{"schema/common", "schema/replica"}, texts, map[int64]func(*txn) error{8: liftIndexes("0008_tree.sql"), 10: liftIndexes("0010_stuck.sql")}, true}
	outboxPlan  = plan{"outbox", 0x48444f31, 3, []string{"schema/outbox"}, texts, nil, false}
)

// late is the part of a schema that is not made with the database.
const late = "late.sql"

// migrate makes the schema of an empty database, or leads an older one up.
// Of several nodes that begin at once one does it.
func (p plan) migrate(ctx context.Context, db *database) error {
	err := p.reach(ctx, db)
	for tries := 0; err != nil && db.sort(err) == faultTaken && tries < attempts; tries++ {
		err = p.reach(ctx, db)
	}
	return err
}

func (p plan) reach(ctx context.Context, db *database) error {
	version, application, err := db.identify(ctx)
	switch {
	case err != nil:
		return err
	case version == 0 && application == 0:
		return p.create(ctx, db)
	case application != p.application:
		return desk.Refuse(desk.CodeVersion, "%s is not a %s database of Holdall; choose another file.", db.name, p.name)
	case version > p.version:
		return desk.Refuse(desk.CodeVersion, "The database %s was written by a newer Holdall (version %d, this one knows %d); update this program.", db.name, version, p.version)
	case version == p.version:
		return nil
	}
	return p.climb(ctx, db, version)
}

// create makes the newest schema in one transaction.
func (p plan) create(ctx context.Context, db *database) error {
	return db.update(ctx, func(t *txn) error {
		for _, folder := range p.schema {
			names, err := fs.Glob(p.files, folder+"/*.sql")
			if err != nil {
				return err
			}
			for _, name := range names {
				if path.Base(name) == late {
					continue
				}
				if err := t.script(p.files, name); err != nil {
					return err
				}
			}
		}
		return t.identity(p.application, p.version)
	})
}

// climb runs the steps above a version, each in a transaction of its own. What
// cannot be fetched again is copied first.
func (p plan) climb(ctx context.Context, db *database, from int64) error {
	steps, err := p.steps()
	if err != nil {
		return err
	}
	if !p.derived {
		if err := db.keepCopy(ctx, from); err != nil {
			return err
		}
	}
	for v := from + 1; v <= p.version; v++ {
		step, ok := steps[v]
		if !ok {
			return fmt.Errorf("migrate %s: no step to version %d", p.name, v)
		}
		err := db.update(ctx, func(t *txn) error {
			if err := t.script(p.files, step); err != nil {
				return err
			}
			if lift := p.lifts[v]; lift != nil {
				if err := lift(t); err != nil {
					return err
				}
			}
			return t.identity(p.application, v)
		})
		if err != nil {
			return fmt.Errorf("migrate %s to version %d: %w", p.name, v, err)
		}
	}
	return nil
}

// steps are the files of the way up by the version they lead to:
// migrations/central/0002_name.sql.
func (p plan) steps() (map[int64]string, error) {
	names, err := fs.Glob(p.files, "migrations/"+p.name+"/*.sql")
	if err != nil {
		return nil, err
	}
	steps := map[int64]string{}
	for _, name := range names {
		figure, _, _ := strings.Cut(path.Base(name), "_")
		v, err := strconv.ParseInt(figure, 10, 64)
		if err != nil || steps[v] != "" {
			return nil, fmt.Errorf("migration %s: its name needs a version of its own", name)
		}
		steps[v] = name
	}
	return steps, nil
}

// script runs the statements of a file.
func (t *txn) script(files fs.FS, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	for _, statement := range statements(t.db.dialect.schema(string(text))) {
		if err := t.do(statement); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// statements cuts a script at its semicolons. Comments go first: an essay may
// have semicolons, our statements have none in literals.
func statements(script string) []string {
	lines := slices.DeleteFunc(strings.Split(script, "\n"), func(l string) bool {
		return strings.HasPrefix(strings.TrimSpace(l), "--")
	})
	var list []string
	for s := range strings.SplitSeq(strings.Join(lines, "\n"), ";") {
		if s = strings.TrimSpace(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}
