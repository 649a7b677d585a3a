package desk

import (
	"encoding/json"
	"reflect"
	"slices"
)

// Setting names a setting of the workspace as its record does. Each is changed and
// merged by itself.
type Setting string

// setting is how one is read, written and merged.
type setting struct {
	label string
	at    func(*Workspace) any // where it lies
	take  func(to, from *Workspace)
	merge func(base, cur, want *Workspace) bool // into cur; false where both changed the same thing
}

var settings = map[Setting]setting{
	"name":          whole("name of the desk", func(w *Workspace) *string { return &w.Name }),
	"matrix":        {"priority matrix", func(w *Workspace) any { return &w.Matrix }, func(to, from *Workspace) { to.Matrix = from.Matrix }, mergeMatrix},
	"categories":    words("categories", func(w *Workspace) *[]string { return &w.Categories }),
	"addresses":     words("addresses of the desk", func(w *Workspace) *[]string { return &w.Addresses }),
	"reopen_days":   whole("days in which a reply reopens", func(w *Workspace) *int { return &w.ReopenDays }),
	"archive_days":  whole("days until a ticket is archived", func(w *Workspace) *int { return &w.ArchiveDays }),
	"answer_mib":    whole("size of an answer’s files", func(w *Workspace) *int { return &w.AnswerMiB }),
	"mailbox_rules": elements("mailbox rules", func(w *Workspace) *[]MailboxRule { return &w.MailboxRules }, func(r MailboxRule) string { return r.Name }),
}

// whole is a setting that is one value.
func whole[T comparable](label string, at func(*Workspace) *T) setting {
	return setting{label, func(w *Workspace) any { return at(w) }, func(to, from *Workspace) { *at(to) = *at(from) }, func(base, cur, want *Workspace) bool {
		return mergeValue(at(base), at(cur), at(want), func(a, b T) bool { return a == b })
	}}
}

// words is a setting that is a list of words, each of which comes and goes by
// itself.
func words(label string, at func(*Workspace) *[]string) setting {
	return elements(label, at, func(s string) string { return s })
}

// elements is a setting whose elements are changed each by itself, and their order.
func elements[T any](label string, at func(*Workspace) *[]T, key func(T) string) setting {
	same := func(a, b T) bool { return reflect.DeepEqual(a, b) }
	return setting{label, func(w *Workspace) any { return at(w) }, func(to, from *Workspace) { *at(to) = *at(from) }, func(base, cur, want *Workspace) bool {
		if mergeValue(at(base), at(cur), at(want), func(a, b []T) bool { return slices.EqualFunc(a, b, same) }) {
			return true
		}
		merged, ok := mergeList(*at(base), *at(cur), *at(want), key, same)
		if ok {
			*at(cur) = merged
		}
		return ok
	}}
}

// mergeValue lets a wish for one value meet what stands (SPEC R11).
func mergeValue[T any](base, cur, want *T, same func(a, b T) bool) bool {
	switch {
	case same(*base, *want) || same(*cur, *want):
		return true
	case same(*base, *cur):
		*cur = *want
		return true
	}
	return false
}

// mergeMatrix merges by cells, as long as nobody has given it other levels.
func mergeMatrix(base, cur, want *Workspace) bool {
	row := func(a, b []Priority) bool { return slices.Equal(a, b) }
	if mergeValue(&base.Matrix, &cur.Matrix, &want.Matrix, func(a, b Matrix) bool { return slices.EqualFunc(a, b, row) }) {
		return true
	}
	shape := func(a, b []Priority) bool { return len(a) == len(b) }
	if !slices.EqualFunc(base.Matrix, cur.Matrix, shape) || !slices.EqualFunc(base.Matrix, want.Matrix, shape) {
		return false
	}
	merged := make(Matrix, len(cur.Matrix))
	for i := range merged {
		merged[i] = slices.Clone(cur.Matrix[i])
		for j := range merged[i] {
			if !mergeValue(&base.Matrix[i][j], &merged[i][j], &want.Matrix[i][j], func(a, b Priority) bool { return a == b }) {
				return false
			}
		}
	}
	cur.Matrix = merged
	return true
}

// Label is the name a person reads.
func (s Setting) Label() string {
	if known, ok := settings[s]; ok {
		return known.label
	}
	return string(s)
}

// settings are the values of a workspace.
func (ws Workspace) settings() (map[Setting]json.RawMessage, error) {
	values := map[Setting]json.RawMessage{}
	for name, s := range settings {
		value, err := json.Marshal(s.at(&ws))
		if err != nil {
			return nil, err
		}
		values[name] = value
	}
	return values, nil
}

// with is the workspace with other values.
func (ws Workspace) with(values map[Setting]json.RawMessage) (Workspace, error) {
	for _, name := range sortedKeys(values) {
		s, ok := settings[name]
		if !ok {
			return ws, Refuse(CodeVersion, "%q is no setting the Holdall here knows; it must be updated first.", name)
		}
		var other Workspace
		if err := json.Unmarshal(values[name], s.at(&other)); err != nil {
			return ws, Refuse(CodeValidation, "The %s cannot be read: %v.", s.label, err)
		}
		s.take(&ws, &other)
	}
	return ws, nil
}

func (ws Workspace) sameSettings(as Workspace) bool {
	for _, s := range settings {
		if !reflect.DeepEqual(s.at(&ws), s.at(&as)) {
			return false
		}
	}
	return true
}
