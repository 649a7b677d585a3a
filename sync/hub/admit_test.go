package hub_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// crowd is devices of Mira's at one engine, and what each was sent.
type crowd struct {
	*house
	engine *hub.Engine
	sent   map[hub.SessionID][]protocol.Message
	device map[hub.SessionID]desk.DeviceID
}

func (h *house) crowd(n int) *crowd {
	h.Helper()
	h.Stop()
	engine, err := hub.New(h.Context(), h.Central)
	if err != nil {
		h.Fatal(err)
	}
	c := &crowd{h, engine, map[hub.SessionID][]protocol.Message{}, map[hub.SessionID]desk.DeviceID{}}
	err = h.Central.Update(h.Context(), func(tx *store.CentralTx) error {
		for i := range n {
			id := hub.SessionID(i + 1)
			c.device[id] = desk.DeviceID(fmt.Sprint("laptop-", id))
			d := store.Device{ID: c.device[id], Person: h.Mira.ID, Name: "laptop", TokenHash: []byte(c.device[id]), CreatedAt: day, LastSeen: day}
			if err := tx.AddDevice(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
	return c
}

// lacking puts more into the organisation's bucket than a device may lack and
// still wait for nobody, and more than it is sent without an answer.
func (h *house) lacking() {
	h.Helper()
	const rows = protocol.PageRows + 10
	h.services(rows, 2*protocol.UnansweredBytes/rows)
}

// services puts services into the organisation's bucket, with names so long.
func (h *house) services(n, bytes int) {
	h.Helper()
	long := strings.Repeat("x", bytes)
	err := h.Central.Update(h.Context(), func(tx *store.CentralTx) error {
		for i := range n {
			r, err := tx.Put(desk.Service{ID: desk.ServiceID(fmt.Sprint("s", i)), Name: long})
			if err != nil {
				return err
			}
			if _, err := tx.Post(desk.BucketOrg, []store.Entry{{Key: r.Key, Tree: r.Tree, Hash: r.Hash()}}, day); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
}

func (c *crowd) step(events ...hub.Event) {
	for _, effect := range c.engine.Step(c.Context(), day, events...) {
		if send, ok := effect.(hub.Send); ok {
			c.sent[send.Session] = append(c.sent[send.Session], send.Message)
		}
	}
}

func (c *crowd) hello(id hub.SessionID, hello protocol.Hello) {
	hello.Protocol, hello.Schema = protocol.Version, protocol.Schema
	c.step(hub.Opened{Session: id, Device: c.device[id]}, hub.Received{Session: id, Message: hello})
}

// count counts the messages of a type that a device was sent.
func (c *crowd) count(id hub.SessionID, kind string) (n int) {
	for _, m := range c.sent[id] {
		if m.Type() == kind {
			n++
		}
	}
	return n
}

// answer takes in everything a device was sent.
func (c *crowd) answer(id hub.SessionID) {
	var last int64
	for _, m := range c.sent[id] {
		if rows, ok := m.(protocol.Rows); ok {
			last = rows.N
		}
	}
	c.step(hub.Received{Session: id, Message: protocol.Applied{N: last}})
}

// with lists the devices that were sent a message of a type.
func (c *crowd) with(kind string) (ids []hub.SessionID) {
	for id := range c.device {
		if c.count(id, kind) > 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// SPEC P31: so many are filled at once, so many wait and are heard meanwhile, the
// rest is told when to come back; whoever lacks little waits for nobody.
func TestDevicesAreFilledInTheOrderTheyCame(t *testing.T) {
	h := build(t).run()
	h.lacking()
	const all = hub.FilledAtOnce + hub.LineLength + 3
	c := h.crowd(all)
	for id := range hub.SessionID(all) {
		c.hello(id+1, protocol.Hello{})
	}
	if got := c.with("ROWS"); len(got) != hub.FilledAtOnce || got[len(got)-1] != hub.FilledAtOnce {
		t.Fatalf("%d devices are filled: %v", len(got), got)
	}
	if n := len(c.with("BYE")); n != 3 {
		t.Fatalf("%d devices were sent away", n)
	}
	if bye := c.sent[all][0].(protocol.Bye); bye.Code != protocol.ByeBusy || bye.RetryAfter == 0 || bye.Message == "" {
		t.Errorf("%+v", bye)
	}
	first := hub.SessionID(hub.FilledAtOnce + 1)
	if w := c.sent[first][0].(protocol.Welcome); w.Wait == 0 || w.LastMid != 0 || len(c.sent[first]) != 1 {
		t.Errorf("%+v", c.sent[first])
	}
	c.step(hub.Received{Session: first, Message: protocol.Push{Mutations: []desk.Mutation{{Mid: 1, Name: "unheard"}}}})
	if c.count(first, "ACK") != 1 {
		t.Error("who waits is not heard")
	}
	for range 10 {
		c.answer(1)
	}
	if c.count(1, "CHECKPOINT") != 1 || c.count(first, "ROWS") == 0 {
		t.Errorf("the next one is not filled: %+v", c.sent[first])
	}
	c.step(hub.Closed{Session: 2})
	if c.count(first+1, "ROWS") == 0 {
		t.Error("the place of one that left is not given on")
	}
}

// SPEC P31: slow devices do not keep the others from being filled.
func TestASlowDeviceIsPassedOver(t *testing.T) {
	h := build(t).run()
	h.lacking()
	c := h.crowd(hub.FilledAtOnce + 1)
	late := hub.SessionID(hub.FilledAtOnce + 1)
	for id := range late {
		c.hello(id+1, protocol.Hello{})
	}
	if c.count(late, "ROWS") != 0 {
		t.Fatal("it was filled at once")
	}
	c.step(hub.Ticked{})
	if c.count(late, "ROWS") == 0 {
		t.Error("nobody was passed over")
	}
}

// SPEC P31: a storm of devices that lack little is served at once.
func TestWhoLacksLittleWaitsForNobody(t *testing.T) {
	h := build(t).run()
	const all = hub.FilledAtOnce + hub.LineLength + 3
	c := h.crowd(all)
	for id := range hub.SessionID(all) {
		c.hello(id+1, protocol.Hello{})
	}
	if n := len(c.with("CHECKPOINT")); n != all {
		t.Errorf("%d of %d devices reached their checkpoint", n, all)
	}
}

// SPEC P30: what an old program has to say is taken, then it is told to upgrade;
// it is sent no records, and no checkpoint calls what it holds complete.
func TestAnOldOutboxAlwaysDrains(t *testing.T) {
	h := build(t).run()
	h.Open("t1", "first")
	c := h.crowd(2)
	c.engine.Offering(protocol.Offer{Newest: 4, Oldest: 1, Schema: 3})
	c.hello(1, protocol.Hello{NextMid: 3})
	c.step(hub.Ticked{})
	if w, ok := c.sent[1][0].(protocol.Welcome); !ok || !w.PushOnly || w.Protocol != 1 || len(c.sent[1]) != 1 {
		t.Fatalf("%+v", c.sent[1])
	}
	for mid := range int64(2) {
		m, err := desk.NewMutation(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{
			ID: desk.MessageID(fmt.Sprint("note-", mid)), Kind: desk.InternalNote, Text: "written long ago"}}, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Mid = mid + 1
		c.step(hub.Received{Session: 1, Message: protocol.Push{Mutations: []desk.Mutation{m}}})
	}
	kinds := make([]string, len(c.sent[1]))
	for i, m := range c.sent[1] {
		kinds[i] = m.Type()
	}
	if got := strings.Join(kinds, " "); got != "WELCOME ACK ACK BYE" {
		t.Fatal(got)
	}
	if bye := c.sent[1][3].(protocol.Bye); bye.Code != protocol.ByeUpgrade || bye.RetryAfter == 0 {
		t.Errorf("%+v", bye)
	}
	if h.Message("note-1").Text != "written long ago" {
		t.Error("its words did not arrive")
	}
	c.hello(2, protocol.Hello{NextMid: 1})
	if n := len(c.sent[2]); n != 2 || c.sent[2][1].(protocol.Bye).Code != protocol.ByeUpgrade {
		t.Errorf("nothing to say: %+v", c.sent[2])
	}
}

// SPEC P30: a hub that is too old for a device says so.
func TestAHubThatIsTooOldSaysSo(t *testing.T) {
	c := build(t).run().crowd(1)
	c.step(hub.Opened{Session: 1, Device: c.device[1]}, hub.Received{Session: 1, Message: protocol.Hello{Protocol: 9, Oldest: 9}})
	if bye, ok := c.sent[1][0].(protocol.Bye); !ok || bye.Code != protocol.ByeVersion {
		t.Errorf("%+v", c.sent[1])
	}
}

// SPEC P31: how much a device lacks is counted from its cursors: above them, below
// the floor of a bucket that is being filled, and all of it in another epoch.
func TestWhatADeviceLacksIsCounted(t *testing.T) {
	c := build(t).run().crowd(0)
	heads := map[desk.BucketID]store.Head{"org": {Epoch: 1, Seq: 100}, "team:first": {Epoch: 2, Seq: 50}}
	at := func(epoch string, org, team protocol.Cursor) protocol.Hello {
		return protocol.Hello{Epoch: epoch, Cursors: map[desk.BucketID]protocol.Cursor{"org": org, "team:first": team}}
	}
	now := c.engine.Epoch()
	for _, x := range []struct {
		title string
		hello protocol.Hello
		want  int64
	}{
		{"nothing yet", protocol.Hello{}, 150},
		{"everything", at(now, protocol.Cursor{Epoch: 1, Seq: 100}, protocol.Cursor{Epoch: 2, Seq: 50}), 0},
		{"something", at(now, protocol.Cursor{Epoch: 1, Seq: 90}, protocol.Cursor{Epoch: 2, Seq: 50}), 10},
		{"half filled", at(now, protocol.Cursor{Epoch: 1, Seq: 100, Floor: 40}, protocol.Cursor{Epoch: 2, Seq: 50}), 40},
		{"a bucket begun anew", at(now, protocol.Cursor{Epoch: 1, Seq: 100}, protocol.Cursor{Epoch: 1, Seq: 50}), 50},
		{"a bucket beyond the hub's", at(now, protocol.Cursor{Epoch: 1, Seq: 300}, protocol.Cursor{Epoch: 2, Seq: 50}), 100},
		{"another epoch", at("another", protocol.Cursor{Epoch: 1, Seq: 100}, protocol.Cursor{Epoch: 2, Seq: 50}), 150},
	} {
		if got := c.engine.Behind(x.hello, heads); got != x.want {
			t.Errorf("%s: %d, want %d", x.title, got, x.want)
		}
	}
}
