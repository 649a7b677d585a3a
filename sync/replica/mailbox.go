package replica

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"time"

	"holdall/desk"
)

var mailboxName = regexp.MustCompile(`^[\w-]{1,64}$`)

// tendWait is how long the hub may take to try what signs in at two mail servers.
const tendWait = 90 * time.Second

// Renew gives the hub another password of a mailbox. It is kept nowhere on the
// way, and a desk.Error says why the hub did not take it. So with all below.
func (h HTTPHub) Renew(ctx context.Context, id desk.MailboxID, password string) error {
	return h.tend(ctx, http.MethodPost, map[string]string{"password": password}, nil, string(id), "password")
}

// MailboxSetup asks the hub how a mailbox is reached that was connected from a
// window.
func (h HTTPHub) MailboxSetup(ctx context.Context, id desk.MailboxID) (s desk.MailboxSetup, err error) {
	return s, h.tend(ctx, http.MethodGet, nil, &s, string(id))
}

// ConnectMailbox has the hub try a new mailbox and read it.
func (h HTTPHub) ConnectMailbox(ctx context.Context, c desk.MailboxConnection) error {
	return h.tend(ctx, http.MethodPost, c, nil)
}

// ChangeMailbox has the hub try other servers or another sign-in of a mailbox.
func (h HTTPHub) ChangeMailbox(ctx context.Context, id desk.MailboxID, c desk.MailboxConnection) error {
	return h.tend(ctx, http.MethodPut, c, nil, string(id))
}

// PauseMailbox rests a mailbox at the hub, or has it read again.
func (h HTTPHub) PauseMailbox(ctx context.Context, id desk.MailboxID, paused bool) error {
	return h.tend(ctx, http.MethodPost, map[string]bool{"paused": paused}, nil, string(id), "pause")
}

// RemoveMailbox ends the reading of a mailbox at the hub.
func (h HTTPHub) RemoveMailbox(ctx context.Context, id desk.MailboxID) error {
	return h.tend(ctx, http.MethodDelete, nil, nil, string(id))
}

// TryRules asks the hub what rules would have made of the newest mails.
func (h HTTPHub) TryRules(ctx context.Context, rules []desk.MailboxRule) (t desk.RuleTrial, err error) {
	return t, h.askFor(ctx, http.MethodPost, map[string][]desk.MailboxRule{"rules": rules}, &t, "api/v1/rules/trial")
}

// tend asks the hub to do something about its mailboxes. What cannot be the name
// of one goes into no address.
func (h HTTPHub) tend(ctx context.Context, method string, asked, answer any, path ...string) error {
	if len(path) > 0 && !mailboxName.MatchString(path[0]) {
		return desk.Refuse(desk.CodeGone, "The hub does not read this mailbox; look at the mailboxes again.")
	}
	return h.askFor(ctx, method, asked, answer, append([]string{"api/v1/mailboxes"}, path...)...)
}

// askFor reads what the hub says into what answer points to; nil: it says nothing.
func (h HTTPHub) askFor(ctx context.Context, method string, asked, answer any, path ...string) error {
	ctx, cancel := context.WithTimeout(ctx, tendWait)
	defer cancel()
	body, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	said, err := h.send(ctx, method, body, path...)
	if err != nil {
		return desk.Refuse(desk.CodeGone, "The hub cannot be reached just now, so nothing was changed at the mailbox; try again when this device is online.")
	}
	defer said.Body.Close()
	switch {
	case said.StatusCode >= http.StatusBadRequest:
		return refusalOf(said)
	case answer == nil:
		return nil
	}
	if err := json.NewDecoder(io.LimitReader(said.Body, askedFor)).Decode(answer); err != nil {
		return fmt.Errorf("read what the hub says of its mailboxes: %w", err)
	}
	return nil
}
