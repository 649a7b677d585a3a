package ordeal

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"holdall/desk"
)

// letter is what a requester writes to the desk, and the answer to it.
type letter struct {
	n        int
	counter  *counter // that the newest mail of it came to
	moves    *counter // that its writer turns to next; nil: they wait for an answer
	newest   string   // the word of the newest mail
	answered bool
	left     bool // the answer
	hurried  int64
}

func (l *letter) writer() string { return fmt.Sprintf("writer%d@outside.example", l.n) }
func (l *letter) first() string  { return fmt.Sprintf("letter%04d", l.n) }
func (l *letter) second() string { return fmt.Sprintf("again%04d", l.n) }
func (l *letter) answer() string { return fmt.Sprintf("answer%04d", l.n) }

// write writes a letter to one of the mailboxes; of some the writer turns to the
// other before there is an answer.
func (b *bureau) write() {
	n := len(b.letters)
	l := &letter{n: n, counter: b.counters[n%2]}
	if n%3 == 0 {
		l.moves = b.counters[(n+1)%2]
	}
	l.newest = l.first()
	b.post(l.counter.address, l.writer(), "A matter", "", l.newest+" of a requester")
	b.letters, b.written = append(b.letters, l), time.Now()
}

// serve does what is next about a letter.
func (b *bureau) serve(l *letter, at map[string]desk.Message) {
	m, arrived := at[l.newest]
	switch {
	case l.answered:
		b.follow(l, at[l.answer()])
	case !arrived:
	case l.moves != nil:
		l.counter, l.moves, l.newest = l.moves, nil, l.second()
		b.post(l.counter.address, l.writer(), "Re: A matter", "\nIn-Reply-To: <"+outside(l.first())+">", l.newest+" of the same requester")
	default:
		v, err := b.open(m.Ticket)
		if err != nil || !v.shows(m) {
			return // the laptop does not have it yet
		}
		must(b, b.reply(m.Ticket, v, l.answer()+" of the desk"))
		l.answered = true
	}
}

// follow has an answer tried again that waits.
func (b *bureau) follow(l *letter, m desk.Message) {
	var no *refusal
	switch m.Delivery {
	case desk.DeliverySent:
		l.left = true
	case desk.DeliveryHeld, desk.DeliveryFailed:
		b.Fatalf("%s is %s: %s", l.answer(), m.Delivery, m.Problem)
	case desk.DeliveryWaiting, desk.DeliveryUnknown:
		if m.Wait == nil || l.hurried == m.Rev {
			return
		}
		switch err := b.retry(m); {
		case err == nil:
			l.hurried = m.Rev
		case !errors.As(err, &no): // the laptop may know less, or more
			b.Fatal(err)
		}
	}
}

// byWord are messages by their first words, and how often each of these stands.
func byWord(list []desk.Message) (found map[string]desk.Message, times map[string]int) {
	found, times = map[string]desk.Message{}, map[string]int{}
	for _, m := range list {
		word, _, _ := strings.Cut(m.Text, " ")
		found[word] = m
		times[word]++
	}
	return found, times
}
