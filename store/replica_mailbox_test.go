package store

import (
	"testing"

	"holdall/desk"
)

// TestMailboxesGoWithTheirBucket: who loses the role loses the mailboxes and the
// quarantined mails, and nothing else.
func TestMailboxesGoWithTheirBucket(t *testing.T) {
	r := openReplica(t, t.TempDir())
	count := func() (mails, boxes, people int) {
		r.mustView(t, func(tx *ReplicaTx) error {
			n, err := tx.QuarantineCount()
			must(t, err)
			list, err := tx.QuarantinedMails(desk.InQuarantine)
			must(t, err)
			if len(list) != n {
				t.Errorf("%d counted, %d listed", n, len(list))
			}
			all, err := tx.Mailboxes()
			must(t, err)
			everybody, err := tx.People()
			mails, boxes, people = n, len(all), len(everybody)
			return err
		})
		return mails, boxes, people
	}
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for _, e := range oneOfEach() {
			must(t, tx.Put(e))
		}
		return nil
	})
	if mails, boxes, people := count(); mails != 1 || boxes != 1 || people != 1 {
		t.Fatalf("%d mails, %d mailboxes, %d people", mails, boxes, people)
	}
	r.mustUpdate(t, func(tx *ReplicaTx) error { return tx.DropLoose(desk.BucketMail) })
	if mails, boxes, people := count(); mails != 0 || boxes != 0 || people != 1 {
		t.Errorf("%d mails, %d mailboxes, %d people", mails, boxes, people)
	}
}
