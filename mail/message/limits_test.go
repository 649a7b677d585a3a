package message

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// bombs are mails made to exhaust a parser. The tests prove that each ends in a
// Message with its sender and within its budget.
func bombs() map[string][]byte {
	head := "From: mira@nordlicht-werke.example\r\nSubject: bomb\r\n"
	mixed := head + "Content-Type: multipart/mixed; boundary=b0\r\n\r\n"
	var nest strings.Builder
	nest.WriteString(mixed)
	for i := range 1000 {
		fmt.Fprintf(&nest, "--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n", i, i+1)
	}
	var partsOfMails strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&partsOfMails, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\nContent-Type: message/rfc822\r\n\r\n", i, i)
	}
	return map[string][]byte{
		"100,000 parts":         []byte(mixed + strings.Repeat("--b0\r\n\r\nhi\r\n", 100_000)),
		"1,000 nestings":        []byte(nest.String() + "core\r\n"),
		"10 MiB of fields":      []byte(head + strings.Repeat("X-A: b\r\n", 10<<20/8) + "\r\nbody"),
		"10 MiB field":          []byte(head + "X-A: " + strings.Repeat("a", 10<<20) + "\r\n\r\nbody"),
		"folded without end":    []byte(head + "X-A: b\r\n" + strings.Repeat(" a\r\n", 10<<20/4) + "\r\nbody"),
		"half words":            []byte(head + "To: " + strings.Repeat("=?a?Q?", 100_000) + "\r\n\r\nbody"),
		"open brackets":         []byte(head + "To: " + strings.Repeat("<", 500_000) + "\r\n\r\nbody"),
		"open comments":         []byte(head + "To: " + strings.Repeat("(", 500_000) + "\r\n\r\nbody"),
		"padding":               []byte(head + "Content-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("=", 5<<20)),
		"open elements":         []byte(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<div>", 1<<20)),
		"open comments, web":    []byte(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<!--", 1<<20)),
		"quotes in quotes":      []byte(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<blockquote>x", 1<<18)),
		"attributions":          []byte(head + "\r\n" + strings.Repeat("On 2024 10:10 a wrote\r\n", 100_000)),
		"boundary words":        []byte(mixed + "--b0\r\n\r\n" + strings.Repeat("boundary=--b0 x ", 200_000)),
		"1,000 mails in mails":  []byte(head + strings.Repeat("Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n", 1000) + "\r\ncore"),
		"mails in parts":        []byte(head + partsOfMails.String() + "core"),
		"10,000 addressees":     []byte(head + "To: " + strings.Repeat("a@b.example, ", 10_000) + "\r\n\r\nbody"),
		"no boundary at all":    []byte(head + "Content-Type: multipart/mixed\r\n\r\n" + strings.Repeat("--b\r\n\r\nhi\r\n", 100_000)),
		"1,000,000 addressees":  []byte(head + "To: " + strings.Repeat("a@b.example, ", 1_000_000) + "\r\n\r\nbody"),
		"folded addressees":     []byte(head + "To: " + strings.Repeat("a@b.example,\r\n ", 1_000_000) + "\r\n\r\nbody"),
		"one line":              []byte(head + "\r\n" + strings.Repeat("a", 32<<20)),
		"one line of base64":    []byte(head + "Content-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("QUFB", 8<<20)),
		"one line of QP":        []byte(head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat("=41", 8<<20)),
		"soft ends of lines":    []byte(head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat("=\r\n", 4<<20)),
		"uuencoded files":       []byte(head + "\r\n" + strings.Repeat("begin 644 a\r\n#86)C\r\n`\r\nend\r\n", 100_000)),
		"uuencode without end":  []byte(head + "\r\n" + strings.Repeat("begin 644 a\r\n", 200_000)),
		"flowed":                []byte(head + "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n" + strings.Repeat("> a \r\n", 500_000)),
		"ids":                   []byte(head + "References: " + strings.Repeat("<a@b> ", 150_000) + "\r\n\r\nbody"),
		"parameters":            []byte(head + "Content-Type: text/plain" + strings.Repeat("; a*0*=b", 100_000) + "\r\n\r\nbody"),
		"escapes of UTF-7":      []byte(head + "Content-Type: text/plain; charset=utf-7\r\n\r\n" + strings.Repeat("+AGE-", 1<<20)),
		"shifts of ISO-2022":    []byte(head + "Content-Type: text/plain; charset=iso-2022-kr\r\n\r\n" + strings.Repeat("\x1b$)C\x0e", 1<<20)),
		"entities":              []byte(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("&lt;", 1<<20)),
		"attributes":            []byte(head + "Content-Type: text/html\r\n\r\n<p " + strings.Repeat("a=b ", 1<<20) + ">"),
		"declarations":          []byte(head + "Content-Type: text/html\r\n\r\n<p style=\"" + strings.Repeat("color:red;", 1<<18) + "\">"),
		"tables in tables":      []byte(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<table><tr><td>", 1<<18)),
		"headers of quotations": []byte(head + "\r\n" + strings.Repeat("From: a\r\nTo: b\r\n", 200_000)),
		"colons":                []byte(head + "\r\n" + strings.Repeat("a 1 @:\r\n", 400_000)),
	}
}

// beyond is what each bomb has too much of for the reader of the product. Whatever
// is not named here is read in the end, and is a letter like any other.
var beyond = map[string]string{
	"1,000 nestings":       "parts that lie deeper than 16 levels",
	"1,000 mails in mails": "mails that lie deeper than 16 levels", "mails in parts": "mails that lie deeper than 16 levels",
	"100,000 parts": "more than 1000 parts", "uuencoded files": "1000 files or more",
	"10 MiB of fields": "a header of more than 1 MiB", "10 MiB field": "a header of more than 1 MiB", "folded without end": "a header of more than 1 MiB",
	"1,000,000 addressees": "a header of more than 1 MiB", "folded addressees": "a header of more than 1 MiB", "10,000 addressees": "2000 addresses or more",
	"one line": "more than 4 MiB of text", "one line of base64": "more than 4 MiB of text", "one line of QP": "more than 4 MiB of text",
	"escapes of UTF-7": "more than 4 MiB of text", "shifts of ISO-2022": "more than 4 MiB of text",
}

// TestCase13BombsStayInBudget: what is allocated in all is more than what is ever
// held at once, and the time counted is what the processor worked.
func TestCase13BombsStayInBudget(t *testing.T) {
	const most = 256 << 20
	for name, raw := range bombs() {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		spent := worked()
		m, err := Parse(context.Background(), raw, Limits{})
		if took := spent(); took > 2*time.Second {
			t.Errorf("%s: %s of work", name, took)
		}
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > most {
			t.Errorf("%s: %d MiB of memory", name, n>>20)
		}
		over, bomb := errors.AsType[*Excess](err)
		if want := beyond[name]; bomb != (want != "") || bomb && !strings.Contains(over.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if !bomb && err != nil && !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
		if m.From.Email != "mira@nordlicht-werke.example" || m.Subject != "bomb" {
			t.Errorf("%s: lost its header: %v %q", name, m.From, m.Subject)
		}
	}
}

// TestABombIsReadNoFurtherThanItsBudget, by limits that other desks set.
func TestABombIsReadNoFurtherThanItsBudget(t *testing.T) {
	lim := Limits{Parts: 200, Depth: 8, TextBytes: 1 << 20, HeaderBytes: 64 << 10}
	for name, raw := range bombs() {
		m, _ := Parse(context.Background(), raw, lim)
		if m.From.Email != "mira@nordlicht-werke.example" || m.Subject != "bomb" {
			t.Errorf("%s: lost its header: %v %q", name, m.From, m.Subject)
		}
		if len(m.Attachments) > lim.Parts || len(m.Text) > 6<<20 || len(m.To) > 2000 {
			t.Errorf("%s: %d files, %d bytes of text, %d addressees", name, len(m.Attachments), len(m.Text), len(m.To))
		}
	}
}

// TestWhatIsMerelyLargeIsNoBomb: pictures in the HTML, and a body whose parts
// cannot be told apart, are shown as far as they may be.
func TestWhatIsMerelyLargeIsNoBomb(t *testing.T) {
	head := "From: mira@nordlicht-werke.example\r\nSubject: large\r\n"
	picture := "<p>See this:<img src=\"data:image/png;base64," + strings.Repeat("QUFB", 2<<20) + "\">"
	for name, raw := range map[string]string{
		"pictures":      head + "Content-Type: text/html\r\n\r\n" + picture,
		"both forms":    head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nSee this:\r\n--b\r\nContent-Type: text/html\r\n\r\n" + picture + "\r\n--b--",
		"no boundary":   head + "Content-Type: multipart/mixed\r\n\r\nSee this:\r\n" + strings.Repeat("QUFB\r\n", 1<<20),
		"lost boundary": head + "Content-Type: multipart/mixed; boundary=a\r\n\r\nSee this:\r\n" + strings.Repeat("QUFB\r\n", 1<<20),
	} {
		m, err := Parse(context.Background(), []byte(raw), Limits{})
		if _, spent := errors.AsType[*Excess](err); spent || !errors.Is(err, ErrTooLarge) || !strings.Contains(m.Text, "See this:") {
			t.Errorf("%s: %v, %.40q", name, err, m.Text)
		}
	}
}

func TestHowDeepMailsLieInOneAnother(t *testing.T) {
	mixed := "Content-Type: multipart/mixed;\n boundary=%[1]s\n\n--%[1]s\n"
	for _, c := range []struct {
		title, mail string
		want        int
	}{
		{"a letter", "Subject: a\n\nContent-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n", 1},
		{"parts", fmt.Sprintf(mixed, "a") + "\nx\n--a\n\ny\n--a--\n", 2},
		{"mails", "content-type:message/rfc822\n\nContent-Type: MESSAGE/RFC822\n\nx", 3},
		{"a mail in a part", fmt.Sprintf(mixed, "a") + "Content-Type: message/rfc822\n\n" + fmt.Sprintf(mixed, "b") + "\nx\n", 4},
		{"mails side by side", fmt.Sprintf(mixed, "a") + strings.Repeat("Content-Type: message/rfc822\n\nx\n--a\n", 50), 3},
		{"closed", fmt.Sprintf(mixed, "a") + fmt.Sprintf(mixed, "b") + "\nx\n--b--\n--b\nContent-Type: message/rfc822\n\n--a\n\n", 3},
		{"words of a boundary", fmt.Sprintf(mixed, "a") + "\n--ab\nContent-Type: message/rfc822\n\n", 2},
		{"nothing", "", 1},
	} {
		if got := nested([]byte(c.mail), 16); got != c.want {
			t.Errorf("%s: %d levels, want %d", c.title, got, c.want)
		}
	}
}

func TestParseTooLarge(t *testing.T) {
	raw := append(mailOf("From: mira@nordlicht-werke.example", "", ""), bytes.Repeat([]byte("word "), 1000)...)
	m, err := Parse(context.Background(), raw, Limits{Bytes: 1024})
	if !errors.Is(err, ErrTooLarge) || m.From.Email == "" || !strings.Contains(m.Text, "word") {
		t.Errorf("got %v, %v, %d bytes", err, m.From, len(m.Text))
	}
}

func TestParseDeadline(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m, err := Parse(ctx, mailOf("From: mira@nordlicht-werke.example", "Subject: late", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "the words", "--b--"), Limits{})
	if !errors.Is(err, ErrDeadline) || m.Subject != "late" || !strings.Contains(m.Text, "the words") {
		t.Errorf("got %v, %q, %q", err, m.Subject, m.Text)
	}
}

func TestParseEmpty(t *testing.T) {
	for _, in := range []string{"", "\r\n\r\n", "From mira Tue Mar  5 10:00:00 2024\n"} {
		if m, err := Parse(context.Background(), []byte(in), Limits{}); !errors.Is(err, ErrEmpty) || m == nil {
			t.Errorf("%q: got %v, %v", in, m, err)
		}
	}
}
