package desk

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// PatchWorkspace are the arguments of workspace.patch: settings with the values
// their author wants, and those he saw.
type PatchWorkspace struct {
	Set map[Setting]json.RawMessage `json:"set"`
	Saw map[Setting]json.RawMessage `json:"saw"`
}

// Change is what a change makes of the settings, for whoever sees them as they are
// here; the change may refuse what it meets.
func (ws Workspace) Change(change func(*Workspace) error) (PatchWorkspace, error) {
	p := PatchWorkspace{Set: map[Setting]json.RawMessage{}, Saw: map[Setting]json.RawMessage{}}
	was, err := ws.settings()
	if err != nil {
		return p, err
	}
	if err := change(&ws); err != nil {
		return p, err
	}
	is, err := ws.settings()
	for name, value := range is {
		if !bytes.Equal(was[name], value) {
			p.Set[name], p.Saw[name] = value, was[name]
		}
	}
	return p, err
}

// patchWorkspace changes settings, each by itself (SPEC P80).
func patchWorkspace(w *work, a PatchWorkspace) error {
	if err := w.env.Actor.CanConfigure(); err != nil {
		return err
	}
	have, err := Read[Workspace](w.view, Workspace{}.Key())
	if errors.Is(err, ErrUnknown) {
		return Refuse(CodeGone, "The desk has no settings yet; wait until this device has them.")
	}
	if err != nil {
		return err
	}
	base, err := have.with(a.Saw)
	if err != nil {
		return err
	}
	want, err := base.with(a.Set)
	if err != nil {
		return err
	}
	merged, clash := have, PatchWorkspace{Set: map[Setting]json.RawMessage{}, Saw: map[Setting]json.RawMessage{}}
	for _, name := range sortedKeys(a.Set) {
		if !settings[name].merge(&base, &merged, &want) {
			clash.Set[name], clash.Saw[name] = a.Set[name], a.Saw[name]
		}
	}
	if len(clash.Set) > 0 && len(clash.Set) == len(a.Set) {
		return clash.refusal()
	}
	if merged.sameSettings(have) {
		return w.setAside(clash)
	}
	if err := w.configure(merged); err != nil {
		return err
	}
	return w.setAside(clash)
}

// refusal says what was changed by two.
func (p PatchWorkspace) refusal() *Error {
	var labels []string
	for _, name := range sortedKeys(p.Set) {
		labels = append(labels, name.Label())
	}
	return Refuse(CodeWorkflow, "Somebody else changed the same in the settings meanwhile (%s), which stands; what you wanted is kept here, look at the settings and change them again.", strings.Join(labels, ", "))
}

// setAside keeps settings that two have changed for the one who came later; the
// others are taken.
func (w *work) setAside(clash PatchWorkspace) error {
	if len(clash.Set) == 0 || w.env.Actor.Person == "" {
		return nil
	}
	m := w.m
	args, err := json.Marshal(clash)
	if err != nil {
		return err
	}
	m.Args = args
	w.put(NewRejection(m, w.env.Actor, clash.refusal(), w.now))
	w.become(Disputed)
	return nil
}

// putWorkspace puts the whole record: at the founding, and from the outbox of a
// program that knew no other way, which must have seen what it replaces.
func putWorkspace(w *work, ws Workspace) error {
	if err := w.env.Actor.CanConfigure(); err != nil {
		return err
	}
	have, err := Read[Workspace](w.view, ws.Key())
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	if err == nil && !w.env.Actor.System && have.Rev != ws.Rev {
		return Refuse(CodeWorkflow, "Somebody else changed the settings meanwhile; what you wanted is kept here, look at the settings and change them again.")
	}
	return w.configure(ws)
}

// configure puts settings in place of those that stand, if they can be.
func (w *work) configure(ws Workspace) error {
	if !ws.Matrix.complete() {
		return invalid("matrix", "The priority matrix needs a priority for every impact and urgency.")
	}
	for _, rule := range ws.MailboxRules {
		if err := rule.check(w); err != nil {
			return err
		}
	}
	if ws.ArchiveDays < 0 {
		return invalid("archive_days", "Tickets stay on the desks for a number of days, or for ever with 0; %d is neither.", ws.ArchiveDays)
	}
	return replace(w, ws, func(ws *Workspace, rev int64) { ws.Rev = rev })
}
