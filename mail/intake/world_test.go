package intake

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
)

const workspace = "acme"

var key = []byte("0123456789abcdef0123456789abcdef")

// world is a desk with a mailbox, told in mails.
type world struct {
	*testing.T
	sink *memory
	conv *Converter
	now  time.Time
	uid  uint32
}

func newWorld(t *testing.T) *world {
	w := &world{T: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return w.now }
	w.sink = newMemory(clock)
	w.conv = &Converter{
		Sink: w.sink, Own: []string{"desk@example.com"}, AuthServIDs: []string{"mx.example.com"},
		Domain: "desk.example.com", ReopenDays: 14, Now: clock,
		Token: func(id string) (string, string, bool) { return outgoing.ParseMessageID(key, workspace, id) },
	}
	w.put(desk.Person{ID: "ana", Name: "Ana", Email: "ana@example.com", Roles: []desk.Role{desk.RoleAgent}})
	return w
}

func (w *world) put(e desk.Entity) { w.sink.records[e.Key()] = e }

// act carries a mutation out as the hub does.
func (w *world) act(actor desk.Principal, name desk.Name, ticket desk.TicketID, args any) {
	w.Helper()
	m := must[desk.Mutation](w.T)(desk.NewMutation(name, ticket, args, w.now))
	w.sink.mid++
	m.Device, m.Mid = "laptop", w.sink.mid
	effects, err := desk.Apply(w.sink, m, desk.Env{Actor: actor, Now: w.now})
	if err != nil {
		w.Fatal(err)
	}
	for _, e := range effects.Puts {
		w.put(e)
	}
}

// ana is an agent whose messages already bear the Message-ID the hub gave them.
func (w *world) ana() desk.Principal {
	return desk.Principal{Person: "ana", Roles: []desk.Role{desk.RoleAdmin}, System: true}
}

// file puts a mail into the ledger and returns its row.
func (w *world) file(text string) *row {
	w.Helper()
	w.uid++
	raw := []byte(strings.ReplaceAll(strings.TrimLeft(text, "\n"), "\n", "\r\n"))
	mail := Mail{
		Account: "desk", Mailbox: "INBOX", UIDValidity: 1, UID: w.uid, Size: int64(len(raw)),
		SHA256: sha256.Sum256(raw), InternalDate: w.now, Bytes: raw,
	}
	before := len(w.sink.rows)
	if err := w.sink.File(w.Context(), []Mail{mail}, Position{UIDValidity: 1, LastUID: w.uid}); err != nil {
		w.Fatal(err)
	}
	if len(w.sink.rows) == before {
		w.Fatal("the mail was in the ledger already")
	}
	return w.sink.rows[before]
}

func (w *world) run() {
	w.Helper()
	if err := w.conv.Run(context.Background(), nil); err != nil {
		w.Fatal(err)
	}
}

// get files a mail, takes it in and returns what it became.
func (w *world) get(text string) Outcome {
	w.Helper()
	r := w.file(text)
	w.run()
	if r.state != Converted {
		w.Fatalf("the mail is %s: %s", r.state, r.reason)
	}
	return r.outcome
}

func (w *world) ticket(id desk.TicketID) desk.Ticket {
	w.Helper()
	return must[desk.Ticket](w.T)(w.sink.Ticket(w.Context(), id))
}

func (w *world) message(o Outcome) desk.Message {
	w.Helper()
	return must[desk.Message](w.T)(find(w.sink, func(m desk.Message) bool { return m.ID == o.Message }))
}

// opened is a ticket that Mira opened by mail.
func (w *world) opened() desk.Ticket {
	w.Helper()
	return w.ticket(w.get(letter("mira@example.com", "first", "Printer is dead", "")).Ticket)
}

// answered is the Message-ID, without brackets, of Ana's public reply.
func (w *world) answered(t desk.Ticket) (desk.MessageID, string) {
	w.Helper()
	w.sink.mid++
	id := desk.MessageID(fmt.Sprint("reply-", w.sink.mid))
	mailID := strings.Trim(outgoing.MessageID(key, workspace, string(t.ID), string(id), "desk.example.com"), "<>")
	reply := desk.Message{ID: id, Kind: desk.PublicReply, Text: "On it.", Seen: w.ticket(t.ID).LastPublic, MailID: mailID}
	w.act(w.ana(), desk.MessageAdd, t.ID, desk.AddMessage{Message: reply})
	w.act(system, desk.ReplyDeliver, t.ID, desk.DeliverReply{Message: id, Delivery: desk.DeliverySent})
	return id, mailID
}

func (w *world) move(t desk.Ticket, args desk.MoveTicket) {
	w.Helper()
	args.From = w.ticket(t.ID).State
	w.act(w.ana(), desk.TicketMove, t.ID, args)
}

func (w *world) resolve(t desk.Ticket) {
	w.Helper()
	w.move(t, desk.MoveTicket{To: desk.StateResolved, ResolutionCode: desk.ResolvedSolved, ResolutionNotes: "New toner."})
}

// letter is a mail; more are header lines that begin with a line end.
func letter(from, id, subject, more string) string {
	return "From: " + from + "\nTo: desk@example.com\nSubject: " + subject + "\nMessage-ID: <" + id + "@example.com>" + more +
		"\n\nText of " + id + ".\n"
}
