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
	must(h, h.central.View(h.Context(), func(tx *store.CentralTx) error {
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
			back, err := desk.NewMutation(desk.MessageAdd, "a", desk.AddMessage{Message: desk.Message{ID: "again", Kind: desk.FromRequester, Text: "Again."}}, day)
			must(t, err)
			back.Device, back.Mid = "mail", 1
			a.desktop.step(hub.Submitted{ID: 99, Actor: desk.Principal{System: true}, Mutations: []desk.Mutation{back}})
			if h.drops(firstMarch) != 1 {
				t.Fatalf("%d drops of a ticket that was brought back", h.drops(firstMarch))
			}
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
