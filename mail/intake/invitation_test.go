package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

// calendar is a mail about a meeting of Mira's to which the desk and Ben are
// asked; more are header lines, and answers are of Ben.
func calendar(from, id, method string, sequence int, more string) string {
	attendees := "ATTENDEE;CN=Desk:mailto:desk@example.com\nATTENDEE;CN=Ben;PARTSTAT=TENTATIVE:mailto:ben@example.com\n"
	if method == "REPLY" {
		attendees = "ATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.com\n"
	}
	return "From: " + from + "\nTo: desk@example.com\nSubject: Meeting\nMessage-ID: <" + id + "@example.com>" + more + "\nContent-Type: multipart/alternative; boundary=b\n\n" +
		"--b\nContent-Type: text/plain\n\nText of " + id + ".\n--b\nContent-Type: text/calendar; method=" + method + "\n\n" +
		"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nMETHOD:" + method + "\nBEGIN:VEVENT\nUID:meeting-1\nSEQUENCE:" + fmt.Sprint(sequence) + "\nDTSTAMP:20260301T090000Z\n" +
		"DTSTART:20260302T130000Z\nDTEND:20260302T140000Z\nSUMMARY:Look at the printer\nLOCATION:Room 4\nORGANIZER;CN=Mira:mailto:mira@example.com\n" + attendees +
		"END:VEVENT\nEND:VCALENDAR\n--b--\n"
}

// TestAMeetingComesWithItsMessage, and stays a file of it.
func TestAMeetingComesWithItsMessage(t *testing.T) {
	for start, want := range map[string]time.Time{"20260302T130000Z": time.Date(2026, 3, 2, 13, 0, 0, 0, time.UTC), "soon": {}} {
		w := newWorld(t)
		m := w.message(w.get(strings.ReplaceAll(calendar("mira@example.com", "m", "REQUEST", 2, ""), "20260302T130000Z", start)))
		i := m.Invitation
		if i == nil || i.Method != desk.MeetingAsked || i.UID != "meeting-1" || i.Sequence != 2 || i.Title != "Look at the printer" || i.Place != "Room 4" ||
			i.Organizer.Email != "mira@example.com" || len(i.Attendees) != 2 || i.Attendees[1].Answer != "TENTATIVE" || !i.Start.Equal(want) {
			t.Errorf("%s: %+v", start, i)
		}
		if _, err := desk.Encode(m); err != nil {
			t.Errorf("%s: %v", start, err)
		}
	}
	w := newWorld(t)
	if m := w.message(w.get(letter("mira@example.com", "first", "Printer is dead", ""))); m.Invitation != nil {
		t.Errorf("no calendar, and a meeting: %+v", m.Invitation)
	}
}

// TestAChangedMeetingFindsItsTicket by its UID alone, if it comes from whoever
// asked to it; the rules of trust hold as for any other mail.
func TestAChangedMeetingFindsItsTicket(t *testing.T) {
	for _, c := range []struct {
		title, mail string
		want        string
		standing    desk.Meeting // of what came first
		why         string
	}{
		{"moved", calendar("mira@example.com", "b", "REQUEST", 1, ""), joins, desk.MeetingReplaced, "by the meeting “Look at the printer” of which it speaks; mira@example.com is its requester"},
		{"called off", calendar("MIRA@example.com", "b", "CANCEL", 1, ""), joins, desk.MeetingOff, "by the meeting"},
		{"called off by another", calendar("eve@example.org", "b", "CANCEL", 1, ""), opens, desk.MeetingStands, "answers no mail"},
		{"passed on", calendar("ben@example.com", "b", "REQUEST", 0, ""), opens, desk.MeetingStands, "answers no mail"},
		{"disowned", calendar("mira@example.com", "b", "CANCEL", 1, "\nAuthentication-Results: mx.example.com; dmarc=fail"), linked, desk.MeetingStands, "by the meeting"},
		{"of another UID", strings.ReplaceAll(calendar("mira@example.com", "b", "CANCEL", 1, ""), "UID:meeting-1", "UID:meeting-2"), opens, desk.MeetingStands, "answers no mail"},
		{"published", calendar("mira@example.com", "b", "PUBLISH", 1, ""), opens, desk.MeetingStands, "answers no mail"},
		{"answered by a stranger", calendar("ben@example.com", "b", "REPLY", 0, ""), linked, desk.MeetingStands, "neither the requester"},
	} {
		w := newWorld(t)
		first := w.get(calendar("Mira <mira@example.com>", "a", "REQUEST", 0, ""))
		ticket := w.ticket(first.Ticket)
		o := w.get(c.mail)
		if got := w.verdict(o, ticket); got != c.want || !strings.Contains(w.message(o).Why, c.why) {
			t.Errorf("%s: it %s: %s", c.title, got, w.message(o).Why)
		}
		thread := must[[]desk.Message](t)(w.sink.Thread(ticket.ID))
		if got := w.message(first).Invitation.Standing(thread); got != c.standing {
			t.Errorf("%s: the meeting is %s", c.title, got)
		}
	}
}

func TestTheAnswerOfSomebodyWhoTakesPart(t *testing.T) {
	w := newWorld(t)
	first := w.get(calendar("mira@example.com", "a", "REQUEST", 0, ""))
	w.sink.added[string(first.Ticket)+" ben@example.com"] = true
	o := w.get(calendar("ben@example.com", "b", "REPLY", 0, ""))
	if got := w.verdict(o, w.ticket(first.Ticket)); got != joins {
		t.Fatalf("it %s: %s", got, o.Reason)
	}
	who := w.message(first).Invitation.Attendance(must[[]desk.Message](t)(w.sink.Thread(first.Ticket)))
	if len(who) != 2 || who[0].Answer != "" || who[1].Answer != "DECLINED" {
		t.Errorf("%+v", who)
	}
}

// TestMailsOfAMeetingKeepTheirOrder: they lie in the mailbox together, and the one
// that opens the ticket waits itself.
func TestMailsOfAMeetingKeepTheirOrder(t *testing.T) {
	w := newWorld(t)
	w.file(letter("mira@example.com", "first", "Printer is dead", ""))
	asked := w.file(calendar("mira@example.com", "a", "REQUEST", 0, "\nIn-Reply-To: <first@example.com>"))
	moved, off := w.file(calendar("mira@example.com", "b", "REQUEST", 1, "")), w.file(calendar("mira@example.com", "c", "CANCEL", 2, ""))
	w.run()
	if n := len(all[desk.Ticket](w.sink)); n != 1 || moved.outcome.Ticket != asked.outcome.Ticket || off.outcome.Ticket != asked.outcome.Ticket {
		t.Errorf("%d tickets: %s, then %s, then %s", n, asked.reason, moved.reason, off.reason)
	}
}

// TestAMeetingOnATicketThatEnded opens a linked one, as any answer does.
func TestAMeetingOnATicketThatEnded(t *testing.T) {
	w := newWorld(t)
	ticket := w.ticket(w.get(calendar("mira@example.com", "a", "REQUEST", 0, "")).Ticket)
	w.resolve(ticket)
	w.move(ticket, desk.MoveTicket{To: desk.StateClosed})
	w.now = w.now.AddDate(0, 0, 20)
	if o := w.get(calendar("mira@example.com", "b", "REQUEST", 1, "")); w.verdict(o, ticket) != linked {
		t.Errorf("it %s: %s", w.verdict(o, ticket), o.Reason)
	}
}
