package app

// OriginView is what stands behind a message: why it is here, what of it can be
// trusted, and where the mail lies that it came as.
type OriginView struct {
	Why    string       `json:"why"`    // a sentence
	Marks  []Mark       `json:"marks"`  // of trust
	Fields []MailField  `json:"fields"` // that are known without the mail itself
	Nested []Attachment `json:"nested"` // mails that were sent along
	Source Attachment   `json:"source"` // the mail itself, for saving; empty id: it is not kept
	Here   bool         `json:"here"`   // its bytes are on this device
	Said   string       `json:"said"`   // where the mail itself is, a sentence
}

// Mark is something to know before a message is believed.
type Mark struct {
	Kind     string `json:"kind"` // suspect, doubt, vouched, unvouched, machine, signed or encrypted
	Words    string `json:"words"`
	Sentence string `json:"sentence"`
}

// MailField is a header field, unfolded and decoded.
type MailField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// SourceRequest names a mail: that of a message, or one that was sent along.
type SourceRequest struct {
	MessageID    string `json:"messageId"`
	AttachmentID string `json:"attachmentId"` // empty: the message's own
	Offset       int    `json:"offset"`       // bytes
}

// SourceView is a piece of a mail as it came, as plain text.
type SourceView struct {
	Text string `json:"text"`
	Next int    `json:"next"` // where the next piece begins; 0: this was the last
	Size int    `json:"size"` // bytes of the whole mail
}
