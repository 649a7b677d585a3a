package simulation

import (
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

// TestAKilledHubPromisesWhatIsDurable: a hub that is killed between the write
// and the sync of a commit finds the commit when it starts again, and answers
// that it is done; the power may fail right after that answer (SPEC R5).
func TestAKilledHubPromisesWhatIsDurable(t *testing.T) {
	w := testWorld(t, 1, 1)
	deaths := 0
	for write := 1; ; write++ {
		mail := desk.Message{ID: desk.MessageID(w.tickets[0]) + "-" + desk.MessageID(rune('a'+write)), Kind: desk.FromRequester, Requester: "annika", Text: "again"}
		m, err := desk.NewMutation(desk.MessageAdd, w.tickets[0], desk.AddMessage{Message: mail}, w.hubNow())
		w.check(err)
		m.Device, m.Mid = "hub", int64(1000+write)
		event := hub.Submitted{ID: m.Mid, Actor: system, Mutations: []desk.Mutation{m}}
		w.hubDisk().Fuse(write)
		w.nodes[0].engine.Step(w.ctx, w.hubNow(), event)
		if !w.hubDisk().Dead() {
			break // every write of the commit has been the last one once
		}
		deaths++
		w.crashHub(false)
		w.nodes[0].done(w.nodes[0].engine.Step(w.ctx, w.hubNow(), event))
		w.crashHub(true)
		w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
			_, err := tx.Get(mail.Key())
			return err
		}))
	}
	if deaths < 4 {
		t.Errorf("the hub died at %d writes only", deaths)
	}
}
