package replica

import (
	"bytes"
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
func (h FileHub) Renew(ctx context.Context, mailbox desk.MailboxID, password string) error {
	ctx, cancel := context.WithTimeout(ctx, renewWait)
	defer cancel()
	body, err := json.Marshal(map[string]string{"password": password})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.Address.JoinPath("api/v1/mailboxes", string(mailbox), "password").String(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+h.Token)
	r.Header.Set("Content-Type", "application/json")
	said, err := h.Client.Do(r)
	if err != nil {
		return desk.Refuse(desk.CodeGone, "The hub cannot be reached just now, so the password was not changed; try again when this device is online.")
	}
	defer said.Body.Close()
	if said.StatusCode != http.StatusNoContent {
		return refusalOf(said)
	}
	return nil
}
