package desk

import (
	"encoding/json"
	"fmt"
)

// Kind names a kind of record, the unit of synchronisation.
type Kind string

const (
	KindWorkspace  Kind = "workspace"
	KindPerson     Kind = "person"
	KindRequester  Kind = "requester"
	KindTeam       Kind = "team"
	KindService    Kind = "service"
	KindTemplate   Kind = "template"
	KindTicket     Kind = "ticket"
	KindMessage    Kind = "message"
	KindEvent      Kind = "event"
	KindTime       Kind = "time" // an entry of the time log
	KindConflict   Kind = "conflict"
	KindRejection  Kind = "rejection"
	KindMailbox    Kind = "mailbox"
	KindQuarantine Kind = "quarantine" // a mail nothing could be made of
)

// OfMail reports whether records of the kind are for those alone who see the
// mailboxes.
func (k Kind) OfMail() bool { return k == KindMailbox || k == KindQuarantine }

// Key names a record.
type Key struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"`
}

// Entity is a noun that is kept and synchronised as a record. It carries what
// it does not understand.
type Entity interface {
	Key() Key
	beyond() string
}

// Record is an entity as it is stored and sent. Body is the entity's JSON as the
// hub wrote it: a device keeps the bytes, so that fields of a newer version
// survive (SPEC R19).
type Record struct {
	Key
	Tree TicketID        `json:"tree,omitempty"` // the ticket it belongs to; empty outside trees
	Rev  int64           `json:"rev"`
	Body json.RawMessage `json:"body"`
}

// Hash is the 64-bit FNV-1a sum of key and body by which hub and replica are
// compared.
func (r Record) Hash() uint64 {
	sum := uint64(14695981039346656037)
	for _, part := range [...]string{string(r.Kind), "/", r.ID, "/"} {
		for i := range len(part) {
			sum = (sum ^ uint64(part[i])) * fnvPrime
		}
	}
	for _, b := range r.Body {
		sum = (sum ^ uint64(b)) * fnvPrime
	}
	return sum
}

const fnvPrime = 1099511628211

// TreeOf is the ticket to whose tree an entity belongs; empty outside trees.
func TreeOf(e Entity) TicketID {
	switch v := e.(type) {
	case Ticket:
		return v.ID
	case Message:
		return v.Ticket
	case Event:
		return v.Ticket
	case TimeEntry:
		return v.Ticket
	case Conflict:
		return v.Ticket
	}
	return ""
}

// Encode makes the record of an entity.
func Encode(e Entity) (Record, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return Record{}, fmt.Errorf("encode %s: %w", e.Key().Kind, err)
	}
	r := Record{Key: e.Key(), Tree: TreeOf(e), Body: surplus{e.beyond()}.with(body)}
	switch v := e.(type) {
	case Ticket:
		r.Rev = v.Rev
	case Message:
		r.Rev = v.Rev
	case Event, TimeEntry:
		r.Rev = 1
	case Conflict:
		r.Rev = v.Rev
	case Rejection:
		r.Rev = v.Rev
	case Mailbox:
		r.Rev = v.Rev
	case QuarantinedMail:
		r.Rev = v.Rev
	case Workspace:
		r.Rev = v.Rev
	case Person:
		r.Rev = v.Rev
	case Requester:
		r.Rev = v.Rev
	case Team:
		r.Rev = v.Rev
	case Service:
		r.Rev = v.Rev
	case Template:
		r.Rev = v.Rev
	default:
		return Record{}, fmt.Errorf("encode: %T is no entity of the desk", e)
	}
	return r, nil
}

var decoders = map[Kind]func(json.RawMessage) (Entity, error){
	KindWorkspace: decodeAs[Workspace], KindPerson: decodeAs[Person], KindRequester: decodeAs[Requester],
	KindTeam: decodeAs[Team], KindService: decodeAs[Service], KindTemplate: decodeAs[Template], KindTicket: decodeAs[Ticket],
	KindMessage: decodeAs[Message], KindEvent: decodeAs[Event], KindConflict: decodeAs[Conflict],
	KindRejection: decodeAs[Rejection], KindTime: decodeAs[TimeEntry], KindMailbox: decodeAs[Mailbox],
	KindQuarantine: decodeAs[QuarantinedMail],
}

// Decode reads the entity of a record.
func Decode(r Record) (Entity, error) {
	decode, ok := decoders[r.Kind]
	if !ok {
		return nil, Refuse(CodeVersion, "A record of kind %q comes from a newer Holdall; update this one to read it.", r.Kind)
	}
	e, err := decode(r.Body)
	if err != nil {
		return nil, fmt.Errorf("decode %s %s: %w", r.Kind, r.ID, err)
	}
	return e, nil
}

// Home lists the buckets of an entity outside any ticket's tree. Records of a
// tree go where their ticket goes.
func Home(e Entity) []BucketID {
	if r, ok := e.(Rejection); ok {
		return []BucketID{UserBucket(r.Person)}
	}
	if e.Key().Kind.OfMail() {
		return []BucketID{BucketMail}
	}
	return []BucketID{BucketOrg}
}
