package message

import (
	"bytes"
	"fmt"
)

// guessBoundary finds the delimiter of a multipart whose header names none or
// a wrong one: a line of two dashes that is followed by a content field.
func guessBoundary(body []byte) string {
	const mostLines = 200
	for at, n := 0, 0; at < len(body) && n < mostLines; n++ {
		line, next := nextLine(body, at)
		if bytes.HasPrefix(line, []byte("--")) && len(line) > 4 {
			after, _ := nextLine(body, next)
			if indexFold(after[:min(len(after), 16)], []byte("content-")) == 0 {
				return string(bytes.TrimRight(line[2:], " \t"))
			}
		}
		at = next
	}
	return ""
}

// bodyParts cuts a body at its delimiters, up to the budget of parts.
func (t *treeReader) bodyParts(body []byte, boundary string) (parts [][]byte) {
	begun := -1
	eachDelimiter(body, boundary, func(at int, start bool) bool {
		rest := body[at+2+len(boundary):]
		if !start || !delimits(rest) {
			return true
		}
		if begun >= 0 {
			parts = append(parts, withoutLineEnd(body[begun:at]))
		}
		_, begun = nextLine(body, at)
		if t.parts++; t.parts > t.lim.Parts {
			t.m.exceeds(&Excess{fmt.Sprintf("more than %d parts", t.lim.Parts)})
			begun = -1
			return false
		}
		if bytes.HasPrefix(rest, []byte("--")) {
			begun = -1
			return false
		}
		return true
	})
	if begun >= 0 && len(bytes.TrimSpace(body[begun:])) > 0 {
		parts = append(parts, body[begun:]) // nothing closes it
	}
	return parts
}

// withoutLineEnd takes off the line end before a delimiter, which belongs to it.
func withoutLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// eachDelimiter visits the places where a boundary stands behind two dashes;
// start says that it stands at the start of a line, as RFC 2046 §5.1.1 asks.
func eachDelimiter(body []byte, boundary string, visit func(at int, start bool) bool) {
	mark := []byte("--" + boundary)
	for at := 0; ; {
		i := bytes.Index(body[at:], mark)
		if i < 0 {
			return
		}
		at += i
		if !visit(at, at == 0 || body[at-1] == '\n') {
			return
		}
		at += len(mark)
	}
}

// delimits says whether what follows a boundary makes a delimiter of the line:
// nothing, or two dashes, and behind a blank whatever a program left there (RFC
// 2046 §5.1.1).
func delimits(rest []byte) bool {
	line, _ := nextLine(rest, 0)
	line = bytes.TrimPrefix(line, []byte("--"))
	return len(line) == 0 || line[0] == ' ' || line[0] == '\t'
}
