package bench

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub/post"
)

// grows follows what a mail costs from the ledger to the ticket, on one desk that
// grows tenfold three times. The cost is that of the processor, so that it says
// the same on a busy machine.
func grows(tb testing.TB, v volume) []line {
	folder, bulk, have := tb.TempDir(), demo.NewBulk(), 0
	var costs []time.Duration
	var told []string
	for n, at := range []int{v.stock / 1000, v.stock / 100, v.stock / 10, v.stock} {
		c := centralIn(tb, folder, func(db *store.Central) {
			stock(tb, db, bulk, (at-have)*5)
			must(tb, db.Update(context.Background(), func(tx *store.CentralTx) error { return tx.RaiseNumbers(desk.Incident, int64(v.stock)+1) }))
		})
		have = at
		mails := demo.Company(uint64(n+2), demo.Size{Requesters: 100}, time.Now()).Mails(v.mails / 4)
		each, took := mailCost(tb, c, mails)
		c.stop()
		costs = append(costs, each)
		told = append(told, fmt.Sprintf("%s with %s (%s mails/s)", short(each), count(at), count(int(perSecond(len(mails), took)))))
	}
	last := len(costs) - 1
	ratio := float64(costs[last]) / float64(max(costs[0], 1))
	return []line{{
		what: fmt.Sprintf("cost of a mail as the desk grows to %s tickets", count(v.stock)), figure: told[last],
		limit: strings.Join(told[:last], ", "), ratio: ratio, goal: "≤ 1.50", holds: ratio <= 1.5,
	}}
}

// mailCost files mails in a hub and converts them. Most of them must have become
// tickets: what is refused costs next to nothing.
func mailCost(tb testing.TB, c *central, mails [][]byte) (each, took time.Duration) {
	sink := post.NewSink(c.server)
	converter := &intake.Converter{Sink: sink, Token: func(string) (string, string, bool) { return "", "", false }, StormMails: len(mails) + 1}
	received := time.Now()
	for i, raw := range mails {
		one := []intake.Mail{{Account: "desk", Mailbox: "INBOX", UIDValidity: 1, UID: uint32(i + 1), Size: int64(len(raw)), SHA256: sha256.Sum256(raw), InternalDate: received, Bytes: raw}}
		must(tb, sink.File(context.Background(), one, intake.Position{UIDValidity: 1, LastUID: uint32(i + 1)}))
	}
	first := nextNumber(tb, c)
	begun, before := time.Now(), worked(tb)
	must(tb, converter.Run(context.Background(), nil))
	each, took = (worked(tb)-before)/time.Duration(len(mails)), time.Since(begun)
	if made := nextNumber(tb, c) - first - 1; made < int64(len(mails)/2) {
		tb.Fatalf("%d tickets of %d mails", made, len(mails))
	}
	return each, took
}

func nextNumber(tb testing.TB, c *central) (n int64) {
	must(tb, c.store.Update(context.Background(), func(tx *store.CentralTx) error {
		number, err := tx.NextNumber(desk.Incident)
		if err == nil {
			_, n, err = desk.ParseNumber(number)
		}
		return err
	}))
	return n
}
