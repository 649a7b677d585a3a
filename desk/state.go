package desk

import "slices"

// State is where a ticket stands in its life (ITIL: incident and request
// states).
type State string

const (
	StateNew        State = "new"
	StateInProgress State = "in_progress"
	StateOnHold     State = "on_hold"
	StateResolved   State = "resolved"
	StateClosed     State = "closed"
	StateCancelled  State = "cancelled"
)

// States lists all states in the order of a ticket's life.
func States() []State {
	return []State{StateNew, StateInProgress, StateOnHold, StateResolved, StateClosed, StateCancelled}
}

var stateNames = map[State]string{
	StateNew: "New", StateInProgress: "In Progress", StateOnHold: "On Hold",
	StateResolved: "Resolved", StateClosed: "Closed", StateCancelled: "Cancelled",
}

// String is the name a person reads.
func (s State) String() string {
	if name, ok := stateNames[s]; ok {
		return name
	}
	return string(s)
}

// Open reports whether work is still owed: the ticket is neither resolved nor
// ended.
func (s State) Open() bool {
	return s == StateNew || s == StateInProgress || s == StateOnHold
}

// Ended reports whether nothing is owed any more, not even the requester's word.
func (s State) Ended() bool { return s == StateClosed || s == StateCancelled }

// Moves is a table of allowed moves: from a state to those that may follow.
type Moves map[State][]State

// ticketMoves serves incidents and service requests alike. Leaving Resolved or
// Closed for In Progress is a reopening and is counted.
var ticketMoves = Moves{
	StateNew:        {StateInProgress, StateOnHold, StateResolved, StateCancelled},
	StateInProgress: {StateOnHold, StateResolved, StateCancelled},
	StateOnHold:     {StateInProgress, StateResolved, StateCancelled},
	StateResolved:   {StateInProgress, StateClosed},
	StateClosed:     {StateInProgress},
	StateCancelled:  {},
}

// From lists the states that may follow a state.
func (m Moves) From(from State) []State { return m[from] }

// Allowed reports whether a move is in the table.
func (m Moves) Allowed(from, to State) bool { return slices.Contains(m[from], to) }

// HoldReason says what a ticket On Hold waits for.
type HoldReason string

const (
	HoldRequester HoldReason = "awaiting_requester" // the requester's answer resumes the ticket
	HoldChange    HoldReason = "awaiting_change"
	HoldProblem   HoldReason = "awaiting_problem"
	HoldVendor    HoldReason = "awaiting_vendor"
)

// HoldReasons lists the reasons in the order they are offered.
func HoldReasons() []HoldReason {
	return []HoldReason{HoldRequester, HoldVendor, HoldChange, HoldProblem}
}

var holdNames = map[HoldReason]string{
	HoldRequester: "Awaiting requester", HoldChange: "Awaiting change",
	HoldProblem: "Awaiting problem", HoldVendor: "Awaiting vendor",
}

// String is the name a person reads.
func (h HoldReason) String() string {
	if name, ok := holdNames[h]; ok {
		return name
	}
	return string(h)
}

// ResolutionCode says how a ticket was resolved.
type ResolutionCode string

const (
	ResolvedSolved     ResolutionCode = "solved"
	ResolvedWorkaround ResolutionCode = "workaround"
	ResolvedProvided   ResolutionCode = "provided" // a service request was fulfilled
	ResolvedNoFault    ResolutionCode = "no_fault_found"
	ResolvedDuplicate  ResolutionCode = "duplicate"
	ResolvedDeclined   ResolutionCode = "declined"
)

// ResolutionCodes lists the codes in the order they are offered.
func ResolutionCodes() []ResolutionCode {
	return []ResolutionCode{ResolvedSolved, ResolvedWorkaround, ResolvedProvided, ResolvedNoFault, ResolvedDuplicate, ResolvedDeclined}
}

var resolutionNames = map[ResolutionCode]string{
	ResolvedSolved: "Solved", ResolvedWorkaround: "Solved by workaround", ResolvedProvided: "Provided",
	ResolvedNoFault: "No fault found", ResolvedDuplicate: "Duplicate", ResolvedDeclined: "Declined",
}

// String is the name a person reads.
func (c ResolutionCode) String() string {
	if name, ok := resolutionNames[c]; ok {
		return name
	}
	return string(c)
}
