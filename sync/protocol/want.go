package protocol

import "holdall/desk"

// WantMost is how many archives a device has at once.
const WantMost = 120

// Want names all the archives a device wants, in place of those it named before
// (SPEC P28). What it may have comes as SUB with its rows, what it may not have is
// answered with UNSUB, and so is what it has and does not name any more.
type Want struct {
	Buckets []desk.BucketID `json:"buckets"`
}

// Type names the message.
func (Want) Type() string { return "WANT" }
