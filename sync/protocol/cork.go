package protocol

import (
	"bufio"
	"net"
	"net/http"
	"sync"
)

// corkBytes is how much is held back at most.
const corkBytes = 64 << 10

var corkBuffers = sync.Pool{New: func() any { return new([]byte) }}

// cork holds back what is written to a connection while more is to come: the page
// and the checkpoint of a change leave in one packet, and with one call.
type cork struct {
	net.Conn

	mu  sync.Mutex
	out *[]byte // nil: nothing is held back
}

// Write writes, or keeps what is to be written with what follows.
func (c *cork) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.out == nil {
		return c.Conn.Write(p)
	}
	*c.out = append(*c.out, p...)
	if len(*c.out) < corkBytes {
		return len(p), nil
	}
	return len(p), c.flush()
}

// hold begins to hold back.
func (c *cork) hold() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out = corkBuffers.Get().(*[]byte)
}

// release writes what was held back.
func (c *cork) release() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.flush()
	if cap(*c.out) <= 2*corkBytes {
		corkBuffers.Put(c.out)
	}
	c.out = nil
	return err
}

func (c *cork) flush() error {
	if len(*c.out) == 0 {
		return nil
	}
	_, err := c.Conn.Write(*c.out)
	*c.out = (*c.out)[:0]
	return err
}

// CloseWrite ends the direction from here.
func (c *cork) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return c.Conn.Close()
}

// corking hands out the connection of a request with a cork in it.
type corking struct {
	http.ResponseWriter
	cork *cork
}

// Hijack takes the connection over.
func (w *corking) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffered, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	w.cork = &cork{Conn: conn}
	return w.cork, buffered, nil
}
