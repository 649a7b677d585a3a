package protocol

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Deadlines of a socket. The engines have their own signs of life (SPEC P15).
const (
	writeWait  = 10 * time.Second
	readWait   = 75 * time.Second
	lingerWait = time.Second
)

// Buffers of a socket: thousands of connections are idle at once, so a buffer to
// write from is borrowed, and the one to read into is no larger than a sign of
// life.
const (
	readBuffer  = 512
	writeBuffer = 4 << 10
)

var writeBuffers sync.Pool

// ErrUnauthorized is a hub that does not know the token.
var ErrUnauthorized = errors.New("the hub does not accept this device's token")

var upgrader = websocket.Upgrader{
	Subprotocols:      []string{Subprotocol},
	EnableCompression: false,
	HandshakeTimeout:  15 * time.Second,
	ReadBufferSize:    readBuffer, WriteBufferSize: writeBuffer, WriteBufferPool: &writeBuffers,
	// A browser never speaks this protocol; a request that has an Origin is one.
	CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") == "" },
}

// Accept upgrades an authenticated request. It answers the refusal itself.
func Accept(w http.ResponseWriter, r *http.Request) (Conn, error) {
	corked := &corking{ResponseWriter: w}
	ws, err := upgrader.Upgrade(corked, r, nil)
	if err != nil {
		return nil, fmt.Errorf("upgrade to websocket: %w", err)
	}
	if ws.Subprotocol() != Subprotocol {
		ws.Close()
		return nil, fmt.Errorf("upgrade to websocket: the subprotocol %s was not offered", Subprotocol)
	}
	s := newSocket(ws, newBudget())
	s.cork = corked.cork
	return s, nil
}

// Dial opens a websocket to a hub's sync address (ws:// or wss://) as the device
// that holds the token.
func Dial(ctx context.Context, url, token string, roots *tls.Config) (Conn, error) {
	d := websocket.Dialer{
		Subprotocols: []string{Subprotocol}, HandshakeTimeout: 15 * time.Second,
		Proxy: Proxy, TLSClientConfig: roots,
	}
	ws, answer, err := d.DialContext(ctx, socketURL(url), authorised(token))
	if answer != nil && answer.StatusCode == http.StatusUnauthorized {
		return nil, ErrUnauthorized
	}
	if err != nil {
		return nil, fmt.Errorf("connect to the hub: %w", err)
	}
	return newSocket(ws, nil), nil
}

// socketURL is the websocket's name of an address.
func socketURL(url string) string {
	if rest, ok := strings.CutPrefix(url, "http"); ok {
		return "ws" + rest
	}
	return url
}

func authorised(token string) http.Header {
	return http.Header{"Authorization": {"Bearer " + token}}
}

type socket struct {
	ws     *websocket.Conn
	budget *budget
	cork   *cork       // nil: each message leaves by itself
	broken atomic.Bool // the other side broke the rules and may still be sending
}

func newSocket(ws *websocket.Conn, b *budget) *socket {
	ping, pong := ws.PingHandler(), ws.PongHandler()
	ws.SetPingHandler(func(text string) error { return errors.Join(b.spend(), ping(text)) })
	ws.SetPongHandler(func(text string) error { return errors.Join(b.spend(), pong(text)) })
	return &socket{ws: ws, budget: b}
}

func (s *socket) Send(ctx context.Context, messages ...Message) (err error) {
	if s.cork != nil && len(messages) > 1 {
		s.cork.hold()
		defer func() { err = errors.Join(err, s.cork.release()) }()
	}
	for _, m := range messages {
		if err := s.send(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (s *socket) send(ctx context.Context, m Message) error {
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
		frame, err := s.frame()
		if err != nil {
			s.broken.Store(errors.Is(err, ErrFrame) || errors.Is(err, ErrFlood))
			return nil, err
		}
		m, err := Decode(frame)
		if !errors.Is(err, ErrUnknownType) {
			s.broken.Store(err != nil)
			return m, err
		}
	}
}

// frame reads one message. The library's own limit is not used: it closes the
// connection before anybody can say why.
func (s *socket) frame() ([]byte, error) {
	if err := s.ws.SetReadDeadline(time.Now().Add(readWait)); err != nil {
		return nil, err
	}
	kind, body, err := s.ws.NextReader()
	if err != nil {
		return nil, err
	}
	if err := s.budget.spend(); err != nil {
		return nil, err
	}
	if kind != websocket.BinaryMessage {
		return nil, fmt.Errorf("%w: text instead of bytes", ErrFrame)
	}
	frame, err := io.ReadAll(io.LimitReader(body, MaxFrame+1))
	if err == nil && len(frame) > MaxFrame {
		err = fmt.Errorf("%w: above %d bytes", ErrFrame, MaxFrame)
	}
	return frame, err
}

// Close ends the connection. Towards whoever broke the rules it lingers: bytes
// that nobody reads would make the network drop the reason that was sent.
func (s *socket) Close() error {
	half, ok := s.ws.NetConn().(interface{ CloseWrite() error })
	if !ok || !s.broken.CompareAndSwap(true, false) {
		return s.ws.Close()
	}
	if err := half.CloseWrite(); err != nil {
		return s.ws.Close()
	}
	time.AfterFunc(lingerWait, func() { s.ws.Close() })
	go io.Copy(io.Discard, s.ws.NetConn())
	return nil
}
