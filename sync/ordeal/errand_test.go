package ordeal

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// errand is an agent who asks beside the requester, and the mails outside of their
// hub.
type errand struct {
	*agent
	clerk   *clerk
	strikes *strikes
	config  string
	ticket  desk.TicketID
	draft   string // the name of the side conversation's
}

func sendOut(t testing.TB, h *hub) *errand {
	e := &errand{agent: hireAgent(t, h, openDovecot(t)), clerk: employ(t), strikes: &strikes{}}
	e.clerk.at = e.strikes.at
	e.clerk.file = func(raw []byte) bool {
		must(t, e.box.Deliver(support, "Sent", raw))
		return true
	}
	e.config = leaving(t, e.box, e.clerk.address)
	h.launch("--config", e.config).url()
	e.laptop.start()
	return e
}

func (e *errand) aside() string { return strings.TrimPrefix(e.draft, "aside:") }

// find is the message at the hub that begins with a word.
func (e *errand) find(word string) (found desk.Message) {
	for _, thread := range e.h.threads() {
		for _, m := range thread {
			if strings.HasPrefix(m.Text, word+" ") {
				found = m
			}
		}
	}
	return found
}

// arrives waits until a mail has become a message, at the hub and on the laptop.
func (e *errand) arrives(word string) (m desk.Message) {
	e.Helper()
	wait(e, patience, "the mail is a message: "+word, func() (bool, string) {
		m = e.find(word)
		return m.ID != "", e.h.process.said.String()
	})
	wait(e, patience, "the laptop shows it: "+word, func() (bool, string) {
		v, err := e.open(m.Ticket)
		return err == nil && v.shows(m), fmt.Sprintf("%v, %+v", err, v)
	})
	return m
}

// leaves waits until what was written has left, and wants it under our Message-ID.
func (e *errand) leaves(word string) (m desk.Message) {
	e.Helper()
	wait(e, patience, "it leaves: "+word, func() (bool, string) {
		m = e.find(word)
		return m.Delivery == desk.DeliverySent, fmt.Sprintf("it is %q, %s: %s", m.Delivery, m.Problem, e.h.process.said)
	})
	if len(e.clerk.mails()[m.MailID]) != 1 {
		e.Errorf("%s left as %q; the mail server took %s", word, m.MailID, e.clerk)
	}
	return m
}

// begin begins the side conversation.
func (e *errand) begin() error {
	var d struct{ Kind string }
	err := e.laptop.call(ctx, "Compose/Aside", e.ticket, &d)
	e.draft = d.Kind
	return err
}

// write writes what the agent, who has seen all there is, has to say.
func (e *errand) write(kind, text string) {
	e.Helper()
	v, err := e.open(e.ticket)
	must(e, err)
	if kind != e.draft {
		must(e, e.reply(e.ticket, v, text))
		return
	}
	seen, envelope := "", map[string]any{"subject": "Belt of " + quartz, "to": []any{map[string]any{"name": "Quartz Works", "email": vendor}}}
	for _, a := range v.Asides {
		seen = a.LastID
	}
	must(e, e.laptop.call(ctx, "Compose/Send", map[string]any{"ticketId": e.ticket, "kind": kind, "text": text, "seenId": seen, "envelope": envelope}, nil))
}

func (e *errand) stands() (t desk.Ticket) {
	e.Helper()
	e.h.view(func(tx *store.CentralTx) error {
		found, err := tx.Get(desk.Ticket{ID: e.ticket}.Key())
		if err == nil {
			t = found.(desk.Ticket)
		}
		return err
	})
	return t
}

func (e *errand) number() string { return string(e.stands().Number) }

func (e *errand) side() desk.Aside {
	e.Helper()
	a, there := e.stands().Aside(desk.AsideID(e.aside()))
	if !there {
		e.Fatalf("the ticket has no side conversation %q", e.aside())
	}
	return a
}

// killedWhileItLeaves writes in the side conversation and kills the hub at each of
// the commands by which that leaves: it leaves once (SPEC P70, P71).
func (e *errand) killedWhileItLeaves(text string, commands ...string) {
	e.Helper()
	s := e.strikes
	s.order(e.h.process, commands...)
	e.write(e.draft, text)
	word := strings.Fields(text)[0]
	wait(e, 5*patience, "it leaves under every kill", func() (bool, string) {
		left, dead := s.struck()
		if dead {
			s.order(e.h.launch("--config", e.config), left...)
			e.laptop.wake()
		}
		return e.find(word).Delivery == desk.DeliverySent, fmt.Sprintf("%v are left: %s", left, e.h.process.said)
	})
	if left, _ := s.struck(); len(left) > 0 {
		e.Errorf("the hub was never killed at %v", left)
	}
	e.leaves(word)
}

// bounces returns a word of the side conversation to the desk: its delivery says
// so, and the conversation is what it was.
func (e *errand) bounces(sent desk.Message) {
	e.Helper()
	before := e.side()
	returned, why := bounce(sent.MailID, vendor, "bounce of "+quartz)
	e.post(support, "MAILER-DAEMON@example.org", "Undelivered Mail Returned to Sender", returned, why)
	note := e.arrives("bounce")
	back := e.find(strings.Fields(sent.Text)[0])
	if note.Kind != desk.AsideAnswer || string(note.Aside) != e.aside() || !note.Auto || back.Delivery != desk.DeliveryFailed || !strings.Contains(back.Problem, vendor) {
		e.Errorf("the bounce became %s %q: %s; the word it returned is %s: %s", note.Kind, note.Aside, note.Why, back.Delivery, back.Problem)
	}
	if after := e.side(); after.Last != before.Last || after.Awaits != before.Awaits {
		e.Errorf("a machine changed the side conversation: %+v, was %+v", after, before)
	}
}

// examine holds every mail that left against whom it was for.
func (e *errand) examine(words ...string) {
	e.Helper()
	var side []string
	for _, word := range words {
		side = append(side, e.find(word).MailID)
	}
	public, all := 0, e.clerk.mails()
	for id, list := range all {
		reader, foreign := asker, append([]string{quartz, vendor}, side...)
		if slices.Contains(side, id) {
			reader, foreign = vendor, []string{basalt, asker, "stands still", "stranger"}
		} else {
			public++
		}
		if len(list) != 1 || copiesOf(e, e.box, support, id) != 1 || !slices.Equal(list[0].to, []string{reader}) {
			e.Errorf("%s left %d times, to %v, with %d copies among the sent mails", id, len(list), list[0].to, copiesOf(e, e.box, support, id))
		}
		raw := bytes.ToLower(list[0].raw)
		for _, word := range foreign {
			if bytes.Contains(raw, []byte(strings.ToLower(word))) {
				e.Errorf("%s reads %q: %s", reader, word, list[0].raw)
			}
		}
		if own := map[string]string{asker: basalt, vendor: quartz}[reader]; !bytes.Contains(raw, []byte(own)) {
			e.Errorf("%s cannot read %q, so that nothing is proven: %s", reader, own, list[0].raw)
		}
	}
	if public != 2 || len(all) != 2+len(side) {
		e.Errorf("%d mails left, %d of them for the requester: %s", len(all), public, e.clerk)
	}
}
