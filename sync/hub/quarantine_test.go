package hub_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// spoil makes a ticket's body one that no program of ours can read.
func (h *house) spoil(dir string, ticket desk.TicketID) {
	h.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "hub.db")+"?_busy_timeout=10000")
	if err != nil {
		h.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE ticket SET body = ? WHERE id = ?", `{"impact":"none"}`, string(ticket)); err != nil {
		h.Fatal(err)
	}
}

// queue is a device that sends its outbox again and again.
type queue struct {
	*crowd
	outbox  []desk.Mutation
	results []desk.Result
	waits   []int // seconds, as BYE says
	alarms  int
}

// push sends what was not answered over a new connection.
func (q *queue) push(n int) {
	q.Helper()
	session := hub.SessionID(100 + n)
	events := []hub.Event{
		hub.Opened{Session: session, Device: q.device[1]},
		hub.Received{Session: session, Message: protocol.Hello{Protocol: protocol.Version}},
		hub.Received{Session: session, Message: protocol.Push{Mutations: q.outbox}},
	}
	for _, ev := range events {
		for _, effect := range q.engine.Step(q.Context(), day, ev) {
			switch effect := effect.(type) {
			case hub.Failed:
				q.alarms++
			case hub.Send:
				switch m := effect.Message.(type) {
				case protocol.Bye:
					q.waits = append(q.waits, m.RetryAfter)
				case protocol.Ack:
					q.results = append(q.results, m.Results...)
					q.outbox = q.outbox[len(m.Results):]
				}
			}
		}
	}
}

// TestAMutationTheHubFailsAtIsSetAside: what stands before it is taken in, it
// is tried again after a growing while, across a restart, and then parked whole,
// so that the queue goes on (SPEC R18).
func TestAMutationTheHubFailsAtIsSetAside(t *testing.T) {
	h, dir := buildIn(t)
	h.run()
	h.open("t1", "first")
	h.open("t2", "first")
	h.spoil(dir, "t2")
	q := &queue{crowd: h.crowd(1)}
	for i, ticket := range []desk.TicketID{"t1", "t2", "t1"} {
		m, err := desk.NewMutation(desk.TicketLabel, ticket, desk.LabelTicket{AddLabels: []string{"label of " + string(rune('a'+i))}}, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Mid = int64(i + 1)
		q.outbox = append(q.outbox, m)
	}
	for n := range 19 {
		if q.push(n); n == 9 {
			engine, err := hub.New(t.Context(), h.central)
			if err != nil {
				t.Fatal(err)
			}
			q.engine = engine
		}
	}
	if len(q.results) != 1 || q.results[0].Status != desk.Applied || q.alarms != 19 || !slices.Equal(q.waits[:6], []int{5, 10, 20, 40, 60, 60}) || len(q.waits) != 19 {
		t.Fatalf("after 19 tries: %+v, %d alarms, told to wait %v", q.results, q.alarms, q.waits)
	}
	q.push(19)
	if len(q.results) != 3 || q.results[1].Status != desk.Quarantined || q.results[1].Code != desk.CodeInternal || q.results[2].Status != desk.Applied {
		t.Fatalf("at the 20th: %+v", q.results)
	}
	q.push(20)
	err := h.central.View(t.Context(), func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Rejection{ID: "laptop-1.2.0"}.Key())
		if err != nil {
			return err
		}
		if r := e.(desk.Rejection); r.Code != desk.CodeInternal || !strings.Contains(string(r.Args), "label of b") || r.Person != h.mira.ID {
			t.Errorf("%+v", r)
		}
		e, err = tx.Get(desk.Ticket{ID: "t1"}.Key())
		if got := e.(desk.Ticket).Labels; !slices.Equal(got, []string{"label of a", "label of c"}) {
			t.Errorf("labels %v", got)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
