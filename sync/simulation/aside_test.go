package simulation

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// supplier is the third party of every side conversation.
var supplier = desk.Address{Name: "Supplier", Email: "help@supplier.example"}

// aside lets the person at a laptop begin a side conversation, write in one, close
// it, rename it, or put a mail into it; and the supplier answers meanwhile.
func (l *laptop) aside() {
	t, ok := l.pick()
	if !ok {
		return
	}
	if len(t.Asides) == 0 || l.w.rand.IntN(10) == 0 {
		l.ask(t, desk.Aside{ID: desk.AsideID(l.name("aside")), Subject: l.name("about")})
		l.w.count.did("side conversations")
		return
	}
	a := t.Asides[l.w.rand.IntN(len(t.Asides))]
	switch l.w.rand.IntN(8) {
	case 0:
		l.ask(t, a)
	case 1, 2:
		l.w.answerBeside(t.ID, a.ID)
	case 3:
		to := desk.AsideClosed
		if a.State == to {
			to = desk.AsideOpen
		}
		if l.save(desk.AsideMove, t.ID, desk.MoveAside{Aside: a.ID, From: a.State, To: to, Seen: a.Last}, nil) {
			l.w.count.did("closed beside")
		}
	case 4:
		f := desk.AsideField(a.ID)
		if l.save(desk.TicketPatch, t.ID, desk.PatchTicket{Set: map[desk.Field]string{f: l.name("subject")}}, map[desk.Field]string{f: a.Subject}) {
			l.w.count.did("subjects beside")
		}
	case 5, 6, 7:
		l.takeMail(t, a)
	}
}

func (l *laptop) ask(t desk.Ticket, a desk.Aside) {
	text := l.name("beside")
	m := desk.Message{ID: desk.MessageID(text), Kind: desk.AsideMail, Aside: a.ID, Text: text, Seen: a.Last, To: []desk.Address{supplier}}
	if a.State == "" {
		m.Subject = a.Subject
	}
	if l.save(desk.MessageAdd, t.ID, desk.AddMessage{Message: m}, nil) {
		l.w.count.did("words beside")
	}
}

// takeMail puts a mail of the supplier's into a side conversation, or out of one.
func (l *laptop) takeMail(t desk.Ticket, a desk.Aside) {
	var thread []desk.Message
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) (err error) {
		thread, err = tx.Thread(t.ID)
		return err
	}))
	n := slices.IndexFunc(thread, func(m desk.Message) bool { return m.Takeable() && l.w.rand.IntN(2) == 0 })
	if n < 0 {
		l.w.answerBeside(t.ID, a.ID)
		return
	}
	into := a.ID
	if thread[n].Aside == into {
		into = ""
	}
	if l.save(desk.AsideTake, t.ID, desk.TakeAside{Message: thread[n].ID, Aside: into}, nil) {
		l.w.count.did("taken mails")
	}
}

// answerBeside lets the supplier write in a side conversation, if the hub knows
// its ticket.
func (w *world) answerBeside(id desk.TicketID, a desk.AsideID) {
	text := fmt.Sprintf("answer %d", w.jobs)
	result := w.submit(desk.MessageAdd, id, desk.AddMessage{Message: desk.Message{
		ID: desk.MessageID(text), Kind: desk.AsideAnswer, Aside: a, From: &supplier, Text: text,
	}})
	w.note("answer beside %s: %s %s", id, result.Status, result.Message)
	if result.Code == desk.CodeGone {
		return
	}
	w.count.did("answers beside")
	w.oracle.message(desk.MessageID(text), text)
}

func (t *tree) beside(word string) bool {
	return slices.ContainsFunc(t.ticket.Asides, func(a desk.Aside) bool { return a.Subject == word })
}

// standApart: a message of a side conversation stands in one that its ticket has,
// what a conversation calls its newest word is one of its own, and nothing of it
// is the newest word to the requester (SPEC R21).
func (w *world) standApart(trees map[desk.TicketID]*tree) {
	for id, t := range trees {
		for _, m := range t.messages {
			if _, has := t.ticket.Aside(m.Aside); m.Beside() && !m.Away() && !has {
				w.fail("I1 convergence", "%s on %s stands in no side conversation of it", m.ID, id)
			}
		}
		if t.messages[t.ticket.LastPublic].Beside() {
			w.fail("I14 a refusal leaves nothing", "%s is told to the requester of %s", t.ticket.LastPublic, id)
		}
		for _, a := range t.ticket.Asides {
			last := t.messages[a.Last]
			if a.Last != "" && (last.Aside != a.ID || !last.Beside() || last.Away() || last.Suspect) {
				w.fail("I1 convergence", "%s on %s is the newest word of %s", a.Last, id, a.ID)
			}
			if a.Awaits && (a.State != desk.AsideOpen || last.Kind != desk.AsideAnswer) {
				w.fail("I1 convergence", "%s on %s awaits an answer to %s, which is %s", a.ID, id, a.Last, last.Kind)
			}
		}
	}
}

// TestWorldsWithSideConversations: everything that holds in a world holds in one
// where third parties are asked beside the requester, and mails go between the
// conversations and between tickets.
func TestWorldsWithSideConversations(t *testing.T) {
	count := tally{}
	for seed := uint64(101); seed <= 140; seed++ {
		w, err := besideOf(filepath.Join(shelf, "beside"), seed)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		count.add(w.count)
	}
	fmt.Print(count.table("side conversations", append(besides, "moved messages", "held replies", "conflicts", "hub crashes", "laptop crashes", "restored backups")))
	for _, what := range besides {
		if count[what] == 0 {
			t.Errorf("no %s in the whole run", what)
		}
	}
}

func besideOf(folder string, seed uint64) (w *world, err error) {
	defer recovered(&err)
	w = newWorld(folder, seed, devicesOf(seed), nodesOf(seed))
	defer w.close()
	w.placing, w.besides = seed%2 == 0, true
	for range *steps {
		w.act()
	}
	w.heal()
	w.settled()
	return w, nil
}
