package mailbox

import (
	"context"
	"crypto/tls"
	"net"
	"sync"
	"time"
)

// conn closes itself when an answer is due and no byte arrives: the library
// knows neither deadlines for answers nor contexts.
type conn struct {
	net.Conn
	mu    sync.Mutex
	watch *time.Timer // nil while no answer is due
	limit time.Duration
}

func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.mu.Lock()
		if c.watch != nil {
			c.watch.Reset(c.limit)
		}
		c.mu.Unlock()
	}
	return n, err
}

// during runs act, which waits for one answer. It ends early, by closing the
// connection, when ctx ends, when the server is silent for silence, or after
// patience in all.
func (c *conn) during(ctx context.Context, silence, patience time.Duration, act func() error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, ErrSilent)
	defer cancel()
	ctx, expire := context.WithCancelCause(ctx)
	defer expire(nil)
	stop := context.AfterFunc(ctx, func() { c.Conn.Close() })
	defer stop()

	c.mu.Lock()
	c.limit, c.watch = silence, time.AfterFunc(silence, func() { expire(ErrSilent) })
	c.mu.Unlock()
	err := act()
	c.mu.Lock()
	c.watch.Stop()
	c.watch = nil
	c.mu.Unlock()

	if cause := context.Cause(ctx); err != nil && cause != nil {
		return cause
	}
	return err
}

// dial opens the connection; with Implicit it is inside TLS already.
func dial(ctx context.Context, cfg *Config) (*conn, error) {
	ctx, cancel := context.WithTimeout(ctx, cfg.Silence)
	defer cancel()
	dialer := &net.Dialer{}
	if cfg.TLS != Implicit {
		plain, err := dialer.DialContext(ctx, "tcp", cfg.Addr)
		return &conn{Conn: plain}, err
	}
	conf := cfg.tlsConfig()
	conf.NextProtos = []string{"imap"}
	sealed, err := (&tls.Dialer{NetDialer: dialer, Config: conf}).DialContext(ctx, "tcp", cfg.Addr)
	return &conn{Conn: sealed}, err
}
