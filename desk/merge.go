package desk

import "holdall/desk/lines"

// Verdict is what becomes of a wished value that meets a standing one.
type Verdict int

const (
	Take  Verdict = iota // its author saw what stands
	Same                 // both want the same
	Clash                // both values are kept, in a conflict
	Blend                // both are in the value that comes out
	Outdo                // the wish is taken all the same, and what stood is kept in a conflict
)

// policy says what becomes of a wish whose author had not seen what stands
// (SPEC R13).
type policy int

const (
	stays  policy = iota // what stands stays
	blends               // two changes of a long text are laid over each other by line
	wins                 // the device was there and measured it
)

// Merge lets a wish meet what stands by the policy of the field; the value is
// what is to stand afterwards.
func (f Field) Merge(base, cur, want string) (Verdict, string) {
	verdict := Merge(base, cur, want)
	if verdict != Clash {
		return verdict, want
	}
	if f.policy() == wins {
		return Outdo, want
	}
	if text, ok := lines.Merge(base, cur, want); ok && f.policy() == blends {
		return Blend, text
	}
	return Clash, cur
}

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
