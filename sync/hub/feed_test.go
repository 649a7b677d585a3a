package hub_test

import (
	"fmt"
	"testing"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// desktop is a device that takes in pages when the test says so.
type desktop struct {
	*house
	engine *hub.Engine
	device desk.DeviceID
	acts   int64
	last   int64 // page it was sent
}

// greeted is a device of Mira's that has seen everything there is.
func (h *house) greeted() *desktop {
	h.Helper()
	device, _, err := hub.Enrol(h.Context(), h.Central, h.Mira.ID, "laptop")
	if err != nil {
		h.Fatal(err)
	}
	engine, err := hub.New(h.Context(), h.Central)
	if err != nil {
		h.Fatal(err)
	}
	d := &desktop{house: h, engine: engine, device: device}
	d.step(hub.Opened{Session: 1, Device: device}, d.says(protocol.Hello{Protocol: protocol.Version, Caps: []protocol.Cap{protocol.CapOther}}))
	return d
}

func (d *desktop) says(m protocol.Message) hub.Event { return hub.Received{Session: 1, Message: m} }

// step counts the pages and checkpoints that were sent to the device.
func (d *desktop) step(events ...hub.Event) (pages, bytes, checkpoints int) {
	d.Helper()
	for _, effect := range d.engine.Step(d.Context(), day, events...) {
		switch effect := effect.(type) {
		case hub.Send:
			switch m := effect.Message.(type) {
			case protocol.Rows:
				pages, d.last = pages+1, m.N
				for _, row := range m.Rows {
					bytes += len(row.Record.Body)
				}
			case protocol.Checkpoint:
				checkpoints++
			}
		case hub.Done:
			if effect.Err != nil {
				d.Fatal(effect.Err)
			}
		}
	}
	return pages, bytes, checkpoints
}

// act is a commit of the hub's own.
func (d *desktop) act(name desk.Name, args any) hub.Event {
	d.Helper()
	m, err := desk.NewMutation(name, "", args, day)
	if err != nil {
		d.Fatal(err)
	}
	d.acts++
	m.Device, m.Mid = "test", d.acts
	return hub.Submitted{ID: d.acts, Actor: desk.Principal{System: true}, Mutations: []desk.Mutation{m}}
}

// TestASlowDeviceStillReachesItsCheckpoints: commits that go on and on while
// nothing is answered are small pages, each with its checkpoint (SPEC P7, P8).
func TestASlowDeviceStillReachesItsCheckpoints(t *testing.T) {
	h := build(t).run()
	h.Stop()
	d := h.greeted()
	d.step(d.says(protocol.Applied{N: d.last}))
	for n := range 20 {
		service := desk.Service{ID: desk.ServiceID(fmt.Sprint("s", n)), Name: fmt.Sprint("Service ", n)}
		if pages, _, checkpoints := d.step(d.act(desk.ServicePut, service)); pages == 0 || checkpoints != 1 {
			t.Fatalf("commit %d: %d pages and %d checkpoints", n, pages, checkpoints)
		}
	}
}

// TestNobodyIsBufferedFor: more than a credit waits in the database until the
// device has answered, and an answer to what was never sent frees nothing.
func TestNobodyIsBufferedFor(t *testing.T) {
	h := build(t).run()
	h.Stop()
	const size = protocol.PageBytes / 3
	const total = 3 * protocol.UnansweredBytes / size
	h.services(total, size)
	d := h.greeted()
	sent := d.last
	if pages, _, checkpoints := d.step(d.says(protocol.Applied{N: sent + 100}), hub.Ticked{}); pages != 0 || checkpoints != 0 {
		t.Fatalf("%d pages and %d checkpoints although nothing was answered", pages, checkpoints)
	}
	more, ended := 0, 0
	for steps := 0; ended == 0 && steps < 100; steps++ {
		pages, bytes, checkpoints := d.step(d.says(protocol.Applied{N: d.last}))
		if bytes > protocol.UnansweredBytes+protocol.PageBytes {
			t.Errorf("%d bytes at once", bytes)
		}
		more, ended = more+pages, ended+checkpoints
	}
	if more < 4 || ended != 1 {
		t.Errorf("%d more pages, %d checkpoints", more, ended)
	}
}
