package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"holdall/desk"
)

func (c *Central) mustUpdate(t testing.TB, fn func(*CentralTx) error) {
	t.Helper()
	must(t, c.Update(context.Background(), fn))
}

func (c *Central) mustView(t testing.TB, fn func(*CentralTx) error) {
	t.Helper()
	must(t, c.View(context.Background(), fn))
}

// suite is what a hub's database has to do, whatever engine it runs on.
var suite = []struct {
	name string
	test func(*testing.T, *Central)
}{
	{"records keep their bytes", recordsKeepTheirBytes},
	{"what is not there is unknown", absenceIsUnknown},
	{"hostile text is kept", hostileTextIsKept},
	{"what no engine keeps names nothing", unkeepable},
	{"what strangers write is found however long", foundHoweverLong},
	{"what no frame carries is not kept", tooLong},
	{"a tree is read whole and in order", treeIsOrdered},
	{"the directory is found by address", directoryByAddress},
	{"mails are found by their Message-ID", mailsByID},
	{"replies wait oldest first", repliesOldestFirst},
	{"replies leave fairly and in order", repliesFairAndInOrder},
	{"replies at once lose no place", repliesAtOnce},
	{"mails are kept until they have left", outgoingMails},
	{"a ticket came by a mailbox", ticketsOfMailboxes},
	{"an error undoes the transaction", errorUndoes},
	{"a savepoint undoes its own part", savepointUndoesItsPart},
	{"a snapshot does not move", snapshotStands},
	{"writers at once lose nothing", writersAtOnce},
	{"a panic leaves no transaction behind", panicRollsBack},
	{"buckets count without gaps", bucketsAreDense},
	{"changes come in order with their records", changesInOrder},
	{"pages hold little at once", pagesHoldLittle},
	{"a dropped tree leaves one entry", dropLeavesOneEntry},
	{"digests are of the living records", digestOfTheLiving},
	{"the running digest is the counted one", runningDigest},
	{"parts add up and tell their marks", partsAndMarks},
	{"drops stay while they are of use", dropsOfUse},
	{"what ended waits, and pins are found", shelved},
	{"heads of untouched buckets are zero", headsOfUntouched},
	{"devices are known by id and token", devicesByToken},
	{"one conversation of a device counts", turnsOfDevices},
	{"changes of grants are counted", grantsAreCounted},
	{"a duty is one node's at a time", dutyOfOne},
	{"passwords are found by address", passwordsByAddress},
	{"results are kept once", resultsOnce},
	{"no number is given twice", numbersOnce},
	{"a number is borne by one ticket", numberTaken},
	{"mails are filed once", mailsFiledOnce},
	{"mails go their way through the ledger", ledgerStates},
	{"records follow the ledger into and out of quarantine", quarantineTold},
	{"mails of an account are counted by the day", mailsCounted},
	{"mails of one second keep the order of their mailbox", mailsOfOneSecond},
	{"mailboxes remember their place", mailboxPosition},
	{"what passed between an address and the desk is counted", mailTraffic},
	{"files are kept by content", filesByContent},
	{"files come in parts and stay in them", filesInParts},
	{"a file is held where its message stands", filesHeld},
	{"what nothing refers to is found and dropped", filesLoose},
	{"a sweep keeps nobody waiting", sweepBounded},
	{"the epoch outlives the program", epochStays},
}

func TestCentral(t *testing.T) {
	for engine, dsn := range engines {
		t.Run(engine, func(t *testing.T) {
			for _, s := range suite {
				t.Run(s.name, func(t *testing.T) { s.test(t, openCentral(t, dsn(t))) })
			}
		})
	}
}

func errorUndoes(t *testing.T, c *Central) {
	planned := errors.New("planned")
	err := c.Update(context.Background(), func(tx *CentralTx) error {
		_, err := tx.Put(ticketOf("t1", 1))
		must(t, err)
		return planned
	})
	if !errors.Is(err, planned) {
		t.Errorf("error %v, want the planned one", err)
	}
	c.mustView(t, func(tx *CentralTx) error {
		if _, err := tx.Get(desk.Key{Kind: desk.KindTicket, ID: "t1"}); !errors.Is(err, desk.ErrUnknown) {
			t.Errorf("the ticket survived: %v", err)
		}
		return nil
	})
}

func savepointUndoesItsPart(t *testing.T, c *Central) {
	planned := errors.New("planned")
	c.mustUpdate(t, func(tx *CentralTx) error {
		put := func(id string, n int64) func() error {
			return func() error { _, err := tx.Put(ticketOf(id, n)); return err }
		}
		must(t, tx.Savepoint(put("kept", 1)))
		err := tx.Savepoint(func() error {
			must(t, put("undone", 2)())
			must(t, tx.Savepoint(put("undone too", 3)))
			return planned
		})
		if !errors.Is(err, planned) {
			t.Errorf("error %v, want the planned one", err)
		}
		// A refused statement must not spoil the rest of the transaction.
		if err := tx.Savepoint(put("same number", 1)); err == nil {
			t.Error("two tickets bear one number")
		}
		return put("after", 4)()
	})
	c.mustView(t, func(tx *CentralTx) error {
		for id, want := range map[string]bool{"kept": true, "undone": false, "undone too": false, "same number": false, "after": true} {
			if _, err := tx.Get(desk.Key{Kind: desk.KindTicket, ID: id}); (err == nil) != want {
				t.Errorf("ticket %q: %v, want it kept: %v", id, err, want)
			}
		}
		return nil
	})
}

func snapshotStands(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.SetMeta("tide", "low") })
	runs := 0 // of the view: one whose connection is lost runs again
	c.mustView(t, func(tx *CentralTx) error {
		before, err := tx.Meta("tide")
		must(t, err)
		runs++
		high := fmt.Sprint("high ", runs)
		c.mustUpdate(t, func(tx *CentralTx) error { return tx.SetMeta("tide", high) })
		after, err := tx.Meta("tide")
		must(t, err)
		if before == high || after != before {
			t.Errorf("the snapshot saw %q, then %q", before, after)
		}
		return nil
	})
}

// writersAtOnce makes transactions meet: on PostgreSQL most of them run again.
func writersAtOnce(t *testing.T, c *Central) {
	const writers, rounds = 6, 15
	var wg sync.WaitGroup
	errs := make(chan error, writers)
	for w := range writers {
		wg.Go(func() {
			for i := range rounds {
				errs <- c.Update(context.Background(), func(tx *CentralTx) error {
					number, err := tx.NextNumber(desk.Incident)
					if err != nil {
						return err
					}
					tk := ticketOf(fmt.Sprintf("t%d-%d", w, i), 0)
					tk.Number = number
					r, err := tx.Put(tk)
					if err != nil {
						return err
					}
					_, err = tx.Post("triage", []Entry{entryOf(r)}, noon)
					return err
				})
			}
		})
	}
	go func() { wg.Wait(); close(errs) }()
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	c.mustView(t, func(tx *CentralTx) error {
		changes, err := tx.Changes("triage", 0, 1000)
		must(t, err)
		if len(changes) != writers*rounds {
			t.Errorf("%d changes, want %d", len(changes), writers*rounds)
		}
		for i, ch := range changes {
			if ch.Seq != int64(i)+1 {
				t.Fatalf("change %d has sequence %d", i, ch.Seq)
			}
		}
		return nil
	})
}

func panicRollsBack(t *testing.T, c *Central) {
	func() {
		defer func() { recover() }()
		c.Update(context.Background(), func(tx *CentralTx) error { panic("planned") })
	}()
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.SetMeta("after", "panic") })
}

func epochStays(t *testing.T, c *Central) {
	if len(c.Epoch()) != 36 {
		t.Errorf("epoch %q is no UUID", c.Epoch())
	}
	again := &Central{db: c.db}
	must(t, centralPlan.migrate(context.Background(), c.db))
	must(t, again.begin(context.Background()))
	if again.Epoch() != c.Epoch() {
		t.Errorf("epoch %q became %q", c.Epoch(), again.Epoch())
	}
	c.mustView(t, func(tx *CentralTx) error {
		epoch, err := tx.Epoch()
		if epoch != c.Epoch() {
			t.Errorf("the snapshot says %q, the hub %q", epoch, c.Epoch())
		}
		return err
	})
}
