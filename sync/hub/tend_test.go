package hub_test

import (
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// drops counts what is remembered to have left a bucket.
func (h *house) drops(b desk.BucketID) (n int) {
	h.Helper()
	must(h, h.Central.View(h.Context(), func(tx *store.CentralTx) error {
		changes, err := tx.Changes(b, 0, 1000)
		for _, c := range changes {
			if c.Drop {
				n++
			}
		}
		return err
	}))
	return n
}

// bringBack lets a ticket leave its archive.
func (a *archivist) bringBack(id desk.TicketID) {
	a.Helper()
	back, err := desk.NewMutation(desk.MessageAdd, id, desk.AddMessage{Message: desk.Message{ID: "again", Kind: desk.FromRequester, Text: "Again."}}, day)
	must(a, err)
	back.Device, back.Mid = "mail", 1
	a.desktop.step(hub.Submitted{ID: 99, Actor: desk.Principal{System: true}, Mutations: []desk.Mutation{back}})
	if n := a.drops(firstMarch); n != 1 {
		a.Fatalf("%d drops of a ticket that was brought back", n)
	}
}

// TestWhatLeavesABucketThatWasLost is remembered for a device until it says that
// it holds nothing of the bucket: it may be given it again before it has heard
// that it lost it (SPEC P27).
func TestWhatLeavesABucketThatWasLost(t *testing.T) {
	h := build(t).run()
	hello := protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, NextMid: 1, Caps: []protocol.Cap{protocol.CapArchive}, Wanted: []desk.BucketID{firstMarch}}
	a := h.archive(hello)
	a.step(a.says(protocol.Applied{N: a.last}))
	hello.Epoch = h.Central.Epoch()
	again := func(cursors map[desk.BucketID]protocol.Cursor) {
		hello.Cursors = cursors
		a.desktop.step(hub.Closed{Session: 1}, hub.Opened{Session: 1, Device: a.device}, a.says(hello))
	}
	moved := a.Mira
	moved.Teams = []desk.TeamID{"other"}
	a.desktop.step(hub.Closed{Session: 1}, a.act(desk.PersonPut, moved))
	held := map[desk.BucketID]protocol.Cursor{firstMarch: {Epoch: 1, Seq: 1}}
	again(held)
	a.bringBack("a")
	a.engine.Step(t.Context(), day.Add(48*time.Hour), hub.Ticked{})
	if h.drops(firstMarch) != 1 {
		t.Fatal("the drop went although the device still holds the ticket")
	}
	again(nil)
	a.engine.Step(t.Context(), day.Add(50*time.Hour), hub.Ticked{})
	if h.drops(firstMarch) != 0 {
		t.Error("the drop stays although no device holds anything of the bucket")
	}
}

// TestWhatLeavesABucketThatIsBeingFilled is remembered until the device has
// passed it, even if the hub's clock jumps over days meanwhile (SPEC P27).
func TestWhatLeavesABucketThatIsBeingFilled(t *testing.T) {
	caps := []protocol.Cap{protocol.CapArchive}
	for name, c := range map[string]struct {
		hello protocol.Hello
		then  []protocol.Message
	}{
		"from HELLO on": {hello: protocol.Hello{Caps: caps, Wanted: []desk.BucketID{firstMarch}}},
		"from WANT on":  {protocol.Hello{Caps: caps}, []protocol.Message{protocol.Want{Buckets: []desk.BucketID{firstMarch}}}},
	} {
		t.Run(name, func(t *testing.T) {
			h := build(t).run()
			a := h.archive(c.hello)
			for _, m := range c.then {
				a.desktop.step(a.says(m)) // and the device is slow to answer
			}
			a.bringBack("a")
			a.engine.Step(t.Context(), day.Add(48*time.Hour), hub.Ticked{})
			if h.drops(firstMarch) != 1 {
				t.Fatal("the drop went although the device has yet to pass it")
			}
			for range 3 {
				a.desktop.step(a.says(protocol.Applied{N: a.last}))
			}
			a.engine.Step(t.Context(), day.Add(50*time.Hour), hub.Ticked{})
			if h.drops(firstMarch) != 0 {
				t.Error("the drop stays although every device has passed it")
			}
		})
	}
}

// TestWhatLeavesABucketThatACrashedHubGave is remembered too: the hub ends before it
// looks how far the device has come (SPEC P27).
func TestWhatLeavesABucketThatACrashedHubGave(t *testing.T) {
	h := build(t).run()
	a := h.archive(protocol.Hello{Caps: []protocol.Cap{protocol.CapArchive}})
	a.desktop.step(a.says(protocol.Want{Buckets: []desk.BucketID{firstMarch}}))
	var err error
	a.engine, err = hub.New(t.Context(), h.Central)
	must(t, err)
	a.bringBack("a")
	a.engine.Step(t.Context(), day.Add(48*time.Hour), hub.Ticked{})
	if h.drops(firstMarch) != 1 {
		t.Error("the drop went although the device holds the ticket")
	}
}
