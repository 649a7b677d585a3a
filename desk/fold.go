package desk

import (
	"encoding/json"
	"maps"
)

// Fold makes one mutation of a patch and the next one of the same ticket, if
// nobody but their author has seen either: the first old value, the last new
// one (SPEC R2). Where the author has since seen another value than his own, and
// set that field again, he has seen what stands: it is the old one. A field that
// is back at what it was is left out. Nothing else folds: what is said, moved or
// logged was done twice.
func (m Mutation) Fold(next Mutation) (Mutation, bool) {
	if m.Name != TicketPatch || next.Name != TicketPatch || m.Ticket != next.Ticket || m.Version != next.Version {
		return m, false
	}
	var first, last PatchTicket
	if json.Unmarshal(m.Args, &first) != nil || json.Unmarshal(next.Args, &last) != nil {
		return m, false
	}
	old := maps.Clone(next.Old)
	if old == nil {
		old = map[Field]string{}
	}
	for f, value := range m.Old {
		if saw, again := next.Old[f]; !again || saw == first.Set[f] || f.policy() != stays {
			old[f] = value
		}
	}
	set := maps.Clone(first.Set)
	maps.Copy(set, last.Set)
	for f, value := range set {
		if seen, told := old[f]; told && seen == value {
			delete(set, f)
			delete(old, f)
		}
	}
	reason := first.Reason
	if _, ok := last.Set[FieldPriority]; ok {
		reason = last.Reason
	}
	args, err := json.Marshal(PatchTicket{Set: set, Reason: reason})
	if err != nil {
		return m, false
	}
	m.Args, m.Old, m.At = args, old, next.At
	return m, true
}
