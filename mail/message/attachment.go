package message

import (
	"fmt"
	"mime"
	"path"
	"strings"
	"unicode"
)

// attach lists a leaf as a file. A winmail.dat gives way to what it holds.
func (m *Message) attach(p *part, lim Limits) {
	data := p.data()
	if isTNEF(p) {
		if files, body := unpackTNEF(data, lim.TNEFBytes); len(files) <= lim.Parts && (len(files) > 0 || body != "") {
			m.Attachments = append(m.Attachments, files...)
			if strings.TrimSpace(m.Text) == "" {
				m.Text = tidyText(body)
			}
			return
		}
		m.problem("winmail.dat could not be unpacked")
	}
	a := Attachment{Name: p.name, Type: p.kind, Size: int64(len(data)), CID: p.cid, Data: data}
	a.Inline = p.cid != "" && p.disposition != "attachment"
	if a.Name == "" {
		a.Name = madeUpName(p, data)
	}
	m.Attachments = append(m.Attachments, a)
}

// markInline takes the inline mark off images that say inline but that the
// HTML does not show: nobody would see them.
func (m *Message) markInline() {
	for i := range m.Attachments {
		a := &m.Attachments[i]
		if a.Inline && !strings.HasPrefix(a.Type, "image/") {
			a.Inline = strings.Contains(m.HTML, a.CID)
		}
	}
}

// SafeName is the name under which the file may be saved: the last element of
// its path, since a sender's folders could lead it astray.
func (a Attachment) SafeName() string {
	n := path.Base(strings.ReplaceAll(a.Name, `\`, "/"))
	if n == "." || n == ".." || n == "/" {
		return "attachment"
	}
	return n
}

// fileName decodes a name as the sender gave it, without the characters that
// hide what it is: controls and changes of writing direction.
func fileName(n, charset string) string {
	n = strings.TrimSpace(decodeHeader(n, charset))
	n = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, undisguised(n))
	return strings.TrimSpace(n)
}

// undisguised takes out what turns the order of letters on the screen.
func undisguised(s string) string {
	return strings.Map(func(r rune) rune {
		if '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
}

// madeUpName names a part that has no name of its own.
func madeUpName(p *part, data []byte) string {
	switch p.kind {
	case "message/rfc822", "message/global":
		if s := nestedSubject(data); s != "" {
			return s + ".eml"
		}
		return "message.eml"
	case "message/delivery-status":
		return "delivery-status.txt"
	case "message/disposition-notification":
		return "disposition-notification.txt"
	case "text/rfc822-headers":
		return "headers.txt"
	case "text/calendar":
		return "invite.ics"
	case "text/html":
		return "attachment.html"
	case "text/plain":
		return "attachment.txt"
	}
	return "attachment" + extension(p.kind)
}

// extensions are fixed here because the system's table differs by machine.
var extensions = map[string]string{
	"image/png": ".png", "image/gif": ".gif", "image/jpeg": ".jpg", "image/jpg": ".jpg", "image/pjpeg": ".jpg",
	"image/svg+xml": ".svg", "image/bmp": ".bmp", "image/tiff": ".tiff", "image/webp": ".webp",
	"application/pdf": ".pdf", "application/zip": ".zip", "text/csv": ".csv", "text/vcard": ".vcf", "text/x-vcard": ".vcf",
	"application/pgp-signature": ".asc", "application/pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m",
	"application/x-pkcs7-signature": ".p7s", "application/x-pkcs7-mime": ".p7m", "application/ics": ".ics",
	"audio/mpeg": ".mp3", "video/mp4": ".mp4", "text/xml": ".xml", "application/xml": ".xml", "application/json": ".json",
}

func extension(kind string) string {
	if e, ok := extensions[kind]; ok {
		return e
	}
	if es, err := mime.ExtensionsByType(kind); err == nil && len(es) > 0 {
		return es[0]
	}
	return ".bin"
}

func nestedSubject(data []byte) string {
	h, _, _ := splitHeader(data, 64<<10)
	s := strings.TrimSpace(decodeHeader(h.get("subject"), ""))
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	if s == "" || path.Base(s) != s {
		return ""
	}
	return s
}

// takeUUEncoded moves uuencoded files out of a text, up to the budget of parts.
func (m *Message) takeUUEncoded(t string, lim Limits) string {
	most := max(0, lim.Parts-len(m.Attachments))
	files, rest := splitUUEncoded(t, most)
	if len(files) > 0 && len(files) == most {
		m.exceeds(&Excess{fmt.Sprintf("%d files or more, some of them in its text", lim.Parts)})
	}
	for _, f := range files {
		m.Attachments = append(m.Attachments, Attachment{
			Name: fileName(f.name, ""), Type: typeByName(f.name), Size: int64(len(f.data)), Data: f.data,
		})
	}
	return rest
}

func typeByName(name string) string {
	kind, _, _ := strings.Cut(mime.TypeByExtension(path.Ext(name)), ";")
	if kind == "" {
		return "application/octet-stream"
	}
	return kind
}
