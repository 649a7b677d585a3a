package desk

import (
	"slices"
	"testing"
)

func quarantined(state QuarantineState, part MailPartKept) QuarantinedMail {
	return QuarantinedMail{ID: "q", Subject: "Printer", State: state, Part: part, Rev: 1}
}

// TestEveryDecisionFromEveryState walks the table of moves, allowed and refused.
func TestEveryDecisionFromEveryState(t *testing.T) {
	want := map[QuarantineState]map[QuarantineAct]QuarantineState{
		InQuarantine:        {RetryMail: QuarantineRetrying, TicketMail: QuarantineRetrying, DismissMail: QuarantineDismissed},
		QuarantineRetrying:  {},
		QuarantineSettled:   {},
		QuarantineDismissed: {RetryMail: QuarantineRetrying, TicketMail: QuarantineRetrying},
	}
	for state, moves := range want {
		for _, act := range quarantineActs {
			w := newWorld(t)
			lead := Principal{Person: "lea", Device: "d", Roles: []Role{RoleLead}}
			q := quarantined(state, KeptWhole)
			w.records[q.Key()] = q
			e, err := w.try(lead, QuarantineDecide, "", DecideQuarantine{ID: "q", Act: act})
			to, allowed := moves[act]
			if !allowed {
				refused(t, e, err, CodeWorkflow, "Printer")
				continue
			}
			got := e.Puts[0].(QuarantinedMail)
			if err != nil || got.State != to || got.By != "lea" || got.Wish != act || got.Rev != 2 {
				t.Errorf("%s of %s: %+v, %v", act, state, got, err)
			}
		}
		if quarantineStates[state] == "" {
			t.Errorf("%s has no word", state)
		}
	}
}

func TestTheSameDecisionTwiceIsOne(t *testing.T) {
	w := newWorld(t)
	lead := Principal{Person: "lea", Device: "d", Roles: []Role{RoleLead}}
	q := quarantined(QuarantineRetrying, KeptWhole)
	q.Wish = RetryMail
	w.records[q.Key()] = q
	e, err := w.try(lead, QuarantineDecide, "", DecideQuarantine{ID: "q", Act: RetryMail})
	if err != nil || len(e.Puts) != 0 || e.Status != Duplicate {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestWhatIsOfferedHangsOnWhatIsThere(t *testing.T) {
	for part, want := range map[MailPartKept][]QuarantineAct{
		KeptWhole:     {RetryMail, TicketMail, DismissMail},
		KeptBeginning: {TicketMail, DismissMail},
		KeptNothing:   {DismissMail},
	} {
		if got := quarantined(InQuarantine, part).Acts(); !slices.Equal(got, want) {
			t.Errorf("%s: %v", part, got)
		}
	}
	w := newWorld(t)
	lead := Principal{Person: "lea", Device: "d", Roles: []Role{RoleLead}}
	for part, words := range map[MailPartKept]string{KeptBeginning: "make it a ticket", KeptNothing: "forward the mail"} {
		q := quarantined(InQuarantine, part)
		w.records[q.Key()] = q
		e, err := w.try(lead, QuarantineDecide, "", DecideQuarantine{ID: "q", Act: RetryMail})
		refused(t, e, err, CodeWorkflow, words)
	}
	e, err := w.try(lead, QuarantineDecide, "", DecideQuarantine{ID: "q", Act: "burn"})
	refused(t, e, err, CodeValidation, "none of these")
	e, err = w.try(lead, QuarantineDecide, "", DecideQuarantine{ID: "other", Act: RetryMail})
	refused(t, e, err, CodeGone, "not in quarantine")
}
