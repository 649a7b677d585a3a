//go:build unix

package post_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
)

// bombs are mails made to exhaust whoever reads them, with what each has too much
// of.
func bombs() map[string]string {
	head := "From: mira@nordlicht-werke.example\nSubject: bomb\n"
	var nested strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	return map[string]string{
		"more than 1000 parts":                 head + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nhi\n", 100_000),
		"parts that lie deeper than 16 levels": head + nested.String(),
		"mails that lie deeper than 16 levels": head + strings.Repeat("Content-Type: message/rfc822\n\n", 1000),
		"a header of more than 1 MiB":          head + strings.Repeat("X-A: b\n", 10<<20/7) + "\nbody",
		"2000 addresses or more":               head + "To: " + strings.Repeat("a@b.example, ", 50_000) + "\n\nbody",
		"1000 files or more":                   head + "\n" + strings.Repeat("begin 644 a\n#86)C\n`\nend\n", 100_000),
		"more than 4 MiB of text":              head + "Content-Transfer-Encoding: quoted-printable\n\n" + strings.Repeat("=41", 8<<20),
	}
}

// TestCase13BombsWaitInTheQuarantineOfEveryEngine: each is one entry with its
// reason and its bytes, made within 2 s of work and 256 MiB of memory, and the
// letter behind them is a ticket.
func TestCase13BombsWaitInTheQuarantineOfEveryEngine(t *testing.T) {
	for engine, dsn := range map[string]func() string{
		"SQLite":     func() string { return filepath.Join(t.TempDir(), "hub.db") },
		"PostgreSQL": func() string { return stand.Postgres(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			h := buildOn(t, dsn()).run()
			sink, converter := h.intake()
			uid := uint32(1)
			for want, text := range bombs() {
				m := letter(uid, text)
				uid++
				h.file(sink, intake.Position{UIDValidity: 7, LastUID: uid}, m)
				work, memory := spent(func() { h.convert(converter) })
				t.Logf("%s: %d ms of work, %d MiB", want, work.Milliseconds(), memory>>20)
				if work > 2*time.Second || memory > 256<<20 {
					t.Errorf("%s: %s of work, %d MiB", want, work, memory>>20)
				}
			}
			h.file(sink, intake.Position{UIDValidity: 7, LastUID: uid}, question(uid))
			h.convert(converter)
			if n := h.tickets(); n != 1 {
				t.Errorf("%d tickets", n)
			}
			h.quarantined(t, bombs())
		})
	}
}

// quarantined wants exactly these mails in the ledger's quarantine, their bytes as
// they came.
func (h *house) quarantined(t *testing.T, want map[string]string) {
	t.Helper()
	err := h.Central.View(h.Context(), func(tx *store.CentralTx) error {
		list, err := tx.Quarantine(99)
		if err != nil || len(list) != len(want) {
			t.Errorf("%d entries, %v", len(list), err)
		}
		for _, l := range list {
			_, reason, _ := strings.Cut(strings.TrimSuffix(l.Reason, "."), "the mail has ")
			reason, _, _ = strings.Cut(reason, " in one ")
			reason, _, _ = strings.Cut(reason, ",")
			raw, err := tx.RawMail(l.SHA256)
			sum := sha256.Sum256(raw)
			text, known := want[reason]
			if err != nil || !known || string(raw) != string(letter(0, text).Bytes) || hex.EncodeToString(sum[:]) != l.SHA256 {
				t.Errorf("%q: %d bytes, %v", l.Reason, len(raw), err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// spent is how long the processors worked for this program in the meantime, and
// all that was allocated, which is more than was ever held.
func spent(do func()) (time.Duration, uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := processorTime()
	do()
	work := processorTime() - begun
	runtime.ReadMemStats(&after)
	return work, after.TotalAlloc - before.TotalAlloc
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestABombIsToldAndMayBecomeATicket: a lead tries it again in vain, then makes a
// ticket of it, with the mail beside.
func TestABombIsToldAndMayBecomeATicket(t *testing.T) {
	h := build(t).run()
	h.Do(hub.Act{Name: desk.PersonPut, Args: stand.Lea})
	sink, m := h.receive(), letter(1, bombs()["more than 1000 parts"])
	h.file(sink, intake.Position{}, m)
	h.Do(hub.Act{Name: desk.MailboxReport, Args: desk.Mailbox{ID: "m"}})
	h.Until("it is in quarantine", func() bool { return h.aside(m).State == desk.InQuarantine })
	q := h.aside(m)
	if q.Reason != "Nothing was made of it, for the mail has more than 1000 parts." || q.Part != desk.KeptWhole || q.From.Email != "mira@nordlicht-werke.example" || q.Subject != "bomb" {
		t.Errorf("%+v", q)
	}
	h.decides(stand.Lea, q, desk.RetryMail)
	h.Until("it failed again", func() bool { q := h.aside(m); return q.State == desk.InQuarantine && q.Tries == 2 })
	h.decides(stand.Lea, h.aside(m), desk.TicketMail)
	h.Until("it is a ticket", func() bool { return h.aside(m).Ticket != "" })
}
