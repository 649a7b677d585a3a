package mailbox

import (
	"crypto/sha256"
	"time"
)

// Position is how far a mailbox has been read. The zero Position reads it from
// its first mail.
type Position struct {
	// UIDValidity is the generation of the UIDs; another one voids LastUID.
	UIDValidity uint32
	// LastUID is the highest UID that was delivered.
	LastUID uint32
	// HighestModSeq is what the server told at the last poll (RFC 7162), 0 if
	// it has none. Nothing is decided by it; it shows that something changed.
	HighestModSeq uint64
	// MarkedUID is the highest UID whose mark on the server is known to have
	// been made. It lags behind LastUID, and what lies between is marked again
	// at the next start: marking twice does no harm.
	MarkedUID uint32
	// History is the highest UID that was there when UIDs of this generation were
	// first seen: what came with them, nobody waits for an answer to. No date says
	// so, for the server's clock is not ours, and a mail that is moved keeps its date.
	History uint32
}

// Raw is one mail as the server holds it.
type Raw struct {
	Account      string
	Mailbox      string
	UIDValidity  uint32
	UID          uint32
	Size         int64    // bytes on the server, also where Bytes was cut
	SHA256       [32]byte // of Bytes
	InternalDate time.Time
	Bytes        []byte
	// Truncated: the mail is over the limit and Bytes is its beginning.
	Truncated bool
	// Problem is empty, or a sentence why the server could not hand the mail
	// over; Bytes is then empty.
	Problem string
}

// digest fills SHA256. A mail without bytes gets the hash of its place, so
// that two unreadable mails are not taken for one.
func (r *Raw) digest() {
	if r.Problem != "" {
		r.SHA256 = sha256.Sum256(place(r))
		return
	}
	r.SHA256 = sha256.Sum256(r.Bytes)
}
