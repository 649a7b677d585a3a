package desk

// Origin is what the desk keeps of the mail a message came as, beside its words.
// Only mail has one: a device cannot say it of its own message.
type Origin struct {
	SHA256  string `json:"sha256"`            // of the mail as it came; the hub has its bytes
	Size    int64  `json:"size"`              // bytes
	Doubt   string `json:"doubt,omitempty"`   // why its sender is not believed; empty: nothing speaks against them
	Vouched bool   `json:"vouched,omitempty"` // the sender's domain stands by it (RFC 7489)
	Sealed  string `json:"sealed,omitempty"`  // how it is signed or encrypted, which nobody has checked
}

// Source is the mail as it came, as a file; false if the message was none.
func (m Message) Source() (Attachment, bool) {
	if m.Origin == nil {
		return Attachment{}, false
	}
	name := m.Subject
	if name == "" {
		name = "mail"
	}
	return Attachment{ID: SourceID, Name: name + ".eml", Type: mailType, Size: m.Origin.Size, SHA256: m.Origin.SHA256}, true
}

// SourceID names the mail itself among the files of its message.
const SourceID = "source"

const mailType = "message/rfc822"

// Nested reports whether the file is a mail that was sent along (RFC 2046 §5.2.1,
// RFC 6532 §3.7).
func (a Attachment) Nested() bool { return a.Type == mailType || a.Type == "message/global" }
