package hub_test

import (
	"strings"
	"testing"

	"holdall/desk"
)

// TestAnAnswerReachesWhomItsWriterChose, with the signature they saw, and nobody
// whom only the requester's mail named.
func TestAnAnswerReachesWhomItsWriterChose(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run().work(h.post(server))
	h.open("t1", "first")
	r := reply("r1", "t1-q")
	r.To = []desk.Address{{Name: "Annika", Email: "annika@example.com"}, {Email: "uwe@example.com"}}
	r.Cc = []desk.Address{{Name: "Luise", Email: "luise@example.com"}}
	r.Signature = "Kind regards\nMira, First line"
	h.write("t1", r)
	h.comes("r1", desk.DeliverySent)
	a := server.mails()[0]
	if len(a.To) != 2 || a.To[1].Email != "uwe@example.com" || len(a.Cc) != 1 || a.Cc[0].Email != "luise@example.com" {
		t.Errorf("to %v, cc %v", a.To, a.Cc)
	}
	if !strings.Contains(a.Text, "We are on it.\n\n-- \nKind regards\nMira, First line\n") || strings.Count(a.Text, "\n-- \n") != 1 {
		t.Errorf("text %q", a.Text)
	}
}
