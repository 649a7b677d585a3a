package app

import (
	"encoding/base64"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"holdall/mail/picture"
)

// withoutWalls takes the pictures out of a body that unfold to more than a window
// can hold, each or together: some hundred bytes may say that they are a picture
// of four thousand million dots (SECURITY case 14). The first ones stay.
func withoutWalls(body string) string {
	if !strings.Contains(body, `src="data:`) {
		return body
	}
	var out strings.Builder
	z, left := html.NewTokenizer(strings.NewReader(body)), picture.Pixels
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		t := z.Token()
		i := slices.IndexFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "src" && strings.HasPrefix(a.Val, "data:") })
		if t.Data == "img" && i >= 0 {
			if n := unfolded(t.Attr[i].Val); n > 0 && n <= left {
				left -= n
			} else {
				t.Attr = slices.Delete(t.Attr, i, i+1)
				raw = t.String()
			}
		}
		out.WriteString(raw)
	}
	return out.String()
}

// unfolded is how many pixels the picture of a data: address says it has.
func unfolded(address string) int {
	_, data, _ := strings.Cut(address, ",")
	data = strings.Join(strings.Fields(data), "")
	return picture.Unfolded(base64.NewDecoder(base64.StdEncoding, strings.NewReader(data)))
}
