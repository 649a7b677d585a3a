package store

import (
	"errors"
	"strconv"
	"sync"
	"testing"
)

// counted adds one to a counter, as often as its transaction runs.
func counted(tx *CentralTx) error {
	text, err := tx.Meta("count")
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(text)
	return tx.SetMeta("count", strconv.Itoa(n+1))
}

// TestACommitWithoutAnAnswerTakesPlaceOnce: statements and commits are refused,
// connections break before and after COMMIT, and still every transaction that
// was called done took place exactly once (SPEC P54).
func TestACommitWithoutAnAnswerTakesPlaceOnce(t *testing.T) {
	strict, dsn := strictByStatement(t, 7)
	const writers, rounds = 3, 40
	c := openCentral(t, dsn)
	var writing sync.WaitGroup
	errs := make(chan error, writers*rounds)
	for range writers {
		writing.Go(func() {
			for range rounds {
				errs <- c.Update(ctx, counted)
			}
		})
	}
	writing.Wait()
	close(errs)
	for err := range errs {
		must(t, err)
	}
	c.mustView(t, func(tx *CentralTx) error {
		text, err := tx.Meta("count")
		if err == nil && text != strconv.Itoa(writers*rounds) {
			t.Errorf("%s took place of %d", text, writers*rounds)
		}
		return err
	})
	for what, n := range map[string]int64{"refusals": strict.Refused.Load(), "broken connections": strict.Cut.Load(), "commits in doubt": strict.Doubted.Load()} {
		if n == 0 {
			t.Errorf("the run met no %s", what)
		}
	}
}

// TestASwallowedErrorDoesNotHideABrokenConnection: a caller that goes on after
// an error of a savepoint does not commit half of what it wanted.
func TestASwallowedErrorDoesNotHideABrokenConnection(t *testing.T) {
	_, dsn := strictByStatement(t, 3)
	c := openCentral(t, dsn)
	for range 40 {
		must(t, c.Update(ctx, func(tx *CentralTx) error {
			_ = tx.Savepoint(func() error { return counted(tx) })
			return nil
		}))
	}
	c.mustView(t, func(tx *CentralTx) error {
		text, err := tx.Meta("count")
		if err == nil && text != "40" {
			t.Errorf("%s took place of 40", text)
		}
		return err
	})
}

// TestSeveralNodesBeginAtOnce on a database that is empty.
func TestSeveralNodesBeginAtOnce(t *testing.T) {
	dsn := postgresDSN(t)
	var opening sync.WaitGroup
	epochs := make([]string, 4)
	errs := make([]error, len(epochs))
	for i := range epochs {
		opening.Go(func() {
			c, err := OpenCentral(ctx, dsn)
			if err == nil {
				epochs[i], err = c.Epoch(), c.Close()
			}
			errs[i] = err
		})
	}
	opening.Wait()
	must(t, errors.Join(errs...))
	for _, e := range epochs {
		if e != epochs[0] {
			t.Errorf("epochs %v", epochs)
		}
	}
}

// TestWhoWasSlowInATransactionRunsItAgain (SPEC P54): a server hangs up on whoever
// does nothing in a transaction for too long, as a machine that slept.
func TestWhoWasSlowInATransactionRunsItAgain(t *testing.T) {
	c := openCentral(t, engines["PostgreSQL"](t))
	runs := 0
	must(t, c.Update(t.Context(), func(tx *CentralTx) error {
		if runs++; runs > 1 {
			return tx.SetMeta("written", "once")
		}
		var mine, one int64
		_, err := tx.find("SELECT pg_backend_pid()", nil, &mine)
		must(t, errors.Join(err, tx.do("SET LOCAL idle_in_transaction_session_timeout = 50")))
		for there := true; there; {
			c.mustView(t, func(other *CentralTx) (err error) {
				there, err = other.find("SELECT 1 FROM pg_stat_activity WHERE pid = ?", []any{mine}, &one)
				return err
			})
		}
		return tx.SetMeta("written", "once")
	}))
	if runs != 2 {
		t.Errorf("it ran %d times", runs)
	}
}
