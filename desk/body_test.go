package desk

import (
	"encoding/json"
	"strings"
	"testing"
)

var bodies = []string{
	`{}`, ` { "a" : 1 , "b" : [ {"c":"}]"} , "\"" ] } `, `{"a":"x\\\"y","é":null}`, `{"a":`, `{"a`, `{"a":1`, `{"a":1,}`, `[1]`, ``, `{"a":"\u0000"}`,
	`{"a":-1.5e3,"b":true,"c":{"d":[[],{}]}}`, `{"a" 1}`, `{"a":]}`, `{"a":tru}`, `{"a":01}`, `{"a":1.}`, `{"a":1e}`, `{"a":-}`, `{"a":"\x"}`, `{"a":"\u12g4"}`,
	"{\"a\":\"long enough for eight\nbytes\"}", `{"a":"long enough for eight\nbytes \" and \\ more"}`, `{"a":1}{}`, `{"a":1} x`, `[1,]`, `[,1]`, `"a`, `{"a":"\`, `nul`, `-0.0E+1`,
	`{"a":"ä` + "\xff" + `"}`, strings.Repeat(`[`, 20_000) + strings.Repeat(`]`, 20_000), `{"` + strings.Repeat("n", 40) + `":"` + strings.Repeat("v", 41) + `"}`,
}

// FuzzBody compares the walk with the standard decoder: both call the same texts
// JSON, and see the same fields.
func FuzzBody(f *testing.F) {
	for _, s := range bodies {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		valid := json.Valid([]byte(text))
		if got := Body(text).Valid(); got != valid {
			t.Fatalf("%.80q: valid is %v, want %v", text, got, valid)
		}
		got := map[string]string{}
		err := Body(text).Fields(func(name, value []byte) error {
			var key string
			if err := json.Unmarshal([]byte(`"`+string(name)+`"`), &key); err != nil {
				t.Fatalf("%q: a name that is none: %q", text, name)
			}
			got[key] = string(value)
			return nil
		})
		var want map[string]json.RawMessage
		object := valid && json.Unmarshal([]byte(text), &want) == nil && want != nil
		if object != (err == nil) {
			t.Fatalf("%.80q: %v, but an object: %v", text, err, object)
		}
		if !object {
			return
		}
		for key, value := range want {
			if got[key] != string(value) {
				t.Errorf("%q: field %q is %s, want %s", text, key, got[key], value)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%q: %d fields, want %d", text, len(got), len(want))
		}
	})
}

// A visitor's own error ends the walk and is told.
func TestFieldsStopAtAnError(t *testing.T) {
	seen := 0
	err := Body(`{"a":1,"b":2}`).Fields(func(name, value []byte) error {
		seen++
		return ErrUnknown
	})
	if err != ErrUnknown || seen != 1 {
		t.Errorf("%v after %d fields", err, seen)
	}
}
