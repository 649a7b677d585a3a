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

// fence cuts a body where its parts exceed the budget.
func (t *treeReader) fence(body []byte, boundary string) []byte {
	cut := -1
	eachDelimiter(body, boundary, func(at int, start bool) bool {
		if start && delimits(body[at+2+len(boundary):]) {
			t.parts++
		}
		if t.parts > t.lim.Parts {
			cut = at
		}
		return cut < 0
	})
	if cut < 0 {
		return body
	}
	t.m.exceeds(&Excess{fmt.Sprintf("more than %d parts", t.lim.Parts)})
	return body[:cut]
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

// exactBoundary gives a body another boundary when the words of its boundary
// also stand inside a line: the library would cut the text there.
func exactBoundary(body []byte, boundary string) ([]byte, string) {
	inside := false
	eachDelimiter(body, boundary, func(_ int, start bool) bool {
		inside = !start
		return start
	})
	if !inside {
		return body, boundary
	}
	fresh := boundary + "_"
	for bytes.Contains(body, []byte(fresh)) {
		fresh += "_"
	}
	out := make([]byte, 0, len(body)+len(body)/8)
	last := 0
	eachDelimiter(body, boundary, func(at int, start bool) bool {
		if start && delimits(body[at+2+len(boundary):]) {
			out = append(append(append(out, body[last:at]...), "--"...), fresh...)
			last = at + 2 + len(boundary)
		}
		return true
	})
	return append(out, body[last:]...), fresh
}

// delimits says whether what follows a boundary ends the delimiter line.
func delimits(rest []byte) bool {
	line, _ := nextLine(rest, 0)
	line = bytes.TrimSpace(line)
	return len(line) == 0 || bytes.Equal(line, []byte("--"))
}
