package postgres

import (
	"bytes"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Mute stands between a program and a server and can fall silent, as a machine
// does that is gone, or a network that drops what is sent: nothing is passed on, no
// connection ends, and new ones get no answer. Those that stood then are lost for
// ever, also when it speaks again, and neither end is told.
type Mute struct {
	server    *Server
	listener  net.Listener
	accepting sync.WaitGroup

	mu     sync.Mutex
	last   []byte // with what a client says it falls silent
	silent bool
	spoken chan struct{} // closed when it speaks again
	open   map[*hush]struct{}
	closed bool
}

// hush is one connection through a Mute.
type hush struct {
	client, server net.Conn
	lost           bool
}

// Mute begins to stand before the server.
func (s *Server) Mute() (*Mute, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	m := &Mute{server: s, listener: listener, spoken: make(chan struct{}), open: map[*hush]struct{}{}}
	m.accepting.Go(m.accept)
	return m, nil
}

// DSN is the address of a database of the server, through this.
func (m *Mute) DSN(dsn string) string {
	port := ":" + strconv.Itoa(m.listener.Addr().(*net.TCPAddr).Port) + "/"
	return strings.Replace(dsn, ":"+strconv.Itoa(m.server.port)+"/", port, 1)
}

// SilenceAfter falls silent when a client has said something: the server hears it,
// and nobody hears the answer.
func (m *Mute) SilenceAfter(words string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = []byte(words)
}

// Silence loses what is under way and all that is open, without a word.
func (m *Mute) Silence() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.silent, m.last = true, nil
	for h := range m.open {
		h.lost = true
	}
}

// Speak lets new connections through again.
func (m *Mute) Speak() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.silent = false
	close(m.spoken)
	m.spoken = make(chan struct{})
}

// Stop ends all connections.
func (m *Mute) Stop() error {
	err := m.listener.Close()
	m.mu.Lock()
	m.closed = true
	close(m.spoken)
	for h := range m.open {
		h.client.Close()
		h.server.Close()
	}
	m.mu.Unlock()
	m.accepting.Wait()
	return err
}

func (m *Mute) accept() {
	for {
		client, err := m.listener.Accept()
		if err != nil {
			return
		}
		m.accepting.Go(func() { m.carry(client) })
	}
}

// carry passes a connection on, when it speaks.
func (m *Mute) carry(client net.Conn) {
	defer client.Close()
	for {
		m.mu.Lock()
		silent, spoken, closed := m.silent, m.spoken, m.closed
		m.mu.Unlock()
		if closed {
			return
		}
		if !silent {
			break
		}
		<-spoken
	}
	server, err := net.DialTimeout("tcp", "127.0.0.1:"+strconv.Itoa(m.server.port), 5*time.Second)
	if err != nil {
		return
	}
	defer server.Close()
	h := &hush{client: client, server: server}
	m.mu.Lock()
	if m.closed {
		server.Close()
	}
	m.open[h] = struct{}{}
	m.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { m.pass(h, client, server) })
	both.Go(func() { m.pass(h, server, client) })
	both.Wait()
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.open, h)
}

// pass copies one way. Of a lost connection neither end hears of the other's.
func (m *Mute) pass(h *hush, from, to net.Conn) {
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		m.mu.Lock()
		lost := h.lost && !m.closed
		last := len(m.last) > 0 && from == h.client && bytes.Contains(buf[:n], m.last)
		m.mu.Unlock()
		if last {
			m.Silence()
		}
		if !lost {
			if _, failed := to.Write(buf[:n]); failed != nil || err != nil {
				to.Close()
				return
			}
		}
		if err != nil {
			return
		}
	}
}
