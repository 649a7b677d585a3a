package desk

import "slices"

// Person is someone who works at the desk. People who ask the desk for
// something are Requesters; one human may be both.
type Person struct {
	ID       PersonID `json:"id"`
	Name     string   `json:"name"`
	Email    string   `json:"email"`
	Roles    []Role   `json:"roles"`
	Teams    []TeamID `json:"teams,omitempty"`
	Disabled bool     `json:"disabled,omitempty"` // keeps the name in histories, may do nothing
	Rev      int64    `json:"rev"`
	surplus
}

// Key names the record of the person.
func (p Person) Key() Key { return Key{KindPerson, string(p.ID)} }

// Has reports whether the person holds a role.
func (p Person) Has(role Role) bool { return slices.Contains(p.Roles, role) }

// In reports whether the person is a member of a team.
func (p Person) In(team TeamID) bool { return slices.Contains(p.Teams, team) }
