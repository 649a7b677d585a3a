package desk

import (
	"encoding/json"
	"maps"
	"reflect"
	"testing"
	"time"
)

func TestPatchesFold(t *testing.T) {
	patch := func(set, old map[Field]string, reason string, minute int) Mutation {
		m, err := NewMutation(TicketPatch, "t", PatchTicket{Set: set, Reason: reason}, moment.Add(time.Duration(minute)*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		m.Device, m.Mid, m.Old, m.BaseRev = "d", 7, old, int64(minute)
		return m
	}
	type fields = map[Field]string
	cases := []struct {
		name        string
		first, last Mutation
		set, old    fields
		reason      string
	}{
		{"the first old and the last new", patch(fields{FieldTitle: "b"}, fields{FieldTitle: "a"}, "", 1), patch(fields{FieldTitle: "c"}, fields{FieldTitle: "b"}, "", 2),
			fields{FieldTitle: "c"}, fields{FieldTitle: "a"}, ""},
		{"two fields", patch(fields{FieldTitle: "b"}, fields{FieldTitle: "a"}, "", 1), patch(fields{FieldCategory: "c"}, fields{FieldCategory: ""}, "", 2),
			fields{FieldTitle: "b", FieldCategory: "c"}, fields{FieldTitle: "a", FieldCategory: ""}, ""},
		{"there and back", patch(fields{FieldTitle: "b", FieldTeam: "x"}, fields{FieldTitle: "a", FieldTeam: "y"}, "", 1), patch(fields{FieldTitle: "a"}, fields{FieldTitle: "b"}, "", 2),
			fields{FieldTeam: "x"}, fields{FieldTeam: "y"}, ""},
		{"another value was seen meanwhile", patch(fields{FieldAssignee: "b", FieldTeam: "x"}, fields{FieldAssignee: "a", FieldTeam: "y"}, "", 1), patch(fields{FieldAssignee: "d"}, fields{FieldAssignee: "c"}, "", 2),
			fields{FieldAssignee: "d", FieldTeam: "x"}, fields{FieldAssignee: "c", FieldTeam: "y"}, ""},
		{"and is wanted after all", patch(fields{FieldAssignee: "b", FieldTeam: "x"}, fields{FieldAssignee: "a", FieldTeam: "y"}, "", 1), patch(fields{FieldAssignee: "c"}, fields{FieldAssignee: "c"}, "", 2),
			fields{FieldTeam: "x"}, fields{FieldTeam: "y"}, ""},
		{"a text that was blended is laid over what its author began with", patch(fields{FieldDescription: "b"}, fields{FieldDescription: "a"}, "", 1), patch(fields{FieldDescription: "c b d"}, fields{FieldDescription: "c b"}, "", 2),
			fields{FieldDescription: "c b d"}, fields{FieldDescription: "a"}, ""},
		{"what was measured needs no look", patch(fields{FieldMeterReading: "2"}, fields{FieldMeterReading: "1"}, "", 1), patch(fields{FieldMeterReading: "3"}, fields{FieldMeterReading: "02"}, "", 2),
			fields{FieldMeterReading: "3"}, fields{FieldMeterReading: "1"}, ""},
		{"nothing is known of what stood", patch(fields{FieldTitle: "b"}, nil, "", 1), patch(fields{FieldTitle: ""}, nil, "", 2), fields{FieldTitle: ""}, fields{}, ""},
		{"the reason of the priority", patch(fields{FieldPriority: "1"}, fields{FieldPriority: ""}, "board", 1), patch(fields{FieldTitle: "b"}, fields{FieldTitle: "a"}, "", 2),
			fields{FieldPriority: "1", FieldTitle: "b"}, fields{FieldPriority: "", FieldTitle: "a"}, "board"},
		{"the reason of the last priority", patch(fields{FieldPriority: "1"}, fields{FieldPriority: ""}, "board", 1), patch(fields{FieldPriority: "2"}, fields{FieldPriority: "1"}, "calm", 2),
			fields{FieldPriority: "2"}, fields{FieldPriority: ""}, "calm"},
	}
	for _, c := range cases {
		before, after := text(t, c.first), text(t, c.last)
		got, ok := c.first.Fold(c.last)
		var args PatchTicket
		if err := json.Unmarshal(got.Args, &args); err != nil || !ok {
			t.Fatalf("%s: %v %v", c.name, ok, err)
		}
		if !maps.Equal(args.Set, c.set) || !maps.Equal(got.Old, c.old) || args.Reason != c.reason || got.Mid != 7 || got.BaseRev != 1 || !got.At.Equal(c.last.At) {
			t.Errorf("%s: %+v of %+v", c.name, args, got)
		}
		if text(t, c.first) != before || text(t, c.last) != after {
			t.Errorf("%s: the parts were written into", c.name)
		}
	}
}

func TestNothingElseFolds(t *testing.T) {
	patch := Mutation{Name: TicketPatch, Version: 1, Ticket: "t", Args: json.RawMessage(`{"set":{"title":"a"}}`)}
	for name := range acts {
		m := patch
		m.Name = name
		if _, ok := patch.Fold(m); ok != (name == TicketPatch) {
			t.Errorf("a patch and %s: %v", name, ok)
		}
		if _, ok := m.Fold(patch); ok != (name == TicketPatch) {
			t.Errorf("%s and a patch: %v", name, ok)
		}
	}
	other, older, broken := patch, patch, patch
	other.Ticket, older.Version, broken.Args = "u", 0, json.RawMessage(`{`)
	for _, m := range []Mutation{other, older, broken} {
		if got, ok := patch.Fold(m); ok || !reflect.DeepEqual(got, patch) {
			t.Errorf("folded with %+v", m)
		}
	}
}
