package app

import "testing"

// TestATicketIsKeptAndLetGo: at once where it is done, and at the hub when the
// network is back (SPEC P29).
func TestATicketIsKeptAndLetGo(t *testing.T) {
	_, ana := mailed(t)
	must(t, ana.ticket.Keep(KeepRequest{TicketID: "t1", Keep: true}))
	if v := ana.open("t1"); !v.Kept || !v.Row.Pending {
		t.Errorf("kept %v, pending %v", v.Kept, v.Row.Pending)
	}
	items, err := ana.sync.Outbox()
	must(t, err)
	if len(items) != 1 || items[0].Sentence != "Kept it on your devices" {
		t.Errorf("outbox %+v", items)
	}
	ana.online()
	must(t, ana.ticket.Keep(KeepRequest{TicketID: "t1"}))
	ana.sees("it is let go", "t1", func(v TicketView) bool { return !v.Kept && !v.Row.Pending })
}
