package post_test

import (
	"encoding/hex"
	"fmt"
	"testing"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub/stand"
)

// endless is a text of so many bytes in which nothing is there twice: an index keeps
// no less of it.
func endless(bytes int) (text string) {
	for n := 0; len(text) < bytes; n++ {
		text += stand.Sum(fmt.Sprint(n))
	}
	return text[:bytes]
}

// TestAnEndlessIDLosesNoMail: what a stranger makes longer than an index of a server
// can hold is no reason to turn a mail away, whatever the engine.
func TestAnEndlessIDLosesNoMail(t *testing.T) {
	long := endless(5000)
	mails := []intake.Mail{
		letter(1, "From: <jonas@example.com>\nSubject: Ids\nMessage-ID: <"+long+"@example.com>\nReferences: <r"+long+"@example.com>\nIn-Reply-To: <i"+long+"@example.com>\n\nPlease help.\n"),
		letter(2, "From: <"+long+"@example.com>\nSubject: Address\nMessage-ID: <two@example.com>\n\nPlease help.\n"),
		letter(3, "From: <mia@"+long+".example.com>\nSubject: Place\nMessage-ID: "+long+"@example.com\n\nPlease help.\n"),
		letter(4, "From: <jonas@example.com>\nSubject: "+long+"\nMessage-ID: <four@example.com>\n"+
			"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease help.\n--b\nContent-ID: <"+long+">\nContent-Type: text/csv; name="+long+"\n\na;b\n--b--\n"),
	}
	for engine, dsn := range map[string]func() string{
		"SQLite": func() string { return stand.Database(t, t.TempDir()) }, "PostgreSQL": func() string { return stand.Postgres(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			h := buildOn(t, dsn()).run()
			sink, converter := h.intake()
			h.file(sink, intake.Position{UIDValidity: 7, LastUID: 4}, mails...)
			h.convert(converter)
			if n := h.tickets(); n != len(mails) {
				t.Errorf("%d tickets of %d mails", n, len(mails))
			}
			must(t, h.Central.View(t.Context(), func(tx *store.CentralTx) error {
				for _, m := range mails {
					if waits, err := tx.MailWaits(m.Account, hex.EncodeToString(m.SHA256[:])); waits || err != nil {
						t.Errorf("mail %d waits, %v", m.UID, err)
					}
				}
				_, message, err := tx.TicketByMailID("two@example.com")
				if err != nil {
					return err
				}
				m, err := desk.Read[desk.Message](tx, desk.Message{ID: message}.Key())
				if m.From == nil || m.From.Email != long+"@example.com" || m.Requester != "" {
					t.Errorf("an address nobody can have: from %.20v, requester %q", m.From, m.Requester)
				}
				return err
			}))
		})
	}
}
