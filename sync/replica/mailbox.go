package replica

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"holdall/desk"
)

// renewWait is how long the hub may take to try a password at a mail server.
const renewWait = time.Minute

// Renew gives the hub another password of a mailbox. It is kept nowhere on the
// way, and a desk.Error says why the hub did not take it.
func (h HTTPHub) Renew(ctx context.Context, mailbox desk.MailboxID, password string) error {
	ctx, cancel := context.WithTimeout(ctx, renewWait)
	defer cancel()
	body, err := json.Marshal(map[string]string{"password": password})
	if err != nil {
		return err
	}
	said, err := h.send(ctx, http.MethodPost, body, "api/v1/mailboxes", string(mailbox), "password")
	if err != nil {
		return desk.Refuse(desk.CodeGone, "The hub cannot be reached just now, so the password was not changed; try again when this device is online.")
	}
	defer said.Body.Close()
	if said.StatusCode != http.StatusNoContent {
		return refusalOf(said)
	}
	return nil
}
