package postgres

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Strict stands between a program and a server and lets it feel what engines do
// that speak the same protocol and refuse more often: of every few transactions
// one is refused with 40001 or 40P01 (PostgreSQL, appendix A), or its connection
// breaks, before a statement, before COMMIT, or after it with the answer lost.
// Outside of transactions it only passes on.
type Strict struct {
	server     *Server
	listener   net.Listener
	statements bool
	accepting  sync.WaitGroup

	mu     sync.Mutex
	rand   *rand.Rand
	open   map[*strait]struct{}
	closed bool

	Refused atomic.Int64 // transactions that were refused
	Cut     atomic.Int64 // connections that broke before a commit
	Doubted atomic.Int64 // commits whose answer was lost
}

// Strict begins to stand before the server. statements: single statements are
// refused too, and not only whole transactions.
func (s *Server) Strict(seed uint64, statements bool) (*Strict, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Strict{server: s, listener: listener, statements: statements, rand: rand.New(rand.NewPCG(seed, 0)), open: map[*strait]struct{}{}}
	p.accepting.Go(p.accept)
	return p, nil
}

// DSN is the address of a database of the server, through this.
func (p *Strict) DSN(dsn string) string {
	port := ":" + strconv.Itoa(p.listener.Addr().(*net.TCPAddr).Port) + "/"
	return strings.Replace(dsn, ":"+strconv.Itoa(p.server.port)+"/", port, 1)
}

// Stop ends all connections.
func (p *Strict) Stop() error {
	err := p.listener.Close()
	p.mu.Lock()
	p.closed = true
	for s := range p.open {
		s.cut()
	}
	p.mu.Unlock()
	p.accepting.Wait()
	return err
}

func (p *Strict) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.DialTimeout("tcp", "127.0.0.1:"+strconv.Itoa(p.server.port), 5*time.Second)
		if err != nil {
			client.Close()
			continue
		}
		s := &strait{strict: p, client: client, server: server, idle: make(chan byte, 1)}
		p.mu.Lock()
		if p.closed {
			s.cut()
		}
		p.open[s] = struct{}{}
		p.mu.Unlock()
		p.accepting.Go(s.down)
		p.accepting.Go(s.up)
	}
}

func (p *Strict) forget(s *strait) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, s)
}

// harm is what a transaction meets.
type harm int

const (
	none harm = iota
	refused
	brokenBefore
	brokenAfter
)

// draw decides what becomes of a transaction: at which of its statements, or at
// its end.
func (p *Strict) draw() (what harm, at int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	const end = 1 << 30
	switch n := p.rand.IntN(20); {
	case n < 3:
		return refused, end
	case n < 4:
		return brokenBefore, end
	case n < 6:
		return brokenAfter, end
	case n < 8 && p.statements:
		return refused, 1 + p.rand.IntN(8)
	case n < 9 && p.statements:
		return brokenBefore, 1 + p.rand.IntN(8)
	}
	return none, end
}

// code is an SQLSTATE that asks to run the transaction again.
func (p *Strict) code() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rand.IntN(3) == 0 {
		return "40P01"
	}
	return "40001"
}

var errCut = errors.New("cut")

func (s *strait) refuse(status byte) error {
	s.strict.Refused.Add(1)
	fields := fmt.Sprintf("SERROR\x00VERROR\x00C%s\x00Mplanned by a test\x00\x00", s.strict.code())
	return s.answer(message('E', []byte(fields)), message('Z', []byte{status}))
}
