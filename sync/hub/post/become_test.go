package post_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"holdall/desk"
)

// TestWhatHasLeftIsNotSentAgain (SPEC P71): where that could not be written down
// before the turn ended, as on a database that was away, the next turn of this node
// knows it yet.
func TestWhatHasLeftIsNotSentAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hub.db")
	h := buildOn(t, path)
	db, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=10000")
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	server := &mailServer{answer: func(int) error {
		_, err := db.Exec("CREATE TRIGGER planned BEFORE UPDATE ON message WHEN NEW.delivery = 'sent' BEGIN SELECT RAISE(ABORT, 'planned by a test'); END")
		return err
	}}
	p := h.post(server)
	stop := h.run().work(p)
	h.answered(1)
	h.comes("rt0", desk.DeliverySending)
	h.Until("it has left", func() bool { return len(server.mails()) == 1 })
	stop()
	_, err = db.Exec("DROP TRIGGER planned")
	must(t, err)
	h.work(p)
	h.comes("rt0", desk.DeliverySent)
	if n := len(server.mails()); n != 1 {
		t.Errorf("it was sent %d times", n)
	}
}
