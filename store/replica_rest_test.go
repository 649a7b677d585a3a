package store

import (
	"strings"
	"testing"

	"holdall/desk"

	"github.com/google/go-cmp/cmp"
)

var everybody = desk.Envelope{To: []desk.Address{{Name: "Rita", Email: "rita@customer.example"}}, Cc: []desk.Address{{Email: "uwe@customer.example"}}, All: true}

// rested is a replica with a reply that rests, with its file and envelope.
func rested(t *testing.T, dir string) (*Replica, Resting) {
	t.Helper()
	r := openReplica(t, dir)
	d := Draft{Ticket: "t1", Kind: desk.PublicReply, Text: "Hello Rita", Seen: "m0", Envelope: everybody, SavedAt: noon}
	must(t, r.SaveDraft(ctx, d))
	must(t, r.AttachDraft(ctx, "t1", desk.PublicReply, fileOf("a", "aa"), noon))
	m, err := desk.NewMutation(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m1", Kind: desk.PublicReply, Text: d.Text, Attachments: []desk.Attachment{fileOf("a", "aa")}}}, noon)
	must(t, err)
	rest := Resting{ID: "m1", Mutation: m, Draft: d}
	must(t, r.Rest(ctx, rest))
	return r, rest
}

// TestWhatRestsIsInOnePlace: not a draft any more, not in the outbox yet, and
// its file is let go by nobody.
func TestWhatRestsIsInOnePlace(t *testing.T) {
	dir := t.TempDir()
	r, rest := rested(t, dir)
	must(t, r.Close())
	r = openReplica(t, dir)
	drafts, err := r.Drafts(ctx)
	must(t, err)
	pending, err := r.Pending(ctx)
	must(t, err)
	list, err := r.Resting(ctx)
	must(t, err)
	needed, err := r.NeededFiles(ctx, noon)
	must(t, err)
	if len(drafts)+len(pending) != 0 || !needed["aa"] {
		t.Errorf("drafts %v, pending %v, needed %v", drafts, pending, needed)
	}
	if diff := cmp.Diff([]Resting{rest}, list); diff != "" {
		t.Errorf("resting (-want +got):\n%s", diff)
	}
	if err := r.Rest(ctx, rest); err == nil {
		t.Error("it rests twice")
	}
}

func TestWhatEntersTheOutboxRestsNoMore(t *testing.T) {
	r, rest := rested(t, t.TempDir())
	_, err := r.Append(ctx, []desk.Mutation{rest.Mutation})
	must(t, err)
	list, err := r.Resting(ctx)
	must(t, err)
	files, err := r.DraftFiles(ctx, "t1", desk.MessageKind(rest.ID))
	must(t, err)
	out, err := r.OutgoingFiles(ctx)
	must(t, err)
	if len(list)+len(files) != 0 || len(out) != 1 || out[0].SHA256 != "aa" {
		t.Errorf("resting %v, files %v, outgoing %v", list, files, out)
	}
	if _, found, err := r.TakeBack(ctx, rest.ID); found || err != nil {
		t.Errorf("taken back after it left: %v, %v", found, err)
	}
}

// TestWhatIsTakenBackIsTheDraftItWas, with what was begun meanwhile below it.
func TestWhatIsTakenBackIsTheDraftItWas(t *testing.T) {
	r, rest := rested(t, t.TempDir())
	d, found, err := r.TakeBack(ctx, rest.ID)
	must(t, err)
	kept, has, err := r.Draft(ctx, "t1", desk.PublicReply)
	must(t, err)
	if diff := cmp.Diff(rest.Draft, kept); diff != "" || !found || !has || d.Text != kept.Text {
		t.Errorf("taken back %v %v (-want +got):\n%s", found, has, diff)
	}
	if files, _ := r.DraftFiles(ctx, "t1", desk.PublicReply); len(files) != 1 || files[0] != fileOf("a", "aa") {
		t.Errorf("files %v", files)
	}

	must(t, r.Rest(ctx, rest))
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: desk.PublicReply, Text: "And another thing", SavedAt: noon}))
	must(t, r.AttachDraft(ctx, "t1", desk.PublicReply, fileOf("b", "bb"), noon))
	_, _, err = r.TakeBack(ctx, rest.ID)
	must(t, err)
	kept, _, err = r.Draft(ctx, "t1", desk.PublicReply)
	must(t, err)
	files, err := r.DraftFiles(ctx, "t1", desk.PublicReply)
	must(t, err)
	if kept.Text != "Hello Rita\n\nAnd another thing" || !kept.Envelope.Same(everybody) || len(files) != 2 {
		t.Errorf("both drafts became %+v with %v", kept, files)
	}
}

// TestWhatIsTakenBackLosesNobodyOfWhatWasBegun: whom a reply was begun for meanwhile
// gets both, and a subject of which one message has no two stands in the words (SPEC
// P77).
func TestWhatIsTakenBackLosesNobodyOfWhatWasBegun(t *testing.T) {
	r := openReplica(t, t.TempDir())
	annika, uwe := desk.Address{Name: "Annika", Email: "annika@customer.example"}, desk.Address{Email: "uwe@customer.example"}
	for kind, sent := range map[desk.MessageKind]desk.Envelope{
		desk.PublicReply: {}, desk.Forward: {To: []desk.Address{annika}, Admits: true}, "aside:a1": {To: []desk.Address{annika}, Subject: "The profile"},
	} {
		m, err := desk.NewMutation(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: desk.MessageID(kind), Kind: kind, Text: "First", To: []desk.Address{annika}}}, noon)
		must(t, err)
		rest := Resting{ID: desk.MessageID(kind), Mutation: m, Draft: Draft{Ticket: "t1", Kind: kind, Text: "First", Envelope: sent, SavedAt: noon}}
		must(t, r.Rest(ctx, rest))
		begun := desk.Envelope{To: []desk.Address{uwe, annika}, Language: "de"}
		if sent.Subject != "" {
			begun.Subject = "The lamp"
		}
		must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: kind, Text: "Second", Envelope: begun, SavedAt: noon}))
		taken, _, err := r.TakeBack(ctx, rest.ID)
		must(t, err)
		d, _, err := r.Draft(ctx, "t1", kind)
		must(t, err)
		want := desk.Envelope{To: []desk.Address{annika, uwe}, Language: "de", Subject: sent.Subject}
		text := map[bool]string{false: "First\n\nSecond", true: "First\n\nSubject: The lamp\n\nSecond"}[sent.Subject != ""]
		if !d.Envelope.Same(want) || d.Text != text || taken.Text != text {
			t.Errorf("%s became %q to %+v", kind, d.Text, d.Envelope)
		}
	}
}

// TestWhatWasBegunWithoutWordsIsKept: only whom it is for.
func TestWhatWasBegunWithoutWordsIsKept(t *testing.T) {
	r, rest := rested(t, t.TempDir())
	annika := desk.Address{Email: "annika@customer.example"}
	must(t, r.AttachDraft(ctx, "t1", desk.PublicReply, fileOf("b", "bb"), noon))
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: desk.PublicReply, Envelope: desk.Envelope{Cc: []desk.Address{annika}}, SavedAt: noon}))
	_, _, err := r.TakeBack(ctx, rest.ID)
	must(t, err)
	d, _, err := r.Draft(ctx, "t1", desk.PublicReply)
	must(t, err)
	if len(d.Envelope.Cc) != 2 || d.Envelope.Cc[1] != annika || d.Text != "Hello Rita" {
		t.Errorf("both became %q to %+v", d.Text, d.Envelope)
	}
}

func TestADamagedRestIsNamed(t *testing.T) {
	dir := worn(t)
	r, _ := rested(t, dir)
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t2", Kind: desk.PublicReply, Text: "Hi", Envelope: everybody, SavedAt: noon}))
	must(t, r.change(ctx, "UPDATE resting SET body = '{}'"))
	must(t, r.change(ctx, "UPDATE draft_envelope SET body = '{}' WHERE ticket = 't2'"))
	must(t, r.Close())
	r = openReplica(t, dir)
	if s := r.Repaired(); !strings.Contains(s, "a message that rested") || !strings.Contains(s, "a list of recipients") {
		t.Errorf("repaired: %q", s)
	}
	if d, found, err := r.Draft(ctx, "t2", desk.PublicReply); !found || !d.Envelope.Empty() || err != nil {
		t.Errorf("the draft %v %+v, %v", found, d, err)
	}
}
