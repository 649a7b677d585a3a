package desk

import (
	"encoding/json"
	"errors"
	"time"
)

// ErrUnknown is what a View answers for a record it does not hold.
var ErrUnknown = errors.New("no such record")

// View is what Apply sees of the world: the state before the mutation, on a
// laptop with everything still pending on top.
type View interface {
	// Get reads a record; ErrUnknown if there is none.
	Get(Key) (Entity, error)
	// OpenConflicts lists the open conflicts of a ticket.
	OpenConflicts(TicketID) ([]Conflict, error)
	// Thread lists the messages of a ticket in their order.
	Thread(TicketID) ([]Message, error)
	// TakeNumber settles the number of a new ticket: the hub checks the claimed
	// one against the device's lease or, for itself, gives the next.
	TakeNumber(kind TicketKind, claimed Number, by Principal) (Number, error)
}

// Read reads an entity of a known type; ErrUnknown if there is none.
func Read[T Entity](from interface{ Get(Key) (Entity, error) }, key Key) (T, error) {
	var zero T
	e, err := from.Get(key)
	if err != nil {
		return zero, err
	}
	return e.(T), nil
}

// Env is what comes from outside: who acts, and the present by the clock of
// whoever executes the mutation.
type Env struct {
	Actor  Principal
	Now    time.Time
	Retold bool // it was acknowledged once, by a hub that has forgotten it since
	Ahead  bool // a laptop predicts, which need not hold the ticket
}

// Status is what became of a mutation.
type Status string

const (
	Applied   Status = "applied"
	Merged    Status = "merged"    // applied to a state its author had not seen
	Disputed  Status = "conflict"  // some of it stands in a conflict
	Held      Status = "held"      // a reply waits for its author's second look
	Rejected  Status = "rejected"  // no effect; the reason is in the rejection
	Duplicate Status = "duplicate" // it was there already; no effect

	Quarantined Status = "quarantined" // the hub failed at it too often; no effect, whole in its author's tray (SPEC R18)
)

// Effects is what a mutation does: the records as they are afterwards.
type Effects struct {
	Puts      []Entity
	Status    Status
	Conflicts []ConflictID
}

// Apply computes what a mutation does to the world it meets. An error is a
// refusal (*Error) without any effect, or a fault of the view.
func Apply(view View, m Mutation, env Env) (Effects, error) {
	m, err := m.Lifted()
	if err != nil {
		return Effects{}, err
	}
	w := &work{view: view, m: m, env: env, now: clean(env.Now), at: doneTime(m.At, env.Now), status: Applied}
	if err := acts[m.Name].apply(w); err != nil {
		return Effects{}, err
	}
	if err := w.repin(); err != nil {
		return Effects{}, err
	}
	return Effects{Puts: w.puts, Status: w.status, Conflicts: w.conflicts}, nil
}

// doneTime bounds the claimed time of an act: never later than its arrival.
func doneTime(claimed, now time.Time) time.Time {
	if claimed.IsZero() || claimed.After(now) {
		return clean(now)
	}
	return clean(claimed)
}

// clean makes an instant the same on every engine and in every body.
func clean(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// work is a mutation being applied.
type work struct {
	view      View
	m         Mutation
	env       Env
	now       time.Time // synced-time
	at        time.Time // done-time
	puts      []Entity
	status    Status
	conflicts []ConflictID
	events    int
}

var acts map[Name]act

func init() {
	acts = map[Name]act{
		TicketCreate:     {apply: with(createTicket)},
		TicketPatch:      {apply: with(patchTicket)},
		TicketLabel:      {apply: with(labelTicket)},
		TicketMove:       {apply: with(moveTicket)},
		TicketCheck:      {apply: with(checkTicket)},
		TicketMerge:      {apply: with(mergeTicket)},
		TicketArchive:    {apply: with(archiveTicket)},
		TicketPin:        {apply: with(pinTicket)},
		TimeLog:          {apply: with(logTime)},
		MessageAdd:       {apply: with(addMessage)},
		MessageMove:      {apply: with(moveMessage)},
		MessageSplit:     {apply: with(splitMessage)},
		MessageAccept:    {apply: with(acceptMessage)},
		AsideMove:        {apply: with(moveAside)},
		AsideTake:        {apply: with(takeAside)},
		ReplyDecide:      {apply: with(decideReply)},
		ReplyDeliver:     {apply: with(deliverReply)},
		ReplyRetry:       {apply: with(retryReply)},
		FileArrive:       {apply: with(arriveFile)},
		ConflictResolve:  {apply: with(resolveConflict)},
		RejectionDismiss: {apply: with(dismissRejection)},
		RequesterPut:     {apply: with(putRequester)},
		PersonPut:        {apply: with(putPerson)},
		TeamPut:          {apply: with(putTeam)},
		ServicePut:       {apply: with(putService)},
		TemplatePut:      {apply: with(putTemplate)},
		RequesterSpeak:   {apply: with(speakRequester)},
		WorkspacePut:     {apply: with(putWorkspace)},
		WorkspacePatch:   {apply: with(patchWorkspace)},
		MailboxReport:    {apply: with(reportMailbox)},
		QuarantineReport: {apply: with(reportQuarantine)},
		QuarantineDecide: {apply: with(decideQuarantine)},
		Lost:             {apply: with(lost)},
	}
}

// with decodes the arguments for an act.
func with[A any](do func(*work, A) error) func(*work) error {
	return func(w *work) error {
		var args A
		if err := json.Unmarshal(w.m.Args, &args); err != nil {
			return Refuse(CodeValidation, "The arguments of %s cannot be read: %v.", w.m.Name, err)
		}
		return do(w, args)
	}
}

func lost(*work, struct{}) error {
	return Refuse(CodeGone, "A change was damaged on the disk of the device before it reached the hub, and nothing of it is left.")
}

func (w *work) put(e Entity) { w.puts = append(w.puts, e) }

// record writes an entry of a ticket's history, before the ticket is touched.
func (w *work) record(t *Ticket, e Event) {
	w.events++
	e.ID, e.Ticket, e.Turn = w.m.localID(w.events), t.ID, t.next()
	e.Actor, e.Device = w.env.Actor.Person, w.env.Actor.Device
	e.At, e.SyncedAt = w.at, w.now
	w.put(e)
}

// become raises the status, never lowers it: held and disputed outrank merged.
func (w *work) become(s Status) {
	if w.status == Applied || s == Disputed {
		w.status = s
	}
}

// ticket reads the ticket the mutation acts on, for someone who may work on it.
// One that was merged is worked on no more (SPEC R17).
func (w *work) ticket() (Ticket, error) {
	t, err := w.standing()
	if err == nil && t.MergedInto != "" {
		err = w.movedOn(t)
	}
	return t, err
}

// standing is ticket for what may still be settled after a merge. What refuses
// here refuses everything that was written on the ticket.
func (w *work) standing() (Ticket, error) {
	t, err := Read[Ticket](w.view, Key{KindTicket, string(w.m.Ticket)})
	if errors.Is(err, ErrUnknown) {
		return Ticket{}, Refuse(CodeGone, "The ticket does not exist at the hub (any more); what you wrote is kept here.")
	}
	if err != nil {
		return Ticket{}, err
	}
	return t.clone(), w.env.Actor.CanWork(t)
}
