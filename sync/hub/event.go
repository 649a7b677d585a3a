package hub

import (
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

// Hinted says that another node moved buckets.
type Hinted struct{ Buckets []desk.BucketID }

// Ticked is the time for a checkpoint even where nothing changed, so that
// "complete up to" goes on.
type Ticked struct{}

func (Opened) event()    {}
func (Received) event()  {}
func (Closed) event()    {}
func (Submitted) event() {}
func (Hinted) event()    {}
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

// Moved says which buckets a commit moved: a hint for other nodes and for
// whoever waits for work, such as the sender of replies.
type Moved struct{ Buckets []desk.BucketID }

func (Send) effect()   {}
func (Hangup) effect() {}
func (Done) effect()   {}
func (Moved) effect()  {}
