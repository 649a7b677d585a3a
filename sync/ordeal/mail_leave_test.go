package ordeal

import (
	"bytes"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox/dovecot"
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
	v := k.victim()
	c.at = v.at
	c.file = func(raw []byte) bool {
		heads := k.heads()
		if heads {
			must(t, box.Deliver(support, "Sent", raw))
		}
		return heads
	}
	config := leaving(t, box, c.address)
	v.watch(h.launch("--config", config))
	wait(t, 5*patience, "every answer has left", func() (bool, string) {
		if v.struck() {
			v.watch(h.launch("--config", config))
		}
		sent, owed := h.sent()
		return sent == n && owed == 0, fmt.Sprintf("%d of %d, %d copies owed: %s", sent, n, owed, v.process.said)
	})
	v.process.stop()
	worked(t, len(c.mails()), *hangups-k.kills)
	doubled, cutOff := examine(t, c, n, box, support)
	if k.kills > 0 {
		t.Errorf("%d kills of %d to spare", k.kills, *hangups)
	}
	t.Logf("%d kills, %d of them after DATA: %d answers left, %d mails more than that", *hangups, cutOff, n, doubled)
}

// examine is the oracle: it knows what the mail server took for an address, and when
// its sender was cut off.
func examine(t *testing.T, c *clerk, n int, box *dovecot.Server, address string) (doubled, cutOff int) {
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
			knew := m.ended && !m.doubt
			if i < len(list)-1 && (knew || m.filed) {
				t.Errorf("%s left again though its sender knew (%v) or could have known (%v)", id, knew, m.filed)
			}
		}
		if copies := copiesOf(t, box, address, id); copies != 1 {
			t.Errorf("%s has %d copies among the sent mails", id, copies)
		}
	}
	return doubled, cutOff
}

// answer writes answers into a hub that is down, two to each ticket.
func (h *hub) answer(n int) {
	d := openHelpdesk(h.t, h.dsn)
	defer d.close()
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
