package message

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// bodies are the leaves of a tree by their role (RFC 8621 §4.1.4): what is
// read as text, what is read as HTML, and what is a file. A leaf may serve
// both views.
type bodies struct {
	text, html, files []*part
}

// collect sorts the leaves of a tree.
func collect(root *part) *bodies {
	b := &bodies{}
	s := sorter{b: b, text: true, html: true}
	if !root.multipart() {
		s.leaf(root, "mixed", 0)
		return b
	}
	s.walk(root.children, subtype(root.kind), false)
	return b
}

// sorter carries which of the two views the current branch still feeds.
type sorter struct {
	b          *bodies
	text, html bool
}

func subtype(kind string) string {
	_, sub, _ := strings.Cut(kind, "/")
	return sub
}

func (s sorter) walk(parts []*part, sub string, inAlternative bool) {
	textBefore, htmlBefore := len(s.b.text), len(s.b.html)
	for i, p := range parts {
		switch {
		case p.multipart():
			s.walk(p.children, subtype(p.kind), inAlternative || sub == "alternative")
		case !isBody(p, sub, i):
			s.b.files = append(s.b.files, p)
		case sub == "alternative":
			s.choice(p)
		default:
			if inAlternative {
				s.narrow(p)
			}
			s.leaf(p, sub, i)
		}
	}
	if sub == "alternative" && s.text && s.html {
		s.fillGap(textBefore, htmlBefore)
	}
}

// choice files one of the alternatives under its own view only.
func (s sorter) choice(p *part) {
	switch p.kind {
	case "text/plain":
		s.b.text = append(s.b.text, p)
	case "text/html":
		s.b.html = append(s.b.html, p)
	default:
		s.b.files = append(s.b.files, p)
	}
}

// narrow closes the view to which this branch of an alternative does not belong.
func (s *sorter) narrow(p *part) {
	switch p.kind {
	case "text/plain":
		s.html = false
	case "text/html":
		s.text = false
	}
}

func (s sorter) leaf(p *part, sub string, i int) {
	if !isBody(p, sub, i) {
		s.b.files = append(s.b.files, p)
		return
	}
	if s.text {
		s.b.text = append(s.b.text, p)
	}
	if s.html {
		s.b.html = append(s.b.html, p)
	}
}

// fillGap lets an alternative with one kind only serve both views.
func (s sorter) fillGap(textBefore, htmlBefore int) {
	text, html := s.b.text[textBefore:], s.b.html[htmlBefore:]
	switch {
	case len(text) == 0 && len(html) > 0:
		s.b.text = append(s.b.text, html...)
	case len(html) == 0 && len(text) > 0:
		s.b.html = append(s.b.html, text...)
	}
}

// isBody says whether a leaf is read as text in its place.
func isBody(p *part, sub string, i int) bool {
	if p.kind != "text/plain" && p.kind != "text/html" || p.disposition == "attachment" {
		return false
	}
	return i == 0 || sub != "related" && p.name == "" || p.name == "" && sub == "related" && p.cid == ""
}

// fill renders the two views and lists the files. More text than may be is no
// letter; of HTML, in which pictures can stand, and of a body that could not be
// told apart, the beginning is shown.
func (m *Message) fill(b *bodies, lim Limits) (err error) {
	if length(b.text, func(p *part) bool { return p.kind == "text/plain" && !p.whole }) > lim.TextBytes {
		m.exceeds(&Excess{"more than " + size(lim.TextBytes) + " of text"})
	}
	if max(length(b.html, func(p *part) bool { return p.kind == "text/html" }), length(b.text, func(p *part) bool { return p.whole })) > lim.TextBytes {
		m.problem("the body is longer than the limit; the end of it is only in the raw mail")
		err = fmt.Errorf("read a body of over %d bytes: %w", lim.TextBytes, ErrTooLarge)
	}
	m.Text = m.plainView(b, lim)
	m.HTML = m.htmlView(b, lim)
	for _, p := range b.files {
		m.attach(p, lim)
	}
	if len(m.HTML) > 0 {
		m.markInline()
	}
	return err
}

// length is how many bytes the parts of a kind hold.
func length(parts []*part, kind func(*part) bool) (n int) {
	for _, p := range parts {
		if kind(p) {
			n += len(p.data())
		}
	}
	return n
}

func (m *Message) plainView(b *bodies, lim Limits) string {
	var texts []string
	left := lim.TextBytes
	for _, p := range b.text {
		t := p.text(left)
		if p.kind == "text/html" {
			t = htmlToText(t)
		} else {
			t = m.takeUUEncoded(unflow(t, p.params), lim)
		}
		left = max(0, left-len(t))
		if strings.TrimSpace(t) != "" {
			texts = append(texts, t)
		}
	}
	t := tidyText(strings.Join(texts, "\n"))
	if strings.TrimSpace(t) == "" {
		for _, p := range b.html {
			if p.kind == "text/html" {
				t += htmlToText(p.text(lim.TextBytes))
			}
		}
	}
	return t
}

func (m *Message) htmlView(b *bodies, lim Limits) string {
	var out strings.Builder
	rich := false
	for _, p := range b.html {
		rich = rich || p.kind == "text/html"
	}
	if !rich {
		return ""
	}
	for _, p := range b.html {
		t := p.text(max(0, lim.TextBytes-out.Len()))
		if p.kind != "text/html" {
			t = "<pre>" + html.EscapeString(t) + "</pre>"
		}
		out.WriteString(t)
	}
	return Sanitize(out.String())
}

// unflow joins the soft lines of format=flowed (RFC 3676 §4.1) outside quotes.
func unflow(t string, params map[string]string) string {
	if !strings.EqualFold(params["format"], "flowed") {
		return t
	}
	delsp := strings.EqualFold(params["delsp"], "yes")
	var out strings.Builder
	for _, line := range strings.SplitAfter(strings.ReplaceAll(t, "\r\n", "\n"), "\n") {
		l := strings.TrimSuffix(line, "\n")
		if delsp && strings.HasSuffix(l, " ") && l != "-- " && !strings.HasPrefix(l, ">") {
			out.WriteString(strings.TrimSuffix(l, " "))
			continue
		}
		out.WriteString(line)
	}
	return out.String()
}

// tidyText gives every text the same line endings and no control characters.
func tidyText(t string) string {
	t = strings.ReplaceAll(t, "\r\n", "\n")
	t = strings.ReplaceAll(t, "\r", "\n")
	if isTidy(t) {
		return t
	}
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r == '\ufeff' {
			return -1
		}
		return r
	}, t)
}

// isTidy reports whether a text holds nothing that tidyText takes out.
func isTidy(t string) bool {
	for i := range len(t) {
		if c := t[i]; c < 0x20 && c != '\n' && c != '\t' {
			return false
		}
	}
	return utf8.ValidString(t) && !strings.Contains(t, "\ufeff")
}
