package message

import (
	"io"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// RemoteImage is the attribute that holds the address of an image that was
// not loaded. The window shows such an image only on request.
const RemoteImage = "data-remote-src"

// Sanitize reduces the HTML of a mail to an allow-list that loads nothing
// from anywhere: no script, form, frame, link, meta, base, svg, style sheet or
// event; images by cid: or data: only, remote ones as RemoteImage. It is the
// first of three layers; the window's content policy and its sandbox are the
// others.
func Sanitize(doc string) string {
	if strings.TrimSpace(doc) == "" {
		return ""
	}
	// A NUL would pass as a letter, and no database takes one. It goes before the
	// list is asked, so that what it parted is judged whole.
	return policy.Sanitize(prepare(strings.ReplaceAll(doc, "\x00", "")))
}

var policy = newPolicy()

var (
	safeColour = regexp.MustCompile(`^(?i)(#[0-9a-f]{3,8}|[a-z]{3,24}|rgba?\([0-9 ,.%]{1,40}\))$`)
	safeLength = regexp.MustCompile(`^(?i)-?[0-9.]{1,8}(px|pt|em|rem|ex|%|in|cm|mm|vw)?( -?[0-9.]{1,8}(px|pt|em|rem|%|in|cm|mm)?| auto){0,3}$`)
	safeWord   = regexp.MustCompile(`^(?i)[a-z0-9 ,.'"#%-]{1,120}$`)
	safeNumber = regexp.MustCompile(`^[0-9]{1,5}%?$`)
	imageData  = regexp.MustCompile(`^(?i)(cid:[^\s"'<>\\]+|data:image/(png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]+)$`)
	remoteURL  = regexp.MustCompile(`^(?i)https?://[^\s"'<>\\]+$`)
)

// newPolicy lists what may stay. Style values are single words, colours and
// lengths: url(), image-set(), expression() and escapes match none of them.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "div", "span", "br", "hr", "b", "i", "u", "s", "strong", "em", "del", "ins", "sub", "sup",
		"small", "big", "code", "pre", "tt", "kbd", "samp", "blockquote", "q", "cite", "h1", "h2", "h3", "h4", "h5", "h6",
		"ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col",
		"font", "center", "address", "abbr", "figure", "figcaption", "section", "article", "header", "footer", "main", "mark")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("mailto", "tel", "cid")
	p.AllowURLSchemeWithCustomPolicy("http", namesHost)
	p.AllowURLSchemeWithCustomPolicy("https", namesHost)
	p.AllowURLSchemeWithCustomPolicy("data", allowDataImage)
	p.RequireNoReferrerOnLinks(true)
	p.RequireNoFollowOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("src").Matching(imageData).OnElements("img")
	p.AllowAttrs(RemoteImage).Matching(remoteURL).OnElements("img")
	p.AllowAttrs("alt", "title").OnElements("img", "a", "abbr", "td", "th")
	p.AllowAttrs("width", "height").Matching(safeNumber).OnElements("img", "table", "td", "th", "tr", "col", "hr")
	p.AllowAttrs("border", "cellpadding", "cellspacing", "colspan", "rowspan", "start", "size").Matching(safeNumber).Globally()
	p.AllowAttrs("align", "valign", "dir", "lang", "face", "type").Matching(safeWord).Globally()
	p.AllowAttrs("color", "bgcolor").Matching(safeColour).Globally()
	p.AllowStyles("color", "background-color", "border-color").Matching(safeColour).Globally()
	p.AllowStyles("font-family", "font-weight", "font-style", "text-align", "text-decoration", "vertical-align", "white-space",
		"list-style-type", "border-style", "border-collapse", "border", "border-left", "border-top", "border-bottom", "border-right", "display").Matching(safeWord).Globally()
	p.AllowStyles("font-size", "line-height", "margin", "margin-left", "margin-right", "margin-top", "margin-bottom", "padding",
		"padding-left", "padding-right", "padding-top", "padding-bottom", "width", "height", "max-width", "border-width", "border-spacing",
		"text-indent", "letter-spacing").Matching(safeLength).Globally()
	p.SkipElementsContent("head", "title", "noscript", "template", "svg", "math", "object", "embed", "applet", "audio", "video", "frameset", "select", "textarea")
	return p
}

// prepare rewrites the source addresses of images before the allow-list sees
// them: remote ones move to RemoteImage, all else that loads is dropped.
func prepare(doc string) string {
	if indexFold([]byte(doc), []byte("<im")) < 0 {
		return doc
	}
	var out strings.Builder
	out.Grow(len(doc))
	z := html.NewTokenizer(strings.NewReader(doc))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() != io.EOF {
				return ""
			}
			return out.String()
		}
		raw := z.Raw()
		if (kind == html.StartTagToken || kind == html.SelfClosingTagToken) && isImage(raw) {
			if t := z.Token(); t.Data == "img" || t.Data == "image" {
				out.WriteString(image(t).String())
				continue
			}
		}
		out.Write(raw)
	}
}

// isImage is the cheap question before a tag is taken apart.
func isImage(tag []byte) bool {
	return len(tag) > 3 && tag[1]|0x20 == 'i' && tag[2]|0x20 == 'm'
}

func image(t html.Token) html.Token {
	t.Data = "img"
	kept := t.Attr[:0]
	for _, a := range t.Attr {
		switch {
		case a.Key == RemoteImage:
		case a.Key == "src" && remoteURL.MatchString(strings.TrimSpace(a.Val)):
			kept = append(kept, html.Attribute{Key: RemoteImage, Val: strings.TrimSpace(a.Val)})
		case a.Key == "src" && strings.HasPrefix(strings.TrimSpace(a.Val), "//"):
			kept = append(kept, html.Attribute{Key: RemoteImage, Val: "https:" + strings.TrimSpace(a.Val)})
		default:
			kept = append(kept, a)
		}
	}
	t.Attr = kept
	return t
}

// RemoteImages lists the addresses of the images that a sanitised body left out,
// in their order.
func RemoteImages(clean string) (addresses []string) {
	if !strings.Contains(clean, RemoteImage) {
		return nil
	}
	z := html.NewTokenizer(strings.NewReader(clean))
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			if a.Key == RemoteImage {
				addresses = append(addresses, a.Val)
			}
		}
	}
	return addresses
}
