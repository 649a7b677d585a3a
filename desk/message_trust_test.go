package desk

import (
	"encoding/json"
	"testing"
	"time"
)

// TestADeviceCannotVouchForItsMail: a Message-ID decides which ticket an answer
// joins, so a device must not be able to claim one.
func TestADeviceCannotVouchForItsMail(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	claimed := Message{
		ID: "m", Kind: PublicReply, Text: "Hello", MailID: "stolen@elsewhere.example", Why: "because",
		Auto: true, Suspect: true, Problem: "none", From: &Address{Email: "boss@elsewhere.example"},
		Origin: &Origin{SHA256: "stolen", Vouched: true}, Placing: &Placing{By: "boss"}, Invitation: &Invitation{UID: "u"},
	}
	for _, system := range []bool{false, true} {
		w := &work{env: Env{Actor: Principal{Person: "mira", System: system}}, now: now, at: now, status: Applied}
		m := claimed
		if err := w.admit(&Ticket{ID: "t"}, &m); err != nil {
			t.Fatal(err)
		}
		kept := m.MailID != "" || m.Why != "" || m.Auto || m.Suspect || m.From != nil || m.Origin != nil || m.Placing != nil || m.Invitation != nil
		if kept != system {
			body, _ := json.Marshal(m)
			t.Errorf("system %v: the message became %s", system, body)
		}
	}
}
