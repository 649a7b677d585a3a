package simulation

import (
	"holdall/store"
	"holdall/sync/simulation/disk"
	"path/filepath"
)

// exile says in which worlds devices are shut out too and let in again, have the disk
// of an earlier day put back, and lose their copies.
func exile(seed uint64) bool { return seed/24%4 == 3 }

// exiles are turns of those worlds beside all others.
var exiles = []turn{{4, (*laptop).exile}, {4, (*laptop).goBack}, {2, (*laptop).loseCopy}}

// exile shuts a device out, or its person signs in at it again. What is written on
// it meanwhile stays there and reaches the hub afterwards (SPEC P84).
func (l *laptop) exile() {
	if l.out {
		l.letIn()
		return
	}
	l.w.count.did("devices shut out")
	l.passport(func(tx *store.CentralTx) error { return tx.RevokeDevice(l.device) })
}

// letIn gives the device another token and opens it anew, as the window does.
func (l *laptop) letIn() {
	if l.passport(func(tx *store.CentralTx) error { return tx.Readmit(l.device, nil) }); l.out {
		return
	}
	l.w.count.did("devices let in again")
	l.seen.corrupt = true // what left meanwhile was swept without it (SPEC P27): its digest tells
	l.crash(false)
}

// passport changes what the hub thinks of the device, as another process does; if the
// hub dies over it, or has no room, that may have happened or not.
func (l *laptop) passport(change func(*store.CentralTx) error) {
	w := l.w
	err := w.central().Update(w.ctx, change)
	if !w.hubDied() && !w.full {
		w.check(err)
	}
	l.out = l.atHub().Revoked
	w.note("%s is out: %v", l.device, l.out)
}

// loseCopy takes the laptop's copy of the hub's records away, as somebody does who
// deletes what is large: what was saved and not sent lies beside it.
func (l *laptop) loseCopy() {
	l.w.count.did("lost copies")
	l.crash(false)
	l.w.note("%s loses its copy", l.device)
	l.w.check(l.store.Close())
	for _, end := range []string{"", "-wal", "-shm"} {
		disk.Remove(filepath.Join(l.dir, "replica.db"+end))
	}
	l.seen.cursors, l.seen.said = nil, nil
	l.open()
}
