package hub_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

// spoil makes a ticket's body one that no program of ours can read.
func (h *house) spoil(dir string, ticket desk.TicketID) {
	h.Helper()
	h.tamper(dir, "UPDATE ticket SET body = ? WHERE id = ?", `{"impact":"none"}`, string(ticket))
}

// tamper runs a statement on the hub's file that no program of ours runs.
func (h *house) tamper(dir, statement string, args ...any) {
	h.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "hub.db")+"?_busy_timeout=10000")
	if err != nil {
		h.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement, args...); err != nil {
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
	h.Open("t1", "first")
	h.Open("t2", "first")
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
			engine, err := hub.New(t.Context(), h.Central)
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
	err := h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Rejection{ID: "laptop-1.2.0"}.Key())
		if err != nil {
			return err
		}
		if r := e.(desk.Rejection); r.Code != desk.CodeInternal || !strings.Contains(string(r.Args), "label of b") || r.Person != h.Mira.ID {
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

// TestWhatCannotBeParkedHoldsUpNobodyElse (SPEC R18): where setting it aside fails too, its
// device is told to come back, as often as it comes, and the hub goes on.
func TestWhatCannotBeParkedHoldsUpNobodyElse(t *testing.T) {
	h, dir := buildIn(t)
	h.run()
	h.Open("t1", "first")
	h.Open("t2", "first")
	h.spoil(dir, "t2")
	h.tamper(dir, "CREATE TRIGGER planned BEFORE INSERT ON rejection BEGIN SELECT RAISE(ABORT, 'planned by a test'); END")
	q := &queue{crowd: h.crowd(2)}
	label := func(ticket desk.TicketID) desk.Mutation {
		m, err := desk.NewMutation(desk.TicketLabel, ticket, desk.LabelTicket{AddLabels: []string{"a"}}, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Mid = 1
		return m
	}
	q.outbox = []desk.Mutation{label("t2")}
	const tries = 22
	ctx, give := context.WithCancel(t.Context())
	defer time.AfterFunc(20*time.Second, give).Stop()
	for n := range tries {
		session := hub.SessionID(100 + n)
		q.engine.Step(ctx, day, hub.Opened{Session: session, Device: q.device[1]}, hub.Received{Session: session, Message: protocol.Hello{Protocol: protocol.Version}})
		effects := q.engine.Step(ctx, day, hub.Received{Session: session, Message: protocol.Push{Mutations: q.outbox}})
		bye := false
		for _, effect := range effects {
			if send, ok := effect.(hub.Send); ok {
				said, is := send.Message.(protocol.Bye)
				bye = bye || is && said.Code == protocol.ByeInternal && said.RetryAfter > 0
			}
		}
		if ctx.Err() != nil || !bye {
			t.Fatalf("try %d: told to come back: %v, %v", n+1, bye, ctx.Err())
		}
	}
	q.hello(2, protocol.Hello{})
	q.step(hub.Received{Session: 2, Message: protocol.Push{Mutations: []desk.Mutation{label("t1")}}})
	if n := q.count(2, "ACK"); n != 1 {
		t.Errorf("another device has %d answers", n)
	}
}

// TestTextThatIsNoneIsAnsweredLikeOther: what a server takes no text of is refused
// at once, and who else is told something does not notice.
func TestTextThatIsNoneIsAnsweredLikeOther(t *testing.T) {
	for engine, dsn := range map[string]func() string{
		"SQLite":     func() string { return filepath.Join(t.TempDir(), "hub.db") },
		"PostgreSQL": func() string { return stand.Postgres(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			h := buildOn(t, dsn()).run()
			h.Open("t1", "first")
			c := h.crowd(2)
			c.hello(1, protocol.Hello{Caps: protocol.Caps()})
			c.hello(2, protocol.Hello{Caps: protocol.Caps()})
			for i, said := range []string{
				`"name":"ticket.label","v":1,"ticket":"nowhere","args":{"add_labels":["` + "\xff" + `"]}`,
				`"name":"ticket.label","v":1,"ticket":"no\u0000where","args":{"add_labels":["a"]}`,
				`"name":"requester.put","v":1,"args":{"id":"no\u0000body","name":"Nobody"}`,
			} {
				push, err := protocol.Decode(plain(fmt.Sprintf(`["PUSH",{"mutations":[{"mid":%d,"at":"2026-01-01T00:00:00Z",%s}]}]`, i+1, said)))
				if err != nil {
					t.Fatal(err)
				}
				c.step(hub.Received{Session: 1, Message: push})
			}
			c.step(hub.Received{Session: 1, Message: protocol.Fetch{N: 1, Bucket: desk.BucketOrg, Keys: []desk.Key{{Kind: desk.KindTeam, ID: "no\x00team"}}}},
				hub.Received{Session: 1, Message: protocol.Presence{Ticket: "no\x00where", Doing: protocol.Viewing}},
				hub.Received{Session: 2, Message: protocol.Presence{Ticket: "t1", Doing: protocol.Viewing}})
			var refused []desk.Code
			for _, m := range c.sent[1] {
				if ack, ok := m.(protocol.Ack); ok {
					refused = append(refused, ack.Results[0].Code)
				}
			}
			if !slices.Equal(refused, []desk.Code{desk.CodeGone, desk.CodeGone, desk.CodeValidation}) {
				t.Errorf("refused with %v", refused)
			}
			if err := h.Central.View(t.Context(), func(tx *store.CentralTx) error {
				return hub.MayHave(tx, desk.PrincipalOf(h.Mira, "d"), "no\x00sum")
			}); !errors.Is(err, desk.ErrUnknown) {
				t.Errorf("a file that is named by no sum: %v", err)
			}
			for id := range c.device {
				if c.count(id, "BYE") > 0 || c.count(id, "PRESENCE_SET") == 0 {
					t.Errorf("device %d: %d times BYE, and told who is where %d times", id, c.count(id, "BYE"), c.count(id, "PRESENCE_SET"))
				}
			}
		})
	}
}
