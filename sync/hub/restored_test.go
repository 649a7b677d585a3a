package hub_test

import (
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// TestADeviceTellsOfSoManyBlocks (SPEC P17): what it tells besides is not looked
// at, for a device that tells of a million keeps the others waiting.
func TestADeviceTellsOfSoManyBlocks(t *testing.T) {
	c := build(t).run().crowd(1)
	must(t, c.Central.Update(t.Context(), func(tx *store.CentralTx) error { return tx.RaiseNumbers(desk.Incident, 100_000) }))
	var told []desk.Lease
	for n := range int64(1000) {
		told = append(told, desk.Lease{Kind: desk.Incident, First: 50_000 - n, Last: 50_000 - n})
	}
	c.hello(1, protocol.Hello{Epoch: "another life", Leases: told})
	must(t, c.Central.View(t.Context(), func(tx *store.CentralTx) error {
		kept, err := tx.Leases(c.device[1])
		if len(kept) != 100 || kept[99].Last != 50_000 {
			t.Errorf("%d are taken over", len(kept))
		}
		return err
	}))
}
