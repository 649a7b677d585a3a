package hub

import (
	"errors"
	"net/http"
	"strconv"

	"holdall/desk"
	"holdall/mail/message"
	"holdall/store"
)

// errPicture is the one answer for a picture that is not to be had, whatever
// keeps it away.
var errPicture = desk.Refuse(desk.CodeGone, "The picture cannot be shown: it is gone, too large, or none.")

// picture fetches the n-th remote picture of a message for whoever can read it,
// counted from 0. The device names no address: only what stands in the mail is
// fetched, by the hub, so that the sender learns nothing of the reader but that
// somebody asked.
func (w *Web) picture(rw http.ResponseWriter, r *http.Request) error {
	var m desk.Message
	err := w.store.View(r.Context(), func(tx *store.CentralTx) error {
		_, actor, err := authenticate(tx, bearer(r))
		if err != nil {
			return err
		}
		if m, err = desk.Read[desk.Message](tx, desk.Message{ID: desk.MessageID(r.PathValue("message"))}.Key()); err != nil {
			return err
		}
		t, err := desk.Read[desk.Ticket](tx, desk.Ticket{ID: m.Ticket}.Key())
		if err == nil && !actor.CanRead(t) {
			return desk.ErrUnknown
		}
		return err
	})
	if errors.Is(err, desk.ErrUnknown) {
		return errPicture
	}
	if err != nil {
		return err
	}
	addresses := message.RemoteImages(m.HTML)
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 0 || n >= len(addresses) {
		return errPicture
	}
	found, err := w.pictures.Fetch(r.Context(), addresses[n])
	if err != nil {
		w.log.Info("a picture was not fetched", "message", m.ID, "error", err)
		return errPicture
	}
	strangers(rw, found.Type)
	_, err = rw.Write(found.Data)
	return err
}
