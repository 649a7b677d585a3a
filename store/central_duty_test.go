package store

import (
	"testing"
	"time"
)

// takes lets a node take a duty in a transaction of its own.
func takes(t *testing.T, c *Central, holder string, life time.Duration, want bool) (token int64) {
	t.Helper()
	c.mustUpdate(t, func(tx *CentralTx) error {
		var held bool
		var err error
		if token, held, err = tx.TakeDuty("post", holder, life); held != want {
			t.Errorf("%s holds it: %v, want %v", holder, held, want)
		}
		return err
	})
	return token
}

func dutyOfOne(t *testing.T, c *Central) {
	holds := func(token int64, want bool) {
		t.Helper()
		c.mustView(t, func(tx *CentralTx) error {
			held, err := tx.HoldsDuty("post", token)
			if held != want {
				t.Errorf("token %d holds: %v, want %v", token, held, want)
			}
			return err
		})
	}
	first := takes(t, c, "a", time.Hour, true)
	takes(t, c, "b", time.Hour, false)
	if again := takes(t, c, "a", -time.Second, true); again != first { // renewed, and over at once
		t.Errorf("token %d became %d by a renewal", first, again)
	}
	holds(first, true) // nobody has taken it yet
	second := takes(t, c, "b", time.Hour, true)
	holds(first, false)
	holds(second, true)
	takes(t, c, "a", time.Hour, false)
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.DropDuty("post", first) })
	holds(second, true)
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.DropDuty("post", second) })
	if third := takes(t, c, "a", time.Hour, true); third <= second {
		t.Errorf("token %d after %d", third, second)
	}
}
