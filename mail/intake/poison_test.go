package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/message"
)

func TestThreeTriesThenQuarantine(t *testing.T) {
	w := newWorld(t)
	r := w.file(letter("mira@example.com", "bad", "Printer", ""))
	good := w.file(letter("tobias@example.com", "good", "Screen", ""))
	w.sink.fail = func(o Outcome) error {
		if o.Entry == r.ID && o.State == Converted {
			return errDisk
		}
		return nil
	}
	w.run()
	if r.state != Filed || r.Tries != 1 || !strings.Contains(r.reason, "disk I/O error") || good.state != Converted {
		t.Fatalf("after the first try: %s %d %q, its neighbour %s", r.state, r.Tries, r.reason, good.state)
	}
	w.run()
	if r.Tries != 1 {
		t.Fatal("it was tried again without a pause")
	}
	w.now = w.now.Add(time.Minute)
	w.run()
	w.now = w.now.Add(14 * time.Minute)
	w.run()
	if r.Tries != 2 || r.state != Filed {
		t.Fatalf("after the second try: %s %d", r.state, r.Tries)
	}
	w.now = w.now.Add(time.Minute)
	w.run()
	if r.state != Quarantined || !strings.Contains(r.reason, "After 3 tries") {
		t.Fatalf("after the third try: %s %q", r.state, r.reason)
	}
}

func TestADatabaseThatIsAwayIsNoFaultOfTheMail(t *testing.T) {
	w := newWorld(t)
	r := w.file(letter("mira@example.com", "a", "Printer", ""))
	w.sink.fail = func(Outcome) error { return errDisk }
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.conv.Run(ctx, nil); !errors.Is(err, context.Canceled) || r.Tries != 0 {
		t.Fatalf("%v, %d tries", err, r.Tries)
	}
}

func TestAParserThatBreaksStillMakesATicket(t *testing.T) {
	for title, parse := range map[string]func(context.Context, []byte, message.Limits) (*message.Message, error){
		"panic": func(context.Context, []byte, message.Limits) (*message.Message, error) { panic("index out of range") },
		"nothing": func(context.Context, []byte, message.Limits) (*message.Message, error) {
			return nil, message.ErrUnreadable
		},
	} {
		t.Run(title, func(t *testing.T) {
			w := newWorld(t)
			w.conv.Parse = parse
			o := w.get(letter("Mira <mira@example.com>", "x", "=?utf-8?q?Dr=C3=BCcker?=", ""))
			m := w.message(o)
			if got := w.ticket(o.Ticket).Title; got != "Drücker" {
				t.Errorf("title %q", got)
			}
			if m.From.Email != "mira@example.com" || !strings.Contains(o.Reason, "could not be read") {
				t.Errorf("from %+v: %s", m.From, o.Reason)
			}
			if len(m.Attachments) != 1 || m.Attachments[0].Type != "message/rfc822" {
				t.Fatalf("attachments %+v", m.Attachments)
			}
			if raw := w.sink.files[m.Attachments[0].SHA256]; !strings.Contains(string(raw), "Text of x.") {
				t.Errorf("the raw mail is %q", raw)
			}
		})
	}
}

// TestAMailThatTakesTooLongIsTriedAgain, for the machine may have been busy; it
// holds up nobody.
func TestAMailThatTakesTooLongIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	tries := 0
	w.conv.ParseTime = 10 * time.Millisecond
	w.conv.Parse = func(ctx context.Context, raw []byte, lim message.Limits) (*message.Message, error) {
		if bytes.Contains(raw, []byte("Text of always")) || bytes.Contains(raw, []byte("Text of once")) && tries == 0 {
			<-ctx.Done()
			return &message.Message{}, fmt.Errorf("%w: %w", message.ErrDeadline, ctx.Err())
		}
		return message.Parse(context.WithoutCancel(ctx), raw, lim)
	}
	always, once := w.file(letter("mira@example.com", "always", "Printer", "")), w.file(letter("mira@example.com", "once", "Screen", ""))
	good := w.file(letter("tobias@example.com", "good", "Mouse", ""))
	w.run()
	if good.state != Converted || once.state != Filed || once.Tries != 1 {
		t.Fatalf("the first try: %s %d, its neighbour %s", once.state, once.Tries, good.state)
	}
	for tries = 1; tries < 3; tries++ {
		w.now = w.now.Add(15 * time.Minute)
		w.run()
	}
	if once.state != Converted || once.outcome.Ticket == "" {
		t.Errorf("it was slow once: %s %q", once.state, once.reason)
	}
	if always.state != Quarantined || !strings.Contains(always.reason, "After 3 tries") || !strings.Contains(always.reason, "longer than the limit") {
		t.Errorf("it is always slow: %s %q", always.state, always.reason)
	}
}

func TestRubbishIsStillATicket(t *testing.T) {
	for i, raw := range []string{"\x00\x01\x02", "no header at all", "Subject: only\n", ":\n:\n\n", "From: \n\n", strings.Repeat("x", 5000)} {
		w := newWorld(t)
		if o := w.get(raw); o.Ticket == "" || w.ticket(o.Ticket).Title == "" {
			t.Errorf("%d: %+v", i, o)
		}
	}
}

func TestAMailOverTheLimitWaitsAndItsSenderIsTold(t *testing.T) {
	w := newWorld(t)
	r := w.file(letter("mira@example.com", "big", "Photos", ""))
	r.Mail.Truncated, r.Mail.Size = true, 90<<20
	w.run()
	if r.state != Quarantined || r.outcome.Reply == nil || r.outcome.Reply.Kind != ReplyTooLarge || r.outcome.Reply.To.Email != "mira@example.com" {
		t.Fatalf("%s: %+v", r.state, r.outcome)
	}
	again := w.file(letter("mira@example.com", "big2", "Photos", ""))
	again.Mail.Truncated = true
	w.run()
	if again.outcome.Reply != nil {
		t.Fatal("the sender is told twice")
	}
}

func TestAMailTheServerCannotGiveWaitsForAPerson(t *testing.T) {
	w := newWorld(t)
	r := w.file("x")
	r.Mail.Bytes, r.Mail.Problem = nil, "the mail server could not hand over mail 7 of INBOX"
	w.run()
	if r.state != Quarantined || r.reason != r.Mail.Problem {
		t.Fatalf("%s: %s", r.state, r.reason)
	}
}

func TestTheSameMailAgain(t *testing.T) {
	w := newWorld(t)
	first := w.opened()
	other := strings.Replace(letter("mira@example.com", "first", "Printer is dead", ""), "Text of", "Other text of", 1)
	for _, c := range []struct {
		title, text, want string
		more              int
	}{
		{"another way", "Received: from elsewhere\n" + letter("mira@example.com", "first", "Printer is dead", ""), "The same mail again", 0},
		{"another content", other, "bears the same Message-ID", 1},
	} {
		w.now = w.now.Add(time.Minute)
		before := len(all[desk.Message](w.sink))
		o := w.get(c.text)
		if n := len(all[desk.Message](w.sink)) - before; n != c.more || !strings.Contains(o.Reason, c.want) {
			t.Errorf("%s: %d new messages: %s", c.title, n, o.Reason)
		}
	}
	_, token := w.answered(first)
	before := len(all[desk.Message](w.sink))
	own := strings.Replace(letter("desk@example.com", "own", "Re: Printer", ""), "<own@example.com>", "<"+token+">", 1)
	if o := w.get(own); len(all[desk.Message](w.sink)) != before || o.Reply != nil || !strings.Contains(o.Reason, "own that came back") {
		t.Errorf("our own mail: %+v", o)
	}
}

func TestTwoConvertersThatRanApartAgree(t *testing.T) {
	text := "From: Mira <mira@example.com>\nTo: desk@example.com\nSubject: Photo\nMessage-ID: <p@example.com>\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.\n--b\n" +
		"Content-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
	one, two := newWorld(t), newWorld(t)
	two.opened() // another history
	a, b := one.get(text), two.get(text)
	if a.Ticket != b.Ticket || a.Message != b.Message || a.Ticket == "" {
		t.Fatalf("%+v and %+v", a, b)
	}
	x, y := one.message(a), two.message(b)
	if x.Attachments[0] != y.Attachments[0] || x.Requester != y.Requester || x.Attachments[0].Size != 8 {
		t.Fatalf("%+v and %+v", x, y)
	}
	if len(one.sink.files[x.Attachments[0].SHA256]) != 8 {
		t.Error("the file is missing")
	}
}

func TestAnswersWithinAGroupFindTheirTicket(t *testing.T) {
	w := newWorld(t)
	for i := range 30 {
		w.file(letter("mira@example.com", fmt.Sprint("new", i), fmt.Sprint("Matter ", i), ""))
		w.file(letter("mira@example.com", fmt.Sprint("re", i), "Re: it", fmt.Sprintf("\nIn-Reply-To: <new%d@example.com>", i)))
	}
	w.run()
	threads := map[desk.TicketID]int{}
	for _, r := range w.sink.rows {
		threads[r.outcome.Ticket]++
	}
	for id, n := range threads {
		if n != 2 {
			t.Errorf("ticket %s has %d mails", id, n)
		}
	}
	if len(threads) != 30 {
		t.Errorf("%d threads", len(threads))
	}
	if len(all[desk.Requester](w.sink)) != 1 {
		t.Fatalf("%d requesters", len(all[desk.Requester](w.sink)))
	}
	if w.sink.groups != 2 {
		t.Errorf("%d transactions: the letters and then the answers", w.sink.groups)
	}
}

func TestAConversationKeepsItsOrderAcrossGroups(t *testing.T) {
	w := newWorld(t)
	before := "nothing"
	for i := range 5 {
		for k := range 40 {
			w.file(letter(fmt.Sprintf("p%d@example.com", k), fmt.Sprint("single", i, "-", k), "Letter", ""))
		}
		w.file(letter("mira@example.com", fmt.Sprint("turn", i), "It", "\nIn-Reply-To: <"+before+"@example.com>"))
		before = fmt.Sprint("turn", i)
	}
	w.run()
	thread := must[desk.Message](t)(w.sink.MessageByMailID(t.Context(), "turn0@example.com")).Ticket
	for i := range 5 {
		if m := must[desk.Message](t)(w.sink.MessageByMailID(t.Context(), fmt.Sprintf("turn%d@example.com", i))); m.Ticket != thread {
			t.Errorf("turn %d stands on %s", i, m.Ticket)
		}
	}
	if w.sink.groups > 9 {
		t.Errorf("%d transactions for 205 mails", w.sink.groups)
	}
}

func TestTwoConvertersAtOnceMakeEachTicketOnce(t *testing.T) {
	w := newWorld(t)
	const mails = 200
	for i := range mails {
		w.file(letter(fmt.Sprintf("p%d@example.com", i%50), fmt.Sprint("m", i), fmt.Sprint("Matter ", i), ""))
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			conv := *w.conv
			if err := conv.Run(context.Background(), nil); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if n := len(all[desk.Ticket](w.sink)); n != mails || w.sink.commits != mails {
		t.Fatalf("%d tickets and %d outcomes of %d mails", n, w.sink.commits, mails)
	}
	for _, r := range w.sink.rows {
		if r.state != Converted || r.Tries != 0 {
			t.Errorf("mail %d: %s after %d tries: %s", r.ID, r.state, r.Tries, r.reason)
		}
	}
}

// TestCase13BombsWaitInQuarantine: each is one entry with its reason, its bytes
// are kept, its sender is told nothing, and a person may make a ticket of it.
func TestCase13BombsWaitInQuarantine(t *testing.T) {
	nested := ""
	for i := range 1000 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	head := "From: mira@nordlicht-werke.example\nSubject: bomb\n"
	for name, c := range map[string]struct{ text, reason string }{
		"parts":      {head + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nhi\n", 100_000), "more than 1000 parts"},
		"nestings":   {head + nested, "parts that lie deeper than 16 levels"},
		"mails":      {head + strings.Repeat("Content-Type: message/rfc822\n\n", 1000), "mails that lie deeper than 16 levels"},
		"header":     {head + strings.Repeat("X-A: b\n", 10<<20/7) + "\nbody", "a header of more than 1 MiB"},
		"addressees": {head + "To: " + strings.Repeat("a@b.example, ", 10_000) + "\n\nbody", "2000 addresses or more"},
		"uuencode":   {head + "\n" + strings.Repeat("begin 644 a\n#86)C\n`\nend\n", 20_000), "1000 files or more"},
		"line":       {head + "\n" + strings.Repeat("a", 16<<20), "more than 4 MiB of text"},
	} {
		w := newWorld(t)
		r := w.file(c.text)
		w.run()
		if r.state != Quarantined || r.Tries != 0 || !strings.Contains(r.reason, c.reason) || strings.Count(r.reason, ".") != 1 {
			t.Errorf("%s: %s %d, %q", name, r.state, r.Tries, r.reason)
		}
		if len(all[desk.Ticket](w.sink)) != 0 || r.outcome.Reply != nil || sha256.Sum256(r.Mail.Bytes) != r.Mail.SHA256 {
			t.Errorf("%s: %d tickets, answer %+v", name, len(all[desk.Ticket](w.sink)), r.outcome.Reply)
		}
		o := w.back(r)
		m := w.message(o)
		if last := m.Attachments[len(m.Attachments)-1]; w.ticket(o.Ticket).Title != "bomb" || last.Name != "original.eml" || last.Size != int64(len(r.Mail.Bytes)) {
			t.Errorf("%s: the wanted ticket is %q with %+v", name, w.ticket(o.Ticket).Title, last)
		}
		if len(m.Attachments) > 1001 || len(m.Text) > 6<<20 {
			t.Errorf("%s: %d files, %d bytes of text", name, len(m.Attachments), len(m.Text))
		}
	}
}

// TestCase16OddLettersAreFiledWithTheirBytes: each mail is a ticket whose message
// leads to the very bytes that came, in a ledger that kept them.
func TestCase16OddLettersAreFiledWithTheirBytes(t *testing.T) {
	head := "From: mira@nordlicht-werke.example\nSubject: odd\n"
	for name, text := range map[string]string{
		"half words": head + "To: " + strings.Repeat("=?a?Q?", 100_000) + "\n\nbody",
		"UTF-7":      head + "Content-Type: text/html; charset=utf-7\n\n+ADw-script+AD4-+AAA-",
		"NUL":        head + "Message-ID: <a\x00b@c>\nContent-Type: text/html\n\n<p>a\x00b\x00",
		"raw bytes":  "From: mira@nordlicht-werke.example\nSubject: \xff\xfe\nMessage-ID: <\xff@\xfe>\n\n\xc0\xaf",
	} {
		w := newWorld(t)
		r := w.file(text)
		w.run()
		o := r.outcome
		if r.state != Converted || o.Ticket == "" {
			t.Errorf("%s: %s, %s", name, r.state, r.reason)
			continue
		}
		m := w.message(o)
		if m.Origin == nil || m.Origin.SHA256 != hex.EncodeToString(r.Mail.SHA256[:]) || sha256.Sum256(r.Mail.Bytes) != r.Mail.SHA256 {
			t.Errorf("%s: the message leads to %+v", name, m.Origin)
		}
		text, err := json.Marshal(m)
		if err != nil || bytes.Contains(text, []byte(`\u0000`)) || bytes.Contains(text, []byte(`\ufffd`)) {
			t.Errorf("%s: kept as %.200s, %v", name, text, err)
		}
	}
}
