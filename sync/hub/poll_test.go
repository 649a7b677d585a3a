package hub_test

import (
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// TestWhatOthersCommitIsSeen: another process on the same database adds a
// service, revokes a device and puts back a backup; the next poll tells.
func TestWhatOthersCommitIsSeen(t *testing.T) {
	h := build(t).run()
	h.Stop()
	d := h.greeted()
	d.step(d.says(protocol.Applied{N: d.last}))
	other, err := hub.New(t.Context(), h.Central)
	if err != nil {
		t.Fatal(err)
	}
	if pages, _, checkpoints := d.step(hub.Polled{}); pages+checkpoints != 0 {
		t.Errorf("%d pages and %d checkpoints although nothing happened", pages, checkpoints)
	}
	other.Step(t.Context(), day, d.act(desk.ServicePut, desk.Service{ID: "sap", Name: "SAP"}))
	if pages, _, checkpoints := d.step(hub.Polled{}); pages != 1 || checkpoints != 1 {
		t.Errorf("%d pages and %d checkpoints of what another node committed", pages, checkpoints)
	}
	bye := d.byes(hub.Polled{})
	if len(bye) != 0 {
		t.Errorf("hung up: %v", bye)
	}
	if err := h.Central.Update(t.Context(), func(tx *store.CentralTx) error { return tx.RevokeDevice(d.device) }); err != nil {
		t.Fatal(err)
	}
	other.Step(t.Context(), day, d.act(desk.PersonPut, h.Mira))
	if bye := d.byes(hub.Polled{}); len(bye) != 1 || bye[0] != protocol.ByeRevoked {
		t.Errorf("a revoked device hears %v", bye)
	}
	again := h.greeted()
	if err := hub.Restored(t.Context(), h.Central); err != nil {
		t.Fatal(err)
	}
	if bye := again.byes(hub.Polled{}); len(bye) != 1 || bye[0] != protocol.ByeRestored {
		t.Errorf("after a restore a device hears %v", bye)
	}
}

// byes are the ends that a step told the device.
func (d *desktop) byes(events ...hub.Event) (codes []protocol.ByeCode) {
	for _, effect := range d.engine.Step(d.Context(), day, events...) {
		if sent, ok := effect.(hub.Send); ok {
			if bye, ok := sent.Message.(protocol.Bye); ok {
				codes = append(codes, bye.Code)
			}
		}
	}
	return codes
}
