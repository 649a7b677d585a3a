package message

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jhillyerd/enmime/v2"
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
}

// data returns the content after transfer decoding.
func (p *part) data() []byte { return decodeTransfer(p.encoding, p.raw) }

// text returns the content of a text part as UTF-8.
func (p *part) text(most int) string {
	b := p.data()
	if len(b) > most {
		b = b[:most]
	}
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

// lenient are the options under which the MIME library refuses least. Transfer
// and charset decoding stay here, where damage can be repaired.
var lenient = []enmime.Option{
	enmime.SkipMalformedParts(true),
	enmime.MultipartWOBoundaryAsSinglePart(true),
	enmime.RawContent(true),
	enmime.DisableTextConversion(true),
	enmime.MaxStoredPartErrors(1),
	enmime.SetCustomParseMediaType(func(v string) (string, map[string]string, []string, error) {
		kind, params := parseMediaType(v)
		return kind, params, nil, nil
	}),
}

var parser = enmime.NewParser(lenient...)

// readTree builds the MIME tree of a body. Only the content fields of the
// header reach the library: the rest is read by us and may be broken.
func readTree(ctx context.Context, h header, body []byte, lim Limits) (root *part, problem string, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("%w: %v", ErrUnreadable, r)
		}
	}()
	habit := habitualCharset(h)
	root = leaf(h, body, habit)
	if !strings.HasPrefix(root.kind, "multipart/") {
		return root, "", nil
	}
	for _, boundary := range []string{root.params["boundary"], guessBoundary(body)} {
		if boundary == "" {
			continue
		}
		if root.children, problem, err = split(ctx, boundary, root, body, lim); err != nil || len(root.children) > 0 {
			return root, problem, err
		}
	}
	root.kind = "text/plain"
	return root, "multipart without a usable boundary", nil
}

// split hands a multipart body to the library.
func split(ctx context.Context, boundary string, root *part, body []byte, lim Limits) ([]*part, string, error) {
	body, problem := cut(body, boundary, lim)
	var head bytes.Buffer
	fmt.Fprintf(&head, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n", quoteEscape.Replace(boundary))
	tree, err := parser.ReadParts(deadlineReader{ctx, multiReader(head.Bytes(), body)})
	if errors.Is(err, ErrDeadline) {
		return nil, problem, err
	}
	if err != nil {
		return nil, problem, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return convert(tree, root.kind, root.habit), problem, nil
}

var quoteEscape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "", "\n", "")

// convert takes over the children of a node of the library's tree.
func convert(node *enmime.Part, kind, habit string) []*part {
	var out []*part
	for c := node.FirstChild; c != nil; c = c.NextSibling {
		p := leaf(partHeader(c), c.Content, habit)
		if !p.declared && kind == "multipart/digest" {
			p.kind = "message/rfc822"
		}
		if c.FirstChild != nil {
			p.children = convert(c, p.kind, habit)
		}
		out = append(out, p)
	}
	return out
}

func partHeader(c *enmime.Part) header {
	var h header
	for k, vs := range c.Header {
		for _, v := range vs {
			h = append(h, field{strings.ToLower(k), v})
		}
	}
	return h
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
	p.cid = strings.Trim(h.get("content-id"), " \t<>")
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

// guessBoundary finds the delimiter of a multipart whose header names none:
// a line of two dashes that is followed by a content field.
func guessBoundary(body []byte) string {
	for at, n := 0, 0; at < len(body) && n < 200; n++ {
		line, next := nextLine(body, at)
		if bytes.HasPrefix(line, []byte("--")) && len(line) > 4 {
			after, _ := nextLine(body, next)
			if indexFold(after, []byte("content-")) == 0 {
				return string(bytes.TrimRight(line[2:], " \t"))
			}
		}
		at = next
	}
	return ""
}
