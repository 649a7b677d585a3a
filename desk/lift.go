package desk

import "encoding/json"

// Lift makes arguments of the next version out of older ones.
type Lift func(json.RawMessage) (json.RawMessage, error)

// act is what a mutation's name stands for: the first of its lifts makes version
// 2 out of version 1, and so on, so that an old outbox always drains (SPEC R2).
type act struct {
	apply func(*work) error
	lifts []Lift
}

// Lifting gives an act its next version. It is called while a program starts,
// before anything is made or applied. No act of this release has a second
// version; what the first one meets is tried in the simulation.
func Lifting(name Name, lift Lift) {
	a := acts[name]
	a.lifts = append(a.lifts, lift)
	acts[name] = a
}

// newest is the newest version of the arguments; versions begin at 1.
func (a act) newest() int { return len(a.lifts) + 1 }

// Lifted is the mutation with the newest arguments: whatever reads them knows no
// older ones. One of a version that this program does not know, or whose arguments
// cannot be read, comes back as it is, with the refusal.
func (m Mutation) Lifted() (Mutation, error) {
	a, ok := acts[m.Name]
	if !ok || m.Version > a.newest() {
		return m, Refuse(CodeVersion, "The Holdall here does not know %s version %d yet; it must be updated first.", m.Name, m.Version)
	}
	lifted := m
	if err := a.lift(&lifted); err != nil {
		return m, err
	}
	return lifted, nil
}

// lift makes the newest arguments out of a mutation's.
func (a act) lift(m *Mutation) error {
	if m.Version < 1 {
		return Refuse(CodeVersion, "There is no version %d of %s; versions begin at 1.", m.Version, m.Name)
	}
	for _, lift := range a.lifts[m.Version-1:] {
		args, err := lift(m.Args)
		if err != nil {
			return Refuse(CodeValidation, "The arguments of %s version %d cannot be read: %v.", m.Name, m.Version, err)
		}
		m.Args = args
		m.Version++
	}
	return nil
}
