package simulation

import (
	"slices"
	"strings"

	"holdall/desk"
)

// allowed asks the second table of moves.
func allowed(from, to string) bool {
	return slices.Contains(strings.Fields(allowedMoves[from]), to)
}

// verdicts: the history says of a move whether its author had seen the state he
// left, and what waits in a conflict is no move that the table allows (SPEC R13).
func (w *world) verdicts(id desk.TicketID, t *tree) {
	for _, e := range t.events {
		m, known := w.oracle.origin(e.ID)
		if !known || m.Name != desk.TicketMove || e.Field != desk.FieldState {
			continue
		}
		var a desk.MoveTicket
		mustRead(argsOf(m), &a)
		seen := string(a.From) == e.Old
		switch e.Kind {
		case desk.EventMoved, desk.EventMerged:
			if seen != (e.Kind == desk.EventMoved) {
				w.fail("I11 valid histories", "%s went from %s to %s, which is told as %s, and the mover saw %s", id, e.Old, e.New, e.Kind, a.From)
			}
		case desk.EventDisputed:
			if seen || allowed(e.Old, e.New) {
				w.fail("I11 valid histories", "%s: %s, made from %s, waits in a conflict, and %s allows it", id, e.New, a.From, e.Old)
			}
		}
	}
}

// rightlyRefused: people make only moves that the table allows from the state
// they see. Where another state stands they are asked, not refused.
func (w *world) rightlyRefused(m desk.Mutation, r desk.Result) {
	if m.Name != desk.TicketMove || r.Code != desk.CodeWorkflow {
		return
	}
	var a desk.MoveTicket
	mustRead(argsOf(m), &a)
	if allowed(string(a.From), string(a.To)) {
		w.fail("I11 valid histories", "%s.%d from %s to %s was refused: %s", m.Device, m.Mid, a.From, a.To, r.Message)
	}
}

// saidAgain: a text carries every line that its writer saw, also one of an
// earlier text that was refused afterwards; so does an edit that was refused and is
// done once more from a disk of before that.
func (w *world) saidAgain(id desk.TicketID, line string, fates map[string]desk.Result) bool {
	for key, m := range w.oracle.mutations {
		if m.Name != desk.TicketPatch || m.Ticket != id || fates[key].Status == desk.Rejected {
			continue
		}
		var a desk.PatchTicket
		mustRead(argsOf(m), &a)
		for _, value := range a.Set {
			if says(value, line) {
				return true
			}
		}
	}
	return false
}
