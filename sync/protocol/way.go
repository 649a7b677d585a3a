package protocol

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Way is how a device reaches its hub: over a websocket, or by plain requests
// where something on the way lets none through (SPEC P34).
type Way struct {
	URL   string // of the conversation: https://desk.example.com/api/v1/sync
	Token string
	TLS   *tls.Config   // roots of the hub's certificate; nil: the system's
	Again time.Duration // how long plain requests do before the websocket is tried again; 0: ten minutes
}

const (
	againAfter = 10 * time.Minute
	muteAfter  = 10 * time.Second // a websocket over which nothing came for so long is none
	spareLife  = 20 * time.Second
)

// Dialer makes connections this way, remembering which kind got through.
func (w Way) Dialer() Dialer {
	if w.Again == 0 {
		w.Again = againAfter
	}
	return (&path{way: w}).dial
}

// pollURL is where the same hub takes plain requests.
func (w Way) pollURL() string {
	base := w.URL
	if rest, ok := strings.CutPrefix(base, "ws"); ok {
		base = "http" + rest
	}
	return base + "/poll"
}

// path is what a device has learned of its way.
type path struct {
	way Way

	mu    sync.Mutex
	plain time.Time // until then plain requests are tried first
	spare Conn      // a websocket that got through while plain requests did the work
}

func (p *path) dial(ctx context.Context) (Conn, error) {
	p.mu.Lock()
	spare, plain := p.spare, time.Now().Before(p.plain)
	p.spare = nil
	p.mu.Unlock()
	if spare != nil {
		return spare, nil
	}
	if plain {
		if conn, err := p.poll(ctx); err == nil || errors.Is(err, ErrUnauthorized) {
			return conn, err
		}
	}
	conn, err := p.socket(ctx)
	if err == nil || errors.Is(err, ErrUnauthorized) || nobodyThere(err) {
		return conn, err
	}
	polled, errPoll := p.poll(ctx)
	if errPoll != nil {
		return nil, errors.Join(err, errPoll)
	}
	return polled, nil
}

// nobodyThere is a fault of the network beneath both kinds.
func nobodyThere(err error) bool {
	var op *net.OpError
	var lookup *net.DNSError
	return errors.As(err, &lookup) || errors.As(err, &op) && op.Op == "dial"
}

func (p *path) socket(ctx context.Context) (Conn, error) {
	conn, err := Dial(ctx, p.way.URL, p.way.Token, p.way.TLS)
	if err != nil {
		return nil, err
	}
	return &witness{Conn: conn, path: p, made: time.Now()}, nil
}

// poll connects by plain requests, and looks for a websocket meanwhile.
func (p *path) poll(ctx context.Context) (Conn, error) {
	conn, err := dialPoll(ctx, p.way)
	if err != nil {
		return nil, err
	}
	p.prefer()
	go p.look(conn.(*pollConn))
	return conn, nil
}

// prefer tries plain requests first for a while.
func (p *path) prefer() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.plain = time.Now().Add(p.way.Again)
}

// look tries the websocket again as long as a connection by plain requests lasts.
// One that gets through takes its place: the hub ends the older connection of a
// device, and the next dial finds the spare.
func (p *path) look(conn *pollConn) {
	every := time.NewTicker(p.way.Again)
	defer every.Stop()
	for {
		select {
		case <-conn.ctx.Done():
			return
		case <-every.C:
		}
		if spare, err := p.socket(conn.ctx); err == nil {
			p.keep(spare)
			conn.Close()
			return
		}
	}
}

// keep holds a websocket for the next dial, but not for long: the hub waits for
// its HELLO.
func (p *path) keep(spare Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spare, p.plain = spare, time.Time{}
	time.AfterFunc(spareLife, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.spare == spare {
			p.spare = nil
			spare.Close()
		}
	})
}

// witness notices a websocket that stands and carries nothing, as some proxies
// make it.
type witness struct {
	Conn
	path  *path
	made  time.Time
	heard atomic.Bool
}

func (w *witness) Receive(ctx context.Context) (Message, error) {
	m, err := w.Conn.Receive(ctx)
	if !w.heard.Swap(true) && err != nil {
		w.path.prefer()
	}
	return m, err
}

// Close says nothing of the way if it comes early: the device has other reasons.
func (w *witness) Close() error {
	if time.Since(w.made) < muteAfter {
		w.heard.Store(true)
	}
	return w.Conn.Close()
}
