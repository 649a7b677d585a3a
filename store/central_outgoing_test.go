package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"holdall/desk"
)

// replyOf is a reply on its way out.
func replyOf(id string, ticket desk.TicketID, at desk.Delivery, next time.Time) desk.Message {
	m := noteOf(id, ticket, id)
	m.Kind, m.Delivery = desk.PublicReply, at
	if !next.IsZero() {
		m.Wait = &desk.Wait{For: desk.WaitPutOff, Next: next}
	}
	return m
}

func dispatch(t *testing.T, c *Central, list ...desk.Message) {
	t.Helper()
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, m := range list {
			if _, err := tx.Put(m); err != nil {
				return err
			}
			if err := tx.Dispatch(m); err != nil {
				return err
			}
		}
		return nil
	})
}

func idsOf(list []desk.Message) string {
	var ids []string
	for _, m := range list {
		ids = append(ids, string(m.ID))
	}
	return fmt.Sprint(ids)
}

// repliesFairAndInOrder: what is due comes turn by turn, whatever anybody's clock
// said when it was written.
func repliesFairAndInOrder(t *testing.T, c *Central) {
	soon, old := noon.Add(time.Minute), replyOf("a3", "ta", desk.DeliveryQueued, time.Time{})
	old.At = noon.Add(-24 * time.Hour)
	dispatch(t, c,
		replyOf("a1", "ta", desk.DeliveryQueued, time.Time{}), replyOf("a2", "ta", desk.DeliveryQueued, time.Time{}), old,
		replyOf("b1", "tb", desk.DeliveryWaiting, noon), replyOf("c1", "tc", desk.DeliveryWaiting, soon), replyOf("d1", "td", desk.DeliveryUnknown, soon),
		replyOf("e1", "te", desk.DeliverySent, time.Time{}), replyOf("f1", "tf", desk.DeliveryHeld, time.Time{}), replyOf("b2", "tb", desk.DeliverySending, time.Time{}))
	c.mustView(t, func(tx *CentralTx) error {
		due, err := tx.DueReplies(noon, 0, 10)
		must(t, err)
		if got := idsOf(due); got != "[a1 b1 a2 b2 a3]" {
			t.Errorf("due %s", got)
		}
		due, err = tx.DueReplies(soon, 0, 2)
		must(t, err)
		if got := idsOf(due); got != "[a1 b1]" {
			t.Errorf("the first two due %s", got)
		}
		due, err = tx.DueReplies(noon, 3, 10)
		must(t, err)
		if got := idsOf(due); got != "[b2 a3]" {
			t.Errorf("after three due %s", got)
		}
		later, err := tx.LaterReplies(noon, 0, 10)
		must(t, err)
		if got := idsOf(later); got != "[c1 d1]" {
			t.Errorf("later come %s", got)
		}
		later, err = tx.LaterReplies(noon, 1, 1)
		must(t, err)
		if got := idsOf(later); got != "[d1]" {
			t.Errorf("after one later comes %s", got)
		}
		all, err := tx.RepliesUnderway("ta")
		must(t, err)
		if got := idsOf(all); got != "[a1 a2 a3]" {
			t.Errorf("of one ticket %s", got)
		}
		counts, err := tx.CountReplies()
		if counts[desk.DeliveryQueued] != 3 || counts[desk.DeliveryWaiting] != 2 || counts[desk.DeliverySent] != 0 || counts[desk.DeliverySending] != 1 {
			t.Errorf("counts %v", counts)
		}
		return err
	})
	dispatch(t, c, replyOf("a1", "ta", desk.DeliverySent, time.Time{}), replyOf("b1", "tb", desk.DeliveryFailed, time.Time{}), replyOf("c1", "tc", desk.DeliveryQueued, time.Time{}))
	dispatch(t, c, replyOf("b1", "tb", desk.DeliveryQueued, time.Time{})) // tried again: behind the one that came meanwhile
	c.mustView(t, func(tx *CentralTx) error {
		due, err := tx.DueReplies(noon, 0, 10)
		if got := idsOf(due); got != "[a2 c1 b2 a3 b1]" {
			t.Errorf("due afterwards %s", got)
		}
		return err
	})
}

// repliesAtOnce get places of their own, whatever nodes take them.
func repliesAtOnce(t *testing.T, c *Central) {
	const writers, each = 6, 20
	failed := make(chan error, writers)
	for w := range writers {
		go func() {
			failed <- func() error {
				for n := range each {
					err := c.Update(ctx, func(tx *CentralTx) error {
						m := replyOf(fmt.Sprintf("w%d-%d", w, n), desk.TicketID(fmt.Sprint("tw", w)), desk.DeliveryQueued, time.Time{})
						if _, err := tx.Put(m); err != nil {
							return err
						}
						return tx.Dispatch(m)
					})
					if err != nil {
						return err
					}
				}
				return nil
			}()
		}()
	}
	for range writers {
		must(t, <-failed)
	}
	c.mustView(t, func(tx *CentralTx) error {
		for w := range writers {
			list, err := tx.RepliesUnderway(desk.TicketID(fmt.Sprint("tw", w)))
			must(t, err)
			for n, m := range list {
				if len(list) != each || string(m.ID) != fmt.Sprintf("w%d-%d", w, n) {
					t.Fatalf("%d replies, %s in place %d", len(list), m.ID, n)
				}
			}
		}
		return nil
	})
}

// outgoingMails are kept byte for byte until they have left, and their copies are
// owed until they are made.
func outgoingMails(t *testing.T, c *Central) {
	o := Outgoing{Message: "r1", MailID: "r1@desk.example", Sender: "desk@desk.example", Recipients: []string{"a@x.example", "b@x.example"}, Raw: []byte("Subject: \x00\xff\r\n\r\n.")}
	c.mustUpdate(t, func(tx *CentralTx) error {
		first := o
		first.Raw = []byte("another")
		must(t, tx.PutOutgoing(first))
		must(t, tx.OweCopy("r1", noon))
		must(t, tx.PutOutgoing(o))
		must(t, tx.OweCopy("none", noon))
		return tx.DropOutgoing("none")
	})
	due := func(now time.Time) string {
		var list []desk.MessageID
		c.mustView(t, func(tx *CentralTx) (err error) {
			list, err = tx.DueCopies("Desk@desk.example", now, 24*time.Hour, 10)
			return err
		})
		return fmt.Sprint(list)
	}
	read := func() (got Outgoing, err error) {
		c.mustView(t, func(tx *CentralTx) error { got, err = tx.OutgoingOf("r1"); return nil })
		return got, err
	}
	got, err := read()
	if err != nil || got.MailID != o.MailID || got.Sender != o.Sender || !slices.Equal(got.Recipients, o.Recipients) || !bytes.Equal(got.Raw, o.Raw) || !got.Left.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
	if list := due(noon.Add(time.Hour)); list != "[]" {
		t.Errorf("before it left copies of %s are due", list)
	}
	c.mustUpdate(t, func(tx *CentralTx) error {
		must(t, tx.OweCopy("r1", noon))
		return tx.RestCopy("r1", noon.Add(time.Minute))
	})
	if early, late := due(noon), due(noon.Add(time.Minute)); early != "[]" || late != "[r1]" {
		t.Errorf("due %s and a minute later %s", early, late)
	}
	if before := due(noon.AddDate(-10, 0, 0)); before != "[r1]" {
		t.Errorf("when the clock was put right ten years back %s are due", before)
	}
	c.mustView(t, func(tx *CentralTx) error {
		sender, err := tx.OutgoingSender("r1")
		must(t, err)
		none, err := tx.OutgoingSender("none")
		must(t, err)
		others, err := tx.DueCopies("hr@desk.example", noon.Add(time.Hour), 24*time.Hour, 10)
		if sender != o.Sender || none != "" || len(others) != 0 {
			t.Errorf("it comes from %q, what was never written from %q, and another address owes %v", sender, none, others)
		}
		return err
	})
	if got, err = read(); err != nil || got.Copies != 1 || !got.Left.Equal(noon) {
		t.Errorf("%+v, %v", got, err)
	}
	c.mustUpdate(t, func(tx *CentralTx) error {
		n, err := tx.CountCopies()
		if n != 1 {
			t.Errorf("%d copies are owed", n)
		}
		must(t, err)
		return tx.DropOutgoing("r1")
	})
	if _, err := read(); !errors.Is(err, desk.ErrUnknown) {
		t.Errorf("it is still there: %v", err)
	}
}

// TestRepliesOfAnOlderHubAreDue: those that were under way when it was led up.
func TestRepliesOfAnOlderHubAreDue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "central.db")
	raw, err := os.ReadFile("testdata/version-9/central.db")
	must(t, err)
	must(t, os.WriteFile(path, raw, 0o600))
	db, err := openSQLite(path, full)
	must(t, err)
	must(t, db.update(ctx, func(old *txn) error {
		for i, at := range []desk.Delivery{desk.DeliveryQueued, desk.DeliverySent, desk.DeliveryUnknown, desk.DeliverySending, desk.DeliveryHeld} {
			m := replyOf(string(at), "t1", at, time.Time{})
			m.At = noon.Add(-time.Duration(i) * time.Hour)
			if _, err := (&CentralTx{old}).Put(m); err != nil {
				return err
			}
		}
		return nil
	}))
	must(t, db.close())
	openCentral(t, path).mustView(t, func(tx *CentralTx) error {
		due, err := tx.DueReplies(noon, 0, 10)
		if got := idsOf(due); got != "[sending unknown queued]" {
			t.Errorf("due %s", got)
		}
		return err
	})
}
