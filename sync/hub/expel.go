package hub

import (
	"context"
	"slices"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// expel hangs up on devices that were shut out meanwhile, by whatever process
// (SPEC P35).
func (e *Engine) expel(ctx context.Context) error {
	if len(e.sessions) == 0 {
		return nil
	}
	var out []desk.DeviceID
	err := e.store.View(ctx, func(tx *store.CentralTx) (err error) {
		out, err = tx.RevokedDevices()
		return err
	})
	if err != nil || len(out) == 0 {
		return err
	}
	for _, s := range e.greeted() {
		if _, shut := slices.BinarySearch(out, s.device); shut {
			e.bye(s, protocol.ByeRevoked, "This device may not synchronise any more; ask your admin.", 0)
		}
	}
	return nil
}
