// Package protocol promises that both halves of the synchronisation speak of the
// same things: a type for each message, one encoding, and the limits of both.
//
// A frame is one websocket message (SPEC P1):
//
//	+------+----------------------------------------+
//	| flag | ["TYPE", { … }]                        |
//	+------+----------------------------------------+
//	  bit 0: the array is compressed with zstd
//
// The package also carries the frames, over a websocket or over an in-memory
// pipe; it knows nothing of what they mean.
package protocol

// Subprotocol is the websocket subprotocol that both sides must name.
const Subprotocol = "holdall.sync.v1"

// Version is the newest protocol this program speaks, OldestVersion the oldest.
const (
	Version       = 1
	OldestVersion = 1
)

// Schema is the shape of the records this program keeps, OldestSchema the oldest
// that a device may keep and still be sent records.
const (
	Schema       = 1
	OldestSchema = 1
)

// Limits of both sides (SPEC P1, P6, P7).
const (
	MaxFrame        = 8 << 20       // bytes of a frame, as sent and as decompressed
	CompressAbove   = 1 << 10       // bytes; smaller frames go as they are
	PageRows        = 2000          // rows of a ROWS
	PageBytes       = 1024 << 10    // bytes of the bodies of a ROWS, unless one row alone is larger
	PushMutations   = 200           // mutations of a PUSH
	PushBytes       = 256 << 10     // bytes of the mutations of a PUSH, unless one alone is larger
	UnansweredBytes = 4 * PageBytes // bytes of the bodies of the ROWS the hub sends before it waits for APPLIED
	UnansweredPages = 128           // ROWS the hub sends before it waits for APPLIED, however small
	AnswerPages     = 32            // ROWS after which a device in step answers with APPLIED
	AnswerBytes     = 256 << 10     // bytes of their bodies after which it does
)

// Message is anything that travels.
type Message interface{ Type() string }
