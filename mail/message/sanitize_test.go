package message

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// loads are ways in which HTML reaches out or acts; none may survive.
var loads = []string{
	`<img src="https://canary.example/a.png">`,
	`<img src=//canary.example/a.png>`,
	`<img srcset="https://canary.example/a.png 2x">`,
	`<picture><source srcset="https://canary.example/a.png"></picture>`,
	`<video poster="https://canary.example/a.png" src="https://canary.example/v"></video>`,
	`<audio src="https://canary.example/a.mp3"></audio>`,
	`<object data="https://canary.example/o"></object><embed src="https://canary.example/e">`,
	`<iframe src="https://canary.example/f" srcdoc="<img src=https://canary.example/n>"></iframe>`,
	`<link rel="stylesheet" href="https://canary.example/s.css"><link rel=preconnect href=https://canary.example>`,
	`<meta http-equiv="refresh" content="0;url=https://canary.example/">`,
	`<base href="https://canary.example/">`,
	`<style>@import "https://canary.example/s.css"; a{background:url(https://canary.example/b)}</style>`,
	`<p style="background:url(https://canary.example/b)">x</p>`,
	`<p style="background-image:\75rl(https://canary.example/b)">x</p>`,
	`<p style="list-style:url(https://canary.example/l)">x</p>`,
	`<table background="https://canary.example/t"><tr><td background="https://canary.example/d">x</td></tr></table>`,
	`<body background="https://canary.example/b">x</body>`,
	`<input type=image src="https://canary.example/i">`,
	`<form action="https://canary.example/f"><button>x</button></form>`,
	`<svg><image href="https://canary.example/i"/><feImage href="https://canary.example/f"/></svg>`,
	`<math><mtext><style><img src=https://canary.example/m onerror=alert(1)></style></mtext></math>`,
	`<script src="https://canary.example/s.js"></script><script>alert(1)</script>`,
	`<a href="javascript:alert(1)" onclick="alert(1)">x</a>`,
	`<a href="data:text/html,<script>alert(1)</script>">x</a>`,
	`<img src="data:image/svg+xml;base64,PHN2Zz4=">`,
	`<img src=x onerror=alert(1)>`,
	`<noscript><p title="</noscript><img src=https://canary.example/n onerror=alert(1)>">`,
	`<!--><img src=https://canary.example/c onerror=alert(1)>-->`,
	`<image src="https://canary.example/old.png">`,
	`<img src="https://canary.example/a.png" data-remote-src="javascript:alert(1)">`,
}

var (
	keptElements = regexpWords("a p div span br hr b i u s strong em del ins sub sup small big code pre tt kbd samp blockquote q cite h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption colgroup col font center address abbr figure figcaption section article header footer main mark img")
	keptAttrs    = regexpWords("href rel target src alt title width height border cellpadding cellspacing colspan rowspan start size align valign dir lang face type color bgcolor style " + RemoteImage)
)

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
			case a.Key == "href" && strings.HasPrefix(v, "javascript"), a.Key == "href" && strings.HasPrefix(v, "data:text"):
				return "link " + v
			case a.Key == "style" && strings.ContainsAny(v, `(\@`) && !strings.Contains(v, "rgb"):
				return "style " + v
			}
		}
	}
	return ""
}

func TestSanitizeLoadsNothing(t *testing.T) {
	for _, in := range loads {
		if bad := harmless(Sanitize(in)); bad != "" {
			t.Errorf("%s\nkept %s\nin %s", in, bad, Sanitize(in))
		}
	}
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
