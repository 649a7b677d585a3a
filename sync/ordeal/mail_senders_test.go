package ordeal

import (
	"testing"
	"time"
)

// TestAKilledHubAnswersByTheMailboxThatWasAsked kills the nodes of a hub with two
// mailboxes and two senders, one of them slow and in bad health, while requesters
// write to both, or to one after the other, and an agent answers. Every answer
// leaves by the mailbox its ticket's newest mail came to, by no other, and once;
// twice only where the hub could not know and the sent mails did not show it. In the
// end each has one copy, among the sent mails of its own (SPEC P70, P71, P76, P81).
func TestAKilledHubAnswersByTheMailboxThatWasAsked(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { killSenders(t, sqliteHub(t, t.TempDir()), 1) })
	t.Run("PostgreSQL", func(t *testing.T) { killSenders(t, postgresHub(t), 2) })
}

func killSenders(t *testing.T, h *hub, nodes int) {
	t.Parallel()
	openBureau(t, h, nodes).toTheEnd(t)
}

// toTheEnd lets all be written, answered and struck, and examines what came of it.
func (b *bureau) toTheEnd(t *testing.T) {
	wait(t, 3*patience+time.Duration(*kills)*patience, "every letter is answered whatever is struck", func() (bool, string) {
		return b.goOn(*kills), b.String() + ": " + b.nodes[0].process.said.String()
	})
	settle(t, patience, b.h, b.laptop)
	for _, n := range b.nodes {
		n.process.stop()
	}
	b.examine(t)
	t.Log(b)
}

// examine holds all that left, and all that stands at the hub, against the letters.
func (b *bureau) examine(t *testing.T) {
	at, times := b.look()
	for _, l := range b.letters {
		words := []string{l.first(), l.answer()}
		if l.newest != l.first() {
			words = append(words, l.newest)
		}
		for _, word := range words {
			if times[word] != 1 || at[word].Ticket != at[l.first()].Ticket {
				t.Errorf("%s is %d messages, on %s, not %s", word, times[word], at[word].Ticket, at[l.first()].Ticket)
			}
		}
	}
	for _, c := range b.counters {
		n, doubled, cutOff := c.examine(t, b.box, b.letters, at, "nordlicht-werke.example")
		worked(t, n, b.round/2)
		t.Logf("%s: %d answers, %d mails more than that, %d times cut off after DATA", c.address, n, doubled, cutOff)
	}
	for _, m := range moods {
		if b.humour.had[m] == 0 {
			t.Errorf("the second mail server never %s: that proves nothing", m)
		}
	}
	if len(b.nodes) > 1 && *kills > 0 && b.turns.taken() == 0 {
		t.Error("no node took over from another: that proves nothing")
	}
}
