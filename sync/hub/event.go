package hub

import (
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// SessionID names a connection for as long as it lives.
type SessionID int64

// Event is something that happened.
type Event interface{ event() }

// Opened is a connection of an authenticated device.
type Opened struct {
	Session SessionID
	Device  desk.DeviceID
}

// Received is a message of a connection.
type Received struct {
	Session SessionID
	Message protocol.Message
}

// Closed is the end of a connection.
type Closed struct{ Session SessionID }

// Submitted are mutations of the hub's own: mail, delivery, administration. They
// bear their own device and mid, which are unique but not dense.
type Submitted struct {
	ID        int64
	Actor     desk.Principal
	Mutations []desk.Mutation
	With      func(*store.CentralTx) error // more to write in the same transaction; nil: nothing
}

// Polled is the time to look for what others have committed.
type Polled struct{}

// Hinted says how far another node brought buckets.
type Hinted struct{ Heads map[desk.BucketID]int64 }

// Ticked is the time for a checkpoint even where nothing changed, so that
// "complete up to" goes on.
type Ticked struct{}

// Sighted is a glimpse that another node published.
type Sighted struct{ Glimpse Glimpse }

// Nudged is the time that a Nudge asked for.
type Nudged struct{}

func (Sighted) event()   {}
func (Nudged) event()    {}
func (Opened) event()    {}
func (Received) event()  {}
func (Closed) event()    {}
func (Submitted) event() {}
func (Hinted) event()    {}
func (Polled) event()    {}
func (Ticked) event()    {}

// Effect is something to be done.
type Effect interface{ effect() }

// Send hands a message to a connection.
type Send struct {
	Session SessionID
	Message protocol.Message
}

// Hangup ends a connection after what was sent on it.
type Hangup struct{ Session SessionID }

// Done answers a Submitted.
type Done struct {
	ID      int64
	Results []desk.Result
	Err     error
}

// Moved says which buckets a commit moved, and where they stand now: a hint for
// other nodes and for whoever waits for work, such as the sender of replies.
type Moved struct {
	Heads     map[desk.BucketID]int64
	Elsewhere bool // another node did, and has told the others
}

// Failed is a fault of the hub, whoever else is told of it; it is written to the
// log.
type Failed struct{ Err error }

func (Failed) effect() {}

// Glimpsed says where a device of this node is, for other nodes. It may be lost.
type Glimpsed struct{ Glimpse Glimpse }

// Nudge asks for Nudged after a while.
type Nudge struct{ After time.Duration }

func (Glimpsed) effect() {}
func (Nudge) effect()    {}
func (Send) effect()     {}
func (Hangup) effect()   {}
func (Done) effect()     {}
func (Moved) effect()    {}
