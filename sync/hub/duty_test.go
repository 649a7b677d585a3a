package hub_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"holdall/store"
	"holdall/sync/hub"
)

// TestANodeThatLostItsTurnWritesNothing: another node took over while this one
// was slow. What it still writes is refused, and its work is ended (SPEC P55).
func TestANodeThatLostItsTurnWritesNothing(t *testing.T) {
	h := buildOn(t, postgresDSN(t)).run()
	write := func(d *hub.Duty) error {
		return h.central.Update(t.Context(), func(tx *store.CentralTx) error {
			return errors.Join(tx.SetMeta("written", "by the slow one"), d.Keep(tx))
		})
	}
	over := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		over <- h.server.Alone(ctx, "post", func(ctx context.Context, d *hub.Duty) error {
			if err := write(d); err != nil {
				t.Errorf("while it holds the duty: %v", err)
			}
			err := h.central.Update(t.Context(), func(tx *store.CentralTx) error {
				_, held, err := tx.TakeDuty("post", "another node", time.Hour)
				if held {
					t.Error("two nodes hold one duty")
				}
				return errors.Join(err, tx.SetMeta("written", ""), tx.DropDuty("post", d.Token()))
			})
			if err != nil {
				t.Error(err)
			}
			if err := h.central.Update(t.Context(), func(tx *store.CentralTx) error {
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
	if err := h.central.View(t.Context(), func(tx *store.CentralTx) error {
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
	h := buildOn(t, postgresDSN(t)).run()
	planned := errors.New("planned")
	for range 2 {
		if err := h.server.Alone(t.Context(), "post", func(context.Context, *hub.Duty) error { return planned }); !errors.Is(err, planned) {
			t.Errorf("%v", err)
		}
	}
}
