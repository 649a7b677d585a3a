package desk

// Team is a support group with a queue of its own. Tier 1 is the first line;
// a functional escalation moves a ticket to a team of a higher tier.
type Team struct {
	ID   TeamID `json:"id"`
	Name string `json:"name"`
	Tier int    `json:"tier"`
	Rev  int64  `json:"rev"`
	surplus
}

// Key names the record of the team.
func (t Team) Key() Key { return Key{KindTeam, string(t.ID)} }
