package protocol

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"holdall/desk"
)

func pagesOf() []Rows {
	body := []byte(`{"id":"t1","text":"a \"word\" \u00e4, <b>","n":[1,{"x":null}]}`)
	ticket := desk.Record{Key: desk.Key{Kind: desk.KindTicket, ID: "t1"}, Tree: "t1", Rev: 3, Body: body}
	odd := desk.Record{Key: desk.Key{Kind: "a \"kind\"", ID: "ü<\n>"}, Tree: "t&1", Rev: -1, Body: []byte(` {"a":1 } `)}
	return []Rows{
		{Bucket: "org", Epoch: 1, To: 9, Rows: []Row{{Seq: 9, Record: ticket}, {Seq: 10, Record: ticket}}},
		{N: 4, Bucket: "team:w", Epoch: 2, To: 9, Floor: 3, Rows: []Row{{Seq: 8, Drop: true, Record: desk.Record{Key: ticket.Key, Tree: "t1"}}, {Seq: 9, Record: odd}}},
		{Bucket: "a \"bucket\"", Rows: []Row{}},
	}
}

// SPEC P1, P7: a page is written as the codec reads it, whatever its names are,
// and the two readers see the same.
func TestPageIsWhatTheCodecMakesOfIt(t *testing.T) {
	for _, m := range pagesOf() {
		text := appendPage(nil, m)
		var whole [2]jsontext.Value
		if err := json.Unmarshal(text, &whole); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var want Rows
		if err := json.Unmarshal(whole[1], &want, meaning); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(trimmed(m), trimmed(want)); diff != "" {
			t.Errorf("the codec reads something else:\n%s", diff)
		}
		if got, ok := readPage(whole[1]); ok {
			if diff := cmp.Diff(trimmed(want), trimmed(got)); diff != "" {
				t.Errorf("the readers differ:\n%s", diff)
			}
		} else if !strings.Contains(string(text), `\`) {
			t.Errorf("a plain page is left to the codec: %s", text)
		}
		frame, err := Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(frame)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(trimmed(m), trimmed(got.(Rows))); diff != "" {
			t.Errorf("the page changed on the way:\n%s", diff)
		}
	}
}

// trimmed is a page in which a missing body is none, and spaces around one are
// not counted, nor the difference between no rows and none.
func trimmed(m Rows) Rows {
	rows := []Row{}
	for _, r := range m.Rows {
		if r.Body = []byte(strings.TrimSpace(string(r.Body))); string(r.Body) == "null" {
			r.Body = []byte{}
		}
		rows = append(rows, r)
	}
	m.Rows = rows
	return m
}

// SPEC P2: what is no page is told as such, whoever reads it.
func TestBrokenPagesAreRefused(t *testing.T) {
	text := appendPage(nil, pagesOf()[0])
	for at := range text {
		if _, err := Decode(append([]byte{0}, text[:at]...)); err == nil {
			t.Fatalf("a page that ends after %d bytes is taken", at)
		}
	}
	for _, broken := range []string{
		strings.Replace(string(text), `"body":{`, `"body":{x`, 1), strings.Replace(string(text), `"rev":3`, `"rev":3.5`, 1),
		strings.Replace(string(text), `}]}]`, `}]}{}]`, 1), strings.Replace(string(text), `"seq":9`, `"seq":""`, 1),
		strings.Replace(string(text), `"seq":9`, `"seq":99999999999999999999`, 1), strings.Replace(string(text), `null`, `nil`, 1),
	} {
		if _, err := Decode(append([]byte{0}, broken...)); err == nil {
			t.Errorf("taken: %s", broken)
		}
	}
}

// A frame that is not compressed may be handed to many ends of one process.
func TestAPageKeepsNothingOfItsFrame(t *testing.T) {
	frame, err := Encode(pagesOf()[0])
	if err != nil || frame[0] == flagZstd {
		t.Fatalf("flag %#x, %v", frame[0], err)
	}
	m, err := Decode(frame)
	if err != nil {
		t.Fatal(err)
	}
	want := string(m.(Rows).Rows[0].Body)
	clear(frame)
	if got := string(m.(Rows).Rows[0].Body); got != want {
		t.Errorf("the body became %q", got)
	}
}

// FuzzPage compares the readers: what the quick one takes the codec takes too,
// and reads the same.
func FuzzPage(f *testing.F) {
	for _, m := range pagesOf() {
		text := appendPage(nil, m)
		f.Add(text[len(`["ROWS",`) : len(text)-1])
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		got, ok := readPage(content)
		if !ok {
			return
		}
		var want Rows
		if err := json.Unmarshal(content, &want, meaning); err != nil {
			t.Fatalf("%q: %v", content, err)
		}
		if diff := cmp.Diff(trimmed(want), trimmed(got)); diff != "" {
			t.Errorf("%q:\n%s", content, diff)
		}
	})
}
