package post_test

import (
	"strings"
	"testing"

	"holdall/desk"
	"holdall/sync/hub/post"
)

// TestAnAnswerReachesWhomItsWriterChose, with the signature they saw, and nobody
// whom only the requester's mail named.
func TestAnAnswerReachesWhomItsWriterChose(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run().work(h.post(server))
	h.Open("t1", "first")
	r := reply("r1", "t1-q")
	r.To = []desk.Address{{Name: "Annika", Email: "annika@example.com"}, {Email: "uwe@example.com"}}
	r.Cc = []desk.Address{{Name: "Luise", Email: "luise@example.com"}}
	r.Signature = "Kind regards\nMira, First line"
	h.Write("t1", r)
	h.comes("r1", desk.DeliverySent)
	a := server.mails()[0]
	if len(a.To) != 2 || a.To[1].Email != "uwe@example.com" || len(a.Cc) != 1 || a.Cc[0].Email != "luise@example.com" {
		t.Errorf("to %v, cc %v", a.To, a.Cc)
	}
	if !strings.Contains(a.Text, "We are on it.\n\n-- \nKind regards\nMira, First line\n") || strings.Count(a.Text, "\n-- \n") != 1 {
		t.Errorf("text %q", a.Text)
	}
}

// TestAForwardTellsNothingOfTheConversation but the message its writer chose, and
// what comes back is a stranger's unless its readers were let in.
func TestAForwardTellsNothingOfTheConversation(t *testing.T) {
	h, server := build(t), &mailServer{}
	h.run().work(h.post(server))
	h.Open("t1", "first")
	h.Write("t1", desk.Message{ID: "n1", Kind: desk.InternalNote, Text: "The duke of spades is to blame."})
	forward := desk.Message{ID: "f1", Kind: desk.Forward, About: "t1-q", Text: "Can you look?", Quoted: "the chosen words", To: []desk.Address{{Email: "help@vendor.example"}}}
	h.Write("t1", forward)
	h.comes("f1", desk.DeliverySent)
	a := server.mails()[0]
	if len(a.To) != 1 || a.To[0].Email != "help@vendor.example" || a.InReplyTo != "" || len(a.References) != 0 || !strings.HasPrefix(a.Subject, "Fwd: ") {
		t.Errorf("%+v", a)
	}
	if !strings.Contains(a.Text, "the chosen words") || strings.Contains(a.Text, "jammed") || strings.Contains(a.Text, "spades") {
		t.Errorf("text %q", a.Text)
	}
	let := func(want bool) {
		t.Helper()
		if in, err := post.NewSink(h.Server).Participant(t.Context(), "t1", "HELP@vendor.example"); in != want || err != nil {
			t.Errorf("let in: %v, %v", in, err)
		}
	}
	let(false)
	forward.ID, forward.Admits = "f2", true
	h.Write("t1", forward)
	h.comes("f2", desk.DeliverySent)
	let(true)
}

// TestACopyAloneIsNoWordToTheRequester: what names nobody but in Cc leaves for
// these, and not for whoever asked.
func TestACopyAloneIsNoWordToTheRequester(t *testing.T) {
	vendor := []desk.Address{{Email: "help@vendor.example"}}
	for _, m := range []desk.Message{{ID: "f1", Kind: desk.Forward, About: "t1-q", Text: "Look", Cc: vendor}, {ID: "a1", Kind: desk.AsideMail, Aside: "s", Text: "Is it up?", Cc: vendor}} {
		h, server := build(t), &mailServer{}
		h.run().work(h.post(server))
		h.Open("t1", "first")
		h.Write("t1", m)
		h.comes(m.ID, desk.DeliverySent)
		if a := server.mails()[0]; len(a.To) != 1 || a.To[0].Email != "help@vendor.example" || len(a.Cc) != 0 {
			t.Errorf("%s went to %v, %v", m.Kind, a.To, a.Cc)
		}
	}
}
