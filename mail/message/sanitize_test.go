package message

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var (
	keptElements = regexpWords("a p div span br hr b i u s strong em del ins sub sup small big code pre tt kbd samp blockquote q cite h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption colgroup col font center address abbr figure figcaption section article header footer main mark img")
	keptAttrs    = regexpWords("href rel target src alt title width height border cellpadding cellspacing colspan rowspan start size align valign dir lang face type color bgcolor style " + RemoteImage)
)

// safeLink is where a link may lead: to a place that is shown before it is
// opened, or nowhere by itself.
var safeLink = regexp.MustCompile(`^(https?://|mailto:|tel:|cid:|data:image/(png|gif|jpe?g|webp|bmp);base64,)`)

func regexpWords(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// harmless returns what is wrong with sanitised HTML, "" when nothing is.
func harmless(doc string) string {
	z := html.NewTokenizer(strings.NewReader(doc))
	for z.Next() != html.ErrorToken {
		t := z.Token()
		if t.Type == html.CommentToken || t.Type == html.DoctypeToken {
			return "comment"
		}
		if t.Type != html.StartTagToken && t.Type != html.SelfClosingTagToken {
			continue
		}
		if !keptElements[t.Data] {
			return "element " + t.Data
		}
		for _, a := range t.Attr {
			v := strings.ToLower(a.Val)
			switch {
			case !keptAttrs[a.Key]:
				return "attribute " + a.Key
			case a.Key == "src" && !strings.HasPrefix(v, "cid:") && !strings.HasPrefix(v, "data:image/"):
				return "source " + v
			case a.Key == RemoteImage && !strings.HasPrefix(v, "http"):
				return "remote " + v
			case a.Key == "href" && !safeLink.MatchString(v):
				return "link " + v
			case a.Key == "style" && strings.ContainsAny(v, `(\@`) && !strings.Contains(v, "rgb"):
				return "style " + v
			}
		}
	}
	return ""
}

func TestSanitizeKeepsWhatReads(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"words", `<p>Guten <b>Tag</b></p>`, `<p>Guten <b>Tag</b></p>`},
		{"inline image", `<img src="cid:logo@example.com" alt="Logo">`, `<img src="cid:logo@example.com" alt="Logo">`},
		{"remote image waits", `<img src="https://example.com/a.png" alt="A">`, `<img data-remote-src="https://example.com/a.png" alt="A">`},
		{"scheme-less image waits", `<img src="//example.com/a.png">`, `<img data-remote-src="https://example.com/a.png">`},
		{"colour", `<span style="color: #ff0000">rot</span>`, `<span style="color: #ff0000">rot</span>`},
		{"tracking style goes", `<span style="color:red;background:url(x)">rot</span>`, `<span style="color: red">rot</span>`},
		{"empty", "  ", ""},
	} {
		if got := Sanitize(c.in); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestSanitizeKeepsLinks(t *testing.T) {
	got := Sanitize(`<a href="https://example.com/x">x</a>`)
	if !strings.Contains(got, `href="https://example.com/x"`) || !strings.Contains(got, "noreferrer") {
		t.Errorf("got %s", got)
	}
}
