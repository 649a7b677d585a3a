package app

import (
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"holdall/desk"
	"holdall/mail/message"
	"holdall/store"
	"holdall/sync/replica"
)

// Body is the HTML of a message for a frame with sandbox="". It was sanitised
// when the mail came; it is sanitised again, by this program's rules.
func (t *Ticket) Body(messageID string) (HTMLBody, error) {
	ws, err := t.app.workspace()
	if err != nil {
		return HTMLBody{}, err
	}
	var m desk.Message
	err = ws.view(func(tx *store.ReplicaTx) error {
		m, err = desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(messageID)}.Key())
		return err
	})
	if err != nil {
		return HTMLBody{}, err
	}
	body := showBody(m.HTML)
	body.HTML = withoutWalls(withInline(ws, m, body.HTML))
	return body, nil
}

const (
	inlineMost = 2 << 20         // bytes of the pictures inside a body
	inlineWait = 3 * time.Second // for pictures that are still at the hub
)

// withInline puts the pictures a mail brought along into its body: the frame
// has no address of its own to fetch them from (RFC 2392). One that is not here
// stays out.
func withInline(ws *workspace, m desk.Message, body string) string {
	if !strings.Contains(body, "cid:") {
		return body
	}
	ctx, cancel := context.WithTimeout(ws.ctx, inlineWait)
	defer cancel()
	left := int64(inlineMost)
	for _, f := range m.Attachments {
		source := `src="cid:` + html.EscapeString(f.CID) + `"`
		kind := strings.ToLower(f.Type)
		if f.CID == "" || !raster[kind] || f.Size > left || !strings.Contains(body, source) {
			continue
		}
		data, err := ws.whole(ctx, f, left)
		if err != nil || http.DetectContentType(data) != kind {
			continue
		}
		left -= int64(len(data))
		body = strings.ReplaceAll(body, source, `src="data:`+kind+`;base64,`+base64.StdEncoding.EncodeToString(data)+`"`)
	}
	return body
}

// whole reads a file that is no larger than it may be.
func (ws *workspace) whole(ctx context.Context, f desk.Attachment, most int64) ([]byte, error) {
	file, err := ws.files.Get(ctx, f.SHA256, f.Size, replica.OnScreen)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		err = desk.TooLarge(f.Name, desk.FileMost)
	}
	return data, err
}

func showBody(stored string) HTMLBody {
	clean := message.Sanitize(withSources(stored))
	body := HTMLBody{HTML: clean, LinkHosts: []string{}}
	if clean != stored {
		body.SanitiserNote = "Parts of this mail that could load or run something were taken out."
	}
	z := html.NewTokenizer(strings.NewReader(clean))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			slices.Sort(body.LinkHosts)
			body.LinkHosts = slices.Compact(body.LinkHosts)
			return body
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		for _, a := range z.Token().Attr {
			switch a.Key {
			case message.RemoteImage:
				body.RemoteImages++
			case "href":
				if u, err := url.Parse(a.Val); err == nil && u.Host != "" {
					body.LinkHosts = append(body.LinkHosts, u.Host)
				}
			}
		}
	}
}

// withSources gives the images that were left out their addresses back, for the
// sanitiser takes an address it has set aside before for a forged one.
func withSources(stored string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(stored))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		t := z.Token()
		if t.Data == "img" && strings.Contains(raw, message.RemoteImage) {
			for i := range t.Attr {
				if t.Attr[i].Key == message.RemoteImage {
					t.Attr[i].Key = "src"
				}
			}
			raw = t.String()
		}
		out.WriteString(raw)
	}
	return out.String()
}
