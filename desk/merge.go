package desk

// Verdict is what becomes of a wished value that meets a standing one.
type Verdict int

const (
	Take  Verdict = iota // its author saw what stands
	Same                 // both want the same
	Clash                // both values are kept, in a conflict
)

// Merge lets a wish meet what stands, for one field: base is the value its
// author saw, cur the value that stands, want the wish. A value may replace
// another only if its author saw the other (SPEC R11).
func Merge(base, cur, want string) Verdict {
	switch {
	case cur == want:
		return Same
	case cur == base:
		return Take
	default:
		return Clash
	}
}

// MergeMove lets a wished transition meet the state that stands. A move whose
// author saw another state is looked at again from the state that stands.
func MergeMove(moves Moves, cur State, wish MoveTicket) (v Verdict, merged bool) {
	switch {
	case cur == wish.From:
		return Take, false
	case cur == wish.To:
		return Same, false
	case moves.Allowed(cur, wish.To):
		return Take, true
	default:
		return Clash, false
	}
}
