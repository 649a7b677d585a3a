package mailbox

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// BenchmarkFetch reads 2,000 mails of about 3 KiB from Dovecot: sign-in, listing
// and batches together.
func BenchmarkFetch(b *testing.B) {
	const mails, name = 2000, "bench@example.com"
	if err := server.AddUser(name, password); err != nil {
		b.Fatal(err)
	}
	for i := range mails {
		text := letter(fmt.Sprint("mail-", i)) + strings.Repeat("a line of an ordinary mail\n", 100)
		if err := server.Deliver(name, "INBOX", []byte(text)); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		w, err := New(config(server.Addr, name))
		if err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithCancel(b.Context())
		n := 0
		err = w.Run(ctx, Position{}, func(_ context.Context, batch []Raw, _ Position) error {
			if n += len(batch); n == mails {
				cancel()
			}
			return nil
		})
		if n != mails {
			b.Fatalf("%d of %d mails: %v", n, mails, err)
		}
	}
	b.ReportMetric(float64(mails)*float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
