package replica

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"holdall/desk"
	"holdall/sync/protocol"
)

const (
	askWait  = 15 * time.Second
	askedFor = 1 << 20 // bytes of an answer that are read
)

// HTTPHub is the hub by plain requests, beside the conversation: for files, for
// questions, and for what no record may hold.
type HTTPHub struct {
	Address *url.URL
	Token   string
	Client  *http.Client
}

// Archives asks the hub which months of ended tickets this device may load (SPEC
// P37). It fails with a desk.Error where the hub does not answer.
func (h HTTPHub) Archives(ctx context.Context) (list []protocol.Archive, err error) {
	return list, h.ask(ctx, &list, "api/v1/archives")
}

// Find asks the hub for a ticket by its number, archived or not (SPEC P37). It
// fails with a desk.Error where there is none to be read, or no hub.
func (h HTTPHub) Find(ctx context.Context, number desk.Number) (found protocol.Found, err error) {
	return found, h.ask(ctx, &found, "api/v1/tickets", string(number))
}

// ask reads the answer to a question into what answer points to.
func (h HTTPHub) ask(ctx context.Context, answer any, path ...string) error {
	ctx, cancel := context.WithTimeout(ctx, askWait)
	defer cancel()
	said, err := h.send(ctx, http.MethodGet, nil, path...)
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

// send makes a request as this device; the caller closes the answer.
func (h HTTPHub) send(ctx context.Context, method string, body []byte, path ...string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, h.Address.JoinPath(path...).String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+h.Token)
	r.Header.Set("Content-Type", "application/json")
	return h.Client.Do(r)
}
