package hub

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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

// given lists the buckets of a principal, with those of the archives he wants
// that he may have; the hub alone decides (SPEC P4, P28).
func given(tx *store.CentralTx, actor desk.Principal, wanted []desk.BucketID) ([]desk.BucketID, error) {
	if !actor.SeesAll() {
		return desk.WithArchives(actor.Buckets(nil), wanted), nil
	}
	teams, err := tx.Teams()
	if err != nil {
		return nil, err
	}
	all := make([]desk.TeamID, len(teams))
	for i, t := range teams {
		all[i] = t.ID
	}
	return desk.WithArchives(actor.Buckets(all), wanted), nil
}

// kept are the buckets that a device can keep: a program that does not know the
// mailboxes would count their records among the organisation's.
func kept(terms protocol.Terms, buckets []desk.BucketID) []desk.BucketID {
	if slices.Contains(terms.Caps, protocol.CapMailbox) {
		return buckets
	}
	return slices.DeleteFunc(buckets, func(b desk.BucketID) bool { return b == desk.BucketMail })
}

// scope is what a session is given from now on.
type scope struct {
	actor   desk.Principal
	buckets []desk.BucketID
	heads   map[desk.BucketID]store.Head
	err     error
}

// rescope gives sessions buckets and takes them, after people or teams changed
// (SPEC P11) or other archives are wanted.
func (e *Engine) rescope(ctx context.Context, sessions []*session) {
	var scopes []scope
	err := e.store.View(ctx, func(tx *store.CentralTx) error {
		scopes = make([]scope, len(sessions))
		for i, s := range sessions {
			scopes[i] = scopeOf(tx, s)
			if err := scopes[i].err; err != nil && !errors.Is(err, errRevoked) {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = e.promise(ctx, sessions, scopes)
	}
	for i, s := range sessions {
		switch {
		case err != nil:
			e.do(Failed{fmt.Errorf("give %s its buckets: %w", s.device, err)})
			e.bye(s, protocol.ByeInternal, "The hub cannot read its database just now.", 5)
		case scopes[i].err != nil:
			e.bye(s, protocol.ByeRevoked, "This device may not synchronise any more; ask your admin.", 0)
		case s.terms.PushOnly: // it is given nothing
			s.actor = scopes[i].actor
		default:
			s.actor = scopes[i].actor
			e.regive(s, scopes[i].buckets, scopes[i].heads)
		}
	}
}

// promise notes which buckets devices are given from now on, before they hear of it:
// what leaves these is kept for them, also by a hub that ends before it looks how far
// they have come (SPEC P27).
func (e *Engine) promise(ctx context.Context, sessions []*session, scopes []scope) error {
	fresh := map[desk.DeviceID]map[desk.BucketID]int64{}
	for i, s := range sessions {
		if scopes[i].err != nil || s.terms.PushOnly {
			continue
		}
		for _, b := range scopes[i].buckets {
			if _, has := s.cursors[b]; has {
				continue
			}
			if fresh[s.device] == nil {
				fresh[s.device] = map[desk.BucketID]int64{}
			}
			fresh[s.device][b] = 0
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	return e.store.Update(ctx, func(tx *store.CentralTx) error {
		for _, device := range sortedKeys(fresh) {
			if err := tx.NoteGiven(device, fresh[device]); err != nil {
				return err
			}
		}
		return nil
	})
}

func scopeOf(tx *store.CentralTx, of *session) (s scope) {
	if _, s.actor, s.err = principal(tx, of.device); s.err != nil {
		return s
	}
	if s.buckets, s.err = given(tx, s.actor, of.archives); s.err != nil {
		return s
	}
	s.buckets = kept(of.terms, s.buckets)
	s.heads, s.err = tx.Heads(s.buckets)
	return s
}

func (e *Engine) regive(s *session, buckets []desk.BucketID, heads map[desk.BucketID]store.Head) {
	for _, b := range buckets {
		if _, has := s.cursors[b]; !has {
			s.stand(b, protocol.Cursor{}, heads[b])
			s.owes, s.all = true, true
			e.do(Send{s.id, protocol.Sub{Bucket: b, Epoch: heads[b].Epoch}})
		}
	}
	for _, b := range sortedKeys(s.cursors) {
		if !slices.Contains(buckets, b) {
			delete(s.cursors, b)
			delete(s.floors, b)
			delete(s.wishes.digests, b)
			delete(s.wishes.keys, b)
			e.do(Send{s.id, protocol.Unsub{Bucket: b}})
		}
	}
	s.archives = slices.DeleteFunc(s.archives, func(b desk.BucketID) bool { return !slices.Contains(buckets, b) })
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
