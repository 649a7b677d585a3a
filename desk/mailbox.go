package desk

import "time"

// Mailbox is how a mailbox that the desk reads does, as the hub last told. It is
// what a lead sees and no setting: where its secrets lie no record says.
type Mailbox struct {
	ID      MailboxID `json:"id"`
	Address string    `json:"address"`           // that signs in; of a folder its path
	Folder  string    `json:"folder,omitempty"`  // in the account, such as INBOX
	Server  string    `json:"server,omitempty"`  // host:port
	SignIn  string    `json:"sign_in,omitempty"` // SignInPassword, or the name of the provider that grants tokens
	Stored  bool      `json:"stored,omitempty"`  // connected from a window, so it can be changed in one
	Sends   bool      `json:"sends,omitempty"`   // it is the mail server that answers leave by, and no mailbox

	State    MailboxState   `json:"state"`
	Since    time.Time      `json:"since,omitzero"` // it has been in that state
	Problem  MailboxProblem `json:"problem,omitempty"`
	Reason   string         `json:"reason,omitempty"` // what the server said
	LastPoll time.Time      `json:"last_poll,omitzero"`
	NextTry  time.Time      `json:"next_try,omitzero"` // while retrying

	Waiting   int     `json:"waiting,omitempty"`   // mails that are no work yet; of the server for answers: answers that have not left
	Rate      float64 `json:"rate,omitempty"`      // mails a second, while importing
	Remaining int     `json:"remaining,omitempty"` // seconds an import takes yet
	Today     int     `json:"today,omitempty"`     // mails that were received since the hub's midnight

	// Of the server for answers: how many mails may leave by it, and what answers
	// wait for that it would take, WaitRate or WaitRest.
	Most     MailRate   `json:"most,omitzero"`
	WaitsFor WaitReason `json:"waits_for,omitempty"`

	At  time.Time `json:"at"` // the hub told this then
	Rev int64     `json:"rev"`
	surplus
}

// Key names the record of the mailbox.
func (m Mailbox) Key() Key { return Key{KindMailbox, string(m.ID)} }

// SignInPassword is a mailbox that is opened by a password.
const SignInPassword = "password"

// MailboxState is what is being done about a mailbox.
type MailboxState string

const (
	MailboxConnecting MailboxState = "connecting"
	MailboxImporting  MailboxState = "importing"
	MailboxWatching   MailboxState = "watching" // all read, waiting for more
	MailboxRetrying   MailboxState = "retrying" // after an error that may pass
	MailboxStopped    MailboxState = "stopped"  // until a person has mended it
	MailboxStandby    MailboxState = "standby"  // another node of the hub reads it, or none does yet
	MailboxPaused     MailboxState = "paused"   // by an admin
	MailboxRemoved    MailboxState = "removed"  // nobody reads it any more
)

var mailboxStates = map[MailboxState]string{
	MailboxConnecting: "Connecting", MailboxImporting: "Importing", MailboxWatching: "Reading as mail comes",
	MailboxRetrying: "Trying again", MailboxStopped: "Stopped", MailboxStandby: "On standby", MailboxPaused: "Paused", MailboxRemoved: "Removed",
}

func (s MailboxState) String() string { return mailboxStates[s] }

// Standing is what is being done about the mailbox, as a person reads it.
func (m Mailbox) Standing() string {
	if m.Sends && m.State == MailboxWatching {
		return "Sending"
	}
	return m.State.String()
}

// MailboxProblem is the class of a mailbox's error.
type MailboxProblem string

const (
	ProblemSignIn    MailboxProblem = "auth"
	ProblemThrottled MailboxProblem = "throttled"
	ProblemNetwork   MailboxProblem = "network"
	ProblemProtocol  MailboxProblem = "protocol"
	ProblemDelivery  MailboxProblem = "delivery"
)

// waysOut are what a person can do about a class of problems.
var waysOut = map[MailboxProblem]string{
	ProblemSignIn:    "Connect the mailbox again; until then none of its mail is read.",
	ProblemThrottled: "The mail server asks for less; it is tried again by itself.",
	ProblemNetwork:   "It is tried again by itself; if it stays, check the server’s name and the network of the hub.",
	ProblemProtocol:  "It is tried again by itself; if it stays, show the sentence to whoever runs the mail server.",
	ProblemDelivery:  "The hub could not keep the mails; check its disk and its database. Nothing is lost, they are fetched again.",
}

// WayOut says what to do about the problem; empty where there is none.
func (m Mailbox) WayOut() string {
	provided := m.SignIn != "" && m.SignIn != SignInPassword
	switch {
	case m.Sends && m.Problem == ProblemSignIn && (m.Stored || !provided):
		return "Sign the desk in again; until then no answer leaves."
	case m.Sends && m.Problem == ProblemSignIn:
		return "Connect the mailbox again, at the hub with holdalld mail connect; until then no answer leaves."
	case m.Problem == ProblemSignIn && provided && !m.Stored:
		return "Connect the mailbox again, at the hub with holdalld mail connect; until then none of its mail is read."
	}
	return waysOut[m.Problem]
}

// holdups are what keeps answers from leaving that the mail server would take.
var holdups = map[WaitReason]string{
	WaitRate: "As many mails have left as may in so short a time; the answers leave in their turn.",
	WaitRest: "The answers wait until sending goes on.",
}

// Holds says why answers wait though the mail server would take them; empty where
// none does.
func (m Mailbox) Holds() string { return holdups[m.WaitsFor] }

// NeedsPerson reports whether the mailbox waits for somebody to mend it.
func (m Mailbox) NeedsPerson() bool { return m.State == MailboxStopped && m.Problem != "" }

const (
	reportMending = 2 * time.Second // between two changes of state
	reportFigures = time.Minute     // between two counts
	reportLife    = 5 * time.Minute // while nothing happens but polls
)

// Tells reports whether what is known of a mailbox at now is worth a record in
// place of the one before it: a change of state soon, counts by the minute, a
// sign of life every few. A try that has just begun is told by how it ends.
func (m Mailbox) Tells(before Mailbox, now time.Time) bool {
	rested := now.Sub(before.At)
	trying := m.State == MailboxConnecting && before.State == MailboxRetrying
	switch {
	case before.At.IsZero():
		return true
	case !trying && m.standing() != before.standing():
		return rested >= reportMending
	case m.Waiting != before.Waiting || m.Today != before.Today:
		return rested >= reportFigures
	}
	return rested >= reportLife && m.LastPoll.After(before.LastPoll)
}

// standing is what of a mailbox is told as soon as it changes.
func (m Mailbox) standing() Mailbox {
	return Mailbox{
		Address: m.Address, Folder: m.Folder, Server: m.Server, SignIn: m.SignIn, Stored: m.Stored, Sends: m.Sends, State: m.State, Problem: m.Problem, Reason: m.Reason,
		Most: m.Most, WaitsFor: m.WaitsFor,
	}
}
