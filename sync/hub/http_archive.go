package hub

import (
	"errors"
	"net/http"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// archived lists the archives that the asker may load (SPEC P37).
func (w *Web) archived(rw http.ResponseWriter, r *http.Request) error {
	list := []protocol.Archive{}
	err := w.store.View(r.Context(), func(tx *store.CentralTx) error {
		_, actor, err := authenticate(tx, bearer(r))
		if err != nil {
			return err
		}
		counts, err := tx.Archives()
		if err != nil {
			return err
		}
		buckets, err := given(tx, actor, sortedKeys(counts))
		list = list[:0]
		for _, b := range buckets {
			if n := counts[b]; n > 0 {
				list = append(list, protocol.Archive{Bucket: b, Tickets: n})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	write(rw, http.StatusOK, list)
	return nil
}

// found tells of the ticket with a number, wherever it stands. One that is not
// there and one that may not be read are answered alike (SPEC P37).
func (w *Web) found(rw http.ResponseWriter, r *http.Request) error {
	number := desk.Number(r.PathValue("number"))
	var t desk.Ticket
	err := w.store.View(r.Context(), func(tx *store.CentralTx) error {
		_, actor, err := authenticate(tx, bearer(r))
		if err != nil {
			return err
		}
		t, err = tx.TicketByNumber(number)
		if err == nil && !actor.CanRead(t) {
			return desk.ErrUnknown
		}
		return err
	})
	if errors.Is(err, desk.ErrUnknown) {
		return desk.Refuse(desk.CodeGone, "There is no ticket %s at the hub, or it is in no queue of yours.", number)
	}
	if err != nil {
		return err
	}
	write(rw, http.StatusOK, protocol.Found{Ticket: t.ID, Number: t.Number, Title: t.Title, State: t.State, Archived: t.Archived})
	return nil
}
