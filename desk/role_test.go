package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

// trial is one mutation in a world where it is whole and sensible, so that only
// the actor's right to it is asked.
type trial struct {
	name    Name
	args    func(w *world, by Principal) any
	allowed func(by Principal, reach bool) bool
}

// reaching: whoever works, on tickets within reach.
func reaching(by Principal, reach bool) bool { return by.Works() && reach }

func working(by Principal, _ bool) bool { return by.Works() }

func configuring(by Principal, _ bool) bool { return by.System || slices.Contains(by.Roles, RoleAdmin) }

func always(args any) func(*world, Principal) any {
	return func(*world, Principal) any { return args }
}

var trials = []trial{
	{TicketCreate, always(CreateTicket{Kind: Incident, Title: "New", Number: "INC0000077"}), working},
	{TicketPatch, always(PatchTicket{Set: map[Field]string{FieldDescription: "Words"}}), reaching},
	{TicketLabel, always(LabelTicket{AddLabels: []string{"vip"}}), reaching},
	{TicketMove, always(moveTo(StateNew, StateInProgress)), reaching},
	{TicketCheck, always(CheckTicket{Add: []Item{{ID: "i", Text: "Look"}}}), reaching},
	{TicketMerge, func(w *world, _ Principal) any {
		other := Ticket{ID: "o", Number: "INC0000002", Kind: Incident, Title: "O", Team: "alpha", State: StateNew}
		w.records[other.Key()] = other
		return MergeTicket{Into: "o"}
	}, reaching},
	{TimeLog, always(LogTime{TimeEntry{ID: "l", Minutes: 5}}), reaching},
	{MessageAdd, always(AddMessage{Message{ID: "x", Kind: InternalNote, Text: "Psst"}}), reaching},
	{MessageAdd, always(AddMessage{Message{ID: "x", Kind: PublicReply, Text: "Hello"}}), reaching},
	{MessageAdd, always(AddMessage{Message{ID: "x", Kind: FromRequester, Text: "Hello"}}), func(by Principal, _ bool) bool { return by.System }},
	{MessageMove, func(w *world, _ Principal) any {
		for _, e := range []Entity{Ticket{ID: "o", Number: "INC0000002", Kind: Incident, Title: "O", Team: "alpha", State: StateNew}, Message{ID: "mail", Ticket: "t", Kind: FromRequester, Text: "Hello"}} {
			w.records[e.Key()] = e
		}
		return MoveMessage{Message: "mail", To: "o"}
	}, reaching},
	{MessageSplit, func(w *world, _ Principal) any {
		m := Message{ID: "mail", Ticket: "t", Kind: FromRequester, Text: "Hello"}
		w.records[m.Key()] = m
		return SplitMessage{Message: "mail", Ticket: "n", Create: CreateTicket{Kind: Incident, Title: "New", Number: "INC0000078"}}
	}, reaching},
	{MessageAccept, func(w *world, _ Principal) any {
		m := Message{ID: "mail", Ticket: "t", Kind: FromRequester, Text: "Hello", Suspect: true}
		w.records[m.Key()] = m
		return AcceptMessage{Message: "mail", Accept: true}
	}, reaching},
	{AsideMove, func(w *world, _ Principal) any {
		t := w.ticket("t")
		t.Asides = []Aside{{ID: "s", State: AsideOpen}}
		w.records[t.Key()] = t
		return MoveAside{Aside: "s", To: AsideClosed}
	}, reaching},
	{AsideTake, func(w *world, _ Principal) any {
		m := Message{ID: "mail", Ticket: "t", Kind: FromRequester, From: &Address{Email: "help@vendor.example"}, Text: "Hello"}
		w.records[m.Key()] = m
		return TakeAside{Message: "mail", Aside: "s"}
	}, reaching},
	{ReplyDecide, func(w *world, by Principal) any {
		m := Message{ID: "held", Ticket: "t", Kind: PublicReply, Author: by.Person, Text: "Hello", Delivery: DeliveryHeld}
		w.records[m.Key()] = m
		return DecideReply{Message: "held", Act: ReplyDiscard}
	}, reaching},
	{ReplyDeliver, func(w *world, _ Principal) any {
		m := Message{ID: "out", Ticket: "t", Kind: PublicReply, Text: "Hello", Delivery: DeliveryQueued}
		w.records[m.Key()] = m
		return DeliverReply{Message: "out", Delivery: DeliverySent}
	}, func(by Principal, _ bool) bool { return by.System }},
	{ReplyRetry, func(w *world, _ Principal) any {
		m := Message{ID: "waits", Ticket: "t", Kind: PublicReply, Text: "Hello", Delivery: DeliveryWaiting}
		w.records[m.Key()] = m
		return RetryReply{Message: "waits"}
	}, reaching},
	{FileArrive, func(w *world, _ Principal) any {
		m := Message{ID: "note", Ticket: "t", Kind: InternalNote, Attachments: []Attachment{{SHA256: "s", Awaited: true}}}
		w.records[m.Key()] = m
		return ArriveFile{Message: "note", SHA256: "s"}
	}, func(by Principal, _ bool) bool { return by.System }},
	{TicketArchive, func(w *world, _ Principal) any {
		closed := w.ticket("t")
		closed.State = StateClosed
		w.records[closed.Key()] = closed
		return ArchiveTicket{Before: w.now}
	}, func(by Principal, _ bool) bool { return by.System }},
	{TicketPin, always(PinTicket{Keep: true}), func(by Principal, reach bool) bool { return by.Person != "" && reach && (by.Works() || by.SeesAll()) }},
	{ConflictResolve, func(w *world, _ Principal) any {
		c := Conflict{ID: "c", Ticket: "t", Field: FieldDescription, Client: "Words", State: ConflictOpen}
		w.records[c.Key()] = c
		return ResolveConflict{Conflict: "c", Choice: ChooseMine}
	}, reaching},
	{RejectionDismiss, func(w *world, by Principal) any {
		r := Rejection{ID: "r", Person: by.Person}
		w.records[r.Key()] = r
		return DismissRejection{ID: "r"}
	}, func(Principal, bool) bool { return true }}, // one's own tray is one's own
	{RequesterPut, always(Requester{ID: "new", Name: "New"}), working},
	{PersonPut, always(Person{ID: "new", Name: "New", Email: "new@desk.example"}), configuring},
	{TeamPut, always(Team{ID: "new", Name: "New"}), configuring},
	{ServicePut, always(Service{ID: "new", Name: "New"}), configuring},
	{TemplatePut, always(Template{ID: "new", Use: UseAnswer, Name: "New", Text: "Hello"}), configuring},
	{TemplatePut, always(Template{ID: "new", Use: UseAnswer, Name: "New", Text: "Hello", Team: "beta"}), func(by Principal, reach bool) bool {
		return configuring(by, reach) || slices.Contains(by.Roles, RoleLead) && slices.Contains(by.Teams, "beta")
	}},
	{RequesterSpeak, always(SpeakRequester{Requester: "rita", Language: "de"}), working},
	{WorkspacePut, always(NewWorkspace("test", "New")), configuring},
	{WorkspacePatch, func(w *world, _ Principal) any {
		ws := NewWorkspace("test", "Test")
		w.records[ws.Key()] = ws
		return PatchWorkspace{Set: map[Setting]json.RawMessage{"reopen_days": json.RawMessage("3")}, Saw: map[Setting]json.RawMessage{"reopen_days": json.RawMessage("14")}}
	}, configuring},
	{MailboxReport, always(Mailbox{ID: "m", State: MailboxWatching}), func(by Principal, _ bool) bool { return by.System }},
	{QuarantineReport, always(QuarantinedMail{ID: "q", State: InQuarantine}), func(by Principal, _ bool) bool { return by.System }},
	{QuarantineDecide, func(w *world, _ Principal) any {
		q := QuarantinedMail{ID: "q", State: InQuarantine, Part: KeptWhole}
		w.records[q.Key()] = q
		return DecideQuarantine{ID: "q", Act: RetryMail}
	}, func(by Principal, _ bool) bool {
		return by.System || slices.Contains(by.Roles, RoleLead) || slices.Contains(by.Roles, RoleAdmin)
	}},
}

func TestEveryMutationHasATrial(t *testing.T) {
	for name := range acts {
		if name != Lost && !slices.ContainsFunc(trials, func(x trial) bool { return x.name == name }) {
			t.Errorf("no trial of who may %s", name)
		}
	}
}

// TestWhoMayDoWhat tries every mutation by every role on a ticket of one's own
// team, of another team, and of none.
func TestWhoMayDoWhat(t *testing.T) {
	actors := []Principal{{System: true, Device: "d"}, {Person: "p", Device: "d"}}
	for _, role := range Roles() {
		actors = append(actors, Principal{Person: "p", Device: "d", Roles: []Role{role}, Teams: []TeamID{"alpha"}})
	}
	for _, by := range actors {
		for _, team := range []TeamID{"alpha", "beta", ""} {
			reach := team != "beta" || by.SeesAll()
			for i, x := range trials {
				t.Run(fmt.Sprintf("%v on %q: %s %d", by.Roles, team, x.name, i), func(t *testing.T) {
					w := newWorld(t)
					ticket := Ticket{ID: "t", Number: "INC0000001", Kind: Incident, Title: "T", Team: team, State: StateNew, Impact: 3, Urgency: 3, Priority: 5}
					if x.name != TicketCreate {
						w.records[ticket.Key()] = ticket
					}
					e, err := w.try(by, x.name, "t", x.args(w, by))
					if !x.allowed(by, reach) {
						refused(t, e, err, CodePerm, "")
						return
					}
					if err != nil || len(e.Puts) == 0 {
						t.Errorf("%v, %d records", err, len(e.Puts))
					}
				})
			}
		}
	}
}

func TestAnAssigneeOrWatcherKeepsReachOutsideHisTeams(t *testing.T) {
	for _, ticket := range []Ticket{{Team: "beta", Assignee: "ana"}, {Team: "beta", Watchers: []PersonID{"ana"}}, {Team: "beta", Disputed: []PersonID{"ana"}}} {
		w := newWorld(t)
		ticket.ID, ticket.State, ticket.Impact, ticket.Urgency = "t", StateNew, 3, 3
		w.records[ticket.Key()] = ticket
		w.do(w.as("ana"), TicketMove, "t", moveTo(StateNew, StateInProgress))
	}
}

func TestARefusalOfReachNamesTheTicket(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	e, err := w.try(w.as("cleo"), TicketMove, "t", moveTo(StateNew, StateInProgress))
	refused(t, e, err, CodePerm, "INC0000001 is not in one of your teams' queues any more")
}

func TestSomeoneWhoLeftMayNothing(t *testing.T) {
	w := newWorld(t)
	w.open("t")
	if by := w.as("gone"); by.Works() || by.SeesAll() || by.CanRead(w.ticket("t")) || len(by.Buckets(nil)) != 0 {
		t.Errorf("%+v still has rights", by)
	}
	e, err := w.try(w.as("gone"), TicketMove, "t", moveTo(StateNew, StateInProgress))
	refused(t, e, err, CodePerm, "Your role cannot change tickets")
}

func TestNobodyDismissesTheRefusalsOfAnother(t *testing.T) {
	w := newWorld(t)
	r := Rejection{ID: "r", Person: "ben", Rev: 1}
	w.records[r.Key()] = r
	e, err := w.try(w.as("ana"), RejectionDismiss, "", DismissRejection{ID: "r"})
	refused(t, e, err, CodeGone, "not in your tray")
	w.do(w.as("ben"), RejectionDismiss, "", DismissRejection{ID: "r"})
	if got := w.records[r.Key()].(Rejection); !got.Dismissed || got.Rev != 2 {
		t.Errorf("%+v", got)
	}
	if e := w.do(w.as("ben"), RejectionDismiss, "", DismissRejection{ID: "r"}); len(e.Puts) != 0 {
		t.Error("dismissed twice")
	}
}

func TestMembershipAndRoleOfAPerson(t *testing.T) {
	p := Person{Roles: []Role{RoleAgent, RoleLead}, Teams: []TeamID{"alpha"}}
	if !p.Has(RoleLead) || p.Has(RoleAdmin) || !p.In("alpha") || p.In("beta") {
		t.Errorf("%+v", p)
	}
}
