package ordeal

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox/dovecot"
	"holdall/store"
	mailhub "holdall/sync/hub"
)

var hangups = flag.Int("hangups", 10, "how often the hub is killed while answers leave")

// TestAnswersLeaveOnce kills a hub between the commands of its dialogue with the
// mail server, which files some of what it takes among the sent mails itself. An
// oracle outside counts: every answer leaves, all its mails are the same under one
// Message-ID, and one left twice only where the hub was cut off before it could
// know and the sent mails had no copy (SPEC P70, P71). In the end each has one
// copy among them (P76).
func TestAnswersLeaveOnce(t *testing.T) {
	t.Parallel()
	random, c, box := chance(t), employ(t), openDovecot(t)
	h := sqliteHub(t, t.TempDir())
	n := 3 * *hangups
	h.answer(n)
	k := &killer{random: random, kills: *hangups}
	c.at = k.at
	c.file = func(raw []byte) bool {
		heads := k.heads()
		if heads {
			must(t, box.Deliver(support, "Sent", raw))
		}
		return heads
	}
	config := leaving(t, box, c.address)
	k.watch(h.send(config))
	wait(t, 5*patience, "every answer has left", func() (bool, string) {
		if k.struck() {
			k.watch(h.send(config))
		}
		sent, owed := h.sent()
		return sent == n && owed == 0, fmt.Sprintf("%d of %d, %d copies owed: %s", sent, n, owed, k.process.said)
	})
	k.process.stop()
	worked(t, len(c.mails()), *hangups-k.kills)
	doubled, cutOff := examine(t, c, n, box)
	if k.kills > 0 {
		t.Errorf("%d kills of %d to spare", k.kills, *hangups)
	}
	t.Logf("%d kills, %d of them after DATA: %d answers left, %d mails more than that", *hangups, cutOff, n, doubled)
}

// examine is the oracle: it knows what the mail server took, and when its sender
// was cut off.
func examine(t *testing.T, c *clerk, n int, box *dovecot.Server) (doubled, cutOff int) {
	mails := c.mails()
	if len(mails) != n {
		t.Errorf("%d answers left of %d", len(mails), n)
	}
	for id, list := range mails {
		doubled += len(list) - 1
		for i, m := range list {
			if !m.ended {
				cutOff++
			}
			if !bytes.Equal(m.raw, list[0].raw) {
				t.Errorf("%s was another mail the second time", id)
			}
			if i < len(list)-1 && (m.ended || m.filed) {
				t.Errorf("%s left again though its sender knew (%v) or could have known (%v)", id, m.ended, m.filed)
			}
		}
		if copies := copiesOf(t, box, id); copies != 1 {
			t.Errorf("%s has %d copies among the sent mails", id, copies)
		}
	}
	return doubled, cutOff
}

// killer ends a program at drawn commands of a dialogue, half of the time where it
// matters most: from the end of a mail to the end of its dialogue.
type killer struct {
	mu      sync.Mutex
	random  *rand.Rand
	process *program
	dead    bool
	kills   int  // that are left
	next    int  // commands until the next
	aim     bool // at the end of a mail
}

func (k *killer) watch(p *program) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.process, k.dead, k.next, k.aim = p, false, 1+k.random.IntN(30), k.random.IntN(2) == 0
}

func (k *killer) struck() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.dead
}

func (k *killer) heads() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.random.IntN(2) == 0
}

func (k *killer) at(command string, _ bool) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	passes := k.aim && command != "." && command != "QUIT"
	if k.next--; k.next > 0 || passes || k.kills == 0 || k.dead {
		return !k.dead
	}
	k.kills--
	k.dead = true
	k.process.kill()
	return false
}

// answer writes answers into a hub that is down, two to each ticket.
func (h *hub) answer(n int) {
	central, err := store.OpenCentral(ctx, h.dsn)
	must(h.t, err)
	defer central.Close()
	d := helpdesk{TB: h.t, central: central}
	d.server, err = mailhub.NewServer(ctx, central, slog.New(slog.DiscardHandler))
	must(h.t, err)
	life, end := context.WithCancel(ctx)
	d.working.Go(func() { d.server.Run(life) })
	defer d.working.Wait()
	defer end()
	_, err = d.server.Found(ctx, "Nordlicht Werke", time.Now())
	must(h.t, err)
	var acts []mailhub.Act
	for i := range n {
		ticket := desk.TicketID(fmt.Sprint("t", i/2))
		if i%2 == 0 {
			acts = append(acts, mailhub.Act{Name: desk.TicketCreate, Ticket: ticket, Args: desk.CreateTicket{Kind: desk.Incident, Title: "A matter"}})
		}
		m := desk.Message{
			ID: desk.MessageID(fmt.Sprint("r", i)), Kind: desk.PublicReply, Text: strings.Repeat(fmt.Sprintf("Answer %d.\n", i), 1+i%5*400), Auto: true,
			To: []desk.Address{{Name: "Annika Petersen", Email: "annika@nordlicht-werke.example"}},
		}
		acts = append(acts, mailhub.Act{Name: desk.MessageAdd, Ticket: ticket, Args: desk.AddMessage{Message: m}})
	}
	for i := range acts {
		acts[i].At = time.Now()
	}
	must(h.t, d.server.Do(ctx, nil, acts...))
}

// send starts the hub with a configuration.
func (h *hub) send(config string) *program {
	return launch(h.t, h.binary, append([]string{"serve", "--listen", h.address, "--config", config}, h.place...)...)
}

// sent counts the answers that have left, and the copies that are owed.
func (h *hub) sent() (sent, owed int) {
	h.view(func(tx *store.CentralTx) error {
		list, err := tx.Replies(desk.DeliverySent, 1<<20)
		if err != nil {
			return err
		}
		sent = len(list)
		owed, err = tx.CountCopies()
		return err
	})
	return sent, owed
}

// leaving is the configuration of a hub that answers, and keeps copies where there
// is a box for them.
func leaving(t testing.TB, box *dovecot.Server, smtp string) string {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "password"), []byte(password), 0o600))
	words := map[string]any{"smtp": map[string]any{"url": "smtp://" + smtp, "from": "Service <" + support + ">"}}
	if box != nil {
		words["mailboxes"] = []any{map[string]any{
			"url": "imap://" + strings.ReplaceAll(support, "@", "%40") + "@" + box.Addr + "/INBOX", "password_file": "password", "sent": "Sent", "keep_sent": true,
		}}
	}
	text, err := json.Marshal(words)
	must(t, err)
	path := filepath.Join(dir, "hub.json")
	must(t, os.WriteFile(path, text, 0o600))
	return path
}

// copiesOf counts the mails of an id among the sent ones.
func copiesOf(t testing.TB, box *dovecot.Server, id string) (n int) {
	for _, part := range []string{"new", "cur"} {
		names, err := filepath.Glob(filepath.Join(box.Dir, "mail", support, "Maildir", ".Sent", part, "*"))
		must(t, err)
		for _, name := range names {
			raw, err := os.ReadFile(name)
			must(t, err)
			n += bytes.Count(raw, []byte("Message-ID: <"+id+">"))
		}
	}
	return n
}
