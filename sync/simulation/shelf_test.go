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
// a machine was off for long.
func (l *laptop) ended() {
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
	here, err := l.store.From(l.w.ctx, ahead+1, 1000)
	l.w.check(err)
	e := &earlier{from: min(next, ahead+1), ahead: ahead}
	e.staged = l.unanswered(e) // what was folded with more since among them
	if next > ahead && (len(e.staged) == 0 || e.staged[0].Mid > ahead) {
		e.staged = nil
	}
	o.last[l.device] = max(ahead, next-1)
	for _, m := range here {
		o.mutations[place(l.device, m.Mid)] = m
	}
	for i := len(e.staged) - 1; i >= 0 && e.staged[i].Mid > ahead; i-- {
		delete(o.mutations, place(l.device, e.staged[i].Mid))
		o.last[l.device] = e.staged[i].Mid - 1
	}
	if next <= ahead || len(e.staged) > 0 {
		l.earlier = e
	}
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
// order, under whatever mids. Once these are its own they count as everybody's.
func (l *laptop) restage() {
	e := l.earlier
	kept := l.unanswered(e)
	if n := len(e.staged); len(kept) == n+1 && string(kept[n].Args) == string(l.wish.Args) {
		l.w.count.did("edits in doubt")
		e.staged = append(e.staged, kept[n])
	}
	if !slices.EqualFunc(kept, e.staged, l.like) {
		l.w.fail("I2 nothing acknowledged is lost", "on the disk of an earlier day %s saved %v and keeps %v", l.device, briefly(e.staged), briefly(kept))
	}
	e.staged = kept
	if len(kept) > 0 && kept[0].Mid > e.ahead {
		l.earlier = nil
		for _, m := range kept {
			l.w.oracle.saved(m)
		}
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

// unanswered lists what the hub has yet to be told, but for what it was told already.
func (l *laptop) unanswered(e *earlier) (list []desk.Mutation) {
	pending, err := l.store.Pending(l.w.ctx)
	l.w.check(err)
	for _, p := range pending {
		m := p.Mutation
		told := m.Mid < e.from && string(m.Args) == string(l.w.oracle.mutation(l.device, m.Mid).Args)
		if (p.State == store.Waiting || p.State == store.Sent) && !told {
			list = append(list, m)
		}
	}
	return list
}
