package protocol

// ByeCode says why a conversation ends.
type ByeCode string

const (
	ByeFrame    ByeCode = "frame"    // a frame broke SPEC P2
	ByeHello    ByeCode = "hello"    // something came before HELLO
	ByeVersion  ByeCode = "version"  // the protocols have no version in common
	ByeRevoked  ByeCode = "revoked"  // the device or its person may not sync any more
	ByeInternal ByeCode = "internal" // a fault of the hub; nothing was lost
	ByeStopping ByeCode = "stopping" // the hub goes down
	ByeReplaced ByeCode = "replaced" // the same device opened another connection
)

// Bye ends the conversation with a reason (SPEC P14).
type Bye struct {
	Code       ByeCode `json:"code"`
	Message    string  `json:"message"`
	RetryAfter int     `json:"retry_after,omitempty"` // seconds
}

// Type names the message.
func (Bye) Type() string { return "BYE" }

// Ping asks for a sign of life (SPEC P15).
type Ping struct{}

// Type names the message.
func (Ping) Type() string { return "PING" }

// Pong answers Ping.
type Pong struct{}

// Type names the message.
func (Pong) Type() string { return "PONG" }
