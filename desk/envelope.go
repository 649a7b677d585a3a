package desk

import "slices"

// Envelope is what stands around the words of a message that is being written.
// Nothing of it leaves before its writer sends it.
type Envelope struct {
	To  []Address `json:"to,omitempty"`
	Cc  []Address `json:"cc,omitempty"`
	All bool      `json:"all,omitempty"` // an answer to everybody in the conversation

	About    MessageID `json:"about,omitempty"`    // of a forward
	Admits   bool      `json:"admits,omitempty"`   // of a forward
	Subject  string    `json:"subject,omitempty"`  // of a side conversation that begins
	Language string    `json:"language,omitempty"` // of this answer; empty: the requester's
}

// Empty reports whether its writer has chosen nothing.
func (e Envelope) Empty() bool {
	return len(e.To)+len(e.Cc) == 0 && !e.All && e.Language == "" && e.About == "" && !e.Admits && e.Subject == ""
}

// Same reports whether two envelopes say the same.
func (e Envelope) Same(other Envelope) bool {
	return e.All == other.All && e.Language == other.Language && e.About == other.About && e.Admits == other.Admits && e.Subject == other.Subject && slices.Equal(e.To, other.To) && slices.Equal(e.Cc, other.Cc)
}
