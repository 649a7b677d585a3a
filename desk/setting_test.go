package desk

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestEverySettingIsChangedByItself: what the record has and nobody merges would
// be taken back by whoever changes something else.
func TestEverySettingIsChangedByItself(t *testing.T) {
	kind := reflect.TypeFor[Workspace]()
	for i := range kind.NumField() {
		name, _, _ := strings.Cut(kind.Field(i).Tag.Get("json"), ",")
		_, known := settings[Setting(name)]
		if name != "" && name != "id" && name != "rev" && !known {
			t.Errorf("%s is no setting", name)
		}
	}
	if Setting("name").Label() != "name of the desk" || Setting("x").Label() != "x" {
		t.Error("labels are lost")
	}
}

func TestTwoChangesOfAListAreLaidOverEachOther(t *testing.T) {
	for _, c := range []struct{ base, cur, want, merged string }{
		{"a b c", "a b c", "a b c d", "a b c d"},
		{"a b c", "x a b c", "a b c d", "x a b c d"},
		{"a b c", "a c", "a b", "a"},
		{"a b c", "a b c", "c a b", "c a b"},
		{"a b c", "a b x c", "c a b", "c a b x"},
		{"a b c", "c a b", "a b d c", "c a b d"},
		{"a b c", "a B c", "a b C", "a B C"},
		{"a b c", "a B c", "a B c d", "a B c d"},
		{"a b c", "c b a", "c b a", "c b a"},
		{"", "a", "b", "b a"},
		{"a b c", "a B c", "a β c", "-"},
		{"a b c", "a B c", "a c", "-"},
		{"a b c", "a c", "a B c", "-"},
		{"a b c", "c b a", "b a c", "-"},
		{"a", "a x", "a X", "-"},
		{"a a", "a a b", "a", "-"},
	} {
		// A letter is an element: its case is its value, and β another of b.
		key := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, "β", "b")) }
		got, ok := mergeList(strings.Fields(c.base), strings.Fields(c.cur), strings.Fields(c.want), key, func(a, b string) bool { return a == b })
		if merged := strings.Join(got, " "); ok != (c.merged != "-") || ok && merged != c.merged {
			t.Errorf("%q: %q and %q give %q, %v; want %q", c.base, c.cur, c.want, merged, ok, c.merged)
		}
	}
}

// admins are two who set the same desk, each seeing it as it was.
type admins struct {
	*world
	base Workspace
}

func newAdmins(t *testing.T) *admins {
	w := newWorld(t)
	ws := NewWorkspace("test", "Test")
	ws.Categories = []string{"Mail", "Print"}
	ws.MailboxRules = []MailboxRule{{Name: "Printers", Kind: Request}, {Name: "News", Kind: Request, Category: "News"}}
	w.do(hub, WorkspacePut, "", ws)
	return &admins{w, w.records[ws.Key()].(Workspace)}
}

// sets is a change by somebody who saw the desk as it was at first.
func (a *admins) sets(change func(*Workspace)) (Effects, error) {
	a.Helper()
	patch, err := a.base.Change(func(ws *Workspace) error { change(ws); return nil })
	if err != nil {
		a.Fatal(err)
	}
	e, err := a.try(a.as("admin"), WorkspacePatch, "", patch)
	for _, p := range e.Puts {
		a.records[p.Key()] = p
	}
	return e, err
}

func (a *admins) stands() Workspace { return a.records[Workspace{}.Key()].(Workspace) }

// TestTwoAdminsChangeDifferentThings: both stand, down to a cell of the matrix and
// a rule of the list (SPEC P80).
func TestTwoAdminsChangeDifferentThings(t *testing.T) {
	a := newAdmins(t)
	for _, change := range []func(*Workspace){
		func(ws *Workspace) { ws.ReopenDays = 3 },
		func(ws *Workspace) { ws.ArchiveDays = 30 },
		func(ws *Workspace) { ws.Categories = []string{"Mail", "Print", "Network"} },
		func(ws *Workspace) { ws.Categories = []string{"Print"} },
		func(ws *Workspace) { ws.Matrix = Matrix{{1, 1, 3}, {2, 3, 4}, {3, 4, 5}} },
		func(ws *Workspace) { ws.Matrix = Matrix{{1, 2, 3}, {2, 3, 4}, {3, 5, 5}} },
		func(ws *Workspace) {
			ws.MailboxRules = []MailboxRule{{Name: "Printers", Kind: Request, Category: "Print"}, ws.MailboxRules[1]}
		},
		func(ws *Workspace) { ws.MailboxRules = []MailboxRule{{Name: "Alarms"}, ws.MailboxRules[0]} },
	} {
		if e, err := a.sets(change); err != nil || e.Status != Applied {
			t.Fatalf("%+v, %v", e, err)
		}
	}
	ws := a.stands()
	if ws.ReopenDays != 3 || ws.ArchiveDays != 30 || !slices.Equal(ws.Categories, []string{"Print", "Network"}) || !reflect.DeepEqual(ws.Matrix, Matrix{{1, 1, 3}, {2, 3, 4}, {3, 5, 5}}) {
		t.Errorf("%+v", ws)
	}
	if names := keysOf(ws.MailboxRules, func(r MailboxRule) string { return r.Name + r.Category }); !slices.Equal(names, []string{"Alarms", "PrintersPrint"}) {
		t.Errorf("rules %q", names)
	}
}

// TestTwoAdminsChangeTheSame: what stands stays, the other wish is in the tray of
// whoever came later, and what else was changed with it is taken (SPEC P80).
func TestTwoAdminsChangeTheSame(t *testing.T) {
	a := newAdmins(t)
	if _, err := a.sets(func(ws *Workspace) { ws.ReopenDays = 3 }); err != nil {
		t.Fatal(err)
	}
	e, err := a.sets(func(ws *Workspace) { ws.ReopenDays, ws.ArchiveDays = 7, 30 })
	if err != nil || e.Status != Disputed || a.stands().ReopenDays != 3 || a.stands().ArchiveDays != 30 {
		t.Fatalf("%+v, %v; %+v", e, err, a.stands())
	}
	r, ok := e.Puts[len(e.Puts)-1].(Rejection)
	var kept PatchWorkspace
	if !ok || json.Unmarshal(r.Args, &kept) != nil || len(kept.Set) != 1 || string(kept.Set["reopen_days"]) != "7" || string(kept.Saw["reopen_days"]) != "14" || !strings.Contains(r.Message, "days in which a reply reopens") {
		t.Errorf("in the tray is %+v", r)
	}
	rev := a.stands().Rev
	e, err = a.sets(func(ws *Workspace) { ws.ReopenDays = 9 })
	refused(t, e, err, CodeWorkflow, "Somebody else changed the same")
	if e, err := a.sets(func(ws *Workspace) { ws.ReopenDays = 3 }); err != nil || len(e.Puts) != 0 || a.stands().Rev != rev {
		t.Errorf("the same wish is %+v, %v", e, err)
	}
	if e, err := a.sets(func(ws *Workspace) { ws.MailboxRules = append(ws.MailboxRules[:1:1], ws.MailboxRules[0]) }); err != nil || len(a.stands().MailboxRules) != 2 {
		t.Errorf("a list with two of a name is %+v, %v", e, err)
	}
	e, err = a.sets(func(ws *Workspace) { ws.MailboxRules = nil })
	refused(t, e, err, CodeWorkflow, "mailbox rules")
}

// TestSettingsAreChecked after they are merged, and known.
func TestSettingsAreChecked(t *testing.T) {
	a := newAdmins(t)
	e, err := a.sets(func(ws *Workspace) { ws.ArchiveDays = -1 })
	refused(t, e, err, CodeValidation, "-1 is neither")
	for set, part := range map[string]string{`{"colour":1}`: "must be updated", `{"reopen_days":"x"}`: "cannot be read"} {
		var p PatchWorkspace
		if err := json.Unmarshal([]byte(`{"set":`+set+`}`), &p); err != nil {
			t.Fatal(err)
		}
		if _, err := a.try(a.as("admin"), WorkspacePatch, "", p); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v", set, err)
		}
	}
	delete(a.records, a.base.Key())
	e, err = a.try(hub, WorkspacePatch, "", PatchWorkspace{})
	refused(t, e, err, CodeGone, "no settings yet")
}

// TestAnOlderProgramReplacesWhatItSaw, and nothing else (SPEC P80).
func TestAnOlderProgramReplacesWhatItSaw(t *testing.T) {
	a := newAdmins(t)
	ws := a.base
	ws.ReopenDays = 3
	a.do(a.as("admin"), WorkspacePut, "", ws)
	ws.ReopenDays = 7
	e, err := a.try(a.as("admin"), WorkspacePut, "", ws)
	refused(t, e, err, CodeWorkflow, "Somebody else changed the settings")
	ws.Rev++
	a.do(a.as("admin"), WorkspacePut, "", ws)
	if a.stands().ReopenDays != 7 {
		t.Errorf("%+v", a.stands())
	}
}
