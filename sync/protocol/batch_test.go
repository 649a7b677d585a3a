package protocol

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// SPEC P34: what is packed is unpacked, in as many bodies as it takes.
func TestBatchesCarryFrames(t *testing.T) {
	var frames [][]byte
	for n := range 5 {
		frames = append(frames, bytes.Repeat([]byte{byte(n)}, batchBytes/2-n))
	}
	frames = append(frames, bytes.Repeat([]byte{9}, batchBytes+1), []byte{})
	var got [][]byte
	bodies := 0
	for rest := frames; len(rest) > 0; bodies++ {
		body, n := pack(rest)
		part, err := unpackBatch(bytes.NewReader(body))
		if err != nil || len(part) != n {
			t.Fatalf("%d of %d frames, %v", len(part), n, err)
		}
		got, rest = append(got, part...), rest[n:]
	}
	if len(got) != len(frames) || bodies < 4 {
		t.Fatalf("%d frames in %d bodies", len(got), bodies)
	}
	for i := range got {
		if !bytes.Equal(got[i], frames[i]) {
			t.Errorf("frame %d is another", i)
		}
	}
}

// FuzzBatch reads any body: it ends well, torn off, or with ErrFrame, and what was
// read is what would be packed again.
func FuzzBatch(f *testing.F) {
	ping, err := Encode(Ping{})
	if err != nil {
		f.Fatal(err)
	}
	whole, _ := pack([][]byte{ping, {}, ping})
	f.Add(whole)
	f.Add(whole[:len(whole)-2])
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, body []byte) {
		frames, err := unpackBatch(bytes.NewReader(body))
		torn := errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
		if err != nil && !torn && !errors.Is(err, ErrFrame) {
			t.Errorf("%v", err)
		}
		packed, n := pack(frames)
		if n == len(frames) && !bytes.HasPrefix(body, packed) {
			t.Errorf("%q was read as %q", body, packed)
		}
	})
}
