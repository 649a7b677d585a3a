package hub

import "time"

// What moved is told at once where the line was quiet. To tell it costs a page
// and a checkpoint for each device, whatever it is; so where many are to be told,
// what moves soon after is gathered, so long that telling takes about a fifth of
// the time (SPEC P7).
const (
	gatherEach  = 40 * time.Microsecond // for a device that is told
	gatherLeast = 5 * time.Millisecond  // less is not worth the wait
	gatherMost  = 20 * time.Millisecond
)

func gatherFor(devices int) time.Duration {
	if d := min(time.Duration(devices)*gatherEach, gatherMost); d >= gatherLeast {
		return d
	}
	return 0
}

// due lists the sessions that are to be fed now. Those that are in step wait
// while what moves is gathered.
func (e *Engine) due(now time.Time) (owed []*session) {
	held := false
	for _, s := range e.greeted() {
		switch {
		case !s.owes || s.terms.PushOnly || s.turn.waits() || s.credit.used():
		case s.inStep() && now.Before(e.gathered):
			held = true
		default:
			owed = append(owed, s)
		}
	}
	if held {
		e.nudgeIn(now, e.gathered.Sub(now))
	}
	return owed
}

// inStep reports whether the device lacks nothing but what moved just now, and
// has asked nothing.
func (s *session) inStep() bool { return !s.all && len(s.floors) == 0 }

// inStep counts the sessions that are.
func inStep(sessions []*session) (n int) {
	for _, s := range sessions {
		if s.inStep() {
			n++
		}
	}
	return n
}
