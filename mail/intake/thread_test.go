package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
)

// The sides of a case: a mail answers in some way, from someone, and either
// joins, is held for agents, or opens a ticket of its own.
const (
	joins  = "joins"
	held   = "held"
	linked = "linked"
	opens  = "opens"
)

// verdict is what became of a mail, seen from the ticket it pointed at.
func (w *world) verdict(o Outcome, t desk.Ticket) string {
	w.Helper()
	got := w.ticket(o.Ticket)
	switch {
	case o.Ticket == t.ID && w.message(o).Suspect:
		return held
	case o.Ticket == t.ID:
		return joins
	case got.RelatedTo == t.ID:
		return linked
	}
	return opens
}

func TestWhichTicketAMailBelongsTo(t *testing.T) {
	const mira, stranger, ana, added = "mira@example.com", "eve@example.org", "ana@example.com", "boss@example.com"
	forged := "\nAuthentication-Results: mx.example.com; spf=pass smtp.mailfrom=example.org; dmarc=fail (p=reject dis=none) header.from=example.com"
	others := "\nAuthentication-Results: mx.example.org; dmarc=fail header.from=example.com"
	for _, c := range []struct {
		title, from, subject, more string
		want                       string
		why                        string // a part of the sentence
	}{
		{"nothing known", mira, "Printer is dead", "", opens, "answers no mail of the desk"},
		{"words of the subject", mira, "Re: Printer is dead", "", opens, "answers no mail"},
		{"number without brackets", mira, "about $NUMBER", "", opens, "answers no mail"},
		{"unknown number", mira, "[INC0009999] hello", "", opens, "answers no mail"},
		{"unknown id", mira, "Re: x", "\nIn-Reply-To: <elsewhere@example.com>", opens, "answers no mail"},

		{"token, requester", mira, "Re: x", "\nIn-Reply-To: <$TOKEN>", joins, "our signature; mira@example.com is its requester"},
		{"token, any case", mira, "Re: x", "\nIn-Reply-To: <$UPPER>", joins, "our signature"},
		{"token in references", mira, "Re: x", "\nReferences: <a@b.example> <$TOKEN>", joins, "our signature"},
		{"token in a plus address", mira, "Re: x", "\nDelivered-To: desk+$LOCAL@example.com", joins, "our signature"},
		{"token, stranger", stranger, "Re: x", "\nIn-Reply-To: <$TOKEN>", held, "agents only"},
		{"token, agent", ana, "Re: x", "\nIn-Reply-To: <$TOKEN>", joins, "an agent"},
		{"token, added", added, "Re: x", "\nIn-Reply-To: <$TOKEN>", joins, "someone an agent added"},
		{"forged token", mira, "Re: x", "\nIn-Reply-To: <$FORGED>", opens, "answers no mail"},
		{"token of another workspace", mira, "Re: x", "\nIn-Reply-To: <$OTHER>", opens, "answers no mail"},

		{"stored id, requester", mira, "Re: x", "\nIn-Reply-To: <first@example.com>", joins, "a mail it answers"},
		{"stored id in references", mira, "Re: x", "\nReferences: <first@example.com> <elsewhere@example.com>", joins, "a mail it answers"},
		{"stored id, stranger", stranger, "Re: x", "\nIn-Reply-To: <first@example.com>", linked, "may belong to"},
		{"number, requester", mira, "Re: [$NUMBER] x", "", joins, "[$NUMBER] in its subject"},
		{"number, stranger", stranger, "Re: [$NUMBER] x", "", linked, "may belong to"},
		{"number, requester only in Reply-To", stranger, "Re: [$NUMBER] x", "\nReply-To: mira@example.com", linked, "eve@example.org is neither"},
		{"number, requester only in Cc", stranger, "Re: [$NUMBER] x", "\nCc: mira@example.com", linked, "eve@example.org is neither"},
		{"number, requester in other case", "Mira <MIRA@Example.com>", "Re: [$NUMBER] x", "", joins, "its requester"},

		{"disowned with a token", mira, "Re: x", "\nIn-Reply-To: <$TOKEN>" + forged, held, "disowns it"},
		{"disowned with a number", mira, "Re: [$NUMBER] x", forged, linked, "disowns it"},
		{"disowned by another server", mira, "Re: [$NUMBER] x", others, joins, "its requester"},
		{"two senders", mira, "Re: [$NUMBER] x", "\nFrom: eve@example.org", linked, "does not name one sender"},
	} {
		t.Run(c.title, func(t *testing.T) {
			w := newWorld(t)
			ticket := w.opened()
			w.sink.added[string(ticket.ID)+" "+added] = true
			_, token := w.answered(ticket)
			local, _, _ := strings.Cut(token, "@")
			other := strings.Trim(outgoing.MessageID(key, "other", string(ticket.ID), "reply-1", "desk.example.com"), "<>")
			fill := strings.NewReplacer("$NUMBER", string(ticket.Number), "$TOKEN", token, "$UPPER", strings.ToUpper(token),
				"$LOCAL", local, "$FORGED", "u"+strings.Repeat("a", 26)+token[27:], "$OTHER", other)
			o := w.get(fill.Replace(letter(c.from, "second", c.subject, c.more)))
			if got := w.verdict(o, ticket); got != c.want {
				t.Errorf("it %s, want %s: %s", got, c.want, o.Reason)
			}
			if want := fill.Replace(c.why); !strings.Contains(o.Reason, want) || w.message(o).Why != o.Reason {
				t.Errorf("the sentence is %q, want %q in it", o.Reason, want)
			}
		})
	}
}

func TestAnEarlierClueIsBelievedFirst(t *testing.T) {
	w := newWorld(t)
	one := w.opened()
	two := w.ticket(w.get(letter("mira@example.com", "other", "Another matter", "")).Ticket)
	_, token := w.answered(one)
	o := w.get(letter("mira@example.com", "a", "Re: ["+string(two.Number)+"]", "\nIn-Reply-To: <other@example.com>\nReferences: <"+token+">"))
	if o.Ticket != one.ID {
		t.Errorf("an id was believed before a token: %s", o.Reason)
	}
	o = w.get(letter("mira@example.com", "b", "Re: ["+string(one.Number)+"]", "\nIn-Reply-To: <other@example.com>"))
	if o.Ticket != two.ID {
		t.Errorf("a number was believed before an id: %s", o.Reason)
	}
	o = w.get(letter("mira@example.com", "c", "Re: x", "\nIn-Reply-To: <gone@example.com>\nReferences: <first@example.com> <other@example.com>"))
	if o.Ticket != two.ID {
		t.Errorf("references were not read from the newest: %s", o.Reason)
	}
}

// TestAMergedTicketIsFollowed by its mails and its number, however often it was
// merged on, and whoever had part in it may write on (sync SPEC R17).
func TestAMergedTicketIsFollowed(t *testing.T) {
	for _, subject := range []string{"Re: x\nIn-Reply-To: <first@example.com>", "Re: [$NUMBER]"} {
		w := newWorld(t)
		old := w.opened()
		between := w.ticket(w.get(letter("mira@example.com", "between", "Another matter", "")).Ticket)
		target := w.ticket(w.get(letter("jonas@example.com", "other", "A third matter", "")).Ticket)
		old.MergedInto, between.MergedInto = between.ID, target.ID
		w.sink.records[old.Key()], w.sink.records[between.Key()] = old, between
		o := w.get(letter("mira@example.com", "x", strings.ReplaceAll(subject, "$NUMBER", string(old.Number)), ""))
		if o.Ticket != target.ID || w.message(o).Suspect || !strings.Contains(o.Reason, "the requester of "+string(old.Number)+", which was merged into it") {
			t.Errorf("%q: %s", subject, o.Reason)
		}
		o = w.get(letter("eve@example.org", "y", strings.ReplaceAll(subject, "$NUMBER", string(old.Number)), ""))
		if o.Ticket == target.ID {
			t.Errorf("%q: a stranger follows too: %s", subject, o.Reason)
		}
	}
}

func TestAnAnswerMovesTheTicket(t *testing.T) {
	for _, c := range []struct {
		title  string
		before func(*world, desk.Ticket)
		from   string
		more   string
		after  desk.State
		want   string
	}{
		{"on hold for the requester", func(w *world, t desk.Ticket) {
			w.move(t, desk.MoveTicket{To: desk.StateOnHold, HoldReason: desk.HoldRequester})
		}, "mira@example.com", "", desk.StateInProgress, joins},
		{"on hold for a vendor", func(w *world, t desk.Ticket) {
			w.move(t, desk.MoveTicket{To: desk.StateOnHold, HoldReason: desk.HoldVendor})
		}, "mira@example.com", "", desk.StateOnHold, joins},
		{"resolved", func(w *world, t desk.Ticket) { w.resolve(t) }, "mira@example.com", "", desk.StateInProgress, joins},
		{"resolved, absence notice", func(w *world, t desk.Ticket) { w.resolve(t) },
			"mira@example.com", "\nAuto-Submitted: auto-replied (vacation)", desk.StateResolved, joins},
		{"resolved, a machine", func(w *world, t desk.Ticket) { w.resolve(t) },
			"mira@example.com", "\nAuto-Submitted: auto-generated", desk.StateResolved, joins},
		{"resolved, through a list", func(w *world, t desk.Ticket) { w.resolve(t) },
			"mira@example.com", "\nPrecedence: list", desk.StateInProgress, joins},
		{"resolved, an agent's mail", func(w *world, t desk.Ticket) { w.resolve(t) }, "ana@example.com", "", desk.StateResolved, joins},
		{"closed today", func(w *world, t desk.Ticket) {
			w.resolve(t)
			w.move(t, desk.MoveTicket{To: desk.StateClosed})
		}, "mira@example.com", "", desk.StateInProgress, joins},
		{"closed long ago", func(w *world, t desk.Ticket) {
			w.resolve(t)
			w.move(t, desk.MoveTicket{To: desk.StateClosed})
			w.now = w.now.Add(15 * 24 * time.Hour)
		}, "mira@example.com", "", desk.StateClosed, linked},
		{"cancelled", func(w *world, t desk.Ticket) { w.move(t, desk.MoveTicket{To: desk.StateCancelled}) },
			"mira@example.com", "", desk.StateCancelled, linked},
	} {
		t.Run(c.title, func(t *testing.T) {
			w := newWorld(t)
			ticket := w.opened()
			c.before(w, ticket)
			o := w.get(letter(c.from, "second", "Re: ["+string(ticket.Number)+"]", c.more))
			if got := w.verdict(o, ticket); got != c.want {
				t.Errorf("it %s, want %s: %s", got, c.want, o.Reason)
			}
			if got := w.ticket(ticket.ID).State; got != c.after {
				t.Errorf("the ticket is %s, want %s", got, c.after)
			}
		})
	}
}

func TestAStrangersMailChangesNothing(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	_, token := w.answered(ticket)
	w.resolve(ticket)
	before := w.ticket(ticket.ID)
	o := w.get(letter("eve@example.org", "x", "Re: x", "\nCc: mallory@example.org\nIn-Reply-To: <"+token+">"))
	after := w.ticket(ticket.ID)
	if o.Ticket != ticket.ID || after.State != before.State || after.LastPublic != before.LastPublic || len(after.Watchers) != 0 {
		t.Fatalf("%s: before %+v, after %+v", o.Reason, before, after)
	}
	if m := w.message(o); !m.Suspect || m.Public() {
		t.Error("the requester would see it")
	}
}

func TestAnAnswerToANoteStaysInternal(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	note := desk.Message{ID: "note-1", Kind: desk.InternalNote, Text: "Psst.", MailID: "note@desk.example.com"}
	w.act(w.ana(), desk.MessageAdd, ticket.ID, desk.AddMessage{Message: note})
	for i, from := range []string{"ana@example.com", "mira@example.com"} {
		o := w.get(letter(from, fmt.Sprint("x", i), "Re: x", "\nIn-Reply-To: <note@desk.example.com>"))
		if m := w.message(o); o.Ticket != ticket.ID || m.Kind != desk.InternalNote || m.Public() {
			t.Errorf("from %s: a %s on %s: %s", from, m.Kind, o.Ticket, o.Reason)
		}
	}
}

func TestAnAgentsMailNeverSpeaksForTheDesk(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	o := w.get(letter("ana@example.com", "x", "Re: ["+string(ticket.Number)+"] close it", ""))
	m := w.message(o)
	if m.Kind != desk.InternalNote || m.Delivery != "" || w.ticket(ticket.ID).FirstResponseAt != nil {
		t.Fatalf("%+v: %s", m, o.Reason)
	}
}
