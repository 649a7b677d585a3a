package message

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// bombs are mails made to exhaust a parser. The test proves that each ends in
// a Message with its sender and within its budget; no clock is involved.
func bombs() map[string][]byte {
	head := "From: mira@nordlicht-werke.example\r\nSubject: bomb\r\n"
	mixed := head + "Content-Type: multipart/mixed; boundary=b0\r\n\r\n"
	var nest strings.Builder
	nest.WriteString(mixed)
	for i := range 1000 {
		fmt.Fprintf(&nest, "--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n", i, i+1)
	}
	posing := strings.ReplaceAll(nest.String(), "multipart/mixed; boundary=", levelType+"; boundary=")
	return map[string][]byte{
		"nesting in our name": []byte(posing),
		"100,000 parts":       []byte(mixed + strings.Repeat("--b0\r\n\r\nhi\r\n", 100_000)),
		"1,000 nestings":      []byte(nest.String() + "core\r\n"),
		"10 MiB of fields":    []byte(head + strings.Repeat("X-A: b\r\n", 10<<20/8) + "\r\nbody"),
		"10 MiB field":        []byte(head + "X-A: " + strings.Repeat("a", 10<<20) + "\r\n\r\nbody"),
		"folded without end":  []byte(head + "X-A: b\r\n" + strings.Repeat(" a\r\n", 10<<20/4) + "\r\nbody"),
		"half words":          []byte(head + "To: " + strings.Repeat("=?a?Q?", 100_000) + "\r\n\r\nbody"),
		"open brackets":       []byte(head + "To: " + strings.Repeat("<", 500_000) + "\r\n\r\nbody"),
		"open comments":       []byte(head + "To: " + strings.Repeat("(", 500_000) + "\r\n\r\nbody"),
		"padding":             []byte(head + "Content-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("=", 5<<20)),
		"open elements":       []byte(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<div>", 1<<20)),
		"open comments, web":  []byte(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<!--", 1<<20)),
		"quotes in quotes":    []byte(head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<blockquote>x", 1<<18)),
		"attributions":        []byte(head + "\r\n" + strings.Repeat("On 2024 10:10 a wrote\r\n", 100_000)),
		"boundary words":      []byte(mixed + "--b0\r\n\r\n" + strings.Repeat("boundary=--b0 x ", 200_000)),
	}
}

func TestBombsStayInBudget(t *testing.T) {
	lim := Limits{Parts: 200, Depth: 8, TextBytes: 1 << 20, HeaderBytes: 64 << 10}
	for name, raw := range bombs() {
		m, err := Parse(context.Background(), raw, lim)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if m.From.Email != "mira@nordlicht-werke.example" || m.Subject != "bomb" {
			t.Errorf("%s: lost its header: %v %q", name, m.From, m.Subject)
		}
		if len(m.Attachments) > lim.Parts || len(m.Text) > 6<<20 || len(m.To) > 2000 {
			t.Errorf("%s: %d files, %d bytes of text, %d addressees", name, len(m.Attachments), len(m.Text), len(m.To))
		}
	}
}

func TestBombsAreNamed(t *testing.T) {
	all := bombs()
	for name, want := range map[string]string{"100,000 parts": "more than", "1,000 nestings": "nested deeper", "10 MiB of fields": "larger than the limit"} {
		m, _ := Parse(context.Background(), all[name], Limits{})
		if !strings.Contains(strings.Join(m.Problems, "\n"), want) {
			t.Errorf("%s: problems are %q", name, m.Problems)
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
