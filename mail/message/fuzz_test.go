package message

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse holds what is promised for every input: a Message, valid UTF-8,
// no replacement character of our making, harmless HTML, an object to print.
func FuzzParse(f *testing.F) {
	mails, _ := filepath.Glob("../testdata/*.eml")
	for _, file := range mails {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, _ := Parse(context.Background(), raw, Limits{Bytes: 1 << 20})
		if m == nil {
			t.Fatal("no message")
		}
		out, err := json.Marshal(m)
		if err != nil || !json.Valid(out) {
			t.Fatalf("object %q: %v", out, err)
		}
		if s := unstorable(reflect.ValueOf(*m)); s != "" {
			t.Fatalf("no database would take %q", s)
		}
		if strings.Contains(string(out), `\ufffd`) {
			t.Fatalf("replacement character from nowhere: %s", out)
		}
		if bad := harmless(m.HTML); bad != "" {
			t.Fatalf("kept %s in %s", bad, m.HTML)
		}
	})
}

// unstorable is a text in what was read of a mail that is not UTF-8 or holds a
// NUL.
func unstorable(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); !utf8.ValidString(s) || strings.Contains(s, "\x00") {
			return s + " "
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return unstorable(v.Elem())
		}
	case reflect.Slice:
		for i := 0; i < v.Len() && v.Type().Elem().Kind() != reflect.Uint8; i++ {
			if s := unstorable(v.Index(i)); s != "" {
				return s
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				if s := unstorable(v.Field(i)); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

// FuzzReplyText holds that a reply is made of lines of its text and is never
// empty while the text is not.
func FuzzReplyText(f *testing.F) {
	for _, line := range attributions {
		f.Add("Thanks.\n\n" + line + "\n> Is it on?\n\nYes.")
	}
	f.Fuzz(func(t *testing.T, text string) {
		reply := replyText(text, "")
		if hasWords(text) && !hasWords(reply) {
			t.Fatalf("lost everything of %q", text)
		}
		lines := map[string]bool{}
		for _, l := range strings.Split(text, "\n") {
			lines[strings.TrimSpace(l)] = true
		}
		for _, l := range strings.Split(reply, "\n") {
			if !lines[strings.TrimSpace(l)] {
				t.Fatalf("made up %q", l)
			}
		}
	})
}

// FuzzSanitize holds that what is left loads nothing and is stable.
func FuzzSanitize(f *testing.F) {
	for _, a := range attacks(f) {
		f.Add(a.body)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		once := Sanitize(doc)
		if bad := harmless(once); bad != "" {
			t.Fatalf("kept %s in %s", bad, once)
		}
		if bad := harmless(Sanitize(once)); bad != "" {
			t.Fatalf("second pass made %s of %s", bad, once)
		}
	})
}
