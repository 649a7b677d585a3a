package ordeal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

const (
	foundation = "help@nordlicht-stiftung.example"
	// least are written, and underway at a time; writeEvery is how long the next one
	// waits.
	least      = 16
	underway   = 24
	writeEvery = 200 * time.Millisecond
)

// bureau is a desk with two mailboxes, each with a sender of its own, and its agent;
// requesters write to both while the nodes of its hub are killed.
type bureau struct {
	*agent
	random   *rand.Rand
	counters []*counter
	humour   *humour // of the second one's mail server
	nodes    []*node
	turns    turns
	killer   *killer
	round    int       // of kills that were ordered
	struck   time.Time // when the last one was seen; zero: it is still to come, or mended
	taken    int       // mails that had left when the hub was whole last
	others   int       // and have to have left before one that is frozen goes on
	letters  []*letter
	written  time.Time // the last of them
	owed     int
}

// openBureau lets so many nodes serve a hub.
func openBureau(t testing.TB, h *hub, nodes int) *bureau {
	random, box := chance(t), openDovecot(t)
	b := &bureau{
		agent: hireAgent(t, h, box), random: random, killer: &killer{random: drawn(t.Name() + " kills")},
		humour: &humour{random: drawn(t.Name() + " is slow"), had: map[mood]int{}},
	}
	well, ill := openCounter(t, box, support, b.killer.heads), openCounter(t, box, foundation, func() bool { return b.humour.is(files) })
	ill.at, ill.clerk.refuses = b.humour.at, b.humour.refuses
	b.counters = []*counter{well, ill}
	for i := range nodes {
		n := &node{victim: b.killer.victim(), h: *h, doors: map[*clerk]string{}}
		if i > 0 {
			n.h.address = freeAddress(t)
		}
		n.config = b.configured(n)
		b.nodes = append(b.nodes, n)
		n.start().url()
	}
	b.laptop.start()
	return b
}

// configured is the configuration of a node: it has doors of its own to the mail
// servers, by which it is known.
func (b *bureau) configured(n *node) (path string) {
	var mailboxes []setting
	for _, c := range b.counters {
		n.doors[c.clerk] = c.clerk.door(func(command string, answered bool) bool {
			b.turns.note(n)
			return n.at(command, answered) && c.at(command, answered)
		})
		m := keeping(b.box, c.address)
		m["smtp"] = sender(n.doors[c.clerk], c.address)
		mailboxes = append(mailboxes, m)
	}
	return configure(b, setting{"mailboxes": mailboxes})
}

// goOn lets everybody do what is theirs to do now; done: all letters are answered,
// and every kill is over.
func (b *bureau) goOn(kills int) (done bool) {
	b.kill(kills)
	at, _ := b.look()
	waiting := 0
	for _, l := range b.letters {
		if !l.left {
			b.serve(l, at)
			waiting++
		}
	}
	wanted := b.round < kills || len(b.letters) < least
	if wanted && waiting < underway && time.Since(b.written) > writeEvery {
		b.write()
	}
	whole := b.killer.rests() && !slices.ContainsFunc(b.nodes, func(n *node) bool { return n.struck() })
	return !wanted && whole && waiting == 0 && b.owed == 0
}

// lasts reports whether a node that was struck stays so: every other one until another
// node has taken over, if there is one; one that is frozen until that has sent, too.
func (b *bureau) lasts(n *node) bool {
	if b.killer.spares() {
		return b.turns.of(n) || b.left() < b.others
	}
	return b.round%2 == 1 && len(b.nodes) > 1 && b.turns.of(n)
}

// kill sees to one kill after the other: at a command of a dialogue, or at any
// instant.
func (b *bureau) kill(kills int) {
	for _, n := range b.nodes {
		if !n.struck() {
			continue
		}
		if b.struck.IsZero() {
			b.struck, b.others = time.Now(), b.left()+b.random.IntN(4)
		}
		if b.lasts(n) && time.Since(b.struck) < patience {
			return
		}
		n.revive(b.random)
		b.laptop.wake()
		b.struck, b.taken = time.Time{}, b.left()
	}
	if b.round == kills || !b.killer.rests() || b.left() == b.taken {
		return
	}
	b.round++
	if b.round%2 == 1 {
		b.killer.order()
		return
	}
	later(b.random, 400*time.Millisecond)
	b.nodes[b.random.IntN(len(b.nodes))].kill()
}

// left counts the mails that the mail servers took.
func (b *bureau) left() (n int) {
	for _, c := range b.counters {
		for _, list := range c.clerk.mails() {
			n += len(list)
		}
	}
	return n
}

// look reads the messages at the hub by their words.
func (b *bureau) look() (at map[string]desk.Message, times map[string]int) {
	b.h.view(func(tx *store.CentralTx) error {
		list, err := messages(tx)
		if err != nil {
			return err
		}
		at, times = byWord(list)
		b.owed, err = tx.CountCopies()
		return err
	})
	return at, times
}

func (b *bureau) String() string {
	answered, left := 0, 0
	for _, l := range b.letters {
		if l.answered {
			answered++
		}
		if l.left {
			left++
		}
	}
	return fmt.Sprintf("%d kills, %d changes of the node that sends; %d letters, %d answered, %d answers left, %d copies owed; the second server %s",
		b.round, b.turns.taken(), len(b.letters), answered, left, b.owed, b.humour)
}
