package app

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"holdall/desk"
	"holdall/mail/picture"
	"holdall/store"
	"holdall/sync/replica"
)

// raster lists the pictures that can be shown and can do nothing else. SVG is
// not one of them: it can load and script.
var raster = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/bmp": true}

// assetURL is the path under which the bytes of an attachment are served.
func assetURL(m desk.MessageID, attachment string) string {
	return "/asset/" + url.PathEscape(string(m)) + "/" + url.PathEscape(attachment)
}

// Assets serves the bytes of attachments below /asset/. Safe pictures may be
// shown; all else is for saving only, whatever its sender called it.
func (a *App) Assets() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /asset/{message}/{attachment}", a.asset)
	mux.HandleFunc("GET /asset/draft/{ticket}/{kind}/{attachment}", a.draftAsset)
	mux.HandleFunc("POST /asset/draft/{ticket}/{kind}", a.attach)
	return mux
}

func (a *App) asset(w http.ResponseWriter, r *http.Request) {
	ws, err := a.workspace()
	if err != nil {
		a.refuse(w, err)
		return
	}
	file, err := ws.attachment(r.PathValue("message"), r.PathValue("attachment"))
	if err != nil {
		a.refuse(w, err)
		return
	}
	data, err := ws.file(r.Context(), file)
	if err != nil {
		a.refuse(w, err)
		return
	}
	defer data.Close()
	handOut(w, r, file, data)
}

// handOut serves bytes so that nothing can come of them in the page.
func handOut(w http.ResponseWriter, r *http.Request, file desk.Attachment, data *os.File) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if kind := shownAs(file, data); kind != "" {
		h.Set("Content-Type", kind)
	} else {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(file.Name)}))
	}
	http.ServeContent(w, r, "", time.Time{}, data)
}

// shownAs is the type of a picture that may be shown: one that is what it says,
// and unfolds to no wall.
func shownAs(file desk.Attachment, data io.ReaderAt) string {
	var head [512]byte // what the rules of sniffing look at
	n, _ := data.ReadAt(head[:], 0)
	kind := strings.ToLower(file.Type)
	if raster[kind] && http.DetectContentType(head[:n]) == kind && picture.Bearable(io.NewSectionReader(data, 0, pictureMost)) {
		return kind
	}
	return ""
}

// attachment finds a file in the message that carries it.
func (ws *workspace) attachment(message, id string) (desk.Attachment, error) {
	if message == quarantineFolder {
		return ws.quarantined(id)
	}
	var m desk.Message
	err := ws.view(func(tx *store.ReplicaTx) (err error) {
		m, err = desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(message)}.Key())
		return err
	})
	if err != nil {
		return desk.Attachment{}, err
	}
	if source, ok := m.Source(); ok && id == desk.SourceID {
		return source, nil
	}
	for _, file := range m.Attachments {
		if file.ID == id {
			return file, nil
		}
	}
	return desk.Attachment{}, desk.ErrUnknown
}

// file opens the bytes of an attachment, fetching them if they are not here.
func (ws *workspace) file(ctx context.Context, file desk.Attachment) (*os.File, error) {
	data, err := ws.files.Get(ctx, file.SHA256, file.Size, replica.OnScreen)
	if !errors.Is(err, desk.ErrUnknown) {
		return data, err
	}
	if file.Awaited {
		return nil, desk.Refuse(desk.CodeGone, "%s is still on its way from the computer it was attached on.", fileName(file.Name))
	}
	return nil, desk.Refuse(desk.CodeGone, "%s is not on this device, and the hub cannot be reached; it can be fetched when there is a connection.", fileName(file.Name))
}
