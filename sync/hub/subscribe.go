package hub

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// errRevoked is a device or person that may not synchronise any more.
var errRevoked = errors.New("revoked")

// principal reads whom a device acts for, as the records stand in this
// transaction.
func principal(tx *store.CentralTx, id desk.DeviceID) (store.Device, desk.Principal, error) {
	device, err := tx.Device(id)
	if errors.Is(err, desk.ErrUnknown) || err == nil && device.Revoked {
		return device, desk.Principal{}, errRevoked
	}
	if err != nil {
		return device, desk.Principal{}, err
	}
	e, err := tx.Get(desk.Person{ID: device.Person}.Key())
	if errors.Is(err, desk.ErrUnknown) {
		return device, desk.Principal{}, errRevoked
	}
	if err != nil {
		return device, desk.Principal{}, err
	}
	person := e.(desk.Person)
	if person.Disabled {
		return device, desk.Principal{}, errRevoked
	}
	return device, desk.PrincipalOf(person, id), nil
}

// given lists the buckets of a principal; the hub alone decides (SPEC P4).
func given(tx *store.CentralTx, actor desk.Principal) ([]desk.BucketID, error) {
	if !actor.SeesAll() {
		return actor.Buckets(nil), nil
	}
	teams, err := tx.Teams()
	if err != nil {
		return nil, err
	}
	all := make([]desk.TeamID, len(teams))
	for i, t := range teams {
		all[i] = t.ID
	}
	return actor.Buckets(all), nil
}

// rescope gives and takes buckets after people or teams changed (SPEC P11).
func (e *Engine) rescope(ctx context.Context) {
	for _, s := range e.greeted() {
		var buckets []desk.BucketID
		var heads map[desk.BucketID]store.Head
		err := e.store.View(ctx, func(tx *store.CentralTx) (err error) {
			if _, s.actor, err = principal(tx, s.device); err != nil {
				return err
			}
			if buckets, err = given(tx, s.actor); err != nil {
				return err
			}
			heads, err = tx.Heads(buckets)
			return err
		})
		switch {
		case errors.Is(err, errRevoked):
			e.bye(s, protocol.ByeRevoked, "This device may not synchronise any more; ask your admin.", 0)
		case err != nil:
			e.bye(s, protocol.ByeInternal, "The hub cannot read its database just now.", 5)
		default:
			e.regive(s, buckets, heads)
		}
	}
}

func (e *Engine) regive(s *session, buckets []desk.BucketID, heads map[desk.BucketID]store.Head) {
	for _, b := range buckets {
		if _, has := s.cursors[b]; !has {
			s.cursors[b], s.owes = 0, true
			e.do(Send{s.id, protocol.Sub{Bucket: b, Epoch: heads[b].Epoch}})
		}
	}
	for _, b := range sortedKeys(s.cursors) {
		if !slices.Contains(buckets, b) {
			delete(s.cursors, b)
			e.do(Send{s.id, protocol.Unsub{Bucket: b}})
		}
	}
}

// grant leases numbers to a device that reports few left (SPEC P13).
func grant(tx *store.CentralTx, device desk.DeviceID, left map[desk.TicketKind]int64) ([]desk.Lease, error) {
	var leases []desk.Lease
	for _, kind := range []desk.TicketKind{desk.Incident, desk.Request} {
		if left == nil || left[kind] >= desk.LeaseRefill {
			continue
		}
		lease, err := tx.GrantLease(device, kind, desk.LeaseBlock)
		if err != nil {
			return nil, err
		}
		leases = append(leases, lease)
	}
	return leases, nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
