package protocol

import (
	"net"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// SPEC P7: what goes out on many connections is encoded once.
func TestWhatIsSharedIsEncodedOnce(t *testing.T) {
	for _, m := range []Message{Rows{Bucket: "org", Epoch: 1, To: 9, Shared: new(Shared)}, Checkpoint{Answered: 2, Shared: new(Shared)}} {
		first, err := Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		encoded, handed := Traffic()
		again, err := Encode(m)
		if nowEncoded, nowHanded := Traffic(); nowEncoded != encoded || nowHanded != handed+int64(len(again)) {
			t.Errorf("%d bytes more are encoded and %d handed out", nowEncoded-encoded, nowHanded-handed)
		}
		if err != nil || &first[0] != &again[0] {
			t.Errorf("%s is encoded twice: %v", m.Type(), err)
		}
		plain, err := encode(m)
		if err != nil || cmp.Diff(plain, first) != "" {
			t.Errorf("%s is shared as %s, and is %s (%v)", m.Type(), first, plain, err)
		}
	}
	one, _ := Encode(Rows{N: 1, Bucket: "org"})
	two, _ := Encode(Rows{N: 2, Bucket: "org"})
	if string(one) == string(two) {
		t.Error("pages of two numbers are one frame")
	}
}

// writes is a connection that counts how often it is written to.
type writes struct {
	net.Conn
	calls int
	bytes []byte
}

func (w *writes) Write(p []byte) (int, error) {
	w.calls++
	w.bytes = append(w.bytes, p...)
	return len(p), nil
}

// TestACorkHoldsBackWhatFollows: what is written meanwhile leaves in one call and
// in order, but for more than is to be held.
func TestACorkHoldsBackWhatFollows(t *testing.T) {
	w := &writes{}
	c := &cork{Conn: w}
	write := func(text string) {
		if n, err := c.Write([]byte(text)); err != nil || n != len(text) {
			t.Fatalf("%d bytes are written of %d: %v", n, len(text), err)
		}
	}
	write("a")
	c.hold()
	write("b")
	write("c")
	if w.calls != 1 {
		t.Errorf("%d calls while it holds", w.calls)
	}
	if err := c.release(); err != nil || w.calls != 2 || string(w.bytes) != "abc" {
		t.Errorf("%d calls, %q, %v", w.calls, w.bytes, err)
	}
	c.hold()
	write(string(make([]byte, corkBytes)))
	if w.calls != 3 {
		t.Error("more is held back than should be")
	}
	if err := c.release(); err != nil || w.calls != 3 {
		t.Errorf("%d calls, %v", w.calls, err)
	}
}
