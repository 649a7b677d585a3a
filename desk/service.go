package desk

// Service is something the organisation provides to its users and that an
// incident interrupts or a request asks for (ITIL: service).
type Service struct {
	ID    ServiceID `json:"id"`
	Name  string    `json:"name"`
	Owner PersonID  `json:"owner,omitempty"`
	Team  TeamID    `json:"team,omitempty"` // where its tickets go when nobody says otherwise
	Rev   int64     `json:"rev"`
	surplus
}

// Key names the record of the service.
func (s Service) Key() Key { return Key{KindService, string(s.ID)} }
