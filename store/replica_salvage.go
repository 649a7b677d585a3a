package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"holdall/desk"
)

func isDamaged(err error) bool { return errors.Is(err, ErrDamaged) }

// guarded are the tables of outbox.db with the columns their sum guards.
var guarded = []struct {
	name, what string
	columns    []string
	rest       []string
}{
	{"meta", "setting", []string{"key", "value"}, nil},
	{"outbox", "change", []string{"mid", "body"}, []string{"state", "attempts", "result", "done_at"}},
	{"lease", "block of numbers", []string{"kind", "first", "last", "next"}, nil},
	{"draft", "draft", []string{"ticket", "kind", "text", "seen", "saved_at"}, nil},
	{"draft_file", "file of a draft", []string{"id", "ticket", "kind", "place", "name", "type", "size", "sha256"}, nil},
	{"draft_envelope", "list of recipients", []string{"ticket", "kind", "body"}, nil},
	{"resting", "message that rested", []string{"id", "ticket", "body"}, nil},
	{"attached", "file of a message", []string{"message", "sha256", "ticket", "size"}, []string{"state", "problem", "sent_at"}},
	{"seen", "mark", []string{"ticket", "message"}, nil},
}

// row is what was read of a guarded table.
type guardedRow struct {
	values []any // guarded columns, sum, the rest
	sound  bool
}

// readGuarded reads a table row by row, as far as it can be read, from either
// end: a page that cannot be read hides no row on its other side. The rows are in
// the order in which they were written.
func (t *txn) readGuarded(table int) (rows []guardedRow, err error) {
	g := guarded[table]
	columns := append(append(slices.Clone(g.columns), "sum"), g.rest...)
	found := map[string]bool{}
	const forwards, backwards = "rowid", "rowid DESC"
	for _, order := range []string{forwards, backwards} {
		var more []guardedRow
		failed := t.each("SELECT "+strings.Join(columns, ", ")+" FROM "+g.name+" ORDER BY "+order, nil, func(s scan) error {
			values := make([]any, len(columns))
			dest := make([]any, len(columns))
			for i := range values {
				dest[i] = &values[i]
			}
			if err := s(dest...); err != nil {
				return err
			}
			sum, _ := values[len(g.columns)].(int64)
			if key := fmt.Sprint(values[0], "/", values[1]); !found[key] {
				found[key] = true
				more = append(more, guardedRow{values, rowSum(values[:len(g.columns)]...) == sum})
			}
			return nil
		})
		if order != forwards {
			slices.Reverse(more)
		}
		rows, err = append(rows, more...), errors.Join(err, failed)
	}
	return rows, err
}

// checkSums finds rows that are not what was written.
func (t *txn) checkSums() error {
	for i, g := range guarded {
		rows, err := t.readGuarded(i)
		if err != nil {
			return t.db.plain(err)
		}
		for _, r := range rows {
			if !r.sound {
				return t.db.plain(t.db.damaged("a %s has another sum than was written with it", g.what))
			}
		}
	}
	return nil
}

// salvage sets a damaged outbox aside and takes over every row that is sound.
func (r *Replica) salvage(ctx context.Context, path, aside string) (*database, error) {
	if err := setAside(path, aside); err != nil {
		return nil, err
	}
	db, err := tryOutbox(ctx, path)
	if err != nil {
		return nil, err
	}
	rows, lost := rescue(ctx, aside)
	err = db.update(ctx, func(t *txn) error {
		if err := t.takeOver(rows, &lost); err != nil {
			return err
		}
		return t.keepFact(metaSalvaged+filepath.Base(aside), sentenceOf(filepath.Base(aside), rows, lost))
	})
	return r.salvaged(ctx, db, aside, err)
}

// rescue reads the sound rows of a damaged outbox by table, and names what was
// seen to be lost.
func rescue(ctx context.Context, aside string) (rows map[string][]guardedRow, lost []string) {
	db, err := openDamaged(ctx, aside)
	if err != nil {
		return nil, []string{"everything"}
	}
	defer func() {
		db.close()
		discardCopy(aside)
	}()
	rows = map[string][]guardedRow{}
	db.view(ctx, func(t *txn) error {
		for i, g := range guarded {
			all, err := t.readGuarded(i)
			if err != nil && len(all) == 0 {
				lost = append(lost, "every "+g.what)
			}
			for _, row := range all {
				if row.sound {
					rows[g.name] = append(rows[g.name], row)
				} else if g.name != "outbox" {
					lost = append(lost, "a "+g.what)
				}
			}
		}
		return nil
	})
	return rows, lost
}

// takeOver writes the sound rows and fills the gaps in the mids.
func (t *txn) takeOver(rows map[string][]guardedRow, lost *[]string) error {
	for _, g := range guarded {
		columns := append(append(slices.Clone(g.columns), "sum"), g.rest...)
		for _, row := range rows[g.name] {
			if err := t.do("INSERT OR REPLACE INTO "+g.name+" ("+strings.Join(columns, ", ")+") VALUES ("+marks(len(columns))+")", row.values...); err != nil {
				return err
			}
		}
	}
	// What no sum guards is not believed: any of them may have been sent.
	if err := t.do("UPDATE outbox SET attempts = 1 WHERE attempts = 0"); err != nil {
		return err
	}
	return t.fillGaps(lost)
}

// fillGaps keeps the places of lost mutations, from the lowest that is there.
func (t *txn) fillGaps(lost *[]string) error {
	var lowest int64
	if _, err := t.find("SELECT COALESCE(MIN(mid), 0) FROM outbox", nil, &lowest); err != nil || lowest == 0 {
		return err
	}
	mids, err := t.fillFrom(lowest)
	for _, mid := range mids {
		*lost = append(*lost, fmt.Sprintf("change %d", mid))
	}
	return err
}

// fillFrom puts a Lost mutation at every mid from the given one on that has
// none, and lists them.
func (t *txn) fillFrom(mid int64) (filled []int64, err error) {
	next, err := t.nextMid()
	if err != nil {
		return nil, err
	}
	who, err := t.identityRow()
	if err != nil {
		return nil, err
	}
	for ; mid < next; mid++ {
		var one int64
		found, err := t.find("SELECT 1 FROM outbox WHERE mid = ?", []any{mid}, &one)
		if err != nil {
			return nil, err
		}
		if found {
			continue
		}
		m := desk.Mutation{Device: who.Device, Mid: mid, Name: desk.Lost, Version: 1, Args: json.RawMessage("{}")}
		if err := t.putMutation(m); err != nil {
			return nil, err
		}
		filled = append(filled, mid)
	}
	return filled, nil
}

// FillGaps puts a Lost mutation at every mid from the given one on that neither
// outbox nor journal has any more, and lists them: for a hub that waits for
// what a damaged disk took.
func (r *Replica) FillGaps(ctx context.Context, from int64) (filled []int64, err error) {
	err = r.outbox.update(ctx, func(t *txn) error { filled, err = t.fillFrom(from); return err })
	r.move(err, func(a *outboxIndex) { a.entries = nil })
	return filled, err
}

func sentenceOf(aside string, rows map[string][]guardedRow, lost []string) string {
	took := fmt.Sprintf("The outbox was damaged: taken over %d of your changes and %d of your drafts", len(rows["outbox"]), len(rows["draft"]))
	if len(lost) > 0 {
		slices.Sort(lost)
		took += ", lost " + named(lost)
	}
	return fmt.Sprintf("%s; the damaged file is kept as %s.", took, aside)
}
