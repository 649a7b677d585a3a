package simulation

import (
	"fmt"
	"path/filepath"
	"slices"

	"holdall/desk"
	"holdall/store"
)

// earlier is a laptop on the disk of an earlier day, until what was saved on it has
// mids that the hub has not seen (SPEC R3).
type earlier struct {
	from   int64           // the first mid that it gives
	ahead  int64           // the last one that the hub has executed
	staged []desk.Mutation // saved since, in order, under mids that may be others' still
}

func (l *laptop) shelf() string { return filepath.Join(l.w.dir, fmt.Sprintf("shelf-%d", l.n)) }

// goBack gives a laptop the disk of an earlier day, or puts one by for such a day.
// What it had not sent since is lost with the other disk.
func (l *laptop) goBack() {
	if l.release != today || l.earlier != nil || l.aged != "" {
		return
	}
	l.crash(false)
	if !l.shelved {
		l.shelved = true
		l.w.check(l.store.Close())
		l.shelve(l.shelf())
		l.open()
		return
	}
	l.shelved = false
	l.w.count.did("disks put back")
	l.w.note("put back %s", l.device)
	l.ended()
	l.putBack(l.shelf())
	l.seen.corrupt, l.seen.corruptions = true, 1000 // what left meanwhile was swept
	l.w.saved = nil
	l.forget()
}

// ended lets the hub know that no connection of the laptop is left, as it does when
// a machine was off for long, and no proxy repeats what it sent.
func (l *laptop) ended() {
	l.lastPush = nil
	for _, k := range slices.Clone(l.w.links) {
		if k.of == l {
			l.w.unlink(k)
			l.w.closing = append(l.w.closing, k)
		}
	}
	l.w.closed()
}

// forget takes out of what people were told what was lost with the other disk.
func (l *laptop) forget() {
	ahead := l.atHub().LastMid
	next, err := l.store.NextMid(l.w.ctx)
	l.w.check(err)
	o := l.w.oracle
	for mid := ahead + 1; mid <= o.last[l.device]; mid++ {
		delete(o.mutations, place(l.device, mid))
	}
	o.last[l.device] = ahead
	l.earlier = &earlier{from: next, ahead: ahead}
	l.earlier.staged, _ = l.unsettled(l.earlier)
	l.restage()
}

// atHub is the device as the hub knows it.
func (l *laptop) atHub() (d store.Device) {
	l.w.check(l.w.central().View(l.w.ctx, func(tx *store.CentralTx) (err error) {
		d, err = tx.Device(l.device)
		return err
	}))
	return d
}

// stage notes what was saved; it was folded with what has its mid.
func (e *earlier) stage(m desk.Mutation) {
	e.staged = slices.DeleteFunc(e.staged, func(o desk.Mutation) bool { return o.Mid == m.Mid })
	e.staged = append(e.staged, m)
	slices.SortFunc(e.staged, func(a, b desk.Mutation) int { return int(a.Mid - b.Mid) })
}

// restage: what was saved on the disk of an earlier day is in its outbox, once and in
// order, under whatever mids. Once no other mid waits these are its own, and count as
// everybody's.
func (l *laptop) restage() {
	e := l.earlier
	kept, own := l.unsettled(e)
	if n := len(e.staged); len(kept) == n+1 && string(kept[n].Args) == string(l.wish.Args) {
		l.w.count.did("edits in doubt")
		e.staged = append(e.staged, kept[n])
	}
	if !slices.EqualFunc(kept, e.staged, l.like) {
		l.w.fail("I2 nothing acknowledged is lost", "on the disk of an earlier day %s saved %v and keeps %v", l.device, briefly(e.staged), briefly(kept))
	}
	if e.staged = kept; !own {
		return
	}
	next, err := l.store.NextMid(l.w.ctx)
	l.w.check(err)
	if next <= e.ahead {
		return // the next that is saved takes one of another
	}
	l.earlier = nil
	for _, m := range kept {
		l.w.oracle.saved(m)
	}
}

// like reports whether what is kept is what was saved, or that folded with the edit
// that was under way when the machine died.
func (l *laptop) like(kept, saved desk.Mutation) bool {
	folded, ok := saved.Fold(l.wish)
	same := string(kept.Args) == string(saved.Args) || ok && string(kept.Args) == string(folded.Args)
	return same && kept.Name == saved.Name && kept.Ticket == saved.Ticket
}

// briefly tells of mutations by their names and arguments.
func briefly(list []desk.Mutation) (texts []string) {
	for _, m := range list {
		texts = append(texts, fmt.Sprintf("%d %s %s", m.Mid, m.Name, m.Args))
	}
	return texts
}

// unsettled lists what was saved under mids that may be others' still, or have become
// its own; own: none of those is left.
func (l *laptop) unsettled(e *earlier) (list []desk.Mutation, own bool) {
	pending, err := l.store.Pending(l.w.ctx)
	l.w.check(err)
	own = true
	for _, p := range pending {
		if m := p.Mutation; m.Mid <= e.ahead && (p.State == store.Waiting || p.State == store.Sent) {
			own = false
			if m.Mid >= e.from || !l.told(m) {
				list = append(list, m)
			}
		}
	}
	later, err := l.store.From(l.w.ctx, e.ahead+1, 1000)
	l.w.check(err)
	return append(list, later...), own
}

// told reports whether the hub has executed this very mutation under its mid.
func (l *laptop) told(m desk.Mutation) bool {
	return m.Fingerprint() == l.w.oracle.mutation(l.device, m.Mid).Fingerprint()
}
