package hub

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"holdall/desk"
	"holdall/store"
)

// errBlob is the one answer for bytes that are not there and for bytes that are
// none of the asker's business.
var errBlob = desk.Refuse(desk.CodeGone, "The file does not exist at the hub, or is not part of a ticket you can see.")

// blob hands out the bytes of an attachment, named by its SHA-256, to whoever
// can read a ticket that refers to it.
func (w *Web) blob(rw http.ResponseWriter, r *http.Request) error {
	sum := r.PathValue("sha256")
	var data []byte
	err := w.store.View(r.Context(), func(tx *store.CentralTx) error {
		_, actor, err := authenticate(tx, bearer(r))
		if err != nil {
			return err
		}
		if err := mayHave(tx, actor, sum); err != nil {
			return err
		}
		data, err = tx.Blob(sum)
		return err
	})
	if errors.Is(err, desk.ErrUnknown) {
		return errBlob
	}
	if err != nil {
		return err
	}
	head := rw.Header()
	// What a stranger mailed is bytes to a browser, whatever it claims to be.
	head.Set("Content-Type", "application/octet-stream")
	head.Set("Content-Disposition", "attachment")
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "private, no-store")
	head.Set("ETag", `"`+sum+`"`)
	http.ServeContent(rw, r, "", time.Time{}, bytes.NewReader(data))
	return nil
}

// mayHave reports desk.ErrUnknown unless some message that has the attachment
// belongs to a ticket the principal can read.
func mayHave(tx *store.CentralTx, actor desk.Principal, sum string) error {
	messages, err := holders(tx, sum)
	if err != nil {
		return err
	}
	for _, id := range messages {
		e, err := tx.Get(desk.Message{ID: id}.Key())
		if errors.Is(err, desk.ErrUnknown) {
			continue
		}
		if err != nil {
			return err
		}
		m := e.(desk.Message)
		if e, err = tx.Get(desk.Ticket{ID: m.Ticket}.Key()); err != nil {
			return err
		}
		has := slices.ContainsFunc(m.Attachments, func(a desk.Attachment) bool { return a.SHA256 == sum })
		if has && actor.CanRead(e.(desk.Ticket)) {
			return nil
		}
	}
	return desk.ErrUnknown
}

// holdersMost bounds how many messages are remembered for one file: a logo that
// stands in every mail needs no longer list.
const holdersMost = 200

// holders lists the messages that brought a file, newest last.
func holders(tx *store.CentralTx, sum string) ([]desk.MessageID, error) {
	text, err := tx.Meta("file." + sum)
	if err != nil || text == "" {
		return nil, err
	}
	var list []desk.MessageID
	return list, json.Unmarshal([]byte(text), &list)
}

// hold notes that a message brought a file.
func hold(tx *store.CentralTx, sum string, message desk.MessageID) error {
	list, err := holders(tx, sum)
	if err != nil || slices.Contains(list, message) {
		return err
	}
	list = append(list, message)
	text, err := json.Marshal(list[max(0, len(list)-holdersMost):])
	if err != nil {
		return err
	}
	return tx.SetMeta("file."+sum, string(text))
}
