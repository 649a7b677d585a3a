package hub

import (
	"context"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// forgottenNumbers of a kind are skipped when a restored hub is recognised: so
// many may have been given since its backup.
const forgottenNumbers = 2000

// restored reports whether a device of this life of the hub has seen more than
// the hub knows: then its database was restored from a backup (SPEC P17). That
// happens at most once while the hub runs, for it runs on one database; so a
// broken device cannot keep the others fetching. Nor does it where another node
// has begun a life that this one has not heard of yet.
func (e *Engine) restored(epoch string, hello protocol.Hello, device store.Device, heads map[desk.BucketID]store.Head) bool {
	if e.renewed || epoch != e.epoch || hello.Epoch != epoch {
		return false
	}
	if hello.Acked > device.LastMid {
		return true
	}
	for b, head := range heads {
		if at, known := hello.Cursors[b]; known && at.Epoch == head.Epoch && at.Seq > head.Seq {
			return true
		}
	}
	return false
}

// Restored tells a hub's database, before the hub is started on it, that it is a
// backup: it begins another life at once. A hub that is not told finds out when a
// device knows more than it does, but may have given numbers again by then; the
// second ticket of a number is refused (SPEC P13, P17).
func Restored(ctx context.Context, central *store.Central) error {
	return central.Update(ctx, func(tx *store.CentralTx) error {
		_, err := renew(tx)
		return err
	})
}

// renew begins another life: every replica is filled again, and the devices tell
// what the hub has forgotten.
func renew(tx *store.CentralTx) (epoch string, err error) {
	for _, kind := range []desk.TicketKind{desk.Incident, desk.Request} {
		if err := tx.SkipNumbers(kind, forgottenNumbers); err != nil {
			return "", err
		}
	}
	return tx.RenewEpoch()
}

// adoptMost is how many blocks of a device are looked at; it tells the newest 25 of
// each kind.
const adoptMost = 100

// adopt takes over the blocks of numbers that a device of another life holds.
func adopt(tx *store.CentralTx, device desk.DeviceID, leases []desk.Lease) error {
	for _, l := range leases[:min(len(leases), adoptMost)] {
		if l.Last-l.First >= desk.LeaseBlock {
			continue
		}
		if err := tx.AdoptLease(device, l); err != nil {
			return err
		}
	}
	return nil
}

// begin lets everybody else connect again, in a life that this node or another
// one began.
func (e *Engine) begin(epoch string, first *session) {
	e.epoch, e.renewed = epoch, true
	for _, s := range e.greeted() {
		if s != first {
			e.bye(s, protocol.ByeRestored, "The hub was restored from a backup; what it has forgotten is told to it again.", 1)
		}
	}
}
