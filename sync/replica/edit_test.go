package replica

import (
	"reflect"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/sync/protocol"
)

// TestWhatCouldNeverLeaveIsNotSaved (SPEC R2): it would hold up all that comes after
// it. Its writer is told so while the words are still before him, and what was saved
// stays as it was; the most that is taken leaves in one frame.
func TestWhatCouldNeverLeaveIsNotSaved(t *testing.T) {
	s := seated(t)
	s.set(map[desk.Field]string{desk.FieldDescription: "Since Monday."})
	before, shown := s.outbox(), s.shown()
	text := strings.Repeat("x", 6<<20)
	note, err := desk.NewMutation(desk.MessageAdd, "t", desk.AddMessage{Message: desk.Message{ID: "n", Kind: desk.InternalNote, Text: text}}, s.now)
	s.must(err)
	folded, err := desk.NewMutation(desk.TicketPatch, "t", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldDescription: text}}, s.now)
	s.must(err)
	folded.Old = map[desk.Field]string{desk.FieldDescription: "Since Monday."}
	for _, m := range []desk.Mutation{note, folded} {
		saved, err := s.engine.Edit(t.Context(), s.now, m)
		if desk.CodeOf(err) != desk.CodeValidation || !strings.Contains(err.Error(), "attach it as a file") || saved != nil {
			t.Errorf("%s: %v, %v", m.Name, saved, err)
		}
	}
	if got := s.outbox(); !reflect.DeepEqual(got, before) || !reflect.DeepEqual(s.shown(), shown) {
		t.Errorf("the outbox holds %d mutations, held %d", len(got), len(before))
	}
	m := s.edit(desk.MessageAdd, desk.AddMessage{Message: desk.Message{ID: "n", Kind: desk.InternalNote, Text: text[:6<<20-1000]}}, nil)
	if _, err := protocol.Encode(protocol.Push{Mutations: []desk.Mutation{m}}); err != nil {
		t.Error(err)
	}
}
