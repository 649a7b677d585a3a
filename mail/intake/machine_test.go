package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

func TestAnAutomaticAnswerGoesToPeopleOnly(t *testing.T) {
	for _, c := range []struct {
		title, from, more string
		answered          bool
	}{
		{"a person", "mira@example.com", "", true},
		{"Auto-Submitted no", "mira@example.com", "\nAuto-Submitted: no", true},
		{"auto-generated", "mira@example.com", "\nAuto-Submitted: auto-generated", false},
		{"in any case", "mira@example.com", "\nAUTO-SUBMITTED: Auto-Replied", false},
		{"null sender", "mira@example.com", "\nReturn-Path: <>", false},
		{"a list", "mira@example.com", "\nList-Id: <staff.example.com>", false},
		{"bulk", "mira@example.com", "\nPrecedence: bulk", false},
		{"suppressed", "mira@example.com", "\nX-Auto-Response-Suppress: OOF, AutoReply", false},
		{"been here", "mira@example.com", "\nX-Loop: desk@example.com", false},
		{"a daemon", "MAILER-DAEMON@example.org", "", false},
		{"ourselves", "Desk <DESK@example.com>", "", false},
		{"no sender", "undisclosed", "", false},
		{"disowned", "mira@example.com", "\nAuthentication-Results: mx.example.com; dmarc=fail", false},
	} {
		t.Run(c.title, func(t *testing.T) {
			w := newWorld(t)
			o := w.get(letter(c.from, "x", "Printer", c.more))
			if o.Ticket == "" {
				t.Fatalf("it opened no ticket: %s", o.Reason)
			}
			if (o.Reply != nil) != c.answered {
				t.Fatalf("answer %+v", o.Reply)
			}
			if c.answered && (o.Reply.To.Email != c.from || o.Reply.Ticket != o.Ticket || o.Reply.InReplyTo != "x@example.com" || o.Reply.Kind != ReplyReceived) {
				t.Fatalf("answer %+v", o.Reply)
			}
		})
	}
}

func TestAMailWithOurMessageIDDomainIsNotAnswered(t *testing.T) {
	w := newWorld(t)
	o := w.get(strings.Replace(letter("mira@example.com", "x", "Printer", ""), "<x@example.com>", "<x@Desk.Example.com>", 1))
	if o.Reply != nil || o.Ticket == "" {
		t.Fatalf("%+v", o)
	}
}

func TestAtMostOneAnswerAnHourToASender(t *testing.T) {
	w := newWorld(t)
	w.conv.HourlyBudget = 3
	send := func(from string, n int) *Reply {
		return w.get(letter(from, fmt.Sprint("m", n), fmt.Sprint("Matter ", n), "")).Reply
	}
	if send("mira@example.com", 1) == nil {
		t.Error("the first mail is not answered")
	}
	if send("Mira@EXAMPLE.com", 2) != nil {
		t.Error("the second mail within an hour is answered")
	}
	if send("tobias@example.com", 3) == nil {
		t.Error("another sender is not answered")
	}
	w.now = w.now.Add(61 * time.Minute)
	if send("mira@example.com", 4) == nil {
		t.Error("an hour later there is no answer")
	}
	send("elif@example.com", 5)
	send("annika@example.com", 6)
	if send("jon@example.com", 7) != nil {
		t.Error("the total budget is overdrawn")
	}
}

func TestOneAnswerAlsoWithinAGroup(t *testing.T) {
	w := newWorld(t)
	for i := range 5 {
		w.file(letter("mira@example.com", fmt.Sprint("m", i), fmt.Sprint("Matter ", i), ""))
	}
	w.run()
	answers := 0
	for _, r := range w.sink.rows {
		if r.outcome.Reply != nil {
			answers++
		}
	}
	if answers != 1 || w.sink.groups != 1 {
		t.Fatalf("%d answers in %d transactions", answers, w.sink.groups)
	}
}

func TestAStormIsTakenInAndNotAnswered(t *testing.T) {
	w := newWorld(t)
	w.conv.StormMails = 5
	var last Outcome
	for i := range 12 {
		w.now = w.now.Add(10 * time.Second)
		last = w.get(letter("robot@example.org", fmt.Sprint("m", i), fmt.Sprint("Matter ", i), ""))
	}
	if last.Ticket == "" {
		t.Error("the storm is not taken in any more")
	}
	notices := 0
	for _, ticket := range all[desk.Ticket](w.sink) {
		if strings.HasPrefix(ticket.Title, "Mail storm from robot@example.org") {
			notices++
		}
	}
	if notices != 1 || len(all[desk.Ticket](w.sink)) != 13 {
		t.Fatalf("%d notices among %d tickets", notices, len(all[desk.Ticket](w.sink)))
	}
	w.now = w.now.Add(9*time.Minute + 30*time.Second)
	if o := w.get(letter("robot@example.org", "late", "Matter", "")); o.Reply != nil {
		t.Error("it is answered within the storm")
	}
}

func TestAnAbsenceNoticeOpensNothing(t *testing.T) {
	absent := "\nAuto-Submitted: auto-replied (vacation)"
	w := newWorld(t)
	r := w.file(letter("mira@example.com", "a", "Out of office: back on Monday", absent))
	w.run()
	if r.state != Converted || r.outcome.Ticket != "" || len(r.outcome.Mutations) != 0 || len(all[desk.Ticket](w.sink)) != 0 {
		t.Fatalf("%s with %+v", r.state, r.outcome)
	}
	ticket := w.opened()
	id, token := w.answered(ticket)
	for i, from := range []string{"mira@example.com", "eve@example.org"} {
		o := w.get(letter(from, fmt.Sprint("b", i), "Out of office: back on Monday", absent+"\nIn-Reply-To: <"+token+">"))
		if m := w.message(o); o.Ticket != ticket.ID || !m.Auto {
			t.Errorf("from %s: %+v", from, o)
		}
	}
	o := w.get(letter("eve@example.org", "c", "Out of office: ["+string(ticket.Number)+"]", absent))
	if o.Ticket != ticket.ID || !w.message(o).Suspect {
		t.Errorf("a stranger's notice: %+v", o)
	}
	if after := w.ticket(ticket.ID); after.AwaitsReply || after.LastPublic != id {
		t.Errorf("the ticket moved: %+v", after)
	}
}
