package outgoing

import (
	"bytes"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"
	"testing"
	"time"
)

func compose(t *testing.T, a Answer) string {
	t.Helper()
	raw, err := Compose(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestAMailByteForByte(t *testing.T) {
	a := answer()
	a.Cc = []Address{{"Tobias Kern", "tobias@example.com"}}
	a.InReplyTo = "<q2@example.com>"
	a.References = []string{"<q1@example.com>"}
	a.AutoReply = true
	want := strings.ReplaceAll(`Auto-Submitted: auto-replied
Date: Mon, 02 Mar 2026 09:30:00 +0000
In-Reply-To: <q2@example.com>
MIME-Version: 1.0
Message-ID: <t.m.x@example.com>
References: <q1@example.com>
 <q2@example.com>
Subject: Re: printer
X-Auto-Response-Suppress: All
From: "Service Desk" <desk@example.com>
To: "Mira Sommer" <mira@example.com>
Cc: "Tobias Kern" <tobias@example.com>
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

We are on it.
`, "\n", "\r\n")
	if got := compose(t, a); sorted(got) != sorted(want) {
		t.Fatalf("composed\n%s\nwant\n%s", got, want)
	}
}

// sorted puts the header fields in one order, each with its folded lines: the
// library writes them out of a map.
func sorted(raw string) string {
	head, body, _ := strings.Cut(strings.ReplaceAll(raw, "\r\n ", "\x00"), "\r\n\r\n")
	fields := strings.Split(head, "\r\n")
	for i := range fields {
		for j := i; j > 0 && fields[j] < fields[j-1]; j-- {
			fields[j], fields[j-1] = fields[j-1], fields[j]
		}
	}
	return strings.Join(fields, "\n") + "\n\n" + body
}

func TestNothingTypedBecomesAHeader(t *testing.T) {
	r := receive(t, Plain)
	evil := "x\r\nBcc: thief@example.com\r\n\r\nbody\n\rBcc: thief@example.com\u2028Bcc: thief@example.com"
	a := answer()
	a.Subject = evil
	a.From.Name, a.To[0].Name = evil, evil
	a.Cc = []Address{{evil, "tobias@example.com"}}
	a.ReplyTo = Address{evil, "reply@example.com"}
	a.Attachments = []Attachment{{Name: evil + `"; x="`, Type: evil, Data: []byte("file")}}
	if err := r.sender(Plain).Send(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	got := r.got()[0]
	if strings.Join(got.to, " ") != "mira@example.com tobias@example.com" {
		t.Errorf("recipients %q", got.to)
	}
	msg, err := mail.ReadMessage(strings.NewReader(got.raw))
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string]bool{}
	for _, name := range strings.Fields("Date Mime-Version Message-Id Subject From To Cc Reply-To Content-Type") {
		allowed[name] = true
	}
	for name := range msg.Header {
		if !allowed[name] {
			t.Errorf("a header %s: %q came into the mail", name, msg.Header[name])
		}
	}
	for l := range strings.SplitSeq(got.raw, "\n") {
		if strings.HasPrefix(strings.ToLower(l), "bcc:") || strings.Contains(strings.TrimSuffix(l, "\r"), "\r") {
			t.Errorf("line %q", l)
		}
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			break
		}
		for name := range part.Header {
			if name = textproto.CanonicalMIMEHeaderKey(name); !strings.HasPrefix(name, "Content-") {
				t.Errorf("a header %s came into a part", name)
			}
		}
	}
}

func TestIDsAndAddressesThatCannotBeSentAreRefused(t *testing.T) {
	for title, edit := range map[string]func(*Answer){
		"no recipient":        func(a *Answer) { a.To = nil },
		"no date":             func(a *Answer) { a.Date = time.Time{} },
		"no message id":       func(a *Answer) { a.MessageID = "" },
		"line end in an id":   func(a *Answer) { a.MessageID = "<a@b>\r\nBcc: thief@example.com" },
		"other letters in it": func(a *Answer) { a.MessageID = "<ä@example.com>" },
		"line end in address": func(a *Answer) { a.To[0].Email = "mira@example.com\r\nBcc: x@example.com" },
		"two addresses":       func(a *Answer) { a.To[0].Email = "a@example.com,b@example.com" },
		"no address":          func(a *Answer) { a.From.Email = "desk" },
	} {
		a := answer()
		edit(&a)
		if raw, err := Compose(a); err == nil {
			t.Errorf("%s was composed:\n%s", title, raw)
		}
	}
}

func TestAttachmentsAndAlternative(t *testing.T) {
	a := answer()
	a.Text, a.HTML = "Grüße – 漢字\n", "<p>Grüße</p>"
	a.Attachments = []Attachment{{"Übersicht.pdf", "application/pdf", []byte{0, 1, 2, 255, '\r', '\n'}}}
	msg, err := mail.ReadMessage(strings.NewReader(compose(t, a)))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, _ := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if kind != "multipart/mixed" {
		t.Fatalf("content type %s", kind)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	text, err := parts.NextPart()
	if err != nil || !strings.HasPrefix(text.Header.Get("Content-Type"), "multipart/alternative") {
		t.Fatalf("first part %v, %v", text, err)
	}
	file, err := parts.NextPart()
	if err != nil || file.Header.Get("Content-Transfer-Encoding") != "base64" {
		t.Fatalf("second part %v, %v", file, err)
	}
	var body bytes.Buffer
	body.ReadFrom(file)
	if strings.TrimSpace(body.String()) != "AAEC/w0K" {
		t.Errorf("file %q", body.String())
	}
	if name := file.FileName(); name != "Übersicht.pdf" {
		t.Errorf("file name %q", name)
	}
}

func TestAStrangeIDOfAnotherIsLeftOut(t *testing.T) {
	a := answer()
	a.InReplyTo = "<a@b>\r\nBcc: thief@example.com"
	a.References = []string{"<good@example.com>", "<a@b\nc>", "no id", "<ä@example.com>", ""}
	msg, err := mail.ReadMessage(strings.NewReader(compose(t, a)))
	if err != nil {
		t.Fatal(err)
	}
	if got := msg.Header.Get("References"); got != "<good@example.com>" || msg.Header.Get("In-Reply-To") != "" {
		t.Fatalf("references %q, in reply to %q", got, msg.Header.Get("In-Reply-To"))
	}
}

func TestALongMessageIDStandsOnItsFirstLine(t *testing.T) {
	a := answer()
	a.MessageID = MessageID(key, "acme", "0198c1f2-aaaa-7bbb-8ccc-0123456789ab", "0198c1f2-aaaa-7bbb-8ccc-0123456789ac", "nordlicht-werke.example")
	if !strings.Contains(compose(t, a), "\r\nMessage-ID: "+a.MessageID+"\r\n") {
		t.Fatal(compose(t, a))
	}
}

func TestReferencesStayShort(t *testing.T) {
	var ids []string
	for i := range 50 {
		ids = append(ids, "<"+strings.Repeat("x", i+1)+"@example.com>")
	}
	lines := strings.Split(references(append(ids, ids[49])), "\r\n ")
	if len(lines) != 20 || lines[0] != ids[0] || lines[19] != ids[49] || lines[1] != ids[31] {
		t.Fatalf("%d ids: %q", len(lines), lines)
	}
}
