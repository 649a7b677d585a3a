package protocol

import "holdall/desk"

// DigestTries is how often in a row a bucket may differ before it is emptied and
// filled again (SPEC P23).
const DigestTries = 3

// FetchKeys is how many records a FETCH asks for at most.
const FetchKeys = 2000

// Sum is the digest of a bucket: how many records, and the sum of their hashes
// modulo 2^64.
type Sum struct {
	Rows int64  `json:"rows"`
	Sum  uint64 `json:"sum"`
}

// Digest asks where a bucket differs, by the sums of its 256 parts: a record
// belongs to the part that the lowest eight bits of its hash name (SPEC P21).
type Digest struct {
	N      int64         `json:"n"` // counts DIGEST and FETCH of this connection, from 1
	Bucket desk.BucketID `json:"bucket"`
	Parts  []byte        `json:"parts"` // 256 sums of 8 bytes, the highest first
	Try    int           `json:"try"`   // how often in a row the bucket has differed
}

// Type names the message.
func (Digest) Type() string { return "DIGEST" }

// DigestDiff lists all that the hub has in the parts that differ, in the
// snapshot of the checkpoint that follows.
type DigestDiff struct {
	Bucket desk.BucketID `json:"bucket"`
	Parts  []byte        `json:"parts"` // by number
	Marks  []Mark        `json:"marks"`
}

// Type names the message.
func (DigestDiff) Type() string { return "DIGEST_DIFF" }

// Mark tells a record by its key and hash.
type Mark struct {
	desk.Key
	Hash uint64 `json:"hash"`
}

// Fetch asks for records of a bucket; those that stand in it come as ROWS (SPEC
// P22).
type Fetch struct {
	N      int64         `json:"n"` // counts DIGEST and FETCH of this connection, from 1
	Bucket desk.BucketID `json:"bucket"`
	Keys   []desk.Key    `json:"keys"`
}

// Type names the message.
func (Fetch) Type() string { return "FETCH" }
