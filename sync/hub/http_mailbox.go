package hub

import (
	"context"
	"encoding/json"
	"net/http"

	"holdall/desk"
	"holdall/store"
)

// Renewing lets admins give a mailbox another password. It is sent to the hub
// alone, tried at the mail server, sealed, and told to nobody.
func (w *Web) Renewing(renew func(ctx context.Context, id desk.MailboxID, password string) error) *Web {
	w.renew = renew
	return w
}

// renewal takes a password for a mailbox.
func (w *Web) renewal(rw http.ResponseWriter, r *http.Request) error {
	err := w.store.View(r.Context(), func(tx *store.CentralTx) error {
		_, actor, err := authenticate(tx, bearer(r))
		if err != nil {
			return err
		}
		return actor.CanConfigure()
	})
	if err != nil {
		return err
	}
	var asked struct{ Password string }
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		return desk.Refuse(desk.CodeValidation, "The request must be JSON with a password.")
	}
	if w.renew == nil {
		return desk.Refuse(desk.CodeGone, "This hub takes no passwords of mailboxes.")
	}
	if err := w.renew(r.Context(), desk.MailboxID(r.PathValue("mailbox")), asked.Password); err != nil {
		return err
	}
	rw.WriteHeader(http.StatusNoContent)
	return nil
}
