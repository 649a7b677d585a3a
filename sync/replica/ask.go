package replica

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"holdall/desk"
	"holdall/sync/protocol"
)

const (
	askWait  = 15 * time.Second
	askedFor = 1 << 20 // bytes of an answer that are read
)

// Archives asks the hub which months of ended tickets this device may load (SPEC
// P37). It fails with a desk.Error where the hub does not answer.
func (h FileHub) Archives(ctx context.Context) (list []protocol.Archive, err error) {
	return list, h.ask(ctx, &list, "api/v1/archives")
}

// Find asks the hub for a ticket by its number, archived or not (SPEC P37). It
// fails with a desk.Error where there is none to be read, or no hub.
func (h FileHub) Find(ctx context.Context, number desk.Number) (found protocol.Found, err error) {
	return found, h.ask(ctx, &found, "api/v1/tickets", string(number))
}

// ask reads the answer to a question into what answer points to.
func (h FileHub) ask(ctx context.Context, answer any, path ...string) error {
	ctx, cancel := context.WithTimeout(ctx, askWait)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.Address.JoinPath(path...).String(), nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+h.Token)
	said, err := h.Client.Do(r)
	if err != nil {
		return desk.Refuse(desk.CodeGone, "The hub cannot be asked just now; try again when this device is online.")
	}
	defer said.Body.Close()
	if said.StatusCode != http.StatusOK {
		return refusalOf(said)
	}
	if err := json.NewDecoder(io.LimitReader(said.Body, askedFor)).Decode(answer); err != nil {
		return fmt.Errorf("read what the hub says: %w", err)
	}
	return nil
}
