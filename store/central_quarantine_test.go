package store

import (
	"testing"
	"time"

	"holdall/desk"
)

// quarantinedOf is the record of a mail as the hub makes it.
func quarantinedOf(l Ledger, state desk.QuarantineState) desk.QuarantinedMail {
	return desk.QuarantinedMail{ID: desk.QuarantineID(l.SHA256[:8]), Account: l.Account, SHA256: l.SHA256, State: state, Part: desk.KeptWhole, At: noon, ReceivedAt: noon}
}

// quarantineTold walks a mail through quarantine, a person's decision, a second
// failure and its end; at each step the ledger says what no record tells yet.
func quarantineTold(t *testing.T, c *Central) {
	raw := []byte("From: rudi@example.com\r\n\r\nhello")
	l := mailOf(1, raw)
	tell := func(what string, untold, ended int) {
		t.Helper()
		c.mustView(t, func(tx *CentralTx) error {
			u, err := tx.QuarantineUntold(10)
			must(t, err)
			e, err := tx.QuarantineEnded()
			if len(u) != untold || len(e) != ended {
				t.Errorf("%s: %d untold and %d ended, want %d and %d", what, len(u), len(e), untold, ended)
			}
			return err
		})
	}
	step := func(fn func(tx *CentralTx) error) { t.Helper(); c.mustUpdate(t, fn) }
	decide := func(state desk.QuarantineState) {
		t.Helper()
		step(func(tx *CentralTx) error {
			q := quarantinedOf(l, state)
			_, err := tx.Put(q)
			must(t, err)
			return tx.DecideMail(q)
		})
	}
	waits := func(want bool) {
		t.Helper()
		c.mustView(t, func(tx *CentralTx) error {
			got, err := tx.MailWaits(l.Account, l.SHA256)
			if got != want {
				t.Errorf("the mail waits: %v", got)
			}
			return err
		})
	}
	step(func(tx *CentralTx) error { _, err := tx.FileMail(l, raw); return err })
	step(func(tx *CentralTx) error { return tx.MarkMail(l.Account, l.SHA256, MailQuarantined, "broken", "", "") })
	tell("set aside", 1, 0)
	step(func(tx *CentralTx) error { _, err := tx.Put(quarantinedOf(l, desk.InQuarantine)); return err })
	tell("told", 0, 0)
	decide(desk.QuarantineRetrying)
	waits(true)
	tell("tried again", 0, 0)
	step(func(tx *CentralTx) error {
		return tx.MarkMail(l.Account, l.SHA256, MailQuarantined, "broken still", "", "")
	})
	tell("failed again", 1, 0)
	step(func(tx *CentralTx) error { _, err := tx.Put(quarantinedOf(l, desk.InQuarantine)); return err })
	decide(desk.QuarantineDismissed)
	waits(false)
	tell("put aside", 0, 0)
	decide(desk.QuarantineRetrying)
	waits(true)
	step(func(tx *CentralTx) error {
		return tx.MarkMail(l.Account, l.SHA256, MailConverted, "became work", "t1", "m1")
	})
	tell("became work", 0, 1)
	decide(desk.QuarantineRetrying)
	waits(false)
	c.mustView(t, func(tx *CentralTx) error {
		here, err := tx.InQuarantine(l.SHA256)
		if !here {
			t.Error("a mail under way cannot be looked at")
		}
		return err
	})
	decide(desk.QuarantineSettled)
	c.mustView(t, func(tx *CentralTx) error {
		here, err := tx.InQuarantine(l.SHA256)
		if here {
			t.Error("a settled mail is still shown from quarantine")
		}
		ended, err2 := tx.QuarantineEnded()
		if len(ended) != 0 {
			t.Errorf("told twice: %+v", ended)
		}
		must(t, err2)
		return err
	})
}

func mailsCounted(t *testing.T, c *Central) {
	midnight := noon.Add(-12 * time.Hour)
	c.mustUpdate(t, func(tx *CentralTx) error {
		for uid, state := range []string{MailFiled, MailConverted, MailQuarantined, MailResting, MailDismissed} {
			raw := []byte{byte(uid)}
			l := mailOf(uint32(uid+1), raw)
			l.State = state
			_, err := tx.FileMail(l, raw)
			must(t, err)
		}
		old := mailOf(77, []byte("old"))
		old.ReceivedAt = midnight.Add(-time.Second)
		_, err := tx.FileMail(old, []byte("old"))
		must(t, err)
		other := mailOf(78, []byte("other"))
		other.Account = "sales"
		_, err = tx.FileMail(other, []byte("other"))
		return err
	})
	c.mustView(t, func(tx *CentralTx) error {
		today, err := tx.MailSince("support", midnight)
		must(t, err)
		unread, err := tx.MailUnread("support")
		if today != 5 || unread != 3 {
			t.Errorf("%d of today and %d unread, want 5 and 3", today, unread)
		}
		return err
	})
}
