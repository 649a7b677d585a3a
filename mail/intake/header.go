package intake

import (
	"bytes"
	"mime"
	"net/mail"
	"strings"

	"holdall/mail/message"
)

// soleFrom reports whether the mail has exactly one From field. Without one the
// sender was taken from elsewhere, and of two a server may have judged the
// other: neither is a sender to be trusted (RFC 5322 §3.6, RFC 7489 §6.6.1).
func soleFrom(raw []byte) bool {
	found := 0
	for len(raw) > 0 {
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		if name, _, ok := bytes.Cut(line, []byte(":")); ok && bytes.EqualFold(bytes.TrimRight(name, " \t"), []byte("from")) {
			found++
		}
		raw = rest
	}
	return found == 1
}

// headersMost bounds the header that rules look at, in bytes.
const headersMost = 64 << 10

// headers are the fields of a mail by their names in lower case, unfolded and
// decoded (RFC 5322 §2.2.3, RFC 2047), as rules test them.
func headers(raw []byte) map[string][]string {
	fields := map[string][]string{}
	var name string
	decoder := new(mime.WordDecoder)
	for line := range bytes.Lines(raw[:min(len(raw), headersMost)]) {
		text := string(bytes.TrimRight(line, "\r\n"))
		if text == "" {
			break
		}
		if values := fields[name]; name != "" && (text[0] == ' ' || text[0] == '\t') {
			values[len(values)-1] += " " + strings.TrimSpace(text)
			continue
		}
		before, value, ok := strings.Cut(text, ":")
		if name = strings.ToLower(strings.TrimSpace(before)); !ok || name == "" {
			name = ""
			continue
		}
		fields[name] = append(fields[name], strings.TrimSpace(value))
	}
	for _, values := range fields {
		for i, v := range values {
			if decoded, err := decoder.DecodeHeader(v); err == nil {
				values[i] = decoded
			}
		}
	}
	return fields
}

// salvage reads what the plainest reader can of a mail that broke the real one:
// a ticket from the headers is better than none.
func salvage(raw []byte) *message.Message {
	m := &message.Message{}
	plain, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return m
	}
	m.Subject = plain.Header.Get("Subject")
	if decoded, err := new(mime.WordDecoder).DecodeHeader(m.Subject); err == nil {
		m.Subject = decoded
	}
	if from, err := plain.Header.AddressList("From"); err == nil && len(from) == 1 {
		m.From = message.Address{Name: from[0].Name, Email: from[0].Address}
	}
	return m
}
