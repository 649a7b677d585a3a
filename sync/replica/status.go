package replica

import "time"

// Status is where the conversation stands, for the sync chip.
type Status struct {
	Online     bool
	Connecting bool
	CatchingUp bool
	Rows       int // received in this catch-up
	Problem    string
	ShutOut    bool      // the hub accepts this device no more: whose it is must sign in again (SPEC P84)
	NextTry    time.Time // zero unless offline
	Stalls     int       // times the watchdog hung up, since the program started (SPEC P32)
}

// Status reports where the conversation stands.
func (e *Engine) Status() Status {
	s := Status{
		Online: e.phase == live, Connecting: e.phase == dialling || e.phase == greeting,
		CatchingUp: e.phase == live && e.behind, Rows: e.received, Problem: e.problem, ShutOut: e.shutOut,
		Stalls: e.stalls,
	}
	if e.phase == offline {
		s.NextTry = e.retryAt
	}
	return s
}
