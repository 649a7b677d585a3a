package simulation

import (
	"errors"
	"fmt"
	"slices"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// seen is what a laptop has shown and may not take back.
type seen struct {
	cursors     map[desk.BucketID]store.Cursor
	said        []word // its person's newest messages
	corruptions int    // of its copy
	corrupt     bool   // a record was taken from its copy, or from a hub that was not told of its restoration
}

// word is a message that a person wrote, and the mutation that carries it.
type word struct {
	message desk.MessageID
	ticket  desk.TicketID
	mid     int64
}

func unseen() seen { return seen{cursors: map[desk.BucketID]store.Cursor{}} }

// restarted forgets what a restart may take back: after a power cut the copy of
// the hub's records may be older.
func (s *seen) restarted(power bool) {
	if power {
		s.cursors, s.said = nil, nil
	}
}

// missed forgets how far a bucket was read that is filled again, or taken away, while
// the laptop is full, when nobody looks at it.
func (s *seen) missed(m protocol.Message) {
	switch m := m.(type) {
	case protocol.Reset:
		delete(s.cursors, m.Bucket)
	case protocol.Unsub:
		delete(s.cursors, m.Bucket)
	}
}

// sent is what a node has told a connection.
type sent struct {
	schema   int                               // the shape of records that the device keeps
	hello    map[desk.BucketID]protocol.Cursor // where the device stood
	at       map[desk.BucketID]int64           // of the buckets given, how far
	expected []digests                         // one for each checkpoint on its way
}

// digests are what the hub holds at a checkpoint; nil: not looked at.
type digests map[desk.BucketID]protocol.Sum

// compareEvery n-th checkpoint is compared record by record.
const compareEvery = 4

// observe looks at what a node says.
func (k *link) observe(m protocol.Message) {
	k.shapes(m)
	switch m := m.(type) {
	case protocol.Welcome:
		k.sent.at = map[desk.BucketID]int64{}
		for b := range m.Buckets {
			k.sent.at[b] = k.sent.hello[b].Seq
		}
		if acked := k.of.w.oracle.acked[k.of.device]; m.LastMid < acked {
			k.of.w.fail("I2 nothing acknowledged is lost", "the hub has %d mutations of %s and has acknowledged %d", m.LastMid, k.of.device, acked)
		}
	case protocol.Sub:
		k.sent.at[m.Bucket] = 0
	case protocol.Reset:
		k.sent.at[m.Bucket] = 0
		if k.of.w.count["restored backups"] == 0 && k.of.seen.corruptions < protocol.DigestTries {
			k.of.w.fail("I13 sums tell the truth", "%s of %s is emptied, and a repair would have been enough", m.Bucket, k.of.device)
		}
	case protocol.Unsub:
		delete(k.sent.at, m.Bucket)
	case protocol.Rows:
		k.observeRows(m)
	case protocol.Checkpoint:
		k.observeCheckpoint(m)
	case protocol.Ack:
		k.of.w.oracle.acknowledged(k.of, m.Results)
	}
}

// observeRows: a page belongs to a bucket that is given, to a person who may see
// it (another node may hear of a change a moment later), and goes on where the
// last one ended, in order. One that fills or mends comes from below the cursor
// and leaves it where it is (SPEC P22, P24).
func (k *link) observeRows(m protocol.Rows) {
	w := k.of.w
	last, given := k.sent.at[m.Bucket]
	if !given {
		w.fail("I10 nothing outside the subscription", "%s gets rows of %s, which was taken from it", k.of.device, m.Bucket)
	}
	if p := w.people[k.of.person]; len(w.nodes) == 1 && !slices.Contains(desk.WithArchives(desk.PrincipalOf(*p, k.of.device).Buckets(nil), []desk.BucketID{m.Bucket}), m.Bucket) {
		w.fail("I10 nothing outside the subscription", "%s gets rows of %s, which %s may not see", k.of.device, m.Bucket, p.ID)
	}
	if m.To < last {
		w.fail("I6 nothing goes back", "%s is brought from %d of %s to %d", k.of.device, last, m.Bucket, m.To)
	}
	goesOn := last > 0 && m.To > last
	for _, row := range m.Rows {
		if goesOn && row.Seq <= last || row.Seq <= m.Floor || row.Seq > m.To {
			w.fail("I12 dense sequences", "%s gets %d of %s after %d in a page from %d to %d", k.of.device, row.Seq, m.Bucket, last, m.Floor, m.To)
		}
		if goesOn {
			last = row.Seq
		}
	}
	k.sent.at[m.Bucket] = m.To
}

// observeCheckpoint: it speaks of no bucket that is not given, and never goes
// back.
func (k *link) observeCheckpoint(m protocol.Checkpoint) {
	w := k.of.w
	for b, seq := range m.Vector {
		if at, given := k.sent.at[b]; !given {
			w.fail("I10 nothing outside the subscription", "a checkpoint of %s names %s, which was taken from it", k.of.device, b)
		} else if seq < at {
			w.fail("I6 nothing goes back", "a checkpoint of %s has %s at %d after %d", k.of.device, b, seq, at)
		}
	}
	if !k.present() {
		return
	}
	w.checkpoints++
	var at digests
	if w.checkpoints%compareEvery == 0 {
		at = w.digestsAt(m.Vector)
	}
	k.sent.expected = append(k.sent.expected, at)
}

// digestsAt computes what the hub holds, if it still stands at the vector.
func (w *world) digestsAt(vector map[desk.BucketID]int64) digests {
	at := digests{}
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		for b, seq := range vector {
			heads, err := tx.Heads([]desk.BucketID{b})
			if err != nil || heads[b].Seq != seq {
				at = nil
				return err
			}
			rows, sum, err := tx.BucketDigest(b)
			if err != nil {
				return err
			}
			at[b] = protocol.Sum{Rows: rows, Sum: sum}
		}
		return nil
	}))
	return at
}

// overhear looks at what a laptop says: it differs only where it was corrupted.
func (k *link) overhear(m protocol.Message) {
	switch m := m.(type) {
	case protocol.Hello:
		k.sent.hello, k.sent.schema = m.Cursors, m.Schema
	case protocol.Digest:
		if !k.of.seen.corrupt {
			k.of.w.fail("I13 sums tell the truth", "%s finds that it differs in %s: %s", k.of.device, m.Bucket, k.of.differsIn(m.Bucket))
		}
	}
}

// next is what the hub held at a checkpoint that arrives now, whether anybody
// looks at it or not.
func (s *sent) next(m protocol.Message) (at digests) {
	if _, is := m.(protocol.Checkpoint); is {
		at, s.expected = s.expected[0], s.expected[1:]
	}
	return at
}

// watch looks at what a message of the hub did to the laptop.
func (l *laptop) watch(m protocol.Message, at digests) {
	switch m := m.(type) {
	case protocol.Checkpoint:
		l.goesOn()
		l.comparesTo(at)
		l.stillSays()
	case protocol.Ack:
		l.stillSays()
	case protocol.Reset:
		l.goesOn()
	case protocol.Unsub:
		l.goesOn()
		l.holdsNothingOf(m.Bucket)
	}
}

// goesOn: cursors never go back, unless the bucket is filled again (SPEC R8).
func (l *laptop) goesOn() {
	now := l.cursorsOf()
	for b, was := range l.seen.cursors {
		is, has := now[b]
		if has && is.Epoch == was.Epoch && is.Seq < was.Seq && (is.Seq != 0 || is.Filled) {
			l.w.fail("I6 nothing goes back", "%s: the cursor of %s went from %d to %d", l.device, b, was.Seq, is.Seq)
		}
	}
	l.seen.cursors = now
}

// comparesTo: at a checkpoint the laptop holds what the hub held when it sent
// it, in every bucket at once.
func (l *laptop) comparesTo(hub digests) {
	if hub == nil || l.seen.corrupt {
		return
	}
	l.w.count.did("checkpoints compared")
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) error {
		for b, want := range hub {
			rows, sum, err := tx.BucketDigest(b)
			if err != nil {
				return err
			}
			if got := (protocol.Sum{Rows: rows, Sum: sum}); got != want {
				l.w.fail("I7 atomic checkpoints", "%s holds %+v of %s, the checkpoint says %+v: %s", l.device, got, b, want, l.differsIn(b))
			}
			kept, running, known, err := tx.RunningDigest(b)
			if err != nil {
				return err
			}
			if got := (protocol.Sum{Rows: kept, Sum: running}); known && got != want {
				l.w.fail("I13 sums tell the truth", "%s keeps %+v of %s, its records are %+v", l.device, got, b, want)
			}
		}
		return nil
	}))
}

// everyPart is all of a bucket.
var everyPart = func() (parts []byte) {
	for n := range 256 {
		parts = append(parts, byte(n))
	}
	return parts
}()

// differsIn names the records in which a laptop differs from the hub now, what
// is pending among them.
func (l *laptop) differsIn(b desk.BucketID) string {
	var there, here []store.Mark
	l.w.check(l.w.central().View(l.w.ctx, func(tx *store.CentralTx) (err error) {
		there, err = tx.Marks(b, everyPart)
		return err
	}))
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) (err error) {
		here, err = tx.Marks(b, everyPart)
		return err
	}))
	lacks := slices.DeleteFunc(slices.Clone(there), func(m store.Mark) bool { return slices.Contains(here, m) })
	has := slices.DeleteFunc(here, func(m store.Mark) bool { return slices.Contains(there, m) })
	return fmt.Sprintf("it lacks %v, it has %v", lacks, has)
}

// holdsNothingOf: a bucket that was taken away leaves nothing behind.
func (l *laptop) holdsNothingOf(b desk.BucketID) {
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) error {
		trees, err := tx.TreesOf(b)
		if len(trees) > 0 {
			l.w.fail("I10 nothing outside the subscription", "%s still holds %v of %s", l.device, trees, b)
		}
		return err
	}))
}

// shows: what was saved is seen at once. What it was folded with may have lost
// to the hub's news since.
func (l *laptop) shows(m desk.Mutation) {
	t, err := l.ticket(m.Ticket)
	if m.Name == desk.TicketPin && errors.Is(err, desk.ErrUnknown) {
		return // the hub brings it
	}
	if err != nil {
		l.w.fail("I5 read your writes", "%s saved %s and does not see %s: %v", l.device, m.Name, m.Ticket, err)
	}
	switch m.Name {
	case desk.TicketPatch:
		var a desk.PatchTicket
		mustRead(argsOf(m), &a)
		for f, v := range a.Set {
			if t.Value(f) != v {
				l.w.fail("I5 read your writes", "%s set %s to %q and sees %q", l.device, f, v, t.Value(f))
			}
		}
	case desk.MessageAdd:
		var a desk.AddMessage
		mustRead(argsOf(m), &a)
		l.seen.said = append(l.seen.said[max(0, len(l.seen.said)-2):], word{a.Message.ID, m.Ticket, m.Mid})
		l.stillSays()
		if thread := l.thread(m.Ticket); !l.seen.corrupt && thread[len(thread)-1] != a.Message.ID {
			l.w.fail("I5 read your writes", "%s wrote %q on %s, and %q stands below it", l.device, a.Message.ID, m.Ticket, thread[len(thread)-1])
		}
	}
}

// stillSays: a message of the person's own does not vanish while it is on its
// way, nor when it has arrived, unless the hub refused it or the ticket went to
// others (SPEC R10).
func (l *laptop) stillSays() {
	if l.seen.corrupt {
		return
	}
	for _, s := range l.seen.said {
		if l.w.oracle.refused(l.device, s.mid) {
			continue
		}
		t, err := l.ticket(s.ticket)
		if errors.Is(err, desk.ErrUnknown) {
			continue
		}
		l.w.check(err)
		if l.mayWork(t) && !slices.Contains(l.thread(t.ID), s.message) {
			l.w.fail("I5 read your writes", "%s wrote %q (mid %d) on %s and does not see it any more", l.device, s.message, s.mid, t.ID)
		}
	}
}

func (l *laptop) ticket(id desk.TicketID) (t desk.Ticket, err error) {
	err = l.store.View(l.w.ctx, func(tx *store.ReplicaTx) error {
		e, err := tx.Get(desk.Ticket{ID: id}.Key())
		if err == nil {
			t = e.(desk.Ticket)
		}
		return err
	})
	return t, err
}

// mayWork asks whether the person may work on a ticket, as the laptop knows it.
func (l *laptop) mayWork(t desk.Ticket) (may bool) {
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) error {
		e, err := tx.Get(desk.Person{ID: l.person}.Key())
		if errors.Is(err, desk.ErrUnknown) {
			return nil
		}
		if err == nil {
			may = desk.PrincipalOf(e.(desk.Person), l.device).CanWork(t) == nil
		}
		return err
	}))
	return may
}

func (l *laptop) thread(id desk.TicketID) (list []desk.MessageID) {
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) error {
		thread, err := tx.Thread(id)
		for _, m := range thread {
			list = append(list, m.ID)
		}
		return err
	}))
	return list
}

// awoke: after a restart everything that was called saved is there, and at most
// the edit that was under way besides.
func (l *laptop) awoke() {
	if l.earlier != nil {
		l.restage()
		return
	}
	last := l.w.oracle.last[l.device]
	next, err := l.store.NextMid(l.w.ctx)
	l.w.check(err)
	if next <= last {
		l.w.fail("I2 nothing acknowledged is lost", "%s was told that %d is saved; after a restart the next is %d", l.device, last, next)
	}
	kept, err := l.store.From(l.w.ctx, max(last, 1), 3)
	l.w.check(err)
	for _, m := range kept {
		switch {
		case m.Mid <= last:
			want := l.w.oracle.mutation(l.device, m.Mid)
			if folded, ok := want.Fold(l.wish); ok && string(m.Args) == string(folded.Args) {
				l.w.oracle.saved(m)
			} else if string(m.Args) != string(want.Args) {
				l.w.fail("I2 nothing acknowledged is lost", "%s saved %s and keeps %s", l.device, want.Args, m.Args)
			}
		case m.Mid == last+1 && string(m.Args) == string(l.wish.Args):
			l.w.count.did("edits in doubt")
			l.w.oracle.saved(m)
		default:
			l.w.fail("I4 first in, first out", "%s keeps mutation %d, the last one saved is %d", l.device, m.Mid, last)
		}
	}
}
