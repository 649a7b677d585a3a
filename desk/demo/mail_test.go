package demo

import (
	"bytes"
	"mime"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMailsAreOfManyKinds(t *testing.T) {
	marks := map[string]string{
		"plain": "Content-Type: text/plain; charset=utf-8", "html": "Content-Type: text/html", "alternative": "multipart/alternative",
		"attachment": "Content-Disposition: attachment", "inline picture": "Content-ID: <image001", "quotation": "\r\n> ",
		"outlook quotation": "Nachricht-----", "out of office": "Auto-Submitted: auto-replied", "bounce": "report-type=delivery-status",
		"newsletter": "List-Unsubscribe:", "alarm": "Auto-Submitted: auto-generated", "latin": "charset=iso-8859-1", "windows": "charset=windows-1252",
		"japanese": "\x1b$B", "shift": "charset=Shift_JIS", "invitation": "text/calendar", "forwarded": "message/rfc822", "broken date": "Date: gestern",
	}
	mails := Company(1, Stock(), present).Mails(60)
	for name, mark := range marks {
		found := 0
		for _, m := range mails {
			if bytes.Contains(m, []byte(mark)) {
				found++
			}
		}
		if found == 0 {
			t.Errorf("no mail among %d with a %s (%q)", len(mails), name, mark)
		}
	}
}

func TestMailsAreAnswersToWhatWentBefore(t *testing.T) {
	w := Company(1, Stock(), present)
	known := map[string]bool{}
	for a := range w.Acts() {
		if id := between(string(a.Mutation.Args), `"mail_id":"`, `"`); id != "" {
			known[id] = true
		}
	}
	history, sequence := 0, 0
	arrived := map[string]bool{}
	for i, raw := range w.Mails(200) {
		if !bytes.Contains(raw, []byte("\r\n")) || bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\n")) {
			t.Fatalf("mail %d: lines do not end in CRLF", i)
		}
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("mail %d: %v\n%s", i, err, raw)
		}
		if to := m.Header.Get("To"); !strings.Contains(to, Mailbox) {
			t.Errorf("mail %d goes to %q", i, to)
		}
		if _, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("From")); err != nil {
			t.Errorf("mail %d: %v", i, err)
		}
		if parent := strings.Trim(m.Header.Get("In-Reply-To"), "<>"); parent != "" {
			switch {
			case known[parent]:
				history++
			case arrived[parent]:
				sequence++
			default:
				t.Errorf("mail %d answers %q, which never was", i, parent)
			}
		}
		id := strings.Trim(m.Header.Get("Message-Id"), "<>")
		if id != "" && arrived[id] {
			t.Errorf("mail %d: Message-ID %s came before", i, id)
		}
		arrived[id] = true
	}
	if history < 5 || sequence < 5 {
		t.Errorf("%d answers to the history and %d to the mails before; want some of both", history, sequence)
	}
}

func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, after)
	return found
}

// TestArrivalsGoOn: who comes back later goes on with the mail after the last.
func TestArrivalsGoOn(t *testing.T) {
	clock := func() time.Time { return present }
	some := func(skip, n int) (list []string) {
		for raw := range Company(1, Stock(), present).Arrivals(skip, clock) {
			if list = append(list, string(raw)); len(list) == n {
				return list
			}
		}
		return list
	}
	all := some(0, 80)
	if diff := cmp.Diff(all[30:], some(30, 50)); diff != "" {
		t.Errorf("from the 30th (-at once +later):\n%s", diff)
	}
	if !strings.Contains(all[0], "Date: "+present.In(zone).Format(time.RFC1123Z)) {
		t.Errorf("the first is dated otherwise:\n%s", all[0])
	}
}
