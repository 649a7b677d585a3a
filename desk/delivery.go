package desk

import (
	"slices"
	"time"
)

// Delivery is how far a public reply has come on its way out.
type Delivery string

const (
	DeliveryQueued    Delivery = "queued"
	DeliveryHeld      Delivery = "held"    // the ticket moved on after it was written
	DeliveryWaiting   Delivery = "waiting" // it cannot leave now; Wait says why and until when
	DeliverySending   Delivery = "sending"
	DeliverySent      Delivery = "sent"
	DeliveryFailed    Delivery = "failed"
	DeliveryUnknown   Delivery = "unknown" // the connection broke after DATA (RFC 5321 §4.1.1.4)
	DeliveryDiscarded Delivery = "discarded"
)

// Deliveries lists all states in the order of a reply's way.
func Deliveries() []Delivery {
	return []Delivery{DeliveryHeld, DeliveryDiscarded, DeliveryQueued, DeliveryWaiting, DeliverySending, DeliveryUnknown, DeliverySent, DeliveryFailed}
}

var deliveryNames = map[Delivery]string{
	DeliveryQueued: "queued", DeliveryHeld: "held back", DeliveryWaiting: "waiting", DeliverySending: "being sent",
	DeliverySent: "sent", DeliveryFailed: "not delivered", DeliveryUnknown: "perhaps delivered", DeliveryDiscarded: "discarded",
}

// String is the name a person reads.
func (d Delivery) String() string {
	if name, ok := deliveryNames[d]; ok {
		return name
	}
	return string(d)
}

// deliveries says by which act a reply that stands somewhere on its way may go
// where. Its author decides a held one, the hub tells how far one has come, and
// whoever works on the ticket has it tried again. A sent one may still come back
// (RFC 3464); one that may have left stays unknown until that is known.
var deliveries = map[Name]map[Delivery][]Delivery{
	ReplyDecide: {
		DeliveryHeld: {DeliveryHeld, DeliveryDiscarded, DeliveryQueued, DeliveryUnknown},
	},
	ReplyDeliver: {
		DeliveryQueued:  {DeliveryQueued, DeliveryWaiting, DeliverySending, DeliverySent, DeliveryFailed},
		DeliveryWaiting: {DeliveryQueued, DeliveryWaiting, DeliverySending, DeliverySent, DeliveryFailed},
		DeliverySending: {DeliveryQueued, DeliveryWaiting, DeliverySent, DeliveryFailed, DeliveryUnknown},
		DeliveryUnknown: {DeliverySending, DeliverySent, DeliveryFailed, DeliveryUnknown},
		DeliverySent:    {DeliverySent, DeliveryFailed},
		DeliveryFailed:  {DeliveryFailed},
	},
	ReplyRetry: {
		DeliveryWaiting: {DeliveryQueued},
		DeliveryUnknown: {DeliveryUnknown},
		DeliveryFailed:  {DeliveryQueued},
	},
}

// mayGo reports whether an act may take a reply from one state to another.
func (n Name) mayGo(from, to Delivery) bool { return slices.Contains(deliveries[n][from], to) }

// Retryable reports whether reply.retry does anything to the message.
func (m Message) Retryable() bool { return len(deliveries[ReplyRetry][m.Delivery]) > 0 }

// UnderwayStates are those of a reply that has not left, or may not have.
func UnderwayStates() []Delivery {
	return []Delivery{DeliveryQueued, DeliverySending, DeliveryWaiting, DeliveryUnknown}
}

// Underway reports whether the hub still has to do something about the reply.
func (m Message) Underway() bool { return slices.Contains(UnderwayStates(), m.Delivery) }

// WaitReason says what keeps a reply from leaving.
type WaitReason string

const (
	WaitPutOff    WaitReason = "put_off"   // the mail server will take it later (RFC 5321 §4.2.1: 4yz)
	WaitUnreached WaitReason = "unreached" // the mail server, or the connection to it
	WaitSignIn    WaitReason = "sign_in"   // the desk's own account: somebody has to act
	WaitRate      WaitReason = "rate"      // as many have left as may
	WaitRest      WaitReason = "rest"      // sending was paused, until somebody has it go on
	WaitSent      WaitReason = "sent"      // it may have left, and the sent mails cannot be looked through
)

// Wait is how long a reply is put off, and since when. The times are measured by
// the hub's clock and order nothing.
type Wait struct {
	For   WaitReason `json:"for"`
	Tries int        `json:"tries,omitempty"` // that a mail server did not take it
	Since time.Time  `json:"since"`           // the first of them; what is given up is given up so long after it
	Next  time.Time  `json:"next"`            // not before
}

// clean makes the times the same on every engine.
func (w *Wait) clean() *Wait {
	if w == nil {
		return nil
	}
	tidy := *w
	tidy.Since, tidy.Next = clean(w.Since), clean(w.Next)
	return &tidy
}

// Rests reports whether the reply waits for somebody to have sending go on: nobody
// hurries it.
func (m Message) Rests() bool { return m.Wait != nil && m.Wait.For == WaitRest }

// NextTry is when the reply is tried again by itself; zero: it is not.
func (m Message) NextTry() time.Time {
	if m.Rests() {
		return time.Time{}
	}
	return m.Due()
}

// Due is when the hub looks at the reply again; zero: at once.
func (m Message) Due() time.Time {
	if m.Wait == nil || m.Delivery != DeliveryWaiting && m.Delivery != DeliveryUnknown {
		return time.Time{}
	}
	return m.Wait.Next
}
