package desk

import (
	"strings"
	"testing"
)

// TestNobodyOfTwoEnvelopesIsLost, also where one message has not room for all: they
// are in the words then.
func TestNobodyOfTwoEnvelopesIsLost(t *testing.T) {
	rita, uwe := Address{Email: "rita@example.com"}, Address{Email: "uwe@example.com"}
	sent := Envelope{To: []Address{rita}, Admits: true, About: "m1"}
	both, left := sent.Over(Envelope{Cc: []Address{uwe, rita}, All: true, About: "m2"})
	if want := (Envelope{To: []Address{rita}, Cc: []Address{uwe}, All: true, About: "m1"}); !both.Same(want) || left != "" {
		t.Errorf("both %+v, left %q", both, left)
	}
	both, left = sent.Over(Envelope{To: crowd(RecipientsMost), Subject: "The lamp"})
	if !both.Same(Envelope{To: sent.To, Admits: true, About: "m1", Subject: "The lamp"}) || strings.Count(left, "@") != RecipientsMost {
		t.Errorf("of too many %+v, left %q", both, left)
	}
	if both, left = sent.Over(Envelope{}); !both.Same(sent) || left != "" {
		t.Errorf("over nothing %+v, left %q", both, left)
	}
}
