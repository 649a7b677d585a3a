package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"holdall/desk"
)

// dying is a context that ends when it was asked so often whether it has ended: as
// a program that ends there leaves the files.
type dying struct {
	context.Context
	left int
}

func (d *dying) Err() error {
	if d.left--; d.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestASalvageThatWasCutShortGoesOn, wherever that was: the next start takes over
// what the first one would have, and none takes the new outbox for a sound one.
func TestASalvageThatWasCutShortGoesOn(t *testing.T) {
	whole := worn(t)
	harm(t, filepath.Join(whole, outboxFile), harms["a broken head"])
	must(t, os.RemoveAll(filepath.Join(whole, replicaFile)))
	for left, done := 0, false; !done; left += 1 + left/8 {
		dir := t.TempDir()
		must(t, os.CopyFS(dir, os.DirFS(whole)))
		r, err := OpenReplica(&dying{ctx, left}, dir)
		if done = err == nil; done {
			must(t, r.Close())
		}
		r = openReplica(t, dir)
		pending, err := r.Pending(ctx)
		must(t, err)
		_, drafted, err := r.Draft(ctx, "t1", desk.InternalNote)
		if who, failed := r.Identity(ctx); len(pending) != 40 || !drafted || who.Device != "d1" || errors.Join(err, failed) != nil {
			t.Fatalf("cut at look %d: %d edits, draft %v, %v", left, len(pending), drafted, who.Device)
		}
		must(t, r.Close())
		if left > 2000 {
			t.Fatal("it never came to its end")
		}
	}
}

// TestACrashBetweenTheFilesOfADamagedOutbox: the log that stayed behind belongs to
// what was set aside, and holds what nobody else has.
func TestACrashBetweenTheFilesOfADamagedOutbox(t *testing.T) {
	dir := worn(t)
	r := openReplica(t, dir)
	_, err := r.Append(ctx, []desk.Mutation{patch(t, "t2", "in the log alone")})
	must(t, err)
	for _, end := range []string{"", "-wal"} { // as a program that was killed leaves them
		data, err := os.ReadFile(filepath.Join(dir, outboxFile+end))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, "kept"+end), data, 0o600))
	}
	must(t, r.Close())
	aside := filepath.Join(dir, outboxFile+".damaged-1")
	must(t, os.Remove(filepath.Join(dir, outboxFile)))
	must(t, os.Rename(filepath.Join(dir, "kept"), aside))
	must(t, os.Rename(filepath.Join(dir, "kept-wal"), filepath.Join(dir, outboxFile+"-wal")))
	must(t, WriteFile(filepath.Join(dir, salvageMark), []byte(filepath.Base(aside))))
	r = openReplica(t, dir)
	if on, err := r.PendingOn(ctx, "t2"); len(on) != 1 || err != nil {
		t.Errorf("%d edits on the ticket, %v", len(on), err)
	}
	must(t, r.Close())
	if s := openReplica(t, dir).Repaired(); s != "" {
		t.Errorf("repaired again: %q", s)
	}
}

// TestWhatIsSalvagedKeepsItsOrder: what rests leaves in the order it was sent (SPEC
// P77), and files in the order they were announced.
func TestWhatIsSalvagedKeepsItsOrder(t *testing.T) {
	dir := t.TempDir()
	r := openReplica(t, dir)
	var sent []desk.MessageID
	for i := range 12 {
		id := desk.MessageID(fmt.Sprint("m", i))
		must(t, r.Rest(ctx, Resting{ID: id, Mutation: announcing(t, id), Draft: Draft{Ticket: "t1", Kind: desk.PublicReply}}))
		sent = append(sent, id)
	}
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: desk.InternalNote, Text: "draft", SavedAt: noon}))
	must(t, r.change(ctx, "UPDATE draft SET text = 'another'"))
	must(t, r.Close())
	r = openReplica(t, dir)
	list, err := r.Resting(ctx)
	must(t, err)
	var rest []desk.MessageID
	for _, m := range list {
		rest = append(rest, m.ID)
	}
	if r.Repaired() == "" || !slices.Equal(rest, sent) {
		t.Errorf("they rest in the order %v", rest)
	}
}
