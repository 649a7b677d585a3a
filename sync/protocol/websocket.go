package protocol

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// Deadlines of a socket. A ping of the websocket itself keeps proxies awake; the
// engines have their own (SPEC P15).
const (
	writeWait = 10 * time.Second
	readWait  = 75 * time.Second
)

// ErrUnauthorized is a hub that does not know the token.
var ErrUnauthorized = errors.New("the hub does not accept this device's token")

var upgrader = websocket.Upgrader{
	Subprotocols:      []string{Subprotocol},
	EnableCompression: false,
	HandshakeTimeout:  15 * time.Second,
	// A browser never speaks this protocol; a request that has an Origin is one.
	CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") == "" },
}

// Accept upgrades an authenticated request. It answers the refusal itself.
func Accept(w http.ResponseWriter, r *http.Request) (Conn, error) {
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return nil, fmt.Errorf("upgrade to websocket: %w", err)
	}
	if ws.Subprotocol() != Subprotocol {
		ws.Close()
		return nil, fmt.Errorf("upgrade to websocket: the subprotocol %s was not offered", Subprotocol)
	}
	return newSocket(ws), nil
}

// Dial opens a connection to a hub's sync address (ws:// or wss://) as the device
// that holds the token.
func Dial(ctx context.Context, url, token string, roots *tls.Config) (Conn, error) {
	d := websocket.Dialer{
		Subprotocols: []string{Subprotocol}, HandshakeTimeout: 15 * time.Second,
		Proxy: http.ProxyFromEnvironment, TLSClientConfig: roots,
	}
	ws, answer, err := d.DialContext(ctx, url, http.Header{"Authorization": {"Bearer " + token}})
	if answer != nil && answer.StatusCode == http.StatusUnauthorized {
		return nil, ErrUnauthorized
	}
	if err != nil {
		return nil, fmt.Errorf("connect to the hub: %w", err)
	}
	return newSocket(ws), nil
}

type socket struct{ ws *websocket.Conn }

func newSocket(ws *websocket.Conn) *socket {
	ws.SetReadLimit(MaxFrame)
	return &socket{ws}
}

func (s *socket) Send(ctx context.Context, m Message) error {
	frame, err := Encode(m)
	if err != nil {
		return err
	}
	deadline := time.Now().Add(writeWait)
	if d, ok := ctx.Deadline(); ok && d.Before(deadline) {
		deadline = d
	}
	if err := s.ws.SetWriteDeadline(deadline); err != nil {
		return err
	}
	return s.ws.WriteMessage(websocket.BinaryMessage, frame)
}

func (s *socket) Receive(context.Context) (Message, error) {
	for {
		if err := s.ws.SetReadDeadline(time.Now().Add(readWait)); err != nil {
			return nil, err
		}
		kind, frame, err := s.ws.ReadMessage()
		if errors.Is(err, websocket.ErrReadLimit) {
			return nil, fmt.Errorf("%w: above %d bytes", ErrFrame, MaxFrame)
		}
		if err != nil {
			return nil, err
		}
		if kind != websocket.BinaryMessage {
			return nil, fmt.Errorf("%w: text instead of bytes", ErrFrame)
		}
		m, err := Decode(frame)
		if !errors.Is(err, ErrUnknownType) {
			return m, err
		}
	}
}

func (s *socket) Close() error { return s.ws.Close() }
