package desk

import (
	"encoding/json"
	"testing"
)

// TestARefusalKeepsItsVersion: what was refused is read as the program that made
// it wrote it, also by one that knows a later version, and by one that knows none
// (SPEC R2, R4, R19).
func TestARefusalKeepsItsVersion(t *testing.T) {
	const name Name = "team.rename"
	acts[name] = act{apply: acts[TeamPut].apply}
	t.Cleanup(func() { delete(acts, name) })
	m := Mutation{Device: "d", Mid: 3, Name: name, Version: 1, Args: json.RawMessage(`{"key":"t","name":"Desk"}`)}
	kept := NewRejection(m, Principal{Person: "ana"}, errBroken, newWorld(t).now)
	Lifting(name, renamed("key", "id"))
	for what, r := range map[string]Rejection{"kept today": reread(t, kept), "kept before versions were": reread(t, unversioned(kept))} {
		lifted, err := r.Mutation().Lifted()
		var team Team
		if err != nil || lifted.Version != 2 || json.Unmarshal(lifted.Args, &team) != nil || team.ID != "t" {
			t.Errorf("%s: version %d, %s, %v", what, lifted.Version, lifted.Args, err)
		}
	}
	newer := NewRejection(Mutation{Name: name, Version: 3, Args: m.Args}, Principal{}, errBroken, newWorld(t).now)
	if same, err := newer.Mutation().Lifted(); CodeOf(err) != CodeVersion || same.Version != 3 || string(same.Args) != string(m.Args) {
		t.Errorf("version %d, %s, %v", same.Version, same.Args, err)
	}
}

func unversioned(r Rejection) Rejection { r.Version = 0; return r }

// reread is a rejection as its record brings it back.
func reread(t *testing.T, r Rejection) Rejection {
	t.Helper()
	record, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	e, err := Decode(record)
	if err != nil {
		t.Fatal(err)
	}
	return e.(Rejection)
}
