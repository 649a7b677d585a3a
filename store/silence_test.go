package store

import (
	"context"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	pg "holdall/store/postgres"
)

// quick is patience that a test has, and of its server.
var quick = patience{connect: 500 * time.Millisecond, silence: 500 * time.Millisecond, away: time.Second}

const quickIdle = "&" + idleParam + "=200"

// muted is a database behind something that can fall silent, for a node that is
// quick to give up.
func muted(t *testing.T) (*pg.Mute, *Central) {
	dsn := postgresDSN(t)
	running, _, err := server.Servers()
	must(t, err)
	mute, err := running.Mute()
	must(t, err)
	t.Cleanup(func() { must(t, mute.Stop()) })
	c := openCentral(t, mute.DSN(dsn)+quickIdle)
	c.db.patience = quick
	c.db.line.most.Store(int64(quick.silence))
	return mute, c
}

// told fails a test in which somebody waits too long to be told.
func told(t *testing.T, what string, do func() error) error {
	t.Helper()
	const most = 30 * time.Second
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-time.After(most):
		t.Fatalf("%s: nobody was told for %s", what, most)
	}
	return nil
}

// TestASilentServerIsGivenUp: whoever writes or reads is told in good time, however
// many do at once, and what comes when the server answers again waits for nothing of
// what is lost.
func TestASilentServerIsGivenUp(t *testing.T) {
	mute, c := muted(t)
	write := func() error {
		return c.Update(ctx, func(tx *CentralTx) error { return tx.SetMeta("a", "b") })
	}
	read := func() error {
		return c.View(ctx, func(tx *CentralTx) error { _, err := tx.Meta("a"); return err })
	}
	for range 2 {
		crowd(t, 3*connections, read) // all connections stand open
		mute.Silence()
		sentence(t, told(t, "to write", write), desk.CodeInternal, "does not answer")
		for _, err := range crowd(t, 3*connections, read) {
			sentence(t, err, desk.CodeInternal, "does not answer")
		}
		mute.Speak()
		for range 2 * connections {
			must(t, told(t, "to write again", write))
		}
	}
}

// crowd lets many do something at once.
func crowd(t *testing.T, n int, do func() error) []error {
	t.Helper()
	errs := make([]error, n)
	var at sync.WaitGroup
	for i := range n {
		at.Go(func() { errs[i] = do() })
	}
	must(t, told(t, "a crowd", func() error { at.Wait(); return nil }))
	return errs
}

// TestSilenceInATransactionDoublesNothing: where the server falls silent between
// two statements, or before it has answered COMMIT, and answers again, the
// transaction takes place once (SPEC P54).
func TestSilenceInATransactionDoublesNothing(t *testing.T) {
	mute, c := muted(t)
	for round, at := range []string{"between", "at the end", "in COMMIT"} {
		runs := 0
		hush := func(when string) {
			if when != at || runs > 1 {
				return
			}
			if time.AfterFunc(quick.silence+quick.away/2, mute.Speak); at == "in COMMIT" {
				mute.SilenceAfter("commit")
			} else {
				mute.Silence()
			}
		}
		must(t, told(t, at, func() error {
			return c.Update(ctx, func(tx *CentralTx) error {
				runs++
				if _, err := tx.NextNumber(desk.Incident); err != nil {
					return err
				}
				hush("between")
				err := tx.SetMeta("b", "c")
				hush("at the end")
				hush("in COMMIT")
				return err
			})
		}))
		c.mustView(t, func(tx *CentralTx) error {
			var next int64
			_, err := tx.find("SELECT next FROM counter", nil, &next)
			if want := map[bool]int{true: 1, false: 2}[at == "in COMMIT"]; next != int64(round+2) || runs < want {
				t.Errorf("%s: ran %d times, and the next number is %d", at, runs, next)
			}
			return err
		})
	}
}

// TestWhatADeadNodeLockedIsFreeAgain: the server hears no more of a node in the
// middle of its transaction, and another one need not wait for it longer than the
// node that takes over its work may (SPEC P55).
func TestWhatADeadNodeLockedIsFreeAgain(t *testing.T) {
	dsn := postgresDSN(t)
	running, _, err := server.Servers()
	must(t, err)
	mute, err := running.Mute()
	must(t, err)
	t.Cleanup(func() { must(t, mute.Stop()) })
	dead, lives := openCentral(t, mute.DSN(dsn)), openCentral(t, dsn)
	stop, cancel := context.WithCancel(ctx)
	defer cancel()
	locked := make(chan struct{})
	go dead.Update(stop, func(tx *CentralTx) error {
		if _, _, err := tx.TakeDuty("post", "dead", time.Second); err != nil {
			return err
		}
		mute.Silence()
		close(locked)
		<-stop.Done()
		return stop.Err()
	})
	<-locked
	began := time.Now()
	must(t, told(t, "to take over", func() error {
		return lives.Update(ctx, func(tx *CentralTx) error {
			_, held, err := tx.TakeDuty("post", "lives", time.Second)
			if !held {
				t.Error("it is another's")
			}
			return err
		})
	}))
	t.Logf("free again after %.1f s", time.Since(began).Seconds())
}

// TestAMigrationTakesAsLongAsItTakes: a statement that says nothing for longer than
// a node is patient is not cut while the schema is led up.
func TestAMigrationTakesAsLongAsItTakes(t *testing.T) {
	dsn := postgresDSN(t)
	must(t, openCentral(t, dsn).Close())
	db, err := openAny(ctx, dsn)
	must(t, err)
	t.Cleanup(func() { must(t, db.close()) })
	db.patience = quick
	next := planted(t, centralPlan, "ALTER TABLE team ADD COLUMN colour TEXT;\nSELECT pg_sleep(1.5);")
	must(t, next.migrate(ctx, db))
	version, _, err := db.identify(ctx)
	if err != nil || version != next.version {
		t.Errorf("version %d, %v", version, err)
	}
}

// TestHintsOutliveASilence: they come again over connections of their own.
func TestHintsOutliveASilence(t *testing.T) {
	mute, c := muted(t)
	other := openCentral(t, c.db.server.ConnString())
	other.db.patience = quick
	heard := make(chan string, 1000)
	hears := c.Join(func(topic string, _ []byte) { heard <- topic })
	defer hears.Leave()
	says := other.Join(func(string, []byte) {})
	defer says.Leave()
	comes := func(topic string) {
		must(t, told(t, topic, func() error {
			for {
				says.Publish(topic, nil)
				select {
				case got := <-heard:
					if got == topic {
						return nil
					}
				case <-time.After(50 * time.Millisecond):
				}
			}
		}))
	}
	comes("before")
	mute.Silence()
	time.AfterFunc(quick.silence, mute.Speak)
	comes("after")
}
