package store

import (
	"encoding/json"
	"testing"
)

// FuzzBody compares the walk with the standard decoder: on valid objects both
// see the same fields, and nothing makes the walk run off the end.
func FuzzBody(f *testing.F) {
	for _, s := range []string{`{}`, ` { "a" : 1 , "b" : [ {"c":"}]"} , "\"" ] } `, `{"a":"x\\\"y","é":null}`, `{"a":`, `{"a`, `{"a":1`, `{"a":1,}`, `[1]`, ``, `{"a":"\u0000"}`,
		`{"a":-1.5e3,"b":true,"c":{"d":[[],{}]}}`, `{"a" 1}`, `{"a":]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := map[string]string{}
		err := body(text).fields(func(name string, value []byte) error {
			var key string
			if err := json.Unmarshal([]byte(`"`+name+`"`), &key); err == nil {
				got[key] = string(value)
			}
			return nil
		})
		var want map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &want) != nil || want == nil {
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for key, value := range want {
			var a, b any
			if json.Unmarshal(value, &a) != nil || json.Unmarshal([]byte(got[key]), &b) != nil {
				t.Fatalf("%q: field %q is %q, want %q", text, key, got[key], value)
			}
			x, _ := json.Marshal(a)
			y, _ := json.Marshal(b)
			if string(x) != string(y) {
				t.Errorf("%q: field %q is %s, want %s", text, key, y, x)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%q: %d fields, want %d", text, len(got), len(want))
		}
	})
}
