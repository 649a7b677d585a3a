package desk

import (
	"encoding/json"
	"strings"
	"testing"
)

// renamed lifts arguments in which a key had another name.
func renamed(was, is string) Lift {
	return func(args json.RawMessage) (json.RawMessage, error) {
		fields := map[string]json.RawMessage{}
		if err := json.Unmarshal(args, &fields); err != nil {
			return nil, err
		}
		if v, ok := fields[was]; ok {
			fields[is] = v
			delete(fields, was)
		}
		return json.Marshal(fields)
	}
}

// TestAnOldOutboxDrains plants a mutation that is in its third version: the two
// older shapes of its arguments are lifted, a newer one is refused, and so is
// one without a version.
func TestAnOldOutboxDrains(t *testing.T) {
	const name Name = "team.rename"
	acts[name] = act{apply: acts[TeamPut].apply}
	Lifting(name, renamed("key", "ident"))
	Lifting(name, renamed("ident", "id"))
	t.Cleanup(func() { delete(acts, name) })
	try := func(version int, args string) (Effects, error) {
		return Apply(newWorld(t), Mutation{Device: "hub", Mid: 1, Name: name, Version: version, Args: json.RawMessage(args)}, Env{Actor: hub})
	}
	for version, args := range map[int]string{1: `{"key":"t","name":"Desk"}`, 2: `{"ident":"t","name":"Desk"}`, 3: `{"id":"t","name":"Desk"}`} {
		e, err := try(version, args)
		if err != nil || len(e.Puts) == 0 || e.Puts[0].Key() != (Key{KindTeam, "t"}) {
			t.Errorf("version %d: %+v, %v", version, e, err)
		}
	}
	for version, part := range map[int]string{4: "must be updated", 0: "versions begin at 1", -1: "versions begin at 1"} {
		if _, err := try(version, `{}`); CodeOf(err) != CodeVersion || !strings.Contains(err.Error(), part) {
			t.Errorf("version %d: %v", version, err)
		}
	}
	if _, err := try(1, `[]`); CodeOf(err) != CodeValidation {
		t.Errorf("broken arguments: %v", err)
	}
	if m, err := NewMutation(name, "", Team{}, newWorld(t).now); m.Version != 3 || err != nil {
		t.Errorf("a new one is of version %d, %v", m.Version, err)
	}
}

// TestWhatIsLostIsSaid: the place of a lost mutation is refused by everybody's
// hub, with a sentence (SPEC P17).
func TestWhatIsLostIsSaid(t *testing.T) {
	w := newWorld(t)
	for _, by := range []Principal{hub, w.as("ana")} {
		e, err := w.try(by, Lost, "", struct{}{})
		refused(t, e, err, CodeGone, "nothing of it is left")
	}
}
