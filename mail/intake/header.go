package intake

import (
	"bytes"
	"mime"
	"net/mail"

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
