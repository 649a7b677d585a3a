package app

import "testing"

// TestARestoredHubIsSaidAndPutAside (SPEC P17).
func TestARestoredHubIsSaidAndPutAside(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks again.")
	ana := o.laptopOf(o.ana)
	ana.sees("the ticket has come", "t1", func(TicketView) bool { return true })
	o.backUp()
	ana.until("it is back", func() bool { return ana.sync.Status().State == "online" })
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Forgotten."}))
	ana.settled()
	if at := ana.sync.Status().RestoredAt; at != "" {
		t.Errorf("a hub that began again was restored at %s", at)
	}
	o.restore()
	must(t, ana.sync.Now())
	ana.until("it is said", func() bool { return ana.sync.Status().RestoredAt != "" })
	ana.until("what was acknowledged is told again", func() bool { return o.noted("Forgotten.") == 1 })
	must(t, ana.sync.RestoredSeen())
	if at := ana.sync.Status().RestoredAt; at != "" {
		t.Errorf("put aside, it is still said: %s", at)
	}
}
