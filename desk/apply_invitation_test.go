package desk

import "testing"

// invited is a ticket whose requester asked to a meeting in message m1.
func invited(t *testing.T) *world {
	w := newWorld(t)
	w.open("t")
	w.tells("t", "m1", &Invitation{Method: MeetingAsked, UID: "u", Sequence: 1, Title: "Scanner", Start: w.now, Organizer: Address{Email: "rita@customer.example"}})
	return w
}

// tells brings a requester's mail that speaks of a meeting.
func (w *world) tells(t TicketID, id MessageID, i *Invitation) {
	w.Helper()
	w.do(Principal{System: true}, MessageAdd, t, AddMessage{Message{ID: id, Kind: FromRequester, Requester: "rita", Text: "Will you come?", Invitation: i}})
}

func (w *world) attends(id, about, seen MessageID, answer string) Effects {
	w.Helper()
	return w.do(w.as("ana"), MessageAdd, "t", AddMessage{Message{
		ID: id, Kind: PublicReply, Text: "I come.", About: about, Seen: seen, To: []Address{{Email: "eve@elsewhere.example"}}, Invitation: &Invitation{UID: "forged", Answer: answer},
	}})
}

// TestAnInvitationIsAnsweredToWhoCalledIt, whatever the device says of readers
// and meeting (RFC 5546 §3.2.3).
func TestAnInvitationIsAnsweredToWhoCalledIt(t *testing.T) {
	for _, answer := range MeetingAnswers() {
		w := invited(t)
		if e := w.attends("r1", "m1", "m1", answer); e.Status != Applied {
			t.Fatalf("%s: status %s", answer, e.Status)
		}
		m := w.message("r1")
		i := m.Invitation
		if m.Delivery != DeliveryQueued || m.About != "m1" || len(m.To) != 1 || m.To[0].Email != "rita@customer.example" || i == nil ||
			i.Method != MeetingAnswered || i.UID != "u" || i.Sequence != 1 || i.Answer != answer || i.Title != "Scanner" {
			t.Errorf("%s: %+v, %+v", answer, m, i)
		}
	}
}

// TestOnlyAStandingInvitationIsAnswered.
func TestOnlyAStandingInvitationIsAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		before func(*world)
		about  MessageID
		answer string
		code   Code
	}{
		"no answer":       {func(*world) {}, "m1", "PERHAPS", CodeValidation},
		"no such message": {func(*world) {}, "m9", "ACCEPTED", CodeValidation},
		"no invitation":   {func(w *world) { w.tells("t", "m2", nil) }, "m2", "ACCEPTED", CodeValidation},
		"somebody's answer": {func(w *world) {
			w.tells("t", "m2", &Invitation{Method: MeetingAnswered, UID: "u", Organizer: Address{Email: "rita@customer.example"}})
		}, "m2", "ACCEPTED", CodeValidation},
		"nobody called it": {func(w *world) { w.tells("t", "m2", &Invitation{Method: MeetingAsked, UID: "v"}) }, "m2", "ACCEPTED", CodeValidation},
		"called off":       {func(w *world) { w.tells("t", "m2", &Invitation{Method: MeetingCancelled, UID: "u", Sequence: 2}) }, "m1", "ACCEPTED", CodeWorkflow},
		"another ticket's": {func(w *world) {
			w.open("t2")
			w.tells("t2", "m2", &Invitation{Method: MeetingAsked, UID: "v", Organizer: Address{Email: "rita@customer.example"}})
		}, "m2", "ACCEPTED", CodeValidation},
	} {
		w := invited(t)
		c.before(w)
		_, err := w.try(w.as("ana"), MessageAdd, "t", AddMessage{Message{
			ID: "r1", Kind: PublicReply, Text: "I come.", About: c.about, Seen: w.ticket("t").LastPublic, Invitation: &Invitation{Answer: c.answer},
		}})
		if CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// TestAnAnswerInWordsAboutAMeetingIsAReply like any other.
func TestAnAnswerInWordsAboutAMeetingIsAReply(t *testing.T) {
	w := invited(t)
	if e := w.attends("r1", "m1", "m1", ""); e.Status != Applied {
		t.Fatalf("status %s", e.Status)
	}
	if m := w.message("r1"); m.Invitation != nil || m.About != "" || m.To[0].Email != "eve@elsewhere.example" {
		t.Errorf("%+v", m)
	}
}
