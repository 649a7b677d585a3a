package message

import (
	"bytes"
	"fmt"
	"strings"
)

// nesting follows the mails and multiparts inside of a mail, which is kept as a
// file and read no further, in one pass over its lines.
type nesting struct {
	most, deepest int
	open          []level // the multiparts a line may belong to
	depth         int     // of the header or body that is read
	header        []byte  // the Content-Type so far
	inHeader      bool
	inType        bool // the last field was a Content-Type, and may go on
}

type level struct {
	boundary string
	depth    int
}

// nested is how deep mails and multiparts lie in a mail; it looks no deeper than
// one level beyond most.
func nested(mail []byte, most int) int {
	n := nesting{most: most, depth: 1, deepest: 1, inHeader: true}
	for at := 0; at < len(mail) && n.deepest <= most; {
		line, next := nextLine(mail, at)
		// A delimiter ends a header too (RFC 2046 §5.1.1).
		if begun := bytes.HasPrefix(line, []byte("--")) && n.delimiter(line[2:]); !begun && n.inHeader {
			n.field(line)
		}
		at = next
	}
	return n.deepest
}

func (n *nesting) field(line []byte) {
	const typeMost = 1 << 10
	switch {
	case len(bytes.Trim(line, " \t")) == 0:
		n.body()
	case n.inType && (line[0] == ' ' || line[0] == '\t') && len(n.header)+len(line) < typeMost:
		n.header = append(n.header, line...)
	default:
		name, value, _ := bytes.Cut(line[:min(len(line), typeMost)], []byte(":"))
		if n.inType = strings.EqualFold(string(bytes.TrimSpace(name)), "content-type"); n.inType {
			n.header = append(n.header[:0], value...)
		}
	}
}

// body begins behind a header, with another one if what begins is a mail.
func (n *nesting) body() {
	kind, params := parseMediaType(string(n.header))
	n.header, n.inType = n.header[:0], false
	switch {
	case kind == "message/rfc822" || kind == "message/global":
		n.depth++
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		n.depth++
		n.open = append(n.open, level{params["boundary"], n.depth})
		n.inHeader = false
	default:
		n.inHeader = false
	}
	n.deepest = max(n.deepest, n.depth)
}

// delimiter begins a part of the innermost multipart it is of, or ends it.
func (n *nesting) delimiter(line []byte) bool {
	for i := len(n.open) - 1; i >= 0; i-- {
		l := n.open[i]
		rest, ours := bytes.CutPrefix(line, []byte(l.boundary))
		if !ours || !delimits(rest) {
			continue
		}
		n.open, n.depth, n.inHeader = n.open[:i+1], l.depth, true
		if bytes.HasPrefix(rest, []byte("--")) {
			n.open, n.inHeader = n.open[:i], false
		}
		n.header, n.inType = n.header[:0], false
		return true
	}
	return false
}

// weigh compares the mails that came as files with the budget of depth.
func (m *Message) weigh(root *part, lim Limits) {
	for p := range every(root) {
		if (p.kind == "message/rfc822" || p.kind == "message/global") && nested(p.data(), lim.Depth) > lim.Depth {
			m.exceeds(&Excess{fmt.Sprintf("mails that lie deeper than %d levels in one another", lim.Depth)})
			return
		}
	}
}
