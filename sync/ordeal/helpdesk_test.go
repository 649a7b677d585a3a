package ordeal

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/mail/intake"
	"holdall/mail/mailbox"
	"holdall/store"
	mailhub "holdall/sync/hub"
	"holdall/sync/hub/mailroom"
	"holdall/sync/hub/post"
)

// helpdesk is a hub in this process with two pollers and two converters that know
// nothing of each other.
type helpdesk struct {
	testing.TB
	central *store.Central
	server  *mailhub.Server
	working sync.WaitGroup
	life    context.Context
	close   func()     // before the end of the test, if need be
	lease   sync.Mutex // of converting: nodes and laptops hold it in turn
}

// openHelpdesk lets a hub work on a database.
func openHelpdesk(t testing.TB, dsn string) *helpdesk {
	central, err := store.OpenCentral(t.Context(), dsn)
	must(t, err)
	log := slog.New(slog.DiscardHandler)
	server, err := mailhub.NewServer(t.Context(), central, log)
	must(t, err)
	life, end := context.WithCancel(context.Background())
	d := &helpdesk{TB: t, central: central, server: server, life: life}
	d.working.Go(func() { server.Run(life) })
	d.close = sync.OnceFunc(func() {
		end()
		d.working.Wait()
		must(t, central.Close())
	})
	t.Cleanup(d.close)
	_, err = server.Found(t.Context(), "Nordlicht Werke", time.Now())
	must(t, err)
	return d
}

// poll reads the mailbox and converts, until the help desk closes. filed is told
// each batch that was filed.
func (d *helpdesk) poll(cfg mailbox.Config, filed func(n int)) mailbox.Source {
	sink := post.NewSink(d.server)
	converter := &intake.Converter{Sink: sink, Token: func(string) (string, string, bool) { return "", "", false }, StormMails: 1 << 20}
	source, err := mailbox.New(cfg)
	must(d, err)
	d.working.Go(func() {
		err := source.Run(d.life, mailbox.Position{}, func(ctx context.Context, batch []mailbox.Raw, next mailbox.Position) error {
			if err := mailroom.File(ctx, sink, batch, next); err != nil {
				return err
			}
			filed(len(batch))
			d.lease.Lock()
			defer d.lease.Unlock()
			return converter.Run(ctx, nil)
		})
		if !errors.Is(err, context.Canceled) {
			d.Errorf("the watching ended: %v", err)
		}
	})
	return source
}

// found is what became of the mails: articles by the words in them, entries of
// the quarantine, and rows that wait.
func (d *helpdesk) found(words map[string]bool) (articles map[string]int, quarantine, waiting int) {
	articles = map[string]int{}
	must(d, d.central.View(d.Context(), func(tx *store.CentralTx) error {
		aside, err := tx.Quarantine(1 << 20)
		if err != nil {
			return err
		}
		pending, err := tx.PendingMail(1 << 20)
		if err != nil {
			return err
		}
		quarantine, waiting = len(aside), len(pending)
		list, err := messages(tx)
		for _, m := range list {
			articles[wordIn(m.Text+"\n"+m.Quoted, words)]++
		}
		return err
	}))
	return articles, quarantine, waiting
}

// wordIn is the longest of the words that stands in a text.
func wordIn(text string, words map[string]bool) (longest string) {
	for word := range words {
		if strings.Contains(text, word) && len(word) > len(longest) {
			longest = word
		}
	}
	return longest
}
