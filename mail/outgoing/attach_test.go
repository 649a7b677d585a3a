package outgoing

import (
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"
	"unicode/utf8"

	"holdall/mail/message"
)

// TestAFilesNameArrives: as RFC 2231 writes it and as the desk itself reads it,
// on lines that no server cuts.
func TestAFilesNameArrives(t *testing.T) {
	long := strings.Repeat("ü", 200) + ".pdf"
	for name, want := range map[string]string{
		"report.pdf":             "report.pdf",
		"Übersicht – Q1 (2).pdf": "Übersicht – Q1 (2).pdf",
		"予算.xlsx":                "予算.xlsx",
		`say "hello"; x=1.txt`:   `say "hello"; x=1.txt`,
		"100%25 sure.txt":        "100%25 sure.txt",
		"../../etc/passwd":       ".._.._etc_passwd",
		"a\r\nBcc: x@y.z":        "a  Bcc: x@y.z",
		"bad\xffbyte.txt":        "bad_byte.txt",
		"":                       "file",
		long:                     strings.Repeat("ü", 125) + ".pdf",
	} {
		a := answer()
		a.Attachments = []Attachment{{Name: name, Type: "application/pdf", Data: []byte("data")}}
		raw := compose(t, a)
		for l := range strings.SplitSeq(raw, "\r\n") {
			if len(l) > 998 || !utf8.ValidString(l) || strings.HasPrefix(l, "Bcc") {
				t.Errorf("%q: the line %q", name, l)
			}
		}
		file := attached(t, raw)
		if got := file.FileName(); got != want {
			t.Errorf("%q arrives as %q", name, got)
		}
		_, params, err := mime.ParseMediaType(file.Header.Get("Content-Type"))
		if err != nil || params["name"] != want {
			t.Errorf("%q has the type %q", name, file.Header.Get("Content-Type"))
		}
		m, err := message.Parse(t.Context(), []byte(raw), message.Limits{})
		if err != nil || len(m.Attachments) != 1 || m.Attachments[0].Name != want || string(m.Attachments[0].Data) != "data" {
			t.Errorf("%q is read as %+v", name, m.Attachments)
		}
	}
}

func TestAFilesTypeIsKeptOrPlain(t *testing.T) {
	for declared, want := range map[string]string{
		"image/png": "image/png", "text/plain; charset=utf-8": "text/plain", "": unnamed, "nonsense": unnamed,
		"message/rfc822": unnamed, "multipart/mixed; boundary=x": unnamed, "text/html\r\nX: y": unnamed,
	} {
		a := answer()
		a.Attachments = []Attachment{{Name: "f", Type: declared, Data: []byte("data")}}
		kind, _, err := mime.ParseMediaType(attached(t, compose(t, a)).Header.Get("Content-Type"))
		if err != nil || kind != want {
			t.Errorf("%q became %q, %v", declared, kind, err)
		}
	}
}

// attached is the second part of a mail.
func attached(t *testing.T, raw string) *multipart.Part {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	var file *multipart.Part
	for range 2 {
		if file, err = parts.NextRawPart(); err != nil {
			t.Fatal(err)
		}
	}
	return file
}
