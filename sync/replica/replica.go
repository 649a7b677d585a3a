// Package replica promises that a laptop never waits for the network and never
// loses a word: an edit is durable before it is called saved, shows at once, and
// goes out exactly once and in order when there is a hub to take it.
//
// Engine is the state machine: Step takes what happened and returns what is to
// be done, so a simulation can replay it from a seed. Its only companion is the
// replica's store. Client is the thin shell that dials, reads and waits.
package replica

import (
	"context"
	"math/rand/v2"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// phase is where the conversation stands.
type phase int

const (
	offline  phase = iota // waits for the next try
	dialling              // a connection is being made
	greeting              // HELLO is sent
	live                  // WELCOME has come
)

// Engine is the laptop's half of the synchronisation.
type Engine struct {
	store *store.Replica
	rand  *rand.Rand
	app   string

	phase    phase
	tries    int       // in a row without a WELCOME
	retryAt  time.Time // when offline
	heard    time.Time // last message of the hub
	spoke    time.Time // last message of ours
	pushedAt time.Time // zero: no PUSH is under way
	pushed   int64     // the last mid of the newest one
	fed      time.Time // last page or checkpoint, or when they may begin
	stalls   int       // times the watchdog hung up
	pushOnly bool      // the hub sends this program no records
	retell   int64     // newest mid acknowledged before this connection: a restored hub is told again up to it
	here     protocol.Presence
	hereAt   time.Time       // last told
	sociable bool            // the hub takes part in presence
	archives bool            // the hub gives archives
	named    []desk.BucketID // archives that HELLO named
	company  map[desk.TicketID][]protocol.Present
	problem  string // why the last connection ended, for a person
	shutOut  bool   // the hub said since then that it accepts this device no more

	unshown bool // the view lacks something of the outbox

	pending *pending // nil: to be read from the outbox, and all of it run again
	ran     int      // mutations that were run again since the start

	pages int64                      // of this connection
	owed  struct{ pages, bytes int } // of these, not answered yet

	staged   []protocol.Rows       // pages of filled buckets, until the checkpoint
	diffs    []protocol.DigestDiff // until the checkpoint
	doubts   map[desk.BucketID]doubt
	auditAt  time.Time                    // the next audit is due; zero: not known yet
	recount  []desk.BucketID              // to be counted at the end of it
	lacking  map[desk.BucketID][]desk.Key // to be fetched, in the course of a checkpoint
	asked    int64                        // DIGEST and FETCH of this connection
	received int                          // rows of this catch-up
	behind   bool                         // no checkpoint since WELCOME
	effects  []Effect
}

// New makes the engine over a replica. The source of randomness spreads
// reconnects.
func New(replica *store.Replica, random *rand.Rand, app string) *Engine {
	return &Engine{store: replica, rand: random, app: app, doubts: map[desk.BucketID]doubt{}}
}

// Event is something that happened.
type Event interface{ event() }

// Connected says that the connection asked for stands.
type Connected struct{}

// Lost says that the connection asked for could not be made, or is gone.
type Lost struct {
	Reason  string
	Refused bool // the hub does not accept this device: a person must sign in again
}

// Received is a message of the hub.
type Received struct{ Message protocol.Message }

// Edited says that the outbox holds something new.
type Edited struct{}

// Woken asks for a connection now: the network changed, the machine woke, a
// person pressed the key.
type Woken struct{}

// Resumed says that the connection there may be is worth nothing: the machine
// slept, or its network is another.
type Resumed struct{}

// Ticked is the passing of time; a second is a good interval.
type Ticked struct{}

func (Connected) event() {}
func (Lost) event()      {}
func (Received) event()  {}
func (Edited) event()    {}
func (Woken) event()     {}
func (Resumed) event()   {}
func (Ticked) event()    {}

// Effect is something to be done.
type Effect interface{ effect() }

// Dial asks for a connection; Connected or Lost answers.
type Dial struct{}

// Send hands a message to the connection.
type Send struct{ Message protocol.Message }

// Hangup ends the connection.
type Hangup struct{}

// Changed says that the view moved: these tickets, the directory, the mailboxes,
// or where none is named, more than is worth naming.
type Changed struct {
	Tickets   []desk.TicketID
	Directory bool // people, requesters, teams, services, the workspace
	Mail      bool // mailboxes and quarantined mails
}

func (Dial) effect()    {}
func (Send) effect()    {}
func (Hangup) effect()  {}
func (Changed) effect() {}

// Step lets something happen and returns what is to be done about it. An error
// is a fault of the store: the conversation ends, nothing is lost.
func (e *Engine) Step(ctx context.Context, now time.Time, ev Event) ([]Effect, error) {
	e.effects = nil
	err := e.take(ctx, now, ev)
	if err != nil {
		e.drop(now, "The local database could not be written: "+err.Error(), 5*time.Second)
	}
	return e.effects, err
}

func (e *Engine) take(ctx context.Context, now time.Time, ev Event) error {
	switch ev := ev.(type) {
	case Connected:
		return e.hello(ctx, now)
	case Lost:
		e.lost(now, ev)
	case Received:
		e.heard = now
		return e.receive(ctx, now, ev.Message)
	case Edited:
		return e.push(ctx, now)
	case Woken:
		if e.phase == offline {
			e.tries = 0
			e.dial()
		}
	case Wanting:
		return e.tellWanted(ctx, now)
	case Attending:
		e.attend(now, ev.Presence)
	case Resumed:
		e.resumed(now)
	case Ticked:
		return e.tick(ctx, now)
	}
	return nil
}

func (e *Engine) do(eff Effect) { e.effects = append(e.effects, eff) }

func (e *Engine) send(now time.Time, m protocol.Message) {
	e.spoke = now
	e.do(Send{m})
}

func (e *Engine) receive(ctx context.Context, now time.Time, m protocol.Message) error {
	if bye, ok := m.(protocol.Bye); ok {
		e.bye(now, bye)
		return nil
	}
	if welcome, ok := m.(protocol.Welcome); ok && e.phase == greeting {
		return e.welcome(ctx, now, welcome)
	}
	if e.phase != live {
		return nil
	}
	switch m := m.(type) {
	case protocol.Ack:
		return e.ack(ctx, now, m)
	case protocol.Gap:
		return e.gap(ctx, now, m)
	case protocol.Rows:
		e.fed = now
		return e.rows(ctx, now, m)
	case protocol.DigestDiff:
		e.diffs = append(e.diffs, m)
	case protocol.Checkpoint:
		e.fed = now
		return e.checkpoint(ctx, now, m)
	case protocol.PresenceSet:
		e.meet(m)
	case protocol.Sub:
		return e.subscribe(ctx, m)
	case protocol.Unsub:
		return e.empty(ctx, now, m.Bucket, nil)
	case protocol.Reset:
		return e.empty(ctx, now, m.Bucket, &store.Cursor{Epoch: m.Epoch})
	}
	return nil
}
