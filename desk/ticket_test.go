package desk

import (
	"slices"
	"testing"
)

func TestANewTicketIsComplete(t *testing.T) {
	w := newWorld(t)
	w.do(w.as("ana"), TicketCreate, "t", CreateTicket{Number: "INC0000021", Kind: Incident, Title: "No sound", Description: "In calls", Source: SourcePhone,
		Requester: "rita", Service: "mail", Assignee: "ben", Category: "Audio", Impact: 2, Urgency: 1, RelatedTo: "other"})
	got := w.ticket("t")
	if got.Number != "INC0000021" || got.State != StateNew || got.Team != "alpha" || got.Priority != 2 || got.Assignee != "ben" || got.Rev != 1 ||
		!got.OpenedAt.Equal(w.now) || !got.UpdatedAt.Equal(w.now) || got.Description != "In calls" || got.RelatedTo != "other" {
		t.Errorf("%+v", got)
	}
	h := w.history("t")
	if len(h) != 1 || h[0].Kind != EventCreated || h[0].Actor != "ana" || h[0].Device != "ana-laptop" || h[0].New != "INC0000021" {
		t.Errorf("%+v", h)
	}
	if e := w.do(w.as("ana"), TicketCreate, "t", CreateTicket{Kind: Incident, Title: "Again"}); e.Status != Duplicate || w.ticket("t").Title != "No sound" {
		t.Errorf("created twice: %s", e.Status)
	}
	w.do(hub, TicketCreate, "u", CreateTicket{Kind: Request, Title: "Toner", Team: "beta", Service: "mail"})
	if got := w.ticket("u"); got.Team != "beta" || got.Number != "REQ0000001" || got.Impact != 3 || got.Urgency != 3 {
		t.Errorf("%+v", got)
	}
}

func TestANewTicketIsChecked(t *testing.T) {
	whole := CreateTicket{Kind: Incident, Title: "T", Number: "INC0000021"}
	cases := []struct {
		spoil func(*CreateTicket)
		field Field
		part  string
	}{
		{func(c *CreateTicket) { c.Title = " " }, FieldTitle, "needs a title"},
		{func(c *CreateTicket) { c.Kind = "wish" }, FieldKind, "choose incident or request"},
		{func(c *CreateTicket) { c.Requester = "nobody" }, FieldRequester, "no such requester"},
		{func(c *CreateTicket) { c.Team = "none" }, FieldTeam, "no such team"},
		{func(c *CreateTicket) { c.Service = "none" }, FieldService, "no such service"},
		{func(c *CreateTicket) { c.Assignee = "nobody" }, FieldAssignee, "no such agent"},
		{func(c *CreateTicket) { c.Assignee = "gone" }, FieldAssignee, "Gone no longer works at this desk"},
		{func(c *CreateTicket) { c.Impact = 4 }, FieldImpact, "no impact 4"},
		{func(c *CreateTicket) { c.Urgency = -1 }, FieldUrgency, "no urgency -1"},
	}
	for _, c := range cases {
		w, args := newWorld(t), whole
		c.spoil(&args)
		e, err := w.try(w.as("ana"), TicketCreate, "t", args)
		refused(t, e, err, CodeValidation, c.part)
		if refusal, ok := err.(*Error); ok && refusal.Field != c.field {
			t.Errorf("field %q, want %q", refusal.Field, c.field)
		}
	}
	w := newWorld(t)
	whole.Number = ""
	e, err := w.try(w.as("ana"), TicketCreate, "t", whole)
	refused(t, e, err, CodeQuota, "no ticket numbers left")
}

func TestAPatchTakesWhatItsAuthorSaw(t *testing.T) {
	values := map[Field]string{FieldTitle: "Else", FieldDescription: "Words", FieldKind: "request", FieldRequester: "", FieldTeam: "beta", FieldAssignee: "ben",
		FieldService: "", FieldCategory: "Mail", FieldImpact: "1", FieldUrgency: "2", FieldPriority: "4", FieldResolutionNotes: "Notes",
		FieldActualStart: "2026-03-02T08:00:00Z", FieldActualEnd: "2026-03-02T09:30:00.5Z", FieldMeterReading: "1042.5"}
	for _, f := range Fields() {
		w := newWorld(t)
		old := w.open("t").Value(f)
		if e := w.edit(w.as("ana"), "t", f, old, values[f]); e.Status != Applied {
			t.Errorf("%s: %s", f, e.Status)
		}
		got := w.ticket("t")
		if got.Value(f) != values[f] || got.Edits[f] != (Stamp{"ana", w.now}) || got.Rev != 2 || !w.told("t", Event{Kind: EventChanged, Field: f, Old: old, New: values[f]}) {
			t.Errorf("%s: %q, %+v", f, got.Value(f), got)
		}
	}
}

func TestAPatchThatChangesNothingLeavesNoTrace(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	if e := w.edit(w.as("ana"), "t", FieldTitle, "an older title", "Mail is slow"); e.Status != Applied || len(e.Puts) != 0 {
		t.Errorf("%s with %d records", e.Status, len(e.Puts))
	}
}

func TestAPatchIsCheckedAndAllOrNothing(t *testing.T) {
	for f, value := range map[Field]string{FieldTitle: "", FieldKind: "wish", FieldRequester: "x", FieldTeam: "x", FieldAssignee: "gone", FieldService: "x",
		FieldImpact: "high", FieldUrgency: "9", FieldState: "closed", "number": "INC1", FieldActualStart: "at nine", FieldActualEnd: "2026-03-02",
		FieldMeterReading: "much", ItemField("i"): " ", FieldChecklist: "x", "checklist.": "x"} {
		w := newWorld(t)
		before := w.open("t")
		m := w.mutation(w.as("ana"), TicketPatch, "t", PatchTicket{Set: map[Field]string{f: value, FieldDescription: "Words", FieldCategory: "C"}}, map[Field]string{f: before.Value(f)})
		e, err := w.take(w.as("ana"), m)
		refused(t, e, err, CodeValidation, "")
		if text(t, w.ticket("t")) != text(t, before) {
			t.Errorf("%s: a refused patch changed the ticket", f)
		}
	}
}

func TestSetsMerge(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.do(w.as("ana"), TicketLabel, "t", LabelTicket{AddLabels: []string{"vip", "audit", "vip", ""}, AddWatchers: []PersonID{"cleo"}})
	w.do(w.as("ben"), TicketLabel, "t", LabelTicket{AddLabels: []string{"site"}, RemoveLabels: []string{"audit", "never"}, AddWatchers: []PersonID{"ana"}})
	got := w.ticket("t")
	if !slices.Equal(got.Labels, []string{"site", "vip"}) || !slices.Equal(got.Watchers, []PersonID{"ana", "cleo"}) {
		t.Errorf("labels %v, watchers %v", got.Labels, got.Watchers)
	}
	if !w.told("t", Event{Kind: EventAdded, Field: "labels", New: "vip"}) || !w.told("t", Event{Kind: EventRemoved, Field: "labels", Old: "audit"}) {
		t.Errorf("%+v", w.history("t"))
	}
	if e := w.do(w.as("ana"), TicketLabel, "t", LabelTicket{AddLabels: []string{"vip"}, RemoveWatchers: []PersonID{"ben"}}); len(e.Puts) != 0 {
		t.Errorf("nothing new, and %d records", len(e.Puts))
	}
	e, err := w.try(w.as("ana"), TicketLabel, "t", LabelTicket{AddWatchers: []PersonID{"nobody"}})
	refused(t, e, err, CodeValidation, "no such agent")
}

func TestATicketThatIsGone(t *testing.T) {
	for name, args := range map[Name]any{TicketPatch: PatchTicket{}, TicketLabel: LabelTicket{}, TicketMove: moveTo(StateNew, StateClosed),
		TicketCheck: CheckTicket{}, TicketMerge: MergeTicket{}, TimeLog: LogTime{TimeEntry{ID: "l", Minutes: 5}},
		MessageAdd: AddMessage{Message{ID: "m", Kind: InternalNote, Text: "T"}}, MessageMove: MoveMessage{}, MessageSplit: SplitMessage{}, MessageAccept: AcceptMessage{}, ReplyDecide: DecideReply{}, ConflictResolve: ResolveConflict{}} {
		w := newWorld(t)
		e, err := w.try(w.as("ana"), name, "t", args)
		refused(t, e, err, CodeGone, "what you wrote is kept here")
	}
}

func TestUpdatedAtNeverGoesBack(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	w.edit(w.as("ana"), "t", FieldCategory, "", "Mail")
	late := w.now
	m := w.mutation(w.as("ben"), TicketPatch, "t", PatchTicket{Set: map[Field]string{FieldDescription: "Words"}}, nil)
	m.At = w.now.AddDate(0, 0, -2)
	if _, err := w.take(w.as("ben"), m); err != nil {
		t.Fatal(err)
	}
	if got := w.ticket("t").UpdatedAt; !got.Equal(late) {
		t.Errorf("updated %v after an act of two days ago, want %v", got, late)
	}
}
