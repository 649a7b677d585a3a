package message

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var metaCharsetPattern = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)`)

// metaCharset finds the charset an HTML document declares in its head.
func metaCharset(b []byte) string {
	if m := metaCharsetPattern.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

// htmlToText renders HTML as plain text: block elements become lines,
// quotations get "> " before each line, links keep their words.
func htmlToText(doc string) string {
	w := &textWriter{}
	z := html.NewTokenizer(strings.NewReader(doc))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.String()
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(z)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.close(atom.Lookup(name))
		}
	}
}

// textWriter keeps the state of a rendering: pending line breaks, depth of
// quotation, and the elements whose text nobody sees.
type textWriter struct {
	out    strings.Builder
	breaks int // line breaks owed before the next text
	space  bool
	atLine bool // something stands on the current line
	quote  int
	hidden atom.Atom
	pre    int
}

// deepestQuote and mostText keep nested quotations from growing the text
// faster than its source.
const (
	deepestQuote = 20
	mostText     = 4 << 20
)

func (w *textWriter) String() string { return strings.TrimSpace(w.out.String()) + "\n" }

func (w *textWriter) open(z *html.Tokenizer) {
	name, hasAttr := z.TagName()
	a := atom.Lookup(name)
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript:
		if w.hidden == 0 {
			w.hidden = a
		}
	case atom.Br:
		w.newline(w.breaks + 1)
	case atom.Hr:
		w.newline(1)
		w.text("________________________________")
		w.newline(1)
	case atom.Blockquote:
		w.newline(1)
		w.quote = min(w.quote+1, deepestQuote)
	case atom.Pre:
		w.pre++
		w.newline(1)
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table:
		w.newline(2)
	case atom.Li:
		w.newline(1)
		w.text("* ")
	case atom.Td, atom.Th:
		w.space = true
	case atom.Img:
		if hasAttr {
			w.image(z)
		}
	default:
		if block[a] {
			w.newline(1)
		}
	}
}

var block = map[atom.Atom]bool{
	atom.Div: true, atom.Tr: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Section: true, atom.Article: true,
	atom.Header: true, atom.Footer: true, atom.Address: true, atom.Center: true, atom.Form: true, atom.Body: true,
	atom.Tbody: true, atom.Thead: true, atom.Fieldset: true, atom.Figure: true, atom.Nav: true, atom.Main: true,
}

func (w *textWriter) close(a atom.Atom) {
	switch a {
	case w.hidden:
		w.hidden = 0
	case atom.Blockquote:
		w.newline(1)
		w.quote = max(w.quote-1, 0)
	case atom.Pre:
		w.pre = max(w.pre-1, 0)
		w.newline(1)
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table:
		w.newline(2)
	default:
		if block[a] || a == atom.Li {
			w.newline(1)
		}
	}
}

func (w *textWriter) image(z *html.Tokenizer) {
	for {
		k, v, more := z.TagAttr()
		if string(k) == "alt" && len(v) > 0 && len(v) < 200 {
			w.text(string(v))
		}
		if !more {
			return
		}
	}
}

func (w *textWriter) newline(n int) {
	w.breaks = max(w.breaks, min(n, 3))
	w.space = false
}

func (w *textWriter) text(s string) {
	if w.hidden != 0 {
		return
	}
	if w.pre > 0 {
		for i, l := range strings.Split(s, "\n") {
			if i > 0 {
				w.newline(w.breaks + 1)
			}
			w.word(l)
		}
		return
	}
	for i, f := range strings.FieldsFunc(s, isHTMLSpace) {
		if i > 0 || isHTMLSpace(rune(s[0])) {
			w.space = true
		}
		w.word(f)
	}
	if s != "" && isHTMLSpace(rune(s[len(s)-1])) {
		w.space = true
	}
}

func isHTMLSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

func (w *textWriter) word(s string) {
	if s == "" || w.out.Len() > mostText {
		return
	}
	if w.out.Len() > 0 {
		for ; w.breaks > 0; w.breaks-- {
			w.out.WriteByte('\n')
			w.atLine = false
			if w.breaks > 1 && w.quote > 0 {
				w.out.WriteString(strings.Repeat(">", w.quote))
			}
		}
	}
	w.breaks = 0
	if !w.atLine && w.quote > 0 {
		w.out.WriteString(strings.Repeat(">", w.quote) + " ")
	} else if w.atLine && w.space {
		w.out.WriteByte(' ')
	}
	w.out.WriteString(s)
	w.atLine, w.space = true, false
}
