package app

// Recipient is a mail address with the name it came with.
type Recipient struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Envelope is what stands around the words of a message.
type Envelope struct {
	To  []Recipient `json:"to"` // none: the requester
	Cc  []Recipient `json:"cc"`
	All bool        `json:"all"` // an answer to everybody in the conversation

	About    string `json:"about"`    // of a forward: the message that is passed on
	Admits   bool   `json:"admits"`   // of a forward: its readers may answer into the conversation
	Subject  string `json:"subject"`  // of a side conversation that begins
	Language string `json:"language"` // of this answer; empty: the requester's
}

// ComposeRequest saves a draft or sends it.
type ComposeRequest struct {
	TicketID string   `json:"ticketId"`
	Kind     string   `json:"kind"` // reply, note, forward, or aside: with the id of a side conversation
	Text     string   `json:"text"`
	SeenID   string   `json:"seenId"` // newest message of its conversation the writer saw
	Envelope Envelope `json:"envelope"`
}

// AddressRequest looks at an envelope before it is sent, with what was typed
// into one of its lines.
type AddressRequest struct {
	TicketID string   `json:"ticketId"`
	Kind     string   `json:"kind"`
	Envelope Envelope `json:"envelope"`
	Add      string   `json:"add"`  // addresses as people type them
	Copy     bool     `json:"copy"` // they are added to Cc, not to To
}

// Addressed is an envelope as it would be sent, and what to think of before.
type Addressed struct {
	Envelope Envelope `json:"envelope"`
	Cautions []string `json:"cautions"` // sentences

	Language  string `json:"language"`  // it is written in; empty: not known
	Signature string `json:"signature"` // that will stand below it
	Quoted    string `json:"quoted"`    // of a forward: what is passed on
}

// RestingMessage was sent and has not left this device: it can be taken back.
type RestingMessage struct {
	ID       string `json:"id"`
	TicketID string `json:"ticketId"`
	Number   string `json:"number"`
	Kind     string `json:"kind"`
	To       string `json:"to"`      // who gets it, in short
	LeftMs   int    `json:"leftMs"`  // until it leaves
	Problem  string `json:"problem"` // why it cannot leave; empty: it will
}
