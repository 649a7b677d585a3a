package ordeal

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/outgoing/loopback"
)

// TestMailsMeetTheWorldOutside: a hub between a real Dovecot and an SMTP receiver
// takes in a letter, answers it once, and meets what the world sends back to the
// answer: a machine without any mark, a bounce, a stranger who learnt the id, an
// absence notice, and the same writer again.
func TestMailsMeetTheWorldOutside(t *testing.T) {
	server := openDovecot(t)
	receiver, err := loopback.Start(nil)
	must(t, err)
	t.Cleanup(func() { receiver.Close() })
	h := sqliteHub(t, t.TempDir())
	h.launch("--config", configure(t, setting{"acknowledge": true, "mailboxes": []setting{inbox(server, support)}, "smtp": sender(receiver.Addr, support)})).url()
	wait(t, patience, "the mailbox is watched", func() (bool, string) {
		health, err := http.Get(h.url() + "/healthz")
		must(t, err)
		defer health.Body.Close()
		text, err := io.ReadAll(health.Body)
		must(t, err)
		return strings.Contains(string(text), `"state":"watching"`), string(text)
	})

	const annika = "annika@nordlicht-werke.example"
	post := func(from, subject, more, text string) {
		must(t, server.Deliver(support, "INBOX", fmt.Appendf(nil, "From: %s\nTo: %s\nSubject: %s\nMessage-ID: <%s@nordlicht-werke.example>%s\n\n%s\n", from, support, subject, strings.ReplaceAll(subject, " ", "."), more, text)))
	}
	post(annika, "The printer is dead", "", "letter")
	wait(t, patience, "the letter is answered", func() (bool, string) {
		return len(receiver.Mails()) == 1, fmt.Sprintf("%d answers to %d tickets: %s", len(receiver.Mails()), len(h.threads()), h.process.said)
	})
	answer := receiver.Mails()[0]
	answered := named(ownID, string(answer.Raw))
	if answered == "" || len(answer.To) != 1 || answer.To[0] != annika || !strings.Contains(string(answer.Raw), "Auto-Submitted: auto-replied") {
		t.Fatalf("the answer to %v is %s", answer.To, answer.Raw)
	}
	reference := "\nIn-Reply-To: <" + answered + ">"
	post(annika, "Thank you", reference, "robot")
	post("eve@example.org", "Hello", reference, "stranger")
	post(annika, "Out of office: away", reference+"\nAuto-Submitted: auto-replied (vacation)", "absence")
	returned, why := bounce(answered, annika, "bounce")
	post("MAILER-DAEMON@example.org", "Undelivered Mail Returned to Sender", returned, why)
	post(annika, "Another matter", "", "second")

	var threads map[desk.TicketID][]desk.Message
	wait(t, patience, "all are taken in", func() (bool, string) {
		threads = h.threads()
		n := 0
		for _, thread := range threads {
			n += len(thread)
		}
		return n == 6, fmt.Sprintf("%d messages of 6", n)
	})
	if len(threads) != 2 {
		t.Errorf("%d tickets, want the printer's and the other matter's", len(threads))
	}
	for _, thread := range threads {
		for _, m := range thread {
			word := strings.Fields(m.Text)[0]
			want, known := map[string]desk.Message{
				"letter": {Kind: desk.FromRequester}, "robot": {Kind: desk.FromRequester}, "second": {Kind: desk.FromRequester},
				"stranger": {Kind: desk.FromRequester, Suspect: true}, "absence": {Kind: desk.FromRequester, Auto: true}, "bounce": {Kind: desk.InternalNote, Auto: true},
			}[word]
			if !known || m.Kind != want.Kind || m.Suspect != want.Suspect || m.Auto != want.Auto || (len(thread) == 1) != (word == "second") {
				t.Errorf("%s, one of %d, is %+v", word, len(thread), m)
			}
		}
	}
	h.process.stop()
	if n := len(receiver.Mails()); n != 1 {
		t.Errorf("%d automatic answers left, want 1", n)
	}
}
