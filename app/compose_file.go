package app

import (
	"cmp"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"time"

	"holdall/desk"
	"holdall/store"
)

// draftURL is the path under which the bytes of a draft's file are served.
func draftURL(t desk.TicketID, k desk.MessageKind, attachment string) string {
	return "/asset/draft/" + url.PathEscape(string(t)) + "/" + string(k) + "/" + url.PathEscape(attachment)
}

// attach takes a file into a draft: its bytes are the body, its name the query's.
// It is durable when it is answered.
func (a *App) attach(w http.ResponseWriter, r *http.Request) {
	ws, err := a.workspace()
	if err != nil {
		a.refuse(w, err)
		return
	}
	shown, err := ws.attach(r)
	if err != nil {
		a.refuse(w, err)
		return
	}
	a.signals.emit(TopicTicket, r.PathValue("ticket"))
	a.signals.emit(TopicQueue, "")
	a.answer(w, http.StatusCreated, shown)
}

func (ws *workspace) attach(r *http.Request) (Attachment, error) {
	ticket, name := desk.TicketID(r.PathValue("ticket")), fileName(r.URL.Query().Get("name"))
	kind, err := composed(r.PathValue("kind"))
	if err != nil {
		return Attachment{}, err
	}
	if err := ws.view(func(tx *store.ReplicaTx) error { _, err := readTicket(tx, ticket); return err }); err != nil {
		return Attachment{}, err
	}
	have, err := ws.store.DraftFiles(ws.ctx, ticket, kind)
	if err != nil {
		return Attachment{}, err
	}
	if len(have) >= desk.FilesMost {
		return Attachment{}, desk.Refuse(desk.CodeQuota, "A message holds at most %d files; send %s with another one.", desk.FilesMost, name)
	}
	most, err := ws.filesMost(becomes(kind))
	if err != nil {
		return Attachment{}, err
	}
	left := most
	for _, f := range have {
		left -= f.Size
	}
	told := sizeTold(r)
	if told > left {
		return Attachment{}, desk.TooLarge(name, most)
	}
	id, err := newID()
	if err != nil {
		return Attachment{}, err
	}
	f := desk.Attachment{ID: id, Name: name, Type: mediaType(r.Header.Get("Content-Type"), name)}
	if f.SHA256, f.Size, err = ws.files.Keep(r.Context(), name, r.Body); err != nil {
		return Attachment{}, err
	}
	switch {
	case told >= 0 && told != f.Size:
		return Attachment{}, desk.Refuse(desk.CodeValidation, "%s changed while it was read, or could not be read to its end; attach it again.", name)
	case f.Size > left:
		return Attachment{}, desk.TooLarge(name, most)
	}
	return showFile(f, draftURL(ticket, kind, id)), ws.store.AttachDraft(ws.ctx, ticket, kind, f, time.Now())
}

// sizeTold is how many bytes the page said a file has; -1: it did not say. A window
// hands over the bytes without counting them, and ends early without a word where the
// disk does.
func sizeTold(r *http.Request) int64 {
	size, err := strconv.ParseInt(r.URL.Query().Get("size"), 10, 64)
	if err != nil {
		return r.ContentLength
	}
	return size
}

// filesMost is how many bytes the files of a message may take.
func (ws *workspace) filesMost(kind desk.MessageKind) (most int64, err error) {
	err = ws.view(func(tx *store.ReplicaTx) error {
		settings, err := tx.Workspace()
		if errors.Is(err, desk.ErrUnknown) {
			err = nil
		}
		most = settings.FilesMost(kind)
		return err
	})
	return most, err
}

// mediaType is what a file says it is, or what its name says.
func mediaType(header, name string) string {
	kind, _, err := mime.ParseMediaType(header)
	if err == nil && kind != "application/octet-stream" {
		return kind
	}
	return cmp.Or(mime.TypeByExtension(path.Ext(name)), "application/octet-stream")
}

// draftAsset serves a file of a draft to the page.
func (a *App) draftAsset(w http.ResponseWriter, r *http.Request) {
	ws, err := a.workspace()
	if err != nil {
		a.refuse(w, err)
		return
	}
	files, err := ws.store.DraftFiles(r.Context(), desk.TicketID(r.PathValue("ticket")), desk.MessageKind(r.PathValue("kind")))
	if err != nil {
		a.refuse(w, err)
		return
	}
	for _, f := range files {
		if f.ID != r.PathValue("attachment") {
			continue
		}
		data, err := ws.files.Open(r.Context(), f.SHA256)
		if err != nil {
			break
		}
		defer data.Close()
		handOut(w, r, f, data)
		return
	}
	a.refuse(w, desk.Refuse(desk.CodeGone, "The file is not part of the draft any more."))
}

// toSend lists the files of a draft, all of which are on this disk.
func (ws *workspace) toSend(ticket desk.TicketID, kind desk.MessageKind) ([]desk.Attachment, error) {
	files, err := ws.store.DraftFiles(ws.ctx, ticket, kind)
	for _, f := range files {
		if !ws.files.Here(f.SHA256) {
			return nil, desk.Refuse(desk.CodeGone, "%s is not on this disk any more; take it out of the draft and attach it again.", f.Name)
		}
	}
	return files, err
}
