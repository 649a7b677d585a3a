package desk

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"
)

var moment = time.Date(2026, 3, 2, 9, 0, 0, 125e6, time.UTC)

// every is an entity of each kind with every field filled.
var every = []Entity{
	Workspace{ID: "w", Name: "W", Matrix: StockMatrix(), Categories: []string{"Mail"}, ReopenDays: 14, Rev: 2},
	Person{ID: "p", Name: "P", Email: "p@desk.example", Roles: []Role{RoleLead}, Teams: []TeamID{"a"}, Disabled: true, Rev: 3},
	Requester{ID: "r", Name: "Rüdiger", Email: "r@customer.example", Organization: "O", Location: "L", Phone: "1", TimeZone: "Europe/Berlin", VIP: true, Undelivered: true, Rev: 4},
	Team{ID: "t", Name: "T", Tier: 2, Rev: 5},
	Service{ID: "s", Name: "S", Owner: "p", Team: "t", Rev: 6},
	Ticket{ID: "x", Number: "INC0000001", Kind: Request, Title: "<T> & 日本", Description: "D", Source: SourceMail, Requester: "r", Team: "t", Assignee: "p",
		Service: "s", Category: "C", Impact: 1, Urgency: 2, Priority: 2, PriorityReason: "VIP", State: StateOnHold, HoldReason: HoldVendor, ResolutionCode: ResolvedSolved,
		ResolutionNotes: "N", Labels: []string{"l"}, Watchers: []PersonID{"p"}, Disputed: []PersonID{"q"}, OpenedAt: moment, UpdatedAt: moment,
		FirstResponseAt: &moment, ResolvedAt: &moment, Reopened: 1, LastPublic: "m", AwaitsReply: true, AwaitsReplySince: &moment, RelatedTo: "y",
		Edits: map[Field]Stamp{FieldTitle: {"p", moment}}, Rev: 7},
	Message{ID: "m", Ticket: "x", Kind: PublicReply, Author: "p", Requester: "r", From: &Address{"R", "r@customer.example"}, To: []Address{{Email: "a@customer.example"}},
		Cc: []Address{{Email: "b@customer.example"}}, Subject: "S", Text: "T", Quoted: "Q", HTML: "<p>T</p>", Attachments: []Attachment{{"a", "n", "text/plain", 9, "ff", true, "c"}},
		MailID: "m@desk.example", Seen: "l", Delivery: DeliverySent, Problem: "P", Auto: true, Suspect: true, Why: "W", At: moment, SyncedAt: moment, Rev: 8},
	Event{ID: "e", Ticket: "x", Kind: EventMoved, Actor: "p", Device: "d", Field: FieldState, Old: "new", New: "closed", Note: "N", At: moment, SyncedAt: moment},
	Conflict{ID: "c", Ticket: "x", Field: FieldState, Base: "new", Server: "closed", Client: "on_hold", ServerBy: "p", ServerAt: moment, ClientBy: "q", ClientAt: moment,
		Device: "d", Mid: 3, Move: &MoveTicket{From: StateNew, To: StateOnHold, HoldReason: HoldVendor}, Reason: "R", State: ConflictSettled, Choice: ChooseMine, ResolvedBy: "q", Rev: 9},
	Rejection{ID: "j", Person: "p", Device: "d", Mid: 4, Name: TicketMove, Ticket: "x", Args: json.RawMessage(`{"to":"closed"}`), Code: CodePerm, Message: "No.", Dismissed: true, At: moment, Rev: 10},
}

func TestEveryKindSurvivesItsRecord(t *testing.T) {
	if len(every) != len(decoders) {
		t.Fatalf("%d kinds tried, %d known", len(every), len(decoders))
	}
	for _, e := range every {
		full := reflect.ValueOf(e)
		for i := range full.NumField() {
			if full.Field(i).IsZero() {
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
		if want := tree.IsValid() && r.Kind != KindRejection; want != (r.Tree == "x") {
			t.Errorf("%s: in tree %q", r.Kind, r.Tree)
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

type stranger struct{}

// Key makes it look like an entity.
func (stranger) Key() Key { return Key{"stranger", "s"} }
