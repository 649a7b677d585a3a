package desk

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

func createTicket(w *work, a CreateTicket) error {
	if _, err := w.view.Get(Key{KindTicket, string(w.m.Ticket)}); err == nil {
		w.status = Duplicate
		return nil
	} else if !errors.Is(err, ErrUnknown) {
		return err
	}
	t, err := w.newTicket(w.m.Ticket, a)
	if err != nil {
		return err
	}
	w.record(&t, Event{Kind: EventCreated, New: string(t.Number)})
	t.touch(w.at)
	w.put(t)
	return nil
}

// newTicket makes a ticket with a number of its own.
func (w *work) newTicket(id TicketID, a CreateTicket) (Ticket, error) {
	if !w.env.Actor.Works() {
		return Ticket{}, Refuse(CodePerm, "Your role cannot open tickets; ask an admin for the agent role.")
	}
	t := Ticket{
		ID: id, Kind: a.Kind, Title: a.Title, Description: a.Description, Source: a.Source,
		Requester: a.Requester, Team: a.Team, Assignee: a.Assignee, Service: a.Service, Category: a.Category,
		Impact: orLow(a.Impact), Urgency: orLow(a.Urgency), State: StateNew, RelatedTo: a.RelatedTo, OpenedAt: w.at,
	}
	if err := setTitle(&t, a.Title); err != nil {
		return t, err
	}
	if err := setKind(&t, string(a.Kind)); err != nil {
		return t, err
	}
	if err := w.complete(&t); err != nil {
		return t, err
	}
	number, err := w.view.TakeNumber(t.Kind, a.Number, w.env.Actor)
	t.Number = number
	return t, err
}

func orLow(l Level) Level {
	if l == 0 {
		return Levels
	}
	return l
}

// complete checks what a ticket refers to, sends it to its service's team when
// it has none, and derives its priority.
func (w *work) complete(t *Ticket) error {
	for _, f := range []Field{FieldRequester, FieldTeam, FieldAssignee, FieldService} {
		if err := w.refersTo(f, t.Value(f)); err != nil {
			return err
		}
	}
	if t.Team == "" && t.Service != "" {
		s, err := Read[Service](w.view, Key{KindService, string(t.Service)})
		if err != nil {
			return err
		}
		t.Team = s.Team
	}
	return w.prioritise(t)
}

var referred = map[Field]struct {
	kind Kind
	what string
}{
	FieldRequester: {KindRequester, "requester"}, FieldTeam: {KindTeam, "team"},
	FieldAssignee: {KindPerson, "agent"}, FieldService: {KindService, "service"},
}

// refersTo refuses a reference to nothing, or to someone who has left.
func (w *work) refersTo(f Field, id string) error {
	ref, ok := referred[f]
	if !ok || id == "" {
		return nil
	}
	e, err := w.view.Get(Key{ref.kind, id})
	if errors.Is(err, ErrUnknown) {
		return invalid(f, "There is no such %s (%s); choose one from the list.", ref.what, id)
	}
	if p, ok := e.(Person); ok && p.Disabled {
		return invalid(f, "%s no longer works at this desk; choose someone else.", p.Name)
	}
	return err
}

// prioritise derives the priority unless someone has overridden it.
func (w *work) prioritise(t *Ticket) error {
	ws, err := Read[Workspace](w.view, Workspace{}.Key())
	if errors.Is(err, ErrUnknown) {
		ws, err = NewWorkspace("", ""), nil
	}
	if err != nil {
		return err
	}
	p, err := ws.Matrix.Priority(t.Impact, t.Urgency)
	if err != nil {
		return err
	}
	if t.PriorityReason == "" {
		t.Priority = p
	}
	return nil
}

func patchTicket(w *work, a PatchTicket) error {
	t, err := w.ticket()
	if err != nil {
		return err
	}
	changed := false
	for _, f := range sortedKeys(a.Set) {
		did, err := w.patch(&t, f, w.m.Old[f], a.Set[f], a.Reason)
		if err != nil {
			return err
		}
		changed = changed || did
	}
	if err := w.prioritise(&t); err != nil {
		return err
	}
	if changed {
		t.touch(w.at)
		w.put(t)
	}
	return nil
}

// patch brings one wish to one field: taken, the same already, or a conflict.
func (w *work) patch(t *Ticket, f Field, base, wish, reason string) (changed bool, err error) {
	a, ok := f.access()
	if !ok {
		return false, invalid(f, "%q cannot be edited; it is not a field of a ticket.", f)
	}
	if err := w.refersTo(f, wish); err != nil {
		return false, err
	}
	if err := t.subjects(f); err != nil {
		return false, err
	}
	cur, kind := a.get(t), EventChanged
	verdict, want := f.Merge(base, cur, wish)
	if verdict == Same {
		return false, nil
	}
	if f == FieldPriority && wish != "" && strings.TrimSpace(reason) == "" {
		return false, unreasoned(wish)
	}
	stood := t.Edits[f]
	switch verdict {
	case Clash:
		return true, w.dispute(t, Conflict{Field: f, Base: base, Client: wish, Reason: reason})
	case Blend:
		kind = EventMerged
		w.become(Merged)
	case Outdo:
		kind = EventOutdone
	}
	if err := a.set(t, want); err != nil {
		return false, err
	}
	if f == FieldPriority && want != "" {
		t.PriorityReason = reason
	}
	w.changed(t, f, cur, want, kind)
	if verdict == Outdo {
		return true, w.outdo(t, Conflict{Field: f, Base: base, Client: cur, ClientBy: stood.By, ClientAt: stood.At})
	}
	return true, nil
}

// unreasoned refuses an override of the matrix that says not why.
func unreasoned(priority string) *Error {
	return invalid(FieldPriority, "Say why priority %s is right against the matrix; an override needs a reason.", priority)
}

// changed stamps the field and writes its history.
func (w *work) changed(t *Ticket, f Field, old, new string, kind EventKind) {
	t.Edits[f] = Stamp{By: w.env.Actor.Person, At: w.at}
	w.record(t, Event{Kind: kind, Field: f, Old: old, New: new})
}

func sortedKeys[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

func labelTicket(w *work, a LabelTicket) error {
	t, err := w.ticket()
	if err != nil {
		return err
	}
	for _, p := range a.AddWatchers {
		if err := w.refersTo(FieldAssignee, string(p)); err != nil {
			return err
		}
	}
	before := len(w.puts)
	t.Labels = mergeSet(w, &t, "labels", t.Labels, a.AddLabels, a.RemoveLabels)
	t.Watchers = mergeSet(w, &t, "watchers", t.Watchers, a.AddWatchers, a.RemoveWatchers)
	if len(w.puts) > before {
		t.touch(w.at)
		w.put(t)
	}
	return nil
}

// mergeSet adds and removes; both always merge.
func mergeSet[T ~string](w *work, t *Ticket, field Field, set, add, remove []T) []T {
	for _, v := range add {
		if v != "" && !slices.Contains(set, v) {
			set = append(set, v)
			w.record(t, Event{Kind: EventAdded, Field: field, New: string(v)})
		}
	}
	for _, v := range remove {
		if i := slices.Index(set, v); i >= 0 {
			set = slices.Delete(set, i, i+1)
			w.record(t, Event{Kind: EventRemoved, Field: field, Old: string(v)})
		}
	}
	slices.Sort(set)
	return set
}
