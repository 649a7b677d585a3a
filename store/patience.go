package store

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// patience is how long a node waits for its database server. One that ends says so;
// one whose machine is gone, or to which something on the way drops what is sent,
// says nothing, and TCP would wait for a quarter of an hour.
type patience struct {
	connect time.Duration // for a new connection
	silence time.Duration // for the next byte of an answer
	away    time.Duration // from when it is found not to answer until whoever asked is told
}

// usual leaves a device its answer within the minute after which it hangs up (SPEC
// P15), and a statement longer than a dead node's transaction can keep it (idleMost).
var usual = patience{connect: 5 * time.Second, silence: 20 * time.Second, away: 5 * time.Second}

// idleMost is how long a transaction may stand on the server while its node says
// nothing, in milliseconds, unless the address of the database says otherwise: what
// a dead node has locked is free again then.
const (
	idleParam = "idle_in_transaction_session_timeout"
	idleMost  = "15000"
)

// errSilent is a server that does not answer.
var errSilent = errors.New("the server is silent")

// line opens the connections to a server, of which none waits for an answer longer
// than it is bounded to.
type line struct {
	dial   pgconn.DialFunc
	most   atomic.Int64 // nanoseconds of silence; 0: as long as a migration or a copy takes
	silent atomic.Int64 // when the server was found silent last, since begun
	begun  time.Time
}

// draw has the connections of a configuration made by the line, and in good time.
func (l *line) draw(config *pgx.ConnConfig) {
	l.dial, l.begun = config.DialFunc, time.Now()
	config.DialFunc = l.open
}

func (l *line) open(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := l.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := &wire{Conn: conn, line: l}
	c.heard.Store(l.now())
	return c, nil
}

// wire is a connection of a line.
type wire struct {
	net.Conn
	line  *line
	heard atomic.Int64 // when its last byte came, since the line was begun
	said  atomic.Int64 // when the server's side took the last one

	mu  sync.Mutex
	end time.Time // the deadline that its user has set
}

// saidAtOnce is how many bytes have to be taken in as long as one is awaited.
const saidAtOnce = 64 << 10

func (l *line) now() int64 { return int64(time.Since(l.begun)) }

// until sets a deadline; bounded: it is the line's and not the user's.
func (c *wire) until(set func(time.Time) error) (end time.Time, bounded bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	end = c.end
	if most := time.Duration(c.line.most.Load()); most > 0 {
		if at := time.Now().Add(most); end.IsZero() || at.Before(end) {
			end, bounded = at, true
		}
	}
	return end, bounded, set(end)
}

// passed reports whether an error is that of a deadline.
func passed(err error, end time.Time) bool {
	var network net.Error
	return errors.As(err, &network) && network.Timeout() && !time.Now().Before(end)
}

// Read waits for the next byte as long as the line is bounded to, from when the last
// one was taken.
func (c *wire) Read(p []byte) (int, error) {
	for {
		began := c.line.now()
		end, bounded, err := c.until(c.Conn.SetReadDeadline)
		if err != nil {
			return 0, err
		}
		n, err := c.Conn.Read(p)
		if n > 0 {
			c.heard.Store(c.line.now())
		}
		if n > 0 || !bounded || !passed(err, end) {
			return n, err
		}
		if c.said.Load() < began {
			c.line.silent.Store(c.line.now())
			return 0, errSilent
		}
	}
}

// Write refuses a connection on which nothing was heard since the server was found
// silent: it would have to wait as long to find that out by itself.
func (c *wire) Write(p []byte) (sent int, err error) {
	if c.heard.Load() < c.line.silent.Load() {
		return 0, errSilent
	}
	for {
		end, bounded, err := c.until(c.Conn.SetWriteDeadline)
		if err != nil {
			return sent, err
		}
		n, err := c.Conn.Write(p[sent:min(len(p), sent+saidAtOnce)])
		if sent += n; n > 0 {
			c.said.Store(c.line.now())
		}
		if bounded && passed(err, end) {
			return sent, errSilent
		}
		if err != nil || sent == len(p) {
			return sent, err
		}
	}
}

// SetDeadline also ends a Read that is under way.
func (c *wire) SetDeadline(end time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end = end
	return c.Conn.SetDeadline(end)
}

// SetReadDeadline is SetDeadline of what is read.
func (c *wire) SetReadDeadline(end time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end = end
	return c.Conn.SetReadDeadline(end)
}

// reach takes a connection of the pool. Where none is to be had in time, all that
// there are wait for a server that is silent.
func (d *database) reach(ctx context.Context, pool *sql.DB) (*sql.Conn, error) {
	within, cancel := context.WithTimeout(ctx, d.patience.silence)
	defer cancel()
	conn, err := pool.Conn(within)
	if err != nil && within.Err() != nil && ctx.Err() == nil {
		err = errors.Join(errSilent, err)
	}
	return conn, err
}
