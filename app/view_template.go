package app

// TemplateView is a text the desk keeps: for an answer, or a signature.
type TemplateView struct {
	ID       string `json:"id"`  // empty: it is new
	Use      string `json:"use"` // answer or signature
	Name     string `json:"name"`
	TeamID   string `json:"teamId"`   // empty: of every team
	Language string `json:"language"` // empty: any
	Text     string `json:"text"`
	Retired  bool   `json:"retired"`
	Rev      int    `json:"rev"` // goes back with a change, to tell one that crossed it

	Team    string `json:"team"`
	MayEdit bool   `json:"mayEdit"`
	Pending bool   `json:"pending"` // only this device has it so
}

// TemplateList is every template, with what its editor chooses from.
type TemplateList struct {
	Templates []TemplateView `json:"templates"`
	Variables []string       `json:"variables"`
	Teams     []Option       `json:"teams"` // this person may write for; an empty id is every team
}

// Offer is a template filled for a ticket.
type Offer struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Hint string `json:"hint"` // team and language
	Text string `json:"text"`
}

// OfferRequest asks for what suits a ticket; an empty language is its
// requester's.
type OfferRequest struct {
	TicketID string `json:"ticketId"`
	Kind     string `json:"kind"` // of the draft
	Language string `json:"language"`
}

// SpeakRequest says in which language a ticket's requester is answered.
type SpeakRequest struct {
	TicketID string `json:"ticketId"`
	Language string `json:"language"`
}
