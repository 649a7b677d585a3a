package intake

import "time"

// Mail is one mail as it came. Its fields are those of a mailbox's raw mail, in
// the same order, so that the one converts to the other.
type Mail struct {
	Account      string
	Mailbox      string
	UIDValidity  uint32
	UID          uint32
	Size         int64    // bytes at the source, also where Bytes was cut
	SHA256       [32]byte // of Bytes
	InternalDate time.Time
	Bytes        []byte
	Truncated    bool   // over the limit: Bytes is only the beginning
	Problem      string // why there are no bytes, else empty
}

// Position is how far a mailbox has been read; see the fields of the same name
// in mailbox.
type Position struct {
	UIDValidity   uint32
	LastUID       uint32
	HighestModSeq uint64
	MarkedUID     uint32
	History       uint32
}

// EntryID names a row of the ledger.
type EntryID int64

// EntryState is what has become of a mail.
type EntryState string

// The states of a ledger row. Only Retry by a person leads back to Filed.
const (
	Filed       EntryState = "filed"
	Converted   EntryState = "converted"
	Quarantined EntryState = "quarantined"
)

// Entry is a row of the ledger with its mail.
type Entry struct {
	ID    EntryID
	Mail  Mail
	Tries int  // failed conversions so far
	Old   bool // it came before its mailbox was added: taken in silently
	// Wanted: it came back from quarantine, and a person wants a ticket of it
	// whatever it is.
	Wanted bool
}
