package hub

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// feed sends the sessions that are owed something their rows, all from one
// snapshot, so that a page wanted by many is read once.
func (e *Engine) feed(ctx context.Context, now time.Time) {
	owed := e.due(now)
	if len(owed) == 0 {
		return
	}
	told := inStep(owed)
	var snap *snapshot
	begun := e.begun(owed)
	err := e.store.View(ctx, func(tx *store.CentralTx) error {
		e.again(begun, owed)
		snap = &snapshot{
			tx: tx, heads: map[desk.BucketID]store.Head{}, pages: map[pageKey]protocol.Rows{}, checkpoints: map[string]protocol.Checkpoint{},
		}
		for _, s := range owed {
			if err := e.serve(snap, s, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = e.recount(ctx, snap.miscounted)
	}
	if told > 0 {
		e.gathered = now.Add(gatherFor(told))
	}
	if err != nil {
		e.do(Failed{fmt.Errorf("feed the devices: %w", err)})
		e.cannotRead(owed)
	}
}

func (e *Engine) cannotRead(sessions []*session) {
	for _, s := range sessions {
		e.bye(s, protocol.ByeInternal, "The hub cannot read its database just now.", 5)
	}
}

// serve sends pages until the device must answer, or the checkpoint when nothing
// is left (SPEC P8). What a person needs first is filled first; while the rest
// follows, the buckets that are filled have checkpoints of their own (SPEC P25).
func (e *Engine) serve(snap *snapshot, s *session, now time.Time) error {
	buckets := feedOrder(s.cursors)
	if err := snap.read(buckets); err != nil {
		return err
	}
	e.refill(snap, s)
	first := slices.IndexFunc(buckets, func(b desk.BucketID) bool { return rank(b) == ofQueues })
	steps := []func() (bool, error){
		func() (bool, error) { return e.fill(snap, s, buckets[:max(first, 0)]) },
		func() (bool, error) { return e.catchUp(snap, s, buckets) },
		func() (bool, error) { e.checkpoint(snap, s, now, len(s.floors) > 0 && s.news); return true, nil },
		func() (bool, error) { return e.fill(snap, s, buckets) },
		func() (bool, error) { return e.catchUp(snap, s, buckets) },
	}
	for _, step := range steps {
		if done, err := step(); err != nil || !done {
			return err
		}
	}
	s.owes = false
	e.leaveLine(s)
	e.checkpoint(snap, s, now, true)
	return nil
}

// catchUp sends what happened in the buckets that are filled, and what the
// device wants mended; false if it must answer first.
func (e *Engine) catchUp(snap *snapshot, s *session, buckets []desk.BucketID) (bool, error) {
	for _, b := range buckets {
		for s.floors[b] == 0 && s.cursors[b] < snap.heads[b].Seq {
			if s.credit.used() {
				return false, nil
			}
			page, err := snap.page(b, s.cursors[b])
			if err != nil {
				return false, err
			}
			e.sendPage(s, page)
		}
	}
	return e.mend(snap, s)
}

// checkpoint sends one: the first of a conversation and those of the clock name
// all that is filled, the others what has moved (SPEC P8).
func (e *Engine) checkpoint(snap *snapshot, s *session, now time.Time, due bool) {
	if !due {
		return
	}
	c := snap.checkpoint(s, now)
	s.news, s.moved, s.all = false, s.moved[:0], false
	e.do(Send{s.id, c})
}

// fill sends the buckets of a group that the device does not have yet, a page of
// each in turn, from their newest changes back (SPEC P24); false if the device
// must answer first.
func (e *Engine) fill(snap *snapshot, s *session, group []desk.BucketID) (bool, error) {
	for more := true; more; {
		more = false
		for _, b := range group {
			if s.floors[b] == 0 {
				continue
			}
			if s.credit.used() {
				return false, nil
			}
			page, err := snap.pageBelow(b, s.cursors[b], s.floors[b])
			if err != nil {
				return false, err
			}
			e.sendPage(s, page)
			more = more || page.Floor > 0
		}
	}
	return true, nil
}

func (e *Engine) sendPage(s *session, page protocol.Rows) {
	s.cursors[page.Bucket] = page.To
	if s.floors[page.Bucket] = page.Floor; page.Floor == 0 {
		delete(s.floors, page.Bucket)
		s.news = true
		if at, noted := slices.BinarySearch(s.moved, page.Bucket); !noted {
			s.moved = slices.Insert(s.moved, at, page.Bucket)
		}
	}
	e.do(Send{s.id, s.counted(page)})
}

// counted charges a page to the device, and numbers it for one that does not
// count: such a page is of this connection alone.
func (s *session) counted(page protocol.Rows) protocol.Rows {
	n := s.credit.spend(page)
	if !slices.Contains(s.terms.Caps, protocol.CapCount) {
		page.N, page.Shared = n, nil
	}
	return page
}

// checkpoint says what the device now has of the buckets that are filled, and
// what it should add up to. To all for whom the same moved it says the same.
func (p *snapshot) checkpoint(s *session, now time.Time) protocol.Checkpoint {
	if s.all {
		return p.vector(s, s.filled(sortedKeys(s.cursors)), now)
	}
	moved := s.filled(s.moved)
	if s.wishes.n > 0 {
		return p.vector(s, moved, now)
	}
	var key strings.Builder
	for _, b := range moved {
		fmt.Fprintf(&key, "%s %d\n", b, s.cursors[b])
	}
	c, ok := p.checkpoints[key.String()]
	if !ok {
		c = p.vector(s, moved, now)
		c.Shared = new(protocol.Shared)
		p.checkpoints[key.String()] = c
	}
	return c
}

func (p *snapshot) vector(s *session, buckets []desk.BucketID, now time.Time) protocol.Checkpoint {
	c := protocol.Checkpoint{
		Vector: make(map[desk.BucketID]int64, len(buckets)), Sums: make(map[desk.BucketID]protocol.Sum, len(buckets)),
		Time: now.UTC(), Answered: s.wishes.n,
	}
	for _, b := range buckets {
		c.Vector[b], c.Sums[b] = s.cursors[b], protocol.Sum{Rows: p.heads[b].Rows, Sum: p.heads[b].Sum}
	}
	return c
}

// filled are those of some buckets that the device is given and has.
func (s *session) filled(buckets []desk.BucketID) (list []desk.BucketID) {
	for _, b := range buckets {
		if _, given := s.cursors[b]; given && s.floors[b] == 0 {
			list = append(list, b)
		}
	}
	return list
}

// Ranks of buckets, in the order in which a person needs them.
const (
	ofAll = iota
	ofPerson
	ofQueues
)

func rank(b desk.BucketID) int {
	switch {
	case b == desk.BucketOrg:
		return ofAll
	case strings.HasPrefix(string(b), string(desk.UserBucket(""))):
		return ofPerson
	}
	return ofQueues
}

// feedOrder puts what a person needs first: the organisation, his own tickets,
// then the queues.
func feedOrder(cursors map[desk.BucketID]int64) []desk.BucketID {
	buckets := sortedKeys(cursors)
	slices.SortStableFunc(buckets, func(a, b desk.BucketID) int { return rank(a) - rank(b) })
	return buckets
}

// snapshot is one reading of the database, shared by the sessions of a step.
type snapshot struct {
	tx          *store.CentralTx
	heads       map[desk.BucketID]store.Head
	pages       map[pageKey]protocol.Rows
	checkpoints map[string]protocol.Checkpoint // by what they name
	miscounted  []desk.BucketID                // the running digest is not that of the entries
}

type pageKey struct {
	bucket       desk.BucketID
	after, below int64
}

func (p *snapshot) read(buckets []desk.BucketID) error {
	missing := slices.DeleteFunc(slices.Clone(buckets), func(b desk.BucketID) bool { _, ok := p.heads[b]; return ok })
	if len(missing) == 0 {
		return nil
	}
	heads, err := p.tx.Heads(missing)
	for b, h := range heads {
		p.heads[b] = h
	}
	return err
}

// page reads the rows after a cursor, bounded in number and bytes.
func (p *snapshot) page(b desk.BucketID, after int64) (protocol.Rows, error) {
	key := pageKey{bucket: b, after: after}
	if page, ok := p.pages[key]; ok {
		return page, nil
	}
	changes, err := p.tx.Page(b, after, protocol.PageRows, protocol.PageBytes)
	if err != nil {
		return protocol.Rows{}, err
	}
	page := protocol.Rows{Bucket: b, Epoch: p.heads[b].Epoch, To: p.heads[b].Seq, Shared: new(protocol.Shared)}
	page.Rows, _ = cut(changes)
	if n := len(page.Rows); n > 0 && (n < len(changes) || n == protocol.PageRows) {
		page.To = page.Rows[n-1].Seq
	}
	p.pages[key] = page
	return page, nil
}

// pageBelow reads the newest rows below a floor, in their order.
func (p *snapshot) pageBelow(b desk.BucketID, cursor, floor int64) (protocol.Rows, error) {
	key := pageKey{b, cursor, floor}
	if page, ok := p.pages[key]; ok {
		return page, nil
	}
	changes, err := p.tx.PageBelow(b, floor, protocol.PageRows, protocol.PageBytes)
	if err != nil {
		return protocol.Rows{}, err
	}
	page := protocol.Rows{Bucket: b, Epoch: p.heads[b].Epoch, To: cursor, Shared: new(protocol.Shared)}
	page.Rows, _ = cut(changes)
	if n := len(page.Rows); n > 0 && (n < len(changes) || n == protocol.PageRows) {
		page.Floor = page.Rows[n-1].Seq
	}
	slices.Reverse(page.Rows)
	p.pages[key] = page
	return page, nil
}

// cut takes as many changes as make a page.
func cut(changes []store.Change) (rows []protocol.Row, rest []store.Change) {
	bytes := 0
	for i, c := range changes {
		if bytes += len(c.Record.Body); bytes > protocol.PageBytes && i > 0 {
			return rows, changes[i:]
		}
		rows = append(rows, protocol.Row{Seq: c.Seq, Drop: c.Drop, Record: c.Record})
	}
	return rows, nil
}
