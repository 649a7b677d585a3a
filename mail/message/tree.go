package message

import (
	"context"
	"fmt"
	"strings"
)

// part is a leaf or a multipart of the MIME tree, with its fields understood.
type part struct {
	kind        string // media type, lower case
	params      map[string]string
	disposition string
	name        string
	cid         string
	encoding    string
	raw         []byte
	children    []*part
	habit       string // charset of the mail where a part declares none
	declared    bool   // it had a Content-Type of its own
	whole       bool   // parts that could not be told apart, shown as they came

	decoded []byte         // data, once asked for
	read    map[int]string // text, by how many bytes of it were asked for
}

// data returns the content after transfer decoding. Nobody writes into it.
func (p *part) data() []byte {
	if p.decoded == nil {
		p.decoded = decodeTransfer(p.encoding, p.raw)
	}
	return p.decoded
}

// text returns the content of a text part as UTF-8. Both views of a mail and
// several rules ask for it, and a guessed charset is dear.
func (p *part) text(most int) string {
	most = min(most, len(p.data()))
	text, done := p.read[most]
	if !done {
		text = p.readText(most)
		if p.read == nil {
			p.read = map[int]string{}
		}
		p.read[most] = text
	}
	return text
}

func (p *part) readText(most int) string {
	b := p.data()[:most]
	charset := p.params["charset"]
	if charset == "" && p.kind == "text/html" {
		charset = metaCharset(b)
	}
	if charset == "" {
		charset = p.habit
	}
	return decodeText(b, charset)
}

func (p *part) multipart() bool {
	return strings.HasPrefix(p.kind, "multipart/") && len(p.children) > 0
}

// readTree builds the MIME tree of a body, one level at a time: nested multiparts
// are raw leaves until they are split in turn. A library that recurses by itself
// costs time exponential in the depth of unclosed multiparts, gives no hold for a
// budget, and drops parts whose headers it cannot read.
func (m *Message) readTree(ctx context.Context, h header, body []byte, lim Limits) (root *part, err error) {
	t := &treeReader{ctx: ctx, m: m, lim: lim, habit: habitualCharset(h)}
	root = leaf(h, body, t.habit)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrUnreadable, r)
		}
	}()
	err = t.grow(root, 1)
	return root, err
}

// treeReader spends the budget of one mail.
type treeReader struct {
	ctx   context.Context
	m     *Message
	lim   Limits
	habit string
	parts int
}

// grow splits a multipart into its children. One that cannot be split stays a
// leaf of text at the top, where its words must show, and a file below.
func (t *treeReader) grow(p *part, depth int) error {
	if !strings.HasPrefix(p.kind, "multipart/") {
		return nil
	}
	if depth > t.lim.Depth {
		t.m.exceeds(&Excess{fmt.Sprintf("parts that lie deeper than %d levels in one another", t.lim.Depth)})
		return nil
	}
	for _, boundary := range []string{p.params["boundary"], guessBoundary(p.raw)} {
		if boundary == "" {
			continue
		}
		children, err := t.split(p, boundary)
		if err != nil {
			return err
		}
		for _, c := range children {
			if err := t.grow(c, depth+1); err != nil {
				return err
			}
		}
		if p.children = children; len(children) > 0 {
			p.raw = nil
			return nil
		}
	}
	t.m.problem("multipart without a usable boundary")
	if p.kind = "application/octet-stream"; depth == 1 || len(p.raw) > 0 && p.disposition == "" {
		p.kind, p.whole = "text/plain", true
	}
	return nil
}

// split reads one level: a part begins behind a delimiter and ends with the line
// before the next one (RFC 2046 §5.1.1).
func (t *treeReader) split(p *part, boundary string) ([]*part, error) {
	var out []*part
	for _, raw := range t.bodyParts(p.raw, boundary) {
		if t.ctx.Err() != nil {
			return nil, fmt.Errorf("%w: %w", ErrDeadline, context.Cause(t.ctx))
		}
		h, body, _ := splitFields(raw, t.lim.HeaderBytes)
		child := leaf(h, body, t.habit)
		if !child.declared && p.kind == "multipart/digest" {
			child.kind = "message/rfc822"
		}
		out = append(out, child)
	}
	return out, nil
}

// leaf reads the content fields of a header.
func leaf(h header, body []byte, habit string) *part {
	p := &part{raw: body, habit: habit, encoding: h.get("content-transfer-encoding"), declared: h.has("content-type")}
	p.kind, p.params = parseMediaType(h.get("content-type"))
	if p.kind == "" || p.kind == "text" || !strings.Contains(p.kind, "/") {
		p.kind = fallbackKind(p.kind)
	}
	var dparams map[string]string
	p.disposition, dparams = parseMediaType(h.get("content-disposition"))
	charset := p.params["charset"]
	if charset == "" {
		charset = habit
	}
	for _, n := range []string{dparams["filename"], dparams["name"], p.params["name"], p.params["filename"], p.params["file"]} {
		if p.name = fileName(n, charset); p.name != "" {
			break
		}
	}
	p.cid = strings.Trim(readable(h.get("content-id")), " \t<>")
	return p
}

// fallbackKind names a type that its header does not: text, as RFC 2045 §5.2
// says, unless the header meant a file.
func fallbackKind(kind string) string {
	switch kind {
	case "", "text", "plain":
		return "text/plain"
	case "html":
		return "text/html"
	case "multipart":
		return "multipart/mixed"
	}
	return "application/octet-stream"
}
