package protocol

import (
	"time"

	"holdall/desk"
)

// Row is a record as it stands, or the news that a tree left the bucket.
type Row struct {
	Seq  int64 `json:"seq"`
	Drop bool  `json:"drop,omitempty"`
	desk.Record
}

// Rows carry a page of a bucket down (SPEC P7).
type Rows struct {
	N      int64         `json:"n,omitempty"` // its number, for a device that does not count (SPEC P7)
	Bucket desk.BucketID `json:"bucket"`
	Epoch  int64         `json:"epoch"`
	To     int64         `json:"to"`              // the cursor after this page
	Floor  int64         `json:"floor,omitempty"` // and its floor, while the bucket is being filled (SPEC P24)
	Rows   []Row         `json:"rows"`
	Shared *Shared       `json:"-"`
}

// Type names the message.
func (Rows) Type() string { return "ROWS" }

// Checkpoint says that everything given has been sent, the buckets it names up to
// the vector, as read in one snapshot (SPEC P8).
type Checkpoint struct {
	Vector   map[desk.BucketID]int64 `json:"vector"`
	Time     time.Time               `json:"time"`
	Sums     map[desk.BucketID]Sum   `json:"sums,omitempty"`     // to be compared (SPEC P20)
	Answered int64                   `json:"answered,omitempty"` // the newest DIGEST or FETCH that was answered before
	Shared   *Shared                 `json:"-"`
}

// Type names the message.
func (Checkpoint) Type() string { return "CHECKPOINT" }

// Applied answers pages: all up to the N-th of this connection are taken in.
type Applied struct {
	N int64 `json:"n"`
}

// Type names the message.
func (Applied) Type() string { return "APPLIED" }
