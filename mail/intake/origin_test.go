package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// TestAMessageLeadsBackToItsMail, with what is known of its sender: only the word
// of our own mail server counts.
func TestAMessageLeadsBackToItsMail(t *testing.T) {
	verdict := func(server, word string) string {
		return "\nAuthentication-Results: " + server + "; dmarc=" + word + " header.from=example.com"
	}
	for _, c := range []struct {
		title, more string
		doubt       string
		vouched     bool
	}{
		{"no word", "", "", false},
		{"our server confirms", verdict("mx.example.com", "pass"), "", true},
		{"another server confirms", verdict("mx.example.org", "pass"), "", false},
		{"our server doubts", verdict("mx.example.com", "fail"), "the sender’s domain disowns it (DMARC)", false},
		{"both words of our server", verdict("mx.example.com", "pass") + verdict("mx.example.com", "fail"), "the sender’s domain disowns it (DMARC)", false},
		{"neither", verdict("mx.example.com", "none"), "", false},
		{"two senders, one confirmed", verdict("mx.example.com", "pass") + "\nFrom: eve@example.org", "it does not name one sender", false},
	} {
		w := newWorld(t)
		r := w.file(letter("mira@example.com", "first", "Printer is dead", c.more))
		w.run()
		o := w.message(r.outcome).Origin
		sum := sha256.Sum256(r.Mail.Bytes)
		if o == nil || o.SHA256 != hex.EncodeToString(sum[:]) || o.Size != int64(len(r.Mail.Bytes)) || o.Sealed != "" {
			t.Errorf("%s: it leads to %+v", c.title, o)
			continue
		}
		if o.Doubt != c.doubt || o.Vouched != c.vouched {
			t.Errorf("%s: doubt %q, vouched %v", c.title, o.Doubt, o.Vouched)
		}
	}
}

func TestASealIsNotedOnTheMessage(t *testing.T) {
	w := newWorld(t)
	o := w.message(w.get(letter("mira@example.com", "first", "Secret", "\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data"))).Origin
	if o == nil || o.Sealed != "s/mime encrypted" {
		t.Errorf("%+v", o)
	}
}
