package protocol

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"holdall/desk"
)

func examples() []Message {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	record := desk.Record{Key: desk.Key{Kind: desk.KindTicket, ID: "t1"}, Tree: "t1", Rev: 3, Body: []byte(`{"id":"t1","x":1}`)}
	return []Message{
		Hello{Protocol: 1, App: "test", Epoch: "e", Cursors: map[desk.BucketID]Cursor{"org": {1, 7, 3}}, Wanted: []desk.BucketID{"closed:triage:2026-11"}, NextMid: 4, Left: map[desk.TicketKind]int64{desk.Incident: 3}},
		Welcome{Protocol: 1, Epoch: "e", Person: "mira", Time: at, LastMid: 3, Buckets: map[desk.BucketID]Cursor{"org": {1, 9, 0}}, Leases: []desk.Lease{{Kind: desk.Incident, First: 1, Last: 20}}},
		Sub{"team:w", 1}, Unsub{"team:w"}, Reset{"team:w", 2, "restored"},
		Push{Mutations: []desk.Mutation{{Mid: 1, Name: desk.TicketMove, Version: 1, Ticket: "t1", Args: []byte(`{"to":"resolved"}`), Old: map[desk.Field]string{"title": "a"}, At: at}}},
		Ack{Results: []desk.Result{{Mid: 1, Status: desk.Applied, Vector: map[desk.BucketID]int64{"org": 9}}}},
		Gap{Want: 5, Other: 3}, Rows{N: 1, Bucket: "org", Epoch: 1, To: 9, Rows: []Row{{Seq: 9, Record: record}, {Seq: 8, Drop: true, Record: desk.Record{Key: record.Key, Tree: "t1"}}}},
		Checkpoint{Vector: map[desk.BucketID]int64{"org": 9}, Time: at, Sums: map[desk.BucketID]Sum{"org": {3, 1<<64 - 1}}, Answered: 2}, Applied{2},
		Digest{1, "org", []byte{0, 255}, 2}, DigestDiff{"org", []byte{7}, []Mark{{record.Key, 1<<64 - 1}}}, Fetch{2, "org", []desk.Key{record.Key}}, Want{[]desk.BucketID{"closed:triage:2026-11"}}, Bye{ByeStopping, "down", 2}, Ping{}, Pong{},
		Presence{"t1", Replying}, PresenceSet{"t1", []Present{{"mira", Viewing}}},
	}
}

// SPEC P1: what is encoded is decoded, small or compressed.
func TestFrameRoundTrip(t *testing.T) {
	large := Bye{ByeStopping, strings.Repeat("wort ", 4000), 0}
	for _, m := range append(examples(), large) {
		frame, err := Encode(m)
		if err != nil {
			t.Fatalf("encode %s: %v", m.Type(), err)
		}
		if compressed := frame[0] == flagZstd; compressed != (m == Message(large)) {
			t.Errorf("%s: compressed = %v with %d bytes", m.Type(), compressed, len(frame))
		}
		got, err := Decode(frame)
		if err != nil {
			t.Fatalf("decode %s: %v", m.Type(), err)
		}
		if diff := cmp.Diff(normal(m), normal(got)); diff != "" {
			t.Errorf("%s changed on the way:\n%s", m.Type(), diff)
		}
	}
}

// normal drops the difference between no body and an empty one, which JSON
// cannot tell.
func normal(m Message) Message {
	if rows, ok := m.(Rows); ok {
		for i := range rows.Rows {
			if string(rows.Rows[i].Body) == "null" {
				rows.Rows[i].Body = nil
			}
		}
	}
	return m
}

func TestEveryTypeHasItsReader(t *testing.T) {
	for _, m := range examples() {
		if _, ok := readers[m.Type()]; !ok {
			t.Errorf("%s has no reader", m.Type())
		}
	}
	if len(readers) != len(examples()) {
		t.Errorf("%d readers, but %d examples", len(readers), len(examples()))
	}
}

// SPEC P2: broken frames are told from frames of an unknown type.
func TestDecodeRefuses(t *testing.T) {
	whole, err := Encode(Bye{ByeStopping, strings.Repeat("x", 5000), 0})
	if err != nil {
		t.Fatal(err)
	}
	bomb := zstdFrame(t, bytes.Repeat([]byte("a"), MaxFrame+1))
	streamed := streamedFrame(t, bytes.Repeat([]byte("a"), 4096))
	cases := []struct {
		name  string
		frame []byte
		want  error
	}{
		{"nothing", nil, ErrFrame},
		{"only a flag", []byte{0}, ErrFrame},
		{"unknown flag", []byte("\x82[\"PING\",{}]"), ErrFrame},
		{"no json", []byte("\x00hello"), ErrFrame},
		{"no array", []byte("\x00{}"), ErrFrame},
		{"no end", []byte("\x00[\"PING\",{}"), ErrFrame},
		{"three elements", []byte("\x00[\"PING\",{},{}]"), ErrFrame},
		{"two bodies", []byte("\x00[\"PING\",{}{}]"), ErrFrame},
		{"one element", []byte("\x00[\"PING\"]"), ErrFrame},
		{"type is a figure", []byte("\x00[1,{}]"), ErrFrame},
		{"wrong body", []byte("\x00[\"GAP\",{\"want\":\"x\"}]"), ErrFrame},
		{"truncated zstd", whole[:len(whole)/2], ErrFrame},
		{"above the limit when inflated", bomb, ErrFrame},
		{"no declared length", streamed, ErrFrame},
		{"unknown type", []byte("\x00[\"TELEPORT\",{}]"), ErrUnknownType},
	}
	for _, c := range cases {
		if _, err := Decode(c.frame); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func zstdFrame(t *testing.T, body []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(body, []byte{flagZstd})
}

// streamedFrame is compressed without declaring its length.
func streamedFrame(t *testing.T, body []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	out.WriteByte(flagZstd)
	w, err := zstd.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	for chunk := range bytes.Lines(append(body, '\n')) {
		if _, err := w.Write(chunk[:len(chunk)/2]); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestEncodeRefusesTooMuch(t *testing.T) {
	if _, err := Encode(Bye{Message: strings.Repeat("x", MaxFrame)}); !errors.Is(err, ErrFrame) {
		t.Errorf("got %v, want ErrFrame", err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, m := range examples() {
		frame, err := Encode(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(frame)
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		m, err := Decode(frame)
		if err != nil {
			return
		}
		if _, err := Encode(m); err != nil {
			t.Errorf("what was decoded cannot be encoded: %v", err)
		}
	})
}
