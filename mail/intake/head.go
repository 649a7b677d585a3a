package intake

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"holdall/desk"
)

// shown are the fields of a header that tell a person what a mail is, in the
// order they are read.
var shown = []string{"From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To", "Auto-Submitted", "List-Id", "Content-Type", "X-Failed-Recipients"}

const (
	shownValue = 400 // characters of a field
	shownTwice = 3   // times that a field is told
)

// Head is what can be read of a mail that could not be taken in. It parses no
// more than the header, by the plainest means, and never fails.
func Head(raw []byte) (from desk.Address, subject string, head []desk.HeaderField) {
	fields := headers(raw)
	for _, name := range shown {
		values := fields[strings.ToLower(name)]
		for _, value := range values[:min(len(values), shownTwice)] {
			if value = legible(value); value != "" {
				head = append(head, desk.HeaderField{Name: name, Value: value})
			}
		}
	}
	if values := fields["subject"]; len(values) > 0 {
		subject = legible(values[0])
	}
	if values := fields["from"]; len(values) > 0 {
		from = desk.Address{Email: legible(values[0])}
		if a, err := mail.ParseAddress(values[0]); err == nil {
			from = desk.Address{Name: legible(a.Name), Email: legible(a.Address)}
		}
	}
	return from, subject, head
}

// legible is a field in one line of text, no longer than a person reads.
func legible(value string) string {
	value = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, value)
	value = strings.Join(strings.Fields(value), " ")
	return cut(value, shownValue)
}
