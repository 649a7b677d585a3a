package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Field names a property of a ticket that is edited and merged on its own. Its
// value travels as text: an id, a digit for a level or priority, or prose.
type Field string

const (
	FieldTitle           Field = "title"
	FieldDescription     Field = "description"
	FieldKind            Field = "kind" // a request that turns out to be an incident converts, and the reverse
	FieldRequester       Field = "requester"
	FieldTeam            Field = "team"
	FieldAssignee        Field = "assignee"
	FieldService         Field = "service"
	FieldCategory        Field = "category"
	FieldImpact          Field = "impact"
	FieldUrgency         Field = "urgency"
	FieldPriority        Field = "priority" // an override of the matrix, with a reason; empty: back to the matrix
	FieldResolutionNotes Field = "resolution_notes"
	FieldActualStart     Field = "actual_start" // RFC 3339: when work on site began; empty: not yet
	FieldActualEnd       Field = "actual_end"   // RFC 3339
	FieldMeterReading    Field = "meter_reading"
	FieldState           Field = "state" // moved, never patched

	FieldChecklist Field = "checklist" // ticked, never patched; see ItemField
	FieldNumber    Field = "number"    // given once
)

// access is how a field's value is read from and written to a ticket as text.
type access struct {
	label  string
	get    func(*Ticket) string
	set    func(*Ticket, string) error
	policy policy
}

func textField[T ~string](label string, at func(*Ticket) *T) access {
	return access{label: label,
		get: func(t *Ticket) string { return string(*at(t)) },
		set: func(t *Ticket, v string) error { *at(t) = T(v); return nil }}
}

func longText(label string, at func(*Ticket) *string) access {
	a := textField(label, at)
	a.policy = blends
	return a
}

func levelField(field Field, label string, at func(*Ticket) *Level) access {
	return access{label: label,
		get: func(t *Ticket) string { return strconv.Itoa(int(*at(t))) },
		set: func(t *Ticket, v string) error {
			n, err := strconv.Atoi(v)
			if err != nil {
				return invalid(field, "%s must be a figure, not %q.", label, v)
			}
			*at(t) = Level(n)
			return nil
		}}
}

var fields = map[Field]access{
	FieldTitle:           {label: "Title", get: func(t *Ticket) string { return t.Title }, set: setTitle},
	FieldDescription:     longText("Description", func(t *Ticket) *string { return &t.Description }),
	FieldKind:            {label: "Kind", get: func(t *Ticket) string { return string(t.Kind) }, set: setKind},
	FieldRequester:       textField("Requester", func(t *Ticket) *RequesterID { return &t.Requester }),
	FieldTeam:            textField("Team", func(t *Ticket) *TeamID { return &t.Team }),
	FieldAssignee:        textField("Assignee", func(t *Ticket) *PersonID { return &t.Assignee }),
	FieldService:         textField("Service", func(t *Ticket) *ServiceID { return &t.Service }),
	FieldCategory:        textField("Category", func(t *Ticket) *string { return &t.Category }),
	FieldImpact:          levelField(FieldImpact, "Impact", func(t *Ticket) *Level { return &t.Impact }),
	FieldUrgency:         levelField(FieldUrgency, "Urgency", func(t *Ticket) *Level { return &t.Urgency }),
	FieldPriority:        {label: "Priority", get: overriddenPriority, set: setPriority},
	FieldResolutionNotes: longText("Resolution notes", func(t *Ticket) *string { return &t.ResolutionNotes }),
	FieldActualStart:     measuredTime(FieldActualStart, "Actual start", func(t *Ticket) **time.Time { return &t.ActualStart }),
	FieldActualEnd:       measuredTime(FieldActualEnd, "Actual end", func(t *Ticket) **time.Time { return &t.ActualEnd }),
	FieldMeterReading:    {label: "Meter reading", get: func(t *Ticket) string { return t.MeterReading }, set: setMeterReading, policy: wins},
}

// access finds how a field is read and written.
func (f Field) access() (access, bool) {
	if id, ok := f.item(); ok {
		return itemText(id), true
	}
	if id, ok := f.aside(); ok {
		return asideSubject(id), true
	}
	a, ok := fields[f]
	return a, ok
}

// Editable reports whether a field can be patched.
func (f Field) Editable() bool {
	_, ok := f.access()
	return ok
}

// Fields lists the fields every ticket has, sorted; the words of each item of
// its checklist are a field too.
func Fields() []Field {
	list := make([]Field, 0, len(fields))
	for f := range fields {
		list = append(list, f)
	}
	slices.Sort(list)
	return list
}

// Long reports whether the field is a long text that merges by line.
func (f Field) Long() bool {
	return f.policy() == blends
}

// policy is what becomes of a wish for the field whose author had not seen what
// stands.
func (f Field) policy() policy {
	a, _ := f.access()
	return a.policy
}

// Label is the name a person reads.
func (f Field) Label() string {
	if a, ok := f.access(); ok {
		return a.label
	}
	if f == FieldState {
		return "State"
	}
	return string(f)
}

// Value is the text value of a field of the ticket.
func (t Ticket) Value(f Field) string {
	if f == FieldState {
		return string(t.State)
	}
	if a, ok := f.access(); ok {
		return a.get(&t)
	}
	return ""
}

func setTitle(t *Ticket, v string) error {
	if strings.TrimSpace(v) == "" {
		return invalid(FieldTitle, "A ticket needs a title; say in a few words what is wrong or wanted.")
	}
	t.Title = v
	return nil
}

func setKind(t *Ticket, v string) error {
	if _, ok := numberPrefix[TicketKind(v)]; !ok {
		return invalid(FieldKind, "There is no kind of ticket called %q; choose incident or request.", v)
	}
	t.Kind = TicketKind(v)
	return nil
}

// overriddenPriority is the override, or empty when the matrix decides.
func overriddenPriority(t *Ticket) string {
	if t.PriorityReason == "" {
		return ""
	}
	return strconv.Itoa(int(t.Priority))
}

func setPriority(t *Ticket, v string) error {
	if v == "" {
		t.PriorityReason = ""
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 5 {
		return invalid(FieldPriority, "There is no priority %q; choose 1 to 5.", v)
	}
	t.Priority = Priority(n)
	return nil
}
