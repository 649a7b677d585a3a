package protocol

// ByeCode says why a conversation ends.
type ByeCode string

const (
	ByeFrame    ByeCode = "frame"            // a frame broke SPEC P2
	ByeHello    ByeCode = "hello"            // something came before HELLO
	ByeVersion  ByeCode = "version"          // the protocols have no version in common
	ByeRevoked  ByeCode = "revoked"          // the device or its person may not sync any more
	ByeInternal ByeCode = "internal"         // a fault of the hub; nothing was lost
	ByeStopping ByeCode = "stopping"         // the hub goes down
	ByeReplaced ByeCode = "replaced"         // the same device opened another connection
	ByeRestored ByeCode = "restored"         // the hub begins another life (SPEC P17)
	ByeBusy     ByeCode = "busy"             // too many devices are being filled (SPEC P31)
	ByeFlood    ByeCode = "flood"            // more frames than a device has reason to send (SPEC P33)
	ByeUpgrade  ByeCode = "upgrade_required" // what the old program had to say is taken (SPEC P30)
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
