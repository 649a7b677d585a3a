package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Hints carry word from one node of a hub to the others: quickly, in no order,
// and not at all where anything is in the way (SPEC P51). Whatever must be known
// is read from the database; a hint only says that looking is worth while.
//
// Nodes in one process hear each other directly. On PostgreSQL they hear each
// other by NOTIFY, outside of any transaction and on a connection of its own:
// within one it would line up every commit of the server behind one lock.
type Hints struct {
	central *Central
	node    string
	heard   func(topic string, payload []byte)
	out     chan hint
	end     context.CancelFunc
	working sync.WaitGroup
}

type hint struct {
	Node    string `json:"n"`
	Topic   string `json:"t"`
	Payload []byte `json:"p"`
}

const (
	// HintMost is the largest payload in bytes; PostgreSQL carries 8,000 bytes
	// with what we put around it.
	HintMost   = 5000
	hintsWait  = 256 // for a slow server; more are dropped
	hintChance = 100 * time.Millisecond
	hintPause  = 5 * time.Second
)

// Join begins to hear the other nodes. heard is called from several goroutines
// and must not wait for anything.
func (c *Central) Join(heard func(topic string, payload []byte)) *Hints {
	ctx, end := context.WithCancel(context.Background())
	h := &Hints{central: c, node: newUUID(), heard: heard, out: make(chan hint, hintsWait), end: end}
	c.bus.Lock()
	c.members[h] = struct{}{}
	c.bus.Unlock()
	if c.db.dialect == postgres {
		h.working.Go(func() { h.keep(ctx, h.listen) })
		h.working.Go(func() { h.keep(ctx, h.talk) })
	}
	return h
}

// Publish tells the other nodes; it never waits. A payload above HintMost is
// dropped, as any hint may be.
func (h *Hints) Publish(topic string, payload []byte) {
	h.central.bus.Lock()
	members := slices.Collect(maps.Keys(h.central.members))
	h.central.bus.Unlock()
	for _, other := range members {
		if other != h {
			other.heard(topic, payload)
		}
	}
	if h.central.db.dialect != postgres || len(payload) > HintMost {
		return
	}
	select {
	case h.out <- hint{h.node, topic, payload}:
	default:
	}
}

// Leave ends hearing and being heard.
func (h *Hints) Leave() {
	h.central.bus.Lock()
	delete(h.central.members, h)
	h.central.bus.Unlock()
	h.end()
	h.working.Wait()
}

// keep holds a connection to the server of its own and makes another when it
// breaks.
func (h *Hints) keep(ctx context.Context, use func(context.Context, *pgx.Conn) error) {
	pause := hintChance
	for ctx.Err() == nil {
		began := time.Now()
		if conn, err := pgx.ConnectConfig(ctx, h.central.db.server); err == nil {
			_ = use(ctx, conn) // whatever broke it, the poll goes on meanwhile
			_ = conn.Close(context.WithoutCancel(ctx))
		}
		if time.Since(began) > hintPause {
			pause = hintChance
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, hintPause)
	}
}

// channel is that of the nodes on this schema of a server.
func channel(ctx context.Context, conn *pgx.Conn) (name string, err error) {
	err = conn.QueryRow(ctx, "SELECT 'holdall.' || current_schema()").Scan(&name)
	return name, err
}

func (h *Hints) listen(ctx context.Context, conn *pgx.Conn) error {
	begin, cancel := context.WithTimeout(ctx, h.central.db.silence)
	defer cancel()
	name, err := channel(begin, conn)
	if err != nil {
		return err
	}
	if _, err := conn.Exec(begin, "LISTEN "+pgx.Identifier{name}.Sanitize()); err != nil {
		return err
	}
	for {
		word, err := h.next(ctx, conn)
		if err != nil {
			return err
		}
		var heard hint
		if json.Unmarshal([]byte(word.Payload), &heard) == nil && !h.central.has(heard.Node) {
			h.heard(heard.Topic, heard.Payload)
		}
	}
}

// next waits for a notification. Of a server that does not say anything it is asked
// now and then whether it still does.
func (h *Hints) next(ctx context.Context, conn *pgx.Conn) (*pgconn.Notification, error) {
	most := h.central.db.silence
	for {
		within, cancel := context.WithTimeout(ctx, most)
		word, err := conn.WaitForNotification(within)
		cancel()
		if err == nil || ctx.Err() != nil || !pgconn.Timeout(err) {
			return word, err
		}
		within, cancel = context.WithTimeout(ctx, most)
		err = conn.Ping(within)
		cancel()
		if err != nil {
			return nil, err
		}
	}
}

func (h *Hints) talk(ctx context.Context, conn *pgx.Conn) error {
	begin, cancel := context.WithTimeout(ctx, h.central.db.silence)
	defer cancel()
	name, err := channel(begin, conn)
	if err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case next := <-h.out:
			text, err := json.Marshal(next)
			if err != nil {
				return err
			}
			within, cancel := context.WithTimeout(ctx, h.central.db.silence)
			_, err = conn.Exec(within, "SELECT pg_notify($1, $2)", name, string(text))
			cancel()
			if err != nil {
				return err
			}
		}
	}
}

// has reports whether a node lives in this process and was told directly.
func (c *Central) has(node string) bool {
	c.bus.Lock()
	defer c.bus.Unlock()
	for m := range c.members {
		if m.node == node {
			return true
		}
	}
	return false
}
