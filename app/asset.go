package app

import (
	"bytes"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
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
	return mux
}

func (a *App) asset(w http.ResponseWriter, r *http.Request) {
	file, data, err := a.attachment(r)
	if errors.Is(err, desk.ErrUnknown) {
		err = desk.Refuse(desk.CodeGone, "The file is not on this device yet; it comes with the next synchronisation.")
	}
	if err != nil {
		a.refuse(w, err)
		return
	}
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	kind := strings.ToLower(file.Type)
	if raster[kind] && http.DetectContentType(data) == kind {
		h.Set("Content-Type", kind)
	} else {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(file.Name)}))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// attachment finds what a request asks for, in the message that carries it.
func (a *App) attachment(r *http.Request) (desk.Attachment, []byte, error) {
	ws, err := a.workspace()
	if err != nil {
		return desk.Attachment{}, nil, err
	}
	var m desk.Message
	err = ws.store.View(r.Context(), func(tx *store.ReplicaTx) error {
		m, err = read[desk.Message](tx, desk.Message{ID: desk.MessageID(r.PathValue("message"))}.Key())
		return err
	})
	if err != nil {
		return desk.Attachment{}, nil, err
	}
	for _, file := range m.Attachments {
		if file.ID != r.PathValue("attachment") {
			continue
		}
		if ws.blobs == nil {
			return file, nil, desk.ErrUnknown
		}
		data, err := ws.blobs(r.Context(), file.SHA256)
		return file, data, err
	}
	return desk.Attachment{}, nil, desk.ErrUnknown
}

// fileName is the last element of a name, whichever system's slashes it has, and
// without what could disguise it.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`<>:"|?*`, r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '_'
		}
		return r
	}, name)
	if name = strings.Trim(name, " ."); name == "" || name == "/" {
		return "attachment"
	}
	return name
}
