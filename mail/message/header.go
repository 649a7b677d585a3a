package message

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"
)

// field is one header field: name in lower case, value unfolded, raw bytes.
type field struct{ name, value string }

// header keeps the order and the duplicates of its fields.
type header []field

// get returns the first value of a field, "" when absent.
func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

func (h header) has(name string) bool {
	for _, f := range h {
		if f.name == name {
			return true
		}
	}
	return false
}

func (h header) all(name string) []string {
	var out []string
	for _, f := range h {
		if f.name == name {
			out = append(out, f.value)
		}
	}
	return out
}

// readable are the values of a field that is no text of a person, such as an id:
// it has no charset, but a database takes neither raw bytes nor controls.
func (h header) readable(name string) []string {
	out := h.all(name)
	for i, v := range out {
		out[i] = readable(v)
	}
	return out
}

func readable(v string) string {
	if !utf8.ValidString(v) {
		v = mixed([]byte(v))
	}
	return cleanHeader(v)
}

// splitHeader separates the header block from the body (RFC 5322 §2.2). It
// accepts any line ending, a stray mbox line, and a missing blank line; problem
// says what was repaired, or is an Excess.
func splitHeader(raw []byte, most int) (h header, body []byte, problem error) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	raw = bytes.TrimLeft(raw, "\r\n")
	return splitFields(stripMboxLine(raw), most)
}

// splitFields is splitHeader for a part, which may have no header at all.
func splitFields(raw []byte, most int) (h header, body []byte, problem error) {
	var b fieldBuilder
	weight := 0
	for at := 0; at < len(raw); {
		line, next := nextLine(raw, at)
		colon := fieldName(line)
		weight += len(line) + fieldCost
		switch {
		case len(line) == 0 || len(bytes.Trim(line, " \t")) == 0 && !foldFollows(raw[next:]):
			return b.done(), raw[next:], problem
		case weight > most:
			problem = &Excess{"a header of more than " + size(most)}
		case colon > 0:
			b.start(line, colon)
		case line[0] == ' ' || line[0] == '\t':
			b.fold(line)
		case !moreFields(raw[next:]):
			return b.done(), raw[at:], errors.New("no blank line between header and body")
		default:
			problem = errors.New("header holds a line that is no field")
			b.fold(line)
		}
		at = next
	}
	return b.done(), nil, problem
}

// fieldCost is what a line weighs beside its bytes, so that a header of
// millions of empty fields meets the limit too.
const fieldCost = 64

// fieldBuilder joins folded lines without copying the value once a line.
type fieldBuilder struct {
	h     header
	name  string
	value []byte
}

func (b *fieldBuilder) start(line []byte, colon int) {
	b.flush()
	b.name = strings.ToLower(string(bytes.TrimRight(line[:colon], " \t")))
	b.value = append(b.value[:0], bytes.Trim(line[colon+1:], " \t")...)
}

func (b *fieldBuilder) fold(line []byte) {
	if b.name != "" {
		b.value = append(append(b.value, ' '), bytes.Trim(line, " \t")...)
	}
}

func (b *fieldBuilder) flush() {
	if b.name != "" {
		b.h = append(b.h, field{b.name, string(b.value)})
	}
}

func (b *fieldBuilder) done() header {
	b.flush()
	return b.h
}

// stripMboxLine removes the "From " line that mailbox files put before a mail.
func stripMboxLine(raw []byte) []byte {
	for _, p := range []string{"From ", ">From "} {
		if bytes.HasPrefix(raw, []byte(p)) {
			_, next := nextLine(raw, 0)
			return raw[next:]
		}
	}
	return raw
}

// nextLine returns the line at an offset without its ending, and the next offset.
func nextLine(b []byte, at int) ([]byte, int) {
	i := bytes.IndexByte(b[at:], '\n')
	if i < 0 {
		return bytes.TrimRight(b[at:], "\r"), len(b)
	}
	return bytes.TrimRight(b[at:at+i], "\r"), at + i + 1
}

// fieldName returns the offset of the colon of a header line, 0 if it is none.
func fieldName(line []byte) int {
	for i, c := range line {
		switch {
		case c == ':':
			return i
		case c == ' ' || c == '\t':
			rest := bytes.TrimLeft(line[i:], " \t")
			if i == 0 || len(rest) == 0 || rest[0] != ':' {
				return 0
			}
		case c < '!' || c > '~':
			return 0
		}
	}
	return 0
}

// foldFollows says whether a line of white space is obsolete folding (RFC
// 5322 §4.2) and not the end of the header.
func foldFollows(b []byte) bool {
	line, _ := nextLine(b, 0)
	return len(line) > 0 && (line[0] == ' ' || line[0] == '\t') && len(bytes.Trim(line, " \t")) > 0
}

// moreFields says whether a header line follows before the next blank line.
func moreFields(b []byte) bool {
	for at, n := 0, 0; at < len(b) && n < 8; n++ {
		line, next := nextLine(b, at)
		if len(bytes.Trim(line, " \t")) == 0 {
			return false
		}
		if fieldName(line) > 0 {
			return true
		}
		at = next
	}
	return false
}

// plainLineEndings turns lone carriage returns into line feeds when the mail
// has no other line endings.
func plainLineEndings(raw []byte) []byte {
	if bytes.IndexByte(raw, '\n') >= 0 || bytes.IndexByte(raw, '\r') < 0 {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
}
