package hub_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
)

// TestANodeThatLostItsTurnWritesNothing: another node took over while this one
// was slow. What it still writes is refused, and its work is ended (SPEC P55).
func TestANodeThatLostItsTurnWritesNothing(t *testing.T) {
	h := buildOn(t, stand.Postgres(t)).run()
	write := func(d *hub.Duty) error {
		return h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
			return errors.Join(tx.SetMeta("written", "by the slow one"), d.Keep(tx))
		})
	}
	over := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		over <- h.Server.Alone(ctx, "post", func(ctx context.Context, d *hub.Duty) error {
			if err := write(d); err != nil {
				t.Errorf("while it holds the duty: %v", err)
			}
			err := h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
				_, held, err := tx.TakeDuty("post", "another node", time.Hour)
				if held {
					t.Error("two nodes hold one duty")
				}
				return errors.Join(err, tx.SetMeta("written", ""), tx.DropDuty("post", d.Token()))
			})
			if err != nil {
				t.Error(err)
			}
			if err := h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
				_, _, err := tx.TakeDuty("post", "another node", time.Hour)
				return err
			}); err != nil {
				t.Error(err)
			}
			if err := write(d); err == nil {
				t.Error("it wrote on")
			}
			<-ctx.Done() // it is ended
			stop()
			return nil
		})
	}()
	if err := <-over; err != nil {
		t.Error(err)
	}
	if err := h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		word, err := tx.Meta("written")
		if word != "" {
			t.Errorf("written %s", word)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// TestWorkThatEndsGivesItsTurnBack: the next one begins without a wait.
func TestWorkThatEndsGivesItsTurnBack(t *testing.T) {
	h := buildOn(t, stand.Postgres(t)).run()
	planned := errors.New("planned")
	for range 2 {
		if err := h.Server.Alone(t.Context(), "post", func(context.Context, *hub.Duty) error { return planned }); !errors.Is(err, planned) {
			t.Errorf("%v", err)
		}
	}
}

// TestATurnThatWasAnothersBeginsAnew: who was so slow that another node had the
// work meanwhile, and gave it back, begins it again and writes nothing by what it
// knew before (SPEC P55).
func TestATurnThatWasAnothersBeginsAnew(t *testing.T) {
	h := buildOn(t, stand.Postgres(t)).run()
	h.Server.Lasting(300 * time.Millisecond)
	write := func(d *hub.Duty) error { return h.Central.Update(t.Context(), d.Keep) }
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	var turns []*hub.Duty
	err := h.Server.Alone(ctx, "post", func(working context.Context, d *hub.Duty) error {
		if !d.Holds() {
			t.Error("it does not know that it has the turn")
		}
		if turns = append(turns, d); len(turns) > 1 {
			return errors.Join(write(d), ctx.Err())
		}
		err := h.Central.Update(ctx, func(tx *store.CentralTx) error {
			if err := tx.DropDuty("post", d.Token()); err != nil {
				return err
			}
			token, held, err := tx.TakeDuty("post", "another node", time.Hour)
			if !held {
				t.Error("another node did not get it")
			}
			return errors.Join(err, tx.DropDuty("post", token))
		})
		if err != nil {
			return err
		}
		<-working.Done()
		if err := write(d); err == nil || d.Holds() {
			t.Errorf("it wrote on, or would: %v", err)
		}
		return nil
	})
	if err != nil || len(turns) != 2 || turns[0].Token() == turns[1].Token() {
		t.Errorf("%d turns, %v", len(turns), err)
	}
}

// TestWhatWorkLeftBehindIsNotWritten: what it had asked for when it ended is
// refused, whatever the engine, for the next turn may have begun.
func TestWhatWorkLeftBehindIsNotWritten(t *testing.T) {
	for engine, h := range map[string]*house{"SQLite": build(t).run(), "PostgreSQL": buildOn(t, stand.Postgres(t)).run()} {
		var left *hub.Duty
		work := func(_ context.Context, d *hub.Duty) error {
			left = d
			return h.Central.Update(t.Context(), d.Keep)
		}
		if err := h.Server.Alone(t.Context(), "post", work); err != nil {
			t.Errorf("%s: %v", engine, err)
		}
		if err := h.Central.Update(t.Context(), left.Keep); err == nil || left.Holds() {
			t.Errorf("%s: it was written after the work, or would be: %v", engine, err)
		}
	}
}

// TestATurnThatIsNotRenewedIsNotHeld: who cannot ask does not know, and does as if
// another node had the work (SPEC P55).
func TestATurnThatIsNotRenewedIsNotHeld(t *testing.T) {
	h := buildOn(t, stand.Postgres(t)).run()
	h.Server.Lasting(300 * time.Millisecond)
	turns, undone := 0, errors.New("undone")
	err := h.Server.Alone(t.Context(), "post", func(working context.Context, d *hub.Duty) error {
		if turns++; turns > 1 {
			return nil
		}
		err := h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
			if err := tx.DropDuty("post", d.Token()); err != nil { // nobody else gets at it until this is undone
				return err
			}
			<-working.Done()
			if d.Holds() {
				t.Error("it holds what it could not renew")
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Error(err)
		}
		return nil
	})
	if err != nil || turns != 2 {
		t.Errorf("%d turns, %v", turns, err)
	}
}
