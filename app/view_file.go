package app

// Attachment is a file of a message or draft; its bytes come from the asset
// handler under URL.
type Attachment struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Type    string `json:"type"`
	Size    int    `json:"size"` // bytes
	Inline  bool   `json:"inline"`
	Picture bool   `json:"picture"` // can be shown in the page
	Program bool   `json:"program"` // could do something when it is opened
	URL     string `json:"url"`
}

// FileState is where the bytes of an attachment are.
type FileState struct {
	ID      string `json:"id"`      // of the attachment
	State   string `json:"state"`   // here, away, coming, going, waiting (to go) or awaited (from another computer)
	Have    int    `json:"have"`    // bytes, while coming or going
	Problem string `json:"problem"` // why it has not gone yet
	Kept    bool   `json:"kept"`    // stays on this device
}

// Draft is unsent text of this device with its files; reply and note are
// distinct.
type Draft struct {
	Kind     string       `json:"kind"` // reply, note or forward
	Text     string       `json:"text"`
	Envelope Envelope     `json:"envelope"`
	Files    []Attachment `json:"files"`
	SavedAt  string       `json:"savedAt"`
}

// FileRequest names a file of a message; Keep says whether it stays on this
// device.
type FileRequest struct {
	MessageID    string `json:"messageId"`
	AttachmentID string `json:"attachmentId"`
	Keep         bool   `json:"keep"`
}

// DetachRequest takes a file from a draft.
type DetachRequest struct {
	TicketID     string `json:"ticketId"`
	Kind         string `json:"kind"` // reply or note
	AttachmentID string `json:"attachmentId"`
}
