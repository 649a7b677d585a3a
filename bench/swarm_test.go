package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"holdall/desk"
	"holdall/sync/protocol"
)

// A swarm is thousands of devices in a process of its own, so that what they cost
// is not counted as the hub's. They speak the protocol and keep nothing but their
// cursors.

// swarmEnv makes the test program a swarm.
const swarmEnv = "HOLDALL_SWARM"

// member is a device as the swarm is told of it.
type member struct {
	Token  string
	Ticket desk.TicketID // it writes on
}

// order is what a swarm is to do.
type order struct {
	URL     string   // first of all
	Members []member // first of all
	Writes  int      // so many notes
	Rate    int      // a second
	Again   bool     // wait until everybody has connected once more
}

// report is what it did.
type report struct {
	Took  time.Duration   // until everybody was in step
	Seen  []time.Duration // from the pen of one to the screen of another
	Error string
}

type swarm struct {
	url     string
	members []*bee
	synced  chan int // a member reached its first checkpoint of a connection
	seen    chan time.Duration
}

// bee is one device.
type bee struct {
	*swarm
	member
	n       int
	mu      sync.Mutex
	conn    protocol.Conn
	mid     int64
	cursors map[desk.BucketID]protocol.Cursor
	epoch   string
	tries   int
}

// runSwarm follows orders until there are none.
func runSwarm(in io.Reader, out io.Writer) error {
	orders, reports := json.NewDecoder(bufio.NewReader(in)), json.NewEncoder(out)
	s := &swarm{synced: make(chan int, 1<<16), seen: make(chan time.Duration, 1<<20)}
	for {
		var o order
		if err := orders.Decode(&o); err != nil {
			return nil
		}
		var r report
		begun := time.Now()
		switch {
		case o.URL != "":
			s.begin(o)
			r.Error = s.together()
		case o.Again:
			r.Error = s.together()
		default:
			r.Seen = s.write(o)
		}
		r.Took = time.Since(begun)
		if err := reports.Encode(r); err != nil {
			return err
		}
	}
}

func (s *swarm) begin(o order) {
	s.url = o.URL
	for i, m := range o.Members {
		b := &bee{swarm: s, member: m, n: i, cursors: map[desk.BucketID]protocol.Cursor{}}
		s.members = append(s.members, b)
		go b.live()
	}
}

// together waits until every member has come to a checkpoint.
func (s *swarm) together() string {
	missing := map[int]bool{}
	for i := range s.members {
		missing[i] = true
	}
	over := time.After(3 * time.Minute)
	for len(missing) > 0 {
		select {
		case n := <-s.synced:
			delete(missing, n)
		case <-over:
			return fmt.Sprintf("%d devices are not in step", len(missing))
		}
	}
	return ""
}

// write lets members write notes at a steady rate and gathers how long each took
// to every other screen.
func (s *swarm) write(o order) (seen []time.Duration) {
	every := time.NewTicker(time.Second / time.Duration(o.Rate))
	defer every.Stop()
	for n := range o.Writes {
		<-every.C
		s.members[n*7919%len(s.members)].note(n)
	}
	for {
		select {
		case d := <-s.seen:
			seen = append(seen, d)
		case <-time.After(2 * time.Second):
			return seen
		}
	}
}

// live connects again and again, as a laptop does (SPEC P14).
func (b *bee) live() {
	for {
		atLeast := b.converse()
		b.tries++
		most := max(min(time.Minute, 500*time.Millisecond<<min(b.tries, 10)), atLeast)
		time.Sleep(atLeast + 250*time.Millisecond + rand.N(most))
	}
}

// converse holds one conversation and returns when to come back at the earliest.
func (b *bee) converse() (atLeast time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	conn, err := protocol.Dial(ctx, b.url, b.Token, nil)
	if err != nil {
		return 0
	}
	defer conn.Close()
	if err := conn.Send(ctx, protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, Caps: []protocol.Cap{protocol.CapCount}, NextMid: b.mid + 1, Cursors: b.cursors, Epoch: b.epoch}); err != nil {
		return 0
	}
	first, pages := true, int64(0)
	for {
		m, err := conn.Receive(ctx)
		if err != nil {
			return 0
		}
		switch m := m.(type) {
		case protocol.Welcome:
			b.tries, b.epoch = 0, m.Epoch
			b.mu.Lock()
			b.conn, b.mid = conn, m.LastMid
			b.mu.Unlock()
		case protocol.Rows:
			b.read(m)
			if pages++; !first && pages%protocol.AnswerPages != 0 {
				continue
			}
			if err := b.say(conn, protocol.Applied{N: pages}); err != nil {
				return 0
			}
		case protocol.Checkpoint:
			if first {
				first = false
				b.synced <- b.n
			}
		case protocol.Bye:
			return time.Duration(m.RetryAfter) * time.Second
		}
	}
}

// say sends on a connection that may be the one a note is written on.
func (b *bee) say(conn protocol.Conn, m protocol.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return conn.Send(context.Background(), m)
}

const pen = "written at "

func (b *bee) read(rows protocol.Rows) {
	b.cursors[rows.Bucket] = protocol.Cursor{Epoch: rows.Epoch, Seq: rows.To}
	for _, row := range rows.Rows {
		_, rest, ok := strings.Cut(string(row.Body), pen)
		if !ok || row.Kind != desk.KindMessage || !strings.HasPrefix(string(rows.Bucket), "team:") {
			continue
		}
		digits, _, _ := strings.Cut(rest, `"`)
		if at, err := strconv.ParseInt(digits, 10, 64); err == nil {
			select {
			case b.seen <- time.Duration(time.Now().UnixNano() - at):
			default:
			}
		}
	}
}

// note writes one note on the member's ticket.
func (b *bee) note(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.conn == nil {
		return
	}
	now := time.Now()
	m, err := desk.NewMutation(desk.MessageAdd, b.Ticket, desk.AddMessage{Message: desk.Message{
		ID: desk.MessageID(fmt.Sprintf("note-%d-%d", n, now.UnixNano())), Kind: desk.InternalNote, Text: pen + strconv.FormatInt(now.UnixNano(), 10),
	}}, now)
	if err != nil {
		return
	}
	b.mid++
	m.Mid = b.mid
	// A connection that broke loses the note: it is missing among what was seen.
	_ = b.conn.Send(context.Background(), protocol.Push{Mutations: []desk.Mutation{m}})
}

// swarming runs the test program as a swarm if it was started as one.
func swarming() (code int, is bool) {
	if os.Getenv(swarmEnv) == "" {
		return 0, false
	}
	if err := runSwarm(os.Stdin, os.Stdout); err != nil && !errors.Is(err, io.EOF) {
		fmt.Fprintln(os.Stderr, err)
		return 1, true
	}
	return 0, true
}
