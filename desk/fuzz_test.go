package desk

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"
	"unicode/utf8"
)

// sound are mutations that people and the hub make; what is fuzzed begins there.
var sound = []string{
	`{"mid":1,"name":"ticket.create","v":1,"ticket":"n","args":{"kind":"incident","title":"It hums","number":"INC0000007","requester":"rita","team":"alpha"},"at":"2026-03-02T08:00:00Z"}`,
	`{"mid":1,"name":"ticket.patch","v":1,"ticket":"t","args":{"set":{"title":"It hums","impact":"1","assignee":"ana"}},"old":{"title":"It is slow"}}`,
	`{"mid":1,"name":"ticket.label","v":1,"ticket":"t","args":{"set":"labels","add":["x"],"remove":["y"]}}`,
	`{"mid":1,"name":"ticket.move","v":1,"ticket":"t","args":{"to":"resolved","code":"solved","notes":"Replaced."},"old":{"state":"new"}}`,
	`{"mid":1,"name":"message.add","v":1,"ticket":"t","args":{"message":{"id":"m","kind":"reply","text":"Hello"},"seen":"m0"}}`,
	`{"mid":1,"name":"message.add","v":1,"ticket":"t","args":{"message":{"id":"m","kind":"note","text":"Hello","author":"ben","attachments":[{"id":"a","name":"x","size":-1}]}}}`,
	`{"mid":1,"name":"reply.decide","v":1,"ticket":"t","args":{"message":"m","act":"send"}}`,
	`{"mid":1,"name":"reply.deliver","v":1,"ticket":"t","args":{"message":"m","delivery":"sent"}}`,
	`{"mid":1,"name":"conflict.resolve","v":1,"args":{"conflict":"c","choice":"mine"}}`,
	`{"mid":1,"name":"rejection.dismiss","v":1,"args":{"rejection":"r"}}`,
	`{"mid":1,"name":"person.put","v":1,"args":{"id":"eve","name":"Eve","roles":["admin"],"teams":["alpha"]}}`,
	`{"mid":1,"name":"team.put","v":1,"args":{"id":"alpha","name":"Alpha","tier":1}}`,
	`{"mid":1,"name":"requester.put","v":1,"args":{"id":"rita","name":"Rita","email":"rita@customer.example"}}`,
	`{"mid":-9223372036854775808,"name":"lost","v":9,"ticket":"\u0000","args":null,"at":"0001-01-01T00:00:00Z"}`,
}

// FuzzApply lets anybody say anything: a mutation is refused with a code and a
// sentence, or has effects that can be kept. It never breaks a rule's head, never
// changes what it was shown, and means the same each time (SPEC R4, P16).
func FuzzApply(f *testing.F) {
	for _, text := range sound {
		f.Add([]byte(text))
	}
	for name := range acts {
		f.Add([]byte(`{"mid":1,"name":"` + string(name) + `","v":1,"ticket":"t","args":{}}`))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var m Mutation
		if err := json.Unmarshal(text, &m); err != nil {
			return
		}
		w := newWorld(t)
		w.open("t")
		w.hear("t", "m0")
		before := maps.Clone(w.records)
		for _, actor := range []Principal{w.as("ana"), w.as("admin"), hub} {
			effects, err := Apply(w, m, Env{Actor: actor, Now: w.now})
			judge(t, actor, m, effects, err)
			again, errAgain := Apply(w, m, Env{Actor: actor, Now: w.now})
			if a, b := kept(t, effects), kept(t, again); !slices.Equal(a, b) && m.Name != TicketCreate || (err == nil) != (errAgain == nil) {
				t.Errorf("%s twice:\n%q\n%q", m.Name, a, b)
			}
		}
		if len(w.records) != len(before) {
			t.Errorf("%s changed the world by itself", m.Name)
		}
	})
}

// judge is what holds of whatever Apply answers.
func judge(t *testing.T, actor Principal, m Mutation, effects Effects, err error) {
	t.Helper()
	if err == nil {
		kept(t, effects)
		return
	}
	var refusal *Error
	if !errors.As(err, &refusal) || refusal.Message == "" || !utf8.ValidString(refusal.Message) {
		t.Errorf("%s by %s is refused without a sentence: %v", m.Name, actor.Person, err)
	}
	if len(effects.Puts) > 0 {
		t.Errorf("%s by %s is refused and has effects", m.Name, actor.Person)
	}
}

// kept writes effects as the hub keeps them.
func kept(t *testing.T, effects Effects) (bodies []string) {
	t.Helper()
	for _, e := range effects.Puts {
		body, err := json.Marshal(e)
		if err != nil {
			t.Errorf("%v cannot be kept: %v", e.Key(), err)
		}
		bodies = append(bodies, string(body))
	}
	return bodies
}
