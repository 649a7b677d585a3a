package protocol

import "slices"

// Cap names something that not every program of a version can do. What a side
// did not name is never sent to it.
type Cap string

const (
	CapPresence Cap = "presence" // takes part in PRESENCE
	CapArchive  Cap = "archive"  // asks for archives, or gives them: WANT
	CapCount    Cap = "count"    // counts the pages of a connection itself: ROWS without n
	CapMailbox  Cap = "mailbox"  // keeps the bucket of the mailboxes apart from the organisation's
	CapOther    Cap = "other"    // gives other mids when it is told so: GAP with other
)

// Caps lists what this program can do.
func Caps() []Cap { return []Cap{CapPresence, CapArchive, CapCount, CapMailbox, CapOther} }

// Offer is what a hub is ready to speak (SPEC P30).
type Offer struct {
	Newest, Oldest int // protocols
	Schema         int // oldest shape of records it sends
	Caps           []Cap
}

// Ours is what this program offers as a hub.
func Ours() Offer {
	return Offer{Newest: Version, Oldest: OldestVersion, Schema: OldestSchema, Caps: Caps()}
}

// Terms are what a hub and a device agreed on.
type Terms struct {
	Version  int
	Caps     []Cap
	PushOnly bool
}

// Meet finds the newest protocol that both sides speak. A device that is too old
// is still heard, for PUSH and ACK are the same in every version; false: the hub
// is too old for the device.
func (o Offer) Meet(hello Hello) (Terms, bool) {
	if hello.Protocol < 1 || max(hello.Oldest, 1) > o.Newest || hello.Oldest == 0 && hello.Protocol > o.Newest {
		return Terms{}, false
	}
	terms := Terms{Version: min(hello.Protocol, o.Newest)}
	terms.PushOnly = terms.Version < o.Oldest || max(hello.Schema, 1) < o.Schema
	for _, c := range o.Caps {
		if slices.Contains(hello.Caps, c) {
			terms.Caps = append(terms.Caps, c)
		}
	}
	return terms, true
}
