package ordeal

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/mailbox/dovecot"
	"holdall/mail/outgoing/loopback"
	"holdall/store"
)

var ownID = regexp.MustCompile(`(?im)^Message-ID:\s*<([^>]+)>`)

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
	h.process = launch(t, h.binary, append([]string{"serve", "--listen", h.address, "--config", settings(t, server, receiver)}, h.place...)...)
	h.process.url()
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
	found := ownID.FindSubmatch(answer.Raw)
	if found == nil || len(answer.To) != 1 || answer.To[0] != annika || !strings.Contains(string(answer.Raw), "Auto-Submitted: auto-replied") {
		t.Fatalf("the answer to %v is %s", answer.To, answer.Raw)
	}
	reference := "\nIn-Reply-To: <" + string(found[1]) + ">"
	post(annika, "Thank you", reference, "robot")
	post("eve@example.org", "Hello", reference, "stranger")
	post(annika, "Out of office: away", reference+"\nAuto-Submitted: auto-replied (vacation)", "absence")
	post("MAILER-DAEMON@example.org", "Undelivered Mail Returned to Sender", "\nReturn-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
		"--b\nContent-Type: text/plain\n\nbounce\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; "+annika+
			"\nAction: failed\nStatus: 5.1.1\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <"+string(found[1])+">\n--b--")
	post(annika, "Another matter", "", "second")

	var threads map[string][]desk.Message
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

func openDovecot(t testing.TB) *dovecot.Server {
	dir, err := os.MkdirTemp("", "holdall-dovecot-")
	must(t, err)
	must(t, os.Chmod(dir, 0o755))
	server, err := dovecot.Start(dir)
	must(t, err)
	t.Cleanup(func() {
		server.Kill()
		os.RemoveAll(dir)
	})
	must(t, server.AddUser(support, password))
	return server
}

// settings is a configuration of a hub with a mailbox that answers.
func settings(t testing.TB, server *dovecot.Server, receiver *loopback.Receiver) string {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "password"), []byte(password), 0o600))
	text, err := json.Marshal(map[string]any{
		"acknowledge": true,
		"mailboxes":   []any{map[string]any{"url": "imap://" + strings.ReplaceAll(support, "@", "%40") + "@" + server.Addr + "/INBOX", "password_file": "password"}},
		"smtp":        map[string]any{"url": "smtp://" + receiver.Addr, "from": "Service <" + support + ">"},
	})
	must(t, err)
	path := filepath.Join(dir, "hub.json")
	must(t, os.WriteFile(path, text, 0o600))
	return path
}

// threads are the messages at the hub by their tickets.
func (h *hub) threads() map[string][]desk.Message {
	h.t.Helper()
	threads := map[string][]desk.Message{}
	h.view(func(tx *store.CentralTx) error {
		changes, err := tx.Changes(desk.BucketTriage, 0, 1<<20)
		for _, c := range changes {
			if c.Drop || c.Record.Kind != desk.KindMessage {
				continue
			}
			e, err := desk.Decode(c.Record)
			if err != nil {
				return err
			}
			threads[string(c.Record.Tree)] = append(threads[string(c.Record.Tree)], e.(desk.Message))
		}
		return err
	})
	return threads
}
