package mailroom

import (
	"bytes"
	"testing"
	"time"

	"holdall/desk"
)

// by is a letter of another writer.
func by(writer, subject string) []byte {
	return bytes.ReplaceAll(letter(subject), []byte("a.petersen@"), []byte(writer+"@"))
}

// TestNoClockSaysWhatIsHistory: where the clock of the mail server is two days from
// the hub's, what was there before is answered by nobody all the same, and what comes
// is answered.
func TestNoClockSaysWhatIsHistory(t *testing.T) {
	p := openPost(t, Settings{})
	ahead, behind := time.Now().Add(48*time.Hour), time.Now().Add(-48*time.Hour)
	inbox := func(mail []byte, at time.Time) { must(t, p.server.DeliverAt(address, "INBOX", mail, at)) }
	answered := func(subject string) bool {
		return p.out.took("In-Reply-To: <"+subject+"@nordlicht-werke.example>") == 1
	}
	inbox(by("first", "before"), ahead)
	must(t, p.rules.Connect(t.Context(), p.connection(func(c *desk.MailboxConnection) { c.Setup.Acknowledge = true })))
	p.arrived("before")
	inbox(by("second", "after"), behind)
	p.arrived("after")
	p.told("what came is answered", func([]desk.Mailbox) bool { return answered("after") })
	if answered("before") {
		t.Error("what was there before the desk is answered")
	}
}
