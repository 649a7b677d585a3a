package intake

import (
	"context"
	"fmt"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/mail/mailbox/dovecot"
)

const password = "correct horse"

// postOffice is a Dovecot with one user.
func postOffice(t testing.TB) (*dovecot.Server, mailbox.Config) {
	t.Helper()
	server, err := dovecot.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	if err := server.AddUser("desk", password); err != nil {
		t.Fatal(err)
	}
	return server, mailbox.Config{
		Account: "desk", Addr: server.Addr, TLS: mailbox.Plain, User: "desk", Mailbox: "Support",
		Password: func(context.Context) (string, error) { return password, nil },
		Poll:     time.Hour, BatchMails: 10, Backoff: mailbox.Backoff{First: time.Millisecond, Max: 10 * time.Millisecond},
	}
}

// collect reads the mailbox into the ledger until it holds n mails.
func collect(t *testing.T, sink *memory, cfg mailbox.Config, n int, each func()) {
	t.Helper()
	source, err := mailbox.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	from := must[Position](t)(sink.Position(ctx, "desk", "Support"))
	err = source.Run(ctx, mailbox.Position(from), func(ctx context.Context, batch []mailbox.Raw, next mailbox.Position) error {
		mails := make([]Mail, len(batch))
		for i, raw := range batch {
			mails[i] = Mail(raw)
		}
		if err := sink.File(ctx, mails, Position(next)); err != nil {
			return err
		}
		if each != nil {
			each()
		}
		if len(sink.rows) >= n {
			cancel()
		}
		return nil
	})
	if len(sink.rows) != n {
		t.Fatalf("%d of %d mails in the ledger: %v", len(sink.rows), n, err)
	}
}

func TestFromAMailboxToTicketsOnceEach(t *testing.T) {
	server, cfg := postOffice(t)
	deliver := func(n int) {
		for i := range n {
			if err := server.Deliver("desk", "Support", []byte(letter(fmt.Sprintf("p%d@example.com", i), fmt.Sprint("m", i), fmt.Sprint("Matter ", i), ""))); err != nil {
				t.Fatal(err)
			}
		}
	}
	w := newWorld(t)
	deliver(60)
	kills := 0
	collect(t, w.sink, cfg, 60, func() {
		if kills++; kills == 2 || kills == 4 {
			server.Kill()
			if err := server.Restart(); err != nil {
				t.Error(err)
			}
		}
	})
	w.run()
	// The mailbox is made anew with the old mails and five more: other UIDs,
	// another UIDVALIDITY, and the hashes of before.
	if err := server.Recreate("desk", "Support"); err != nil {
		t.Fatal(err)
	}
	deliver(65)
	collect(t, w.sink, cfg, 65, nil)
	w.run()
	if n := len(all[desk.Ticket](w.sink)); n != 65 {
		t.Fatalf("%d tickets of 65 mails", n)
	}
	for _, r := range w.sink.rows {
		if r.state != Converted || r.Tries != 0 {
			t.Errorf("mail %d: %s after %d tries: %s", r.ID, r.state, r.Tries, r.reason)
		}
	}
}

// BenchmarkDecide makes outcomes of ordinary mails: parsing and threading
// without a database.
func BenchmarkDecide(b *testing.B) {
	sink := newMemory(time.Now)
	conv := &Converter{Sink: sink, Token: func(string) (string, string, bool) { return "", "", false }}
	raw := []byte(letter("mira@example.com", "x", "Printer is dead", "\nIn-Reply-To: <elsewhere@example.com>"))
	n := byte(0)
	for b.Loop() {
		n++
		if _, err := conv.Decide(b.Context(), Entry{ID: 1, Mail: Mail{Bytes: raw, SHA256: [32]byte{n}}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
