package app

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

// relaid gives time.log its second version in these tests: in the first, an entry
// was called a log.
func relaid(args json.RawMessage) (json.RawMessage, error) {
	var old struct {
		Log json.RawMessage `json:"log"`
	}
	if err := json.Unmarshal(args, &old); err != nil {
		return nil, err
	}
	return json.Marshal(map[string]json.RawMessage{"entry": old.Log})
}

// logged is a mutation as the older program made it.
func logged(ticket desk.TicketID) desk.Mutation {
	return desk.Mutation{
		Name: desk.TimeLog, Version: 1, Ticket: ticket, At: time.Now(),
		Args: json.RawMessage(`{"log":{"id":"by-the-older-program","minutes":7,"note":"Called the vendor"}}`),
	}
}

// TestWhatAnOlderProgramWroteIsTriedAgain: a refusal keeps the version of its
// arguments, so the tray reads them and puts them into the outbox as they are
// written today (SPEC R2, R4).
func TestWhatAnOlderProgramWroteIsTriedAgain(t *testing.T) {
	_, ana, ben := mergedAway(t, logged("t1"))
	r := ana.refusalOf(desk.TimeLog)
	if r.Version != 1 || !strings.Contains(string(r.Args), `"log"`) {
		t.Errorf("the hub keeps version %d, %s", r.Version, r.Args)
	}
	g := got(ana.tray.List()).or(t).Refusals[0]
	if said := g.Refusals[len(g.Refusals)-1]; !strings.Contains(said.Sentence, "7") {
		t.Errorf("the tray says %+v", said)
	}
	must(t, ana.tray.AddToMerged(g.Key))
	ana.settled()
	ben.sees("the time of both programs has come", "t2", func(v TicketView) bool { return v.TimeSpent == 27 })
}

// refusalOf is the last refusal of an act, as the hub sent it.
func (l *laptop) refusalOf(name desk.Name) (last desk.Rejection) {
	l.t.Helper()
	ws := got(l.workspace()).or(l.t)
	must(l.t, ws.view(func(tx *store.ReplicaTx) error {
		list, err := tx.Rejections(ws.who.Person)
		for _, r := range list {
			if r.Name == name && r.Mid > last.Mid {
				last = r
			}
		}
		return err
	}))
	return last
}

// TestWhatWaitsFromAnOlderProgramIsShown: what the older program left in the
// outbox is told in words, and counted to its ticket.
func TestWhatWaitsFromAnOlderProgramIsShown(t *testing.T) {
	o := newOffice(t)
	ana := o.laptopOf(o.ana)
	o.mails("t1", "m1", "It asks again.")
	ana.until("the ticket is there", func() bool { _, err := ana.ticket.Open("t1"); return err == nil })
	ana.offline()
	ws := got(ana.workspace()).or(t)
	got(ws.client.Edit(ws.ctx, logged("t1"))).or(t)
	items := got(ana.sync.Outbox()).or(t)
	if len(items) != 1 || !strings.Contains(items[0].Sentence, "7") {
		t.Errorf("the outbox says %+v", items)
	}
	if log := ana.open("t1").TimeLog; len(log) != 1 || !log[0].Pending || log[0].Minutes != 7 {
		t.Errorf("the time log is %+v", log)
	}
}

// TestWhatANewerProgramWroteIsNotGuessedAt: it is shown by its name, and tried
// again only by a program that knows it.
func TestWhatANewerProgramWroteIsNotGuessedAt(t *testing.T) {
	group := []desk.Rejection{{Name: desk.TimeLog, Version: 3, Args: json.RawMessage(`{"entries":[]}`)}}
	if err := readable(group); desk.CodeOf(err) != desk.CodeVersion || !strings.Contains(err.Error(), "time.log version 3") {
		t.Errorf("%v", err)
	}
	group[0].Version = 2
	if err := readable(group); err != nil {
		t.Errorf("%v", err)
	}
}
