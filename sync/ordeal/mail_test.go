package ordeal

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdall/mail/mailbox"
	"holdall/mail/mailbox/dovecot"
)

var mails = flag.Int("mails", 80, "how many mails go through bad networks")

// oracle knows what has to become of every mail that was delivered: a word of it
// stands in one article, or its bytes in one entry of the quarantine.
type oracle struct {
	articles   map[string]bool
	quarantine int
	ledger     int // rows: each different sequence of bytes once
}

// post delivers mails of every troublesome sort.
func (o *oracle) post(t testing.TB, server *dovecot.Server, n int) {
	put := func(raw string) { must(t, server.Deliver(support, "INBOX", []byte(raw))) }
	for i := range n {
		word := fmt.Sprintf("word%04dx", i)
		head := fmt.Sprintf("From: Annika <annika%d@nordlicht-werke.example>\nTo: %s\nSubject: Matter %d\n", i%7, support, i)
		id := fmt.Sprintf("Message-ID: <m%d@nordlicht-werke.example>\n", i)
		body := "\n" + word + "\n" + strings.Repeat("A line of the mail, so that it takes several packets.\n", i%9*40)
		o.articles[word] = true
		o.ledger++
		switch i % 8 {
		case 1: // the same mail three times
			for range 3 {
				put(head + id + body)
			}
		case 2: // the same mail three times, each by another way
			for way := range 3 {
				put(fmt.Sprintf("Received: from hop%d.example\n", way) + head + id + body)
			}
			o.ledger += 2
		case 3: // no id
			put(head + body)
		case 4: // one id for two mails
			put(head + id + body)
			put(head + id + "\nanother" + body)
			o.articles["another\n"+word] = true
			o.ledger++
		case 5: // nothing a reader expects
			put("\x00\xff " + word + "\n\n\x1b" + word + "\n")
		case 6: // over the limit
			put(head + id + body + strings.Repeat("x", 70) + "\n" + strings.Repeat(strings.Repeat("y", 70)+"\n", 3000))
			delete(o.articles, word)
			o.quarantine++
		default:
			put(head + id + body)
		}
	}
}

// TestEveryMailIsOneArticleOrOneQuarantineEntry reads one mailbox of a real
// Dovecot by two pollers at once. The one's connection is cut at every class of
// byte, the other's server is killed in the middle of a FETCH.
func TestEveryMailIsOneArticleOrOneQuarantineEntry(t *testing.T) {
	server := openDovecot(t)
	o := &oracle{articles: map[string]bool{}}
	o.post(t, server, *mails)

	const rounds = 1 // of more, enough could fall on one mail for it to be suspected and put aside
	planSnips(rounds)
	way := lay(t, server.Addr)
	way.toxic("snip", "downstream", "{}")
	cfg := mailbox.Config{
		Account: support, User: support, TLS: mailbox.Plain, Password: func(context.Context) (string, error) { return password, nil },
		MaxSize: 200 << 10, HeadSize: 4 << 10, BatchMails: 4, Poll: 50 * time.Millisecond, Silence: 10 * time.Second,
		Backoff: mailbox.Backoff{First: time.Millisecond, Max: 20 * time.Millisecond},
	}
	d := openHelpdesk(t, filepath.Join(t.TempDir(), "hub.db"))
	cfg.Addr = way.proxy.Listen
	cut := d.poll(cfg, func(int) {})
	killed, filed := 0, 0
	cfg.Addr = server.Addr
	straight := d.poll(cfg, func(n int) {
		if filed += n; killed < 3 && filed > (killed+1)**mails/5 {
			killed++
			server.Kill()
			if err := server.Restart(); err != nil {
				t.Error(err)
			}
		}
	})

	wait(t, 2*patience, "both pollers have read all and everything is settled", func() (bool, string) {
		articles, quarantine, waiting := d.found(o.articles)
		snips.Lock()
		left := len(snips.left)
		snips.Unlock()
		still := cut.Status().State != mailbox.StateWatching || straight.Status().State != mailbox.StateWatching
		return !still && waiting == 0 && left == 0 && len(articles) >= len(o.articles) && quarantine >= o.quarantine,
			fmt.Sprintf("%d of %d articles, %d of %d in quarantine, %d wait, %d cuts are left, %+v and %+v",
				len(articles), len(o.articles), quarantine, o.quarantine, waiting, left, cut.Status(), straight.Status())
	})
	articles, quarantine, _ := d.found(o.articles)
	for word := range o.articles {
		if articles[word] != 1 {
			t.Errorf("the mail with %q is %d articles", word, articles[word])
		}
	}
	if len(articles) != len(o.articles) || quarantine != o.quarantine {
		t.Errorf("%d articles and %d in quarantine, want %d and %d", len(articles), quarantine, len(o.articles), o.quarantine)
	}
	if killed != 3 || len(snips.made) != 4 {
		t.Errorf("the server was killed %d times, connections were cut %v", killed, snips.made)
	}
	t.Logf("%d mails: %d articles, %d in quarantine, each once; %d kills of Dovecot, cuts %v", o.ledger, len(articles), quarantine, killed, maps.Collect(maps.All(snips.made)))
}
