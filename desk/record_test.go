package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"reflect"
	"strings"
	"testing"
	"time"
)

var moment = time.Date(2026, 3, 2, 9, 0, 0, 125e6, time.UTC)

// every is an entity of each kind with every field filled.
var every = []Entity{
	Workspace{ID: "w", Name: "W", Matrix: StockMatrix(), Categories: []string{"Mail"}, ReopenDays: 14, ArchiveDays: 90, AnswerMiB: 20, Rev: 2,
		Addresses: []string{"help@desk.example"}, MailboxRules: []MailboxRule{{Name: "R", When: []MailTest{{In: PartSender, Like: []string{"*"}}}, Event: &MailEvent{Key: "k"}, Team: "t", Labels: []string{"l"}}}},
	Person{ID: "p", Name: "P", Email: "p@desk.example", Roles: []Role{RoleLead}, Teams: []TeamID{"a"}, Disabled: true, Rev: 3},
	Requester{ID: "r", Name: "Rüdiger", Email: "r@customer.example", Organization: "O", Location: "L", Phone: "1", TimeZone: "Europe/Berlin", Language: "de", VIP: true, Undelivered: true, Rev: 4},
	Team{ID: "t", Name: "T", Tier: 2, Rev: 5},
	Service{ID: "s", Name: "S", Owner: "p", Team: "t", Rev: 6},
	Ticket{ID: "x", Number: "INC0000001", Kind: Request, Title: "<T> & 日本", Description: "D", Source: SourceMail, Requester: "r", Team: "t", Assignee: "p",
		Service: "s", Category: "C", Impact: 1, Urgency: 2, Priority: 2, PriorityReason: "VIP", State: StateOnHold, HoldReason: HoldVendor, ResolutionCode: ResolvedSolved,
		ResolutionNotes: "N", Labels: []string{"l"}, Watchers: []PersonID{"p"}, Disputed: []PersonID{"q"}, OpenedAt: moment, UpdatedAt: moment,
		FirstResponseAt: &moment, ResolvedAt: &moment, Reopened: 1, LastPublic: "m", AwaitsReply: true, AwaitsReplySince: &moment, RelatedTo: "y",
		ActualStart: &moment, ActualEnd: &moment, MeterReading: "1042.5", Checklist: []Item{{"i", "I", true, "p"}}, Asides: []Aside{{"i", "S", AsideOpen, "m", true, "p", moment}}, TimeSpent: 45, MergedInto: "z", Archived: "2026-03", Pinned: []PersonID{"p"},
		Edits: map[Field]Stamp{FieldTitle: {"p", moment}}, Rev: 7},
	Message{ID: "m", Ticket: "x", Kind: PublicReply, Author: "p", Requester: "r", From: &Address{"R", "r@customer.example"}, To: []Address{{Email: "a@customer.example"}},
		Cc: []Address{{Email: "b@customer.example"}}, Subject: "S", Text: "T", Quoted: "Q", Signature: "Z", HTML: "<p>T</p>", Attachments: []Attachment{{"a", "n", "text/plain", 9, "ff", true, "c", true}},
		MailID: "m@desk.example", About: "k", Admits: true, Aside: "i", Seen: "l", Delivery: DeliverySent, Problem: "P", Wait: &Wait{WaitPutOff, 2, moment, moment}, Auto: true, Suspect: true, Why: "W", Origin: &Origin{SHA256: "ee", Size: 9, Doubt: "D", Vouched: true, Sealed: "pgp signed"}, Placing: &Placing{"n", "y", "z", "p", true, true},
		Invitation: &Invitation{MeetingAsked, "u", 2, moment, "T", "R", moment, moment, true, "every day", Address{"O", "o@customer.example"}, []Attendee{{Address{"A", "a@customer.example"}, "DECLINED"}}, "ACCEPTED"}, At: moment, SyncedAt: moment, Turn: 7, Rev: 8},
	Template{ID: "te", Use: UseAnswer, Name: "N", Team: "t", Language: "de", Text: "T", Retired: true, Rev: 3},
	TimeEntry{ID: "l", Ticket: "x", Person: "p", Minutes: 45, Note: "N", At: moment, SyncedAt: moment, Turn: 7},
	Event{ID: "e", Ticket: "x", Kind: EventMoved, Actor: "p", Device: "d", Field: FieldState, Old: "new", New: "closed", Note: "N", At: moment, SyncedAt: moment, Turn: 7},
	Conflict{ID: "c", Ticket: "x", Field: FieldState, Base: "new", Server: "closed", Client: "on_hold", ServerBy: "p", ServerAt: moment, ClientBy: "q", ClientAt: moment,
		Device: "d", Mid: 3, Move: &MoveTicket{From: StateNew, To: StateOnHold, HoldReason: HoldVendor}, Reason: "R", Won: true, State: ConflictSettled, Choice: ChooseMine, ResolvedBy: "q", Rev: 9},
	Rejection{ID: "j", Person: "p", Device: "d", Mid: 4, Name: TicketMove, Version: 1, Ticket: "x", Args: json.RawMessage(`{"to":"closed"}`), Old: map[Field]string{FieldTitle: "T"}, Code: CodePerm,
		Message: "No.", Field: FieldState, Related: "x", Into: "z", Dismissed: true, At: moment, Rev: 10},
	Mailbox{ID: "b", Address: "a@desk.example", Folder: "INBOX", Server: "mail.example:993", SignIn: "Microsoft 365", Stored: true, Sends: true, State: MailboxImporting, Since: moment,
		Problem: ProblemNetwork, Reason: "R", LastPoll: moment, NextTry: moment, Waiting: 3, Rate: 1.5, Remaining: 2, Today: 4, Most: MailRate{30, 500, 2000}, WaitsFor: WaitRate, At: moment, Rev: 11},
	QuarantinedMail{ID: "q", Mailbox: "b", Account: "a", SHA256: "ff", Size: 9, Part: KeptWhole, ReceivedAt: moment, From: Address{"R", "r@customer.example"}, Subject: "S",
		Head: []HeaderField{{"To", "a@desk.example"}}, State: QuarantineSettled, Reason: "R", Tries: 3, Wish: TicketMail, By: "p", Ticket: "x", At: moment, Rev: 12},
}

func TestEveryKindSurvivesItsRecord(t *testing.T) {
	if len(every) != len(decoders) {
		t.Fatalf("%d kinds tried, %d known", len(every), len(decoders))
	}
	for _, e := range every {
		full := reflect.ValueOf(e)
		for i := range full.NumField() {
			if full.Field(i).IsZero() && full.Type().Field(i).Name != "surplus" {
				t.Errorf("%s: field %s is not tried", e.Key().Kind, full.Type().Field(i).Name)
			}
		}
		r, err := Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(r)
		if err != nil || !reflect.DeepEqual(back, e) {
			t.Errorf("%s came back as %+v (%v)", r.Kind, back, err)
		}
		again, err := Encode(back)
		if err != nil || string(again.Body) != string(r.Body) || again.Hash() != r.Hash() {
			t.Errorf("%s is written differently the second time", r.Kind)
		}
		if want := full.FieldByName("Rev"); want.IsValid() && r.Rev != want.Int() {
			t.Errorf("%s: revision %d, want %d", r.Kind, r.Rev, want.Int())
		}
		tree := full.FieldByName("Ticket")
		if r.Kind == KindTicket {
			tree = full.FieldByName("ID")
		}
		if want := tree.IsValid() && r.Kind != KindRejection && r.Kind != KindQuarantine; want != (r.Tree == "x") {
			t.Errorf("%s: in tree %q", r.Kind, r.Tree)
		}
	}
}

// TestFieldsOfANewerProgramSurvive: what an older program makes of a record
// still holds what it does not understand, in whatever order and shape (SPEC
// R19).
func TestFieldsOfANewerProgramSurvive(t *testing.T) {
	for _, e := range every {
		r, err := Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		newer := `{"zeta":{"deep":[1,"}"]},` + strings.TrimSuffix(string(r.Body)[1:], "}") + `,"alpha":"ä\u0000\"","id_2":null}`
		back, err := Decode(Record{Key: r.Key, Body: json.RawMessage(newer)})
		if err != nil {
			t.Fatalf("%s: %v", r.Kind, err)
		}
		again, err := Encode(back)
		want := strings.TrimSuffix(string(r.Body), "}") + `,"alpha":"ä\u0000\"","id_2":null,"zeta":{"deep":[1,"}"]}}`
		if err != nil || string(again.Body) != want {
			t.Errorf("%s: %s, %v", r.Kind, again.Body, err)
		}
		third, err := Decode(again)
		if err != nil || !reflect.DeepEqual(third, back) {
			t.Errorf("%s does not come back the second time: %v", r.Kind, err)
		}
	}
}

// TestAMutationKeepsWhatItDoesNotUnderstand: an older program predicts or
// applies, and the newer one's fields are still there (SPEC R19).
func TestAMutationKeepsWhatItDoesNotUnderstand(t *testing.T) {
	w := newWorld(t)
	newer := func(e Entity) {
		r, err := Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		r.Body = json.RawMessage(strings.TrimSuffix(string(r.Body), "}") + `,"mood":"sunny"}`)
		if w.records[r.Key], err = Decode(r); err != nil {
			t.Fatal(err)
		}
	}
	newer(w.open("t"))
	newer(w.records[Key{KindPerson, "ben"}])
	w.edit(w.as("ana"), "t", FieldTitle, "Mail is slow", "Mail is gone")
	w.do(w.as("ana"), TicketMove, "t", moveTo(StateNew, StateOnHold))
	w.do(hub, PersonPut, "", Person{ID: "ben", Name: "Ben Holm", Email: "ben@desk.example", Roles: []Role{RoleLead}})
	for _, key := range []Key{{KindTicket, "t"}, {KindPerson, "ben"}} {
		r, err := Encode(w.records[key])
		if err != nil || !strings.HasSuffix(string(r.Body), `,"mood":"sunny"}`) {
			t.Errorf("%s lost a field: %s, %v", key.Kind, r.Body, err)
		}
	}
}

func TestTheHashTellsRecordsApart(t *testing.T) {
	r := Record{Key: Key{KindTeam, "a"}, Body: json.RawMessage(`{"id":"a"}`)}
	seen := map[uint64]bool{r.Hash(): true}
	for _, other := range []Record{
		{Key: Key{KindTeam, "b"}, Body: r.Body}, {Key: Key{KindService, "a"}, Body: r.Body}, {Key: r.Key, Body: json.RawMessage(`{"id":"a" }`)},
	} {
		if seen[other.Hash()] {
			t.Errorf("%+v has the hash of another", other)
		}
		seen[other.Hash()] = true
	}
	if r.Hash() != (Record{Key: r.Key, Body: r.Body, Rev: 9, Tree: "x"}).Hash() {
		t.Error("the hash is of key and body alone")
	}
	sum := fnv.New64a()
	fmt.Fprintf(sum, "team/a/%s", r.Body)
	if r.Hash() != sum.Sum64() {
		t.Error("the hash is not the FNV-1a sum that other versions know")
	}
}

func TestARecordThatCannotBeRead(t *testing.T) {
	_, err := Decode(Record{Key: Key{"spell", "a"}, Body: json.RawMessage(`{}`)})
	refused(t, Effects{}, err, CodeVersion, "comes from a newer Holdall")
	_, err = Decode(Record{Key: Key{KindTeam, "a"}, Body: json.RawMessage(`{"tier":"one"}`)})
	var syntax *json.UnmarshalTypeError
	if !errors.As(err, &syntax) || CodeOf(err) != CodeInternal {
		t.Errorf("%v", err)
	}
	if _, err := Encode(stranger{}); err == nil {
		t.Error("something that is no entity was encoded")
	}
}

type stranger struct{ surplus }

// Key makes it look like an entity.
func (stranger) Key() Key { return Key{"stranger", "s"} }
