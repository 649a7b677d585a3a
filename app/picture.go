package app

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"holdall/desk"
	"holdall/mail/message"
	"holdall/mail/picture"
	"holdall/store"
)

// picturesWait is how long the pictures of a mail may take together.
const picturesWait = 30 * time.Second

// Pictures is Body with the remote pictures of the mail in it: somebody asked to
// see them. The hub fetches them, so that the sender does not learn from where
// the mail was read. One that is not to be had stays left out.
func (t *Ticket) Pictures(messageID string) (HTMLBody, error) {
	body, err := t.Body(messageID)
	if err != nil || body.RemoteImages == 0 {
		return body, err
	}
	ws, err := t.app.workspace()
	if err != nil {
		return HTMLBody{}, err
	}
	ctx, cancel := context.WithTimeout(ws.ctx, picturesWait)
	defer cancel()
	fetch, err := t.pictures(ws, desk.MessageID(messageID))
	if err != nil {
		return HTMLBody{}, err
	}
	left := inlineMost
	body.HTML = withPictures(body.HTML, func(n int) string {
		p, err := fetch(ctx, n)
		if err != nil || len(p.Data) > left || !raster[p.Type] || http.DetectContentType(p.Data) != p.Type {
			return ""
		}
		left -= len(p.Data)
		body.RemoteImages--
		return "data:" + p.Type + ";base64," + base64.StdEncoding.EncodeToString(p.Data)
	})
	return body, nil
}

// pictures is how the n-th remote picture of a message is fetched: by the hub,
// or by this machine where the hub is in it.
func (t *Ticket) pictures(ws *workspace, id desk.MessageID) (func(context.Context, int) (picture.Picture, error), error) {
	if ws.inside == nil {
		hub := t.app.remote(ws.who)
		return func(ctx context.Context, n int) (picture.Picture, error) { return hub.picture(ctx, id, n) }, nil
	}
	var m desk.Message
	err := ws.view(func(tx *store.ReplicaTx) (err error) {
		m, err = desk.Read[desk.Message](tx, desk.Message{ID: id}.Key())
		return err
	})
	addresses := message.RemoteImages(m.HTML)
	fetcher := &picture.Fetcher{Allow: t.app.cfg.Pictures}
	return func(ctx context.Context, n int) (picture.Picture, error) {
		if n >= len(addresses) {
			return picture.Picture{}, picture.ErrNoPicture
		}
		return fetcher.Fetch(ctx, addresses[n])
	}, err
}

// picture asks the hub for the n-th remote picture of a message.
func (r *remote) picture(ctx context.Context, id desk.MessageID, n int) (picture.Picture, error) {
	answer, err := r.ask(ctx, http.MethodGet, "api/v1/messages", string(id), "pictures", strconv.Itoa(n))
	if err != nil {
		return picture.Picture{}, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return picture.Picture{}, fmt.Errorf("the hub answered %s", answer.Status)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, picture.Most))
	return picture.Picture{Type: answer.Header.Get("Content-Type"), Data: data}, err
}

// withPictures gives the images that were left out a source; source answers ""
// for one that stays out. The result passes the sanitiser once more.
func withPictures(clean string, source func(n int) string) string {
	var out strings.Builder
	z, n := html.NewTokenizer(strings.NewReader(clean)), 0
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		t := z.Token()
		i := slices.IndexFunc(t.Attr, func(a html.Attribute) bool { return a.Key == message.RemoteImage })
		if t.Data == "img" && i >= 0 {
			if from := source(n); from != "" {
				t.Attr[i] = html.Attribute{Key: "src", Val: from}
				raw = t.String()
			}
			n++
		}
		out.WriteString(raw)
	}
	return withoutWalls(message.Sanitize(withSources(out.String())))
}
