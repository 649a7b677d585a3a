package protocol

import (
	"time"

	"holdall/desk"
)

// Welcome answers Hello (SPEC P4).
type Welcome struct {
	Protocol int                      `json:"protocol"` // the one both speak from here on
	Caps     []Cap                    `json:"caps,omitempty"`
	PushOnly bool                     `json:"push_only,omitempty"` // the device is too old to be sent records (SPEC P30)
	Wait     int                      `json:"wait,omitempty"`      // seconds until rows may begin: others are before it (SPEC P31)
	Epoch    string                   `json:"epoch"`
	Person   desk.PersonID            `json:"person"`
	Time     time.Time                `json:"time"` // shown; the days of the journal are counted by it, and nothing is ordered
	LastMid  int64                    `json:"last_mid"`
	Buckets  map[desk.BucketID]Cursor `json:"buckets"` // given, with their counters
	Leases   []desk.Lease             `json:"leases,omitempty"`
}

// Type names the message.
func (Welcome) Type() string { return "WELCOME" }

// Sub gives a bucket during the conversation (SPEC P11).
type Sub struct {
	Bucket desk.BucketID `json:"bucket"`
	Epoch  int64         `json:"epoch"`
}

// Type names the message.
func (Sub) Type() string { return "SUB" }

// Unsub takes a bucket away; the device erases what only it held.
type Unsub struct {
	Bucket desk.BucketID `json:"bucket"`
}

// Type names the message.
func (Unsub) Type() string { return "UNSUB" }

// Reset empties a bucket on the device, to be filled again (SPEC P12).
type Reset struct {
	Bucket desk.BucketID `json:"bucket"`
	Epoch  int64         `json:"epoch"`
	Reason string        `json:"reason"`
}

// Type names the message.
func (Reset) Type() string { return "RESET" }
