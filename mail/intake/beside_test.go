package intake

import (
	"reflect"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/outgoing"
)

const vendor = "help@vendor.example"

// asked is Ana's mail to the vendor in a side conversation, with the Message-ID it
// left under, without brackets.
func (w *world) asked(t desk.Ticket, seen desk.MessageID) (id desk.MessageID, mailID string) {
	w.Helper()
	id = desk.MessageID("ask-" + t.ID)
	mailID = strings.Trim(outgoing.MessageID(key, workspace, string(t.ID), string(id), "desk.example.com"), "<>")
	m := desk.Message{ID: id, Kind: desk.AsideMail, Aside: "side", Subject: "Line 7", Text: "Is it up?", To: []desk.Address{{Email: vendor}}, Seen: seen, MailID: mailID}
	w.act(w.ana(), desk.MessageAdd, t.ID, desk.AddMessage{Message: m})
	w.act(system, desk.ReplyDeliver, t.ID, desk.DeliverReply{Message: id, Delivery: desk.DeliverySent, MailID: mailID})
	return id, mailID
}

// TestWhoAnswersASideConversationAndWhere (SPEC P79): whoever takes part in it
// joins it; nobody who answers it gets into the conversation with the requester.
func TestWhoAnswersASideConversationAndWhere(t *testing.T) {
	for _, c := range []struct {
		title, from, more, subject string
		joins, held                bool // in the side conversation
		why                        string
	}{
		{"by our signature", vendor, "\nIn-Reply-To: <$TOKEN>", "Re: Line 7", true, false, "joined the side conversation “Line 7” of INC0000001 by our signature; help@vendor.example is one of its people"},
		{"deep in the references", vendor, "\nIn-Reply-To: <lost@vendor.example>\nReferences: <$TOKEN> <lost@vendor.example>", "Re: Line 7", true, false, "by our signature"},
		{"by a plus address", vendor, "\nDelivered-To: $PLUS", "Re: Line 7", true, false, "by our signature"},
		{"by the number alone", vendor, "", "Line 7 [$NUMBER]", true, false, "the newest one that help@vendor.example takes part in"},
		{"by an agent", "ana@example.com", "\nIn-Reply-To: <$TOKEN>", "Re: Line 7", true, false, "is an agent"},
		{"a colleague of the vendor", "boss@vendor.example", "\nIn-Reply-To: <$TOKEN>", "Re: Line 7", true, true, "takes no part in the side conversation “Line 7”"},
		{"the requester, whom it was passed to", "mira@example.com", "\nIn-Reply-To: <$TOKEN>", "Fwd: Line 7", true, true, "mira@example.com takes no part"},
		{"the requester, with the public thread behind", "mira@example.com", "\nIn-Reply-To: <$TOKEN>\nReferences: <first@example.com> <$TOKEN>", "Re: x", true, true, "it is held there"},
		{"a forged vendor", vendor, "\nIn-Reply-To: <$TOKEN>\nAuthentication-Results: mx.example.com; dmarc=fail", "Re: Line 7", true, true, "disowns it"},
		{"a stranger by the number", "eve@elsewhere.example", "", "Line 7 [$NUMBER]", false, false, "ticket of its own"},
	} {
		t.Run(c.title, func(t *testing.T) {
			w := newWorld(t)
			ticket := w.opened()
			ask, token := w.asked(ticket, "")
			before := w.ticket(ticket.ID)
			fill := strings.NewReplacer("$TOKEN", token, "$PLUS", "desk+"+token, "$NUMBER", string(ticket.Number))
			o := w.get(letter(c.from, "back", fill.Replace(c.subject), fill.Replace(c.more)))
			m, after := w.message(o), w.ticket(ticket.ID)
			if (o.Ticket == ticket.ID) != c.joins || m.Beside() != c.joins || m.Suspect != c.held || !strings.Contains(o.Reason, c.why) || o.Reason != m.Why {
				t.Errorf("it became %s %q on %s, suspect %v: %s", m.Kind, m.Aside, o.Ticket, m.Suspect, o.Reason)
			}
			if c.joins && (m.Aside != "side" || o.Reply != nil) {
				t.Errorf("it stands in %q, answered by %+v", m.Aside, o.Reply)
			}
			a, _ := after.Aside("side")
			if joined := c.joins && !c.held; a.Awaits != joined || joined != (a.Last == m.ID) || !joined && a.Last != ask {
				t.Errorf("the side conversation is %+v", a)
			}
			after.Asides, before.Asides, after.Rev, before.Rev, after.UpdatedAt = nil, nil, 0, 0, before.UpdatedAt
			if !reflect.DeepEqual(after, before) {
				t.Errorf("the ticket became\n%+v, was\n%+v", after, before)
			}
		})
	}
}

// TestTheirOwnMailLeadsBack: what answers a mail of theirs that stands in a side
// conversation belongs there, even where our signature is gone.
func TestTheirOwnMailLeadsBack(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	_, token := w.asked(ticket, "")
	_, public := w.answered(ticket)
	w.get(letter(vendor, "one", "Re: Line 7", "\nIn-Reply-To: <"+token+">"))
	o := w.get(letter(vendor, "two", "One more thing", "\nIn-Reply-To: <one@example.com>\nReferences: <"+public+"> <one@example.com>"))
	if m := w.message(o); m.Kind != desk.AsideAnswer || m.Aside != "side" || m.Suspect {
		t.Errorf("%s: %s", m.Kind, o.Reason)
	}
	o = w.get(letter("mira@example.com", "three", "Re: One more thing", "\nIn-Reply-To: <one@example.com>"))
	if m := w.message(o); o.Ticket == ticket.ID || m.Beside() {
		t.Errorf("what the requester writes below a mail of theirs became %s: %s", m.Kind, o.Reason)
	}
}

// TestAMachineAnswersASideConversation: it stands there and changes nothing, on a
// closed ticket too.
func TestAMachineAnswersASideConversation(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	ask, token := w.asked(ticket, "")
	w.resolve(ticket)
	w.move(ticket, desk.MoveTicket{To: desk.StateClosed})
	w.now = w.now.AddDate(1, 0, 0)
	away := w.get(letter(vendor, "away", "Out of office: Line 7", "\nIn-Reply-To: <"+token+">\nAuto-Submitted: auto-replied"))
	if m, a := w.message(away), w.ticket(ticket.ID).Asides[0]; m.Aside != "side" || !m.Auto || a.Awaits || a.Last != ask || away.Reply != nil {
		t.Errorf("%+v: %s", a, away.Reason)
	}
	late := w.get(letter(vendor, "late", "Re: Line 7", "\nIn-Reply-To: <"+token+">"))
	after := w.ticket(ticket.ID)
	if m := w.message(late); late.Ticket != ticket.ID || m.Aside != "side" || !after.AsideAwaits() || after.State != desk.StateClosed || after.Reopened != 0 {
		t.Errorf("a year later: %s, %+v", late.Reason, after.Asides)
	}
	empty := w.get("\nFrom: " + vendor + "\nTo: desk@example.com\nSubject: Re: Line 7\nMessage-ID: <empty@vendor.example>\nIn-Reply-To: <" + token + ">\n\n")
	if m := w.message(empty); m.Aside != "side" {
		t.Errorf("an empty answer: %s", empty.Reason)
	}
}

// TestABounceBesideLandsOnItsDelivery, permanent or not, and the requester's
// address stays good.
func TestABounceBesideLandsOnItsDelivery(t *testing.T) {
	for status, want := range map[string]desk.Delivery{"5.1.1": desk.DeliveryFailed, "4.4.1": desk.DeliverySent} {
		w := newWorld(t)
		ticket := w.opened()
		ask, token := w.asked(ticket, "")
		action := map[desk.Delivery]string{desk.DeliveryFailed: "failed", desk.DeliverySent: "delayed"}[want]
		o := w.get(report(action, status, token))
		note, sent, after := w.message(o), must[desk.Message](t)(find(w.sink, func(m desk.Message) bool { return m.ID == ask })), w.ticket(ticket.ID)
		if note.Kind != desk.AsideAnswer || note.Aside != "side" || !note.Auto || sent.Delivery != want || sent.Problem == "" {
			t.Errorf("%s: %s beside %q, the mail is %s: %s", status, note.Kind, note.Aside, sent.Delivery, sent.Problem)
		}
		r := must[desk.Requester](t)(w.sink.RequesterByEmail(w.Context(), "mira@example.com"))
		if a := after.Asides[0]; r.Undelivered || a.Awaits || a.Last != ask || after.State != desk.StateNew || o.Reply != nil {
			t.Errorf("%s: %+v, %+v", status, r, a)
		}
	}
}

// TestASideConversationIsFollowedThroughAMerge, and stays one there.
func TestASideConversationIsFollowedThroughAMerge(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	into := w.ticket(w.get(letter("mira@example.com", "other", "The phone is dead", "")).Ticket)
	_, token := w.asked(ticket, "")
	w.act(w.ana(), desk.TicketMerge, ticket.ID, desk.MergeTicket{Into: into.ID})
	o := w.get(letter(vendor, "back", "Re: Line 7 ["+string(ticket.Number)+"]", "\nIn-Reply-To: <"+token+">"))
	m, after := w.message(o), w.ticket(into.ID)
	a, _ := after.Aside("side")
	if o.Ticket != into.ID || m.Kind != desk.AsideAnswer || a.Subject != "Line 7" || !a.Awaits || after.LastPublic == m.ID {
		t.Errorf("%s: %+v", o.Reason, a)
	}
}

// TestWhatAPersonPutBesideIsFollowed, and what they took out of it too.
func TestWhatAPersonPutBesideIsFollowed(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	_, token := w.asked(ticket, "")
	held := w.get(letter("boss@vendor.example", "boss", "Re: Line 7", "\nIn-Reply-To: <"+token+">"))
	w.act(w.ana(), desk.AsideTake, ticket.ID, desk.TakeAside{Message: held.Message, Aside: "side"})
	o := w.get(letter("boss@vendor.example", "again", "Re: Line 7", "\nIn-Reply-To: <boss@example.com>"))
	if m := w.message(o); m.Suspect || m.Aside != "side" || !strings.Contains(o.Reason, "one of its people") {
		t.Errorf("%s", o.Reason)
	}
	w.act(w.ana(), desk.AsideTake, ticket.ID, desk.TakeAside{Message: held.Message})
	o = w.get(letter("boss@vendor.example", "more", "Re: Line 7", "\nIn-Reply-To: <boss@example.com>\nReferences: <"+token+"> <boss@example.com>"))
	if m := w.message(o); m.Kind != desk.FromRequester || m.Suspect || m.Aside != "" || o.Ticket != ticket.ID {
		t.Errorf("%s: %s", m.Kind, o.Reason)
	}
}
