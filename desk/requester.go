package desk

// Requester is someone who asks the desk for something, by mail, phone, walk-in
// or catalogue (ITIL: user).
type Requester struct {
	ID           RequesterID `json:"id"`
	Name         string      `json:"name"`
	Email        string      `json:"email"`
	Organization string      `json:"organization,omitempty"`
	Location     string      `json:"location,omitempty"`
	Phone        string      `json:"phone,omitempty"`
	TimeZone     string      `json:"time_zone,omitempty"` // IANA name
	Language     string      `json:"language,omitempty"`  // BCP 47, in which answers are written
	VIP          bool        `json:"vip,omitempty"`
	Undelivered  bool        `json:"undelivered,omitempty"` // a permanent bounce came back from the address
	Rev          int64       `json:"rev"`
	surplus
}

// Key names the record of the requester.
func (r Requester) Key() Key { return Key{KindRequester, string(r.ID)} }
