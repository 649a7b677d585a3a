package hub_test

import (
	"maps"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// audience is a hub's engine with devices of Mira's, by session.
type audience struct {
	*desktop
	devices []desk.DeviceID
}

// join lets a device with some abilities say HELLO, and returns what it is told.
func (c *audience) join(caps ...protocol.Cap) []protocol.Message {
	c.Helper()
	device, _, err := hub.Enrol(c.Context(), c.Central, c.Mira.ID, "laptop")
	if err != nil {
		c.Fatal(err)
	}
	c.devices = append(c.devices, device)
	at := hub.SessionID(len(c.devices))
	return c.hear(hub.Opened{Session: at, Device: device},
		hub.Received{Session: at, Message: protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, Caps: caps}})[at]
}

// hear lists what each session is told in one step.
func (c *audience) hear(events ...hub.Event) map[hub.SessionID][]protocol.Message {
	c.Helper()
	told := map[hub.SessionID][]protocol.Message{}
	for _, effect := range c.engine.Step(c.Context(), day, events...) {
		if send, ok := effect.(hub.Send); ok {
			told[send.Session] = append(told[send.Session], send.Message)
		}
	}
	return told
}

func gathered(t *testing.T) *audience {
	h := build(t).run()
	h.Stop()
	engine, err := hub.New(t.Context(), h.Central)
	must(t, err)
	return &audience{desktop: &desktop{house: h, engine: engine}}
}

// TestAChangeIsSaidOnceToAll: who counts the pages himself gets the same page and
// the same checkpoint as all others; who does not is told their numbers, as
// before. Both answers are understood (SPEC P7, P30).
func TestAChangeIsSaidOnceToAll(t *testing.T) {
	c := gathered(t)
	first := c.join(protocol.CapCount)
	c.join(protocol.CapCount)
	old := c.join()
	if welcome := of[protocol.Welcome](old); len(welcome) != 1 || slices.Contains(welcome[0].Caps, protocol.CapCount) {
		t.Errorf("an older device is told of abilities it does not have: %+v", welcome)
	}
	counted := int64(len(of[protocol.Rows](first)))
	for n := range protocol.UnansweredPages + 8 {
		told := c.hear(c.act(desk.ServicePut, desk.Service{ID: "s", Name: "Service", Rev: int64(n)}))
		a, b, last := of[protocol.Rows](told[1]), of[protocol.Rows](told[2]), of[protocol.Rows](told[3])
		if len(a) != 1 || len(b) != 1 || len(last) != 1 {
			t.Fatalf("change %d: %d, %d and %d pages", n, len(a), len(b), len(last))
		}
		if a[0].N != 0 || a[0].Shared == nil || a[0].Shared != b[0].Shared {
			t.Errorf("change %d: pages %+v and %+v are not one", n, a[0], b[0])
		}
		at, bt := of[protocol.Checkpoint](told[1]), of[protocol.Checkpoint](told[2])
		if len(at) != 1 || len(bt) != 1 || at[0].Shared == nil || at[0].Shared != bt[0].Shared {
			t.Errorf("change %d: checkpoints %+v and %+v are not one", n, at, bt)
		}
		if counted++; last[0].N != counted || last[0].Shared != nil {
			t.Errorf("change %d: the older device gets page %d, want %d", n, last[0].N, counted)
		}
		for s := range hub.SessionID(3) {
			c.hear(hub.Received{Session: s + 1, Message: protocol.Applied{N: counted}})
		}
	}
}

// TestACheckpointNamesWhatMoved: all that is given at first and by the clock, and
// in between only the buckets of which something was sent; their digests come
// along (SPEC P8, P20).
func TestACheckpointNamesWhatMoved(t *testing.T) {
	c := gathered(t)
	told := c.join(protocol.CapCount)
	given := slices.Sorted(maps.Keys(of[protocol.Welcome](told)[0].Buckets))
	named := func(list []protocol.Message) []desk.BucketID {
		t.Helper()
		all := of[protocol.Checkpoint](list)
		if len(all) == 0 {
			t.Fatalf("no checkpoint in %+v", list)
		}
		last := all[len(all)-1]
		if !slices.Equal(slices.Sorted(maps.Keys(last.Vector)), slices.Sorted(maps.Keys(last.Sums))) {
			t.Errorf("a checkpoint of %v carries the digests of %v", last.Vector, last.Sums)
		}
		return slices.Sorted(maps.Keys(last.Vector))
	}
	if got := named(told); !slices.Equal(got, given) {
		t.Errorf("the first checkpoint names %v, want %v", got, given)
	}
	if got := named(c.hear(c.act(desk.ServicePut, desk.Service{ID: "s", Name: "Service"}))[1]); !slices.Equal(got, []desk.BucketID{desk.BucketOrg}) {
		t.Errorf("after a change of the organisation one names %v", got)
	}
	if got := named(c.hear(hub.Ticked{})[1]); !slices.Equal(got, given) {
		t.Errorf("that of the clock names %v, want %v", got, given)
	}
	if got := named(c.hear(hub.Received{Session: 1, Message: protocol.Digest{N: 1, Bucket: desk.BucketTriage, Parts: noParts, Try: 1}})[1]); !slices.Equal(got, given) {
		t.Errorf("that after a question names %v, want %v", got, given)
	}
}
