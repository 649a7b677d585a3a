package app

// PlaceRequest moves a message to another ticket, named by its number or id.
type PlaceRequest struct {
	TicketID  string `json:"ticketId"` // where it stands
	MessageID string `json:"messageId"`
	Number    string `json:"number"`
	ToID      string `json:"toId"` // empty: by Number
}

// SplitRequest lets a message open a ticket of its own.
type SplitRequest struct {
	TicketID  string `json:"ticketId"`
	MessageID string `json:"messageId"`
	Kind      string `json:"kind"`
	Title     string `json:"title"`
}

// AcceptRequest says whether a message that is held for agents belongs here.
type AcceptRequest struct {
	TicketID  string `json:"ticketId"`
	MessageID string `json:"messageId"`
	Accept    bool   `json:"accept"`
}

// Placed is where a message stands now.
type Placed struct {
	TicketID  string `json:"ticketId"`
	Number    string `json:"number"`
	MessageID string `json:"messageId"`
}
