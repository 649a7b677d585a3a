package simulation

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/simulation/disk"
)

// backup is what was copied away of the hub, and what the world was then. The
// mails and the administration since are the hub's own to fetch and do again;
// what people did on their devices must come back by itself (SPEC P17).
type backup struct {
	messages map[desk.MessageID]string
	people   map[desk.PersonID]*desk.Person
}

func (w *world) backupFile() string { return filepath.Join(w.dir, "backup", "hub.db") }

// backUp copies the hub's database while it rests.
func (w *world) backUp() {
	if slices.ContainsFunc(w.laptops, func(l *laptop) bool { return l.earlier != nil }) {
		return // it would hold mids that another disk gave
	}
	w.note("backup")
	w.rest()
	w.check(disk.Copy(w.hubFile(), w.backupFile()))
	w.openHub()
	w.saved = &backup{maps.Clone(w.oracle.messages), copyOf(w.people)}
}

// restore puts the hub back to its backup.
func (w *world) restore() {
	if w.saved == nil {
		return
	}
	w.count.did("restored backups")
	w.note("restore")
	for _, l := range w.laptops {
		l.shelved = false
	}
	w.rest()
	w.check(disk.Copy(w.backupFile(), w.hubFile()))
	if w.rand.IntN(2) == 0 {
		w.told()
	} else {
		w.untold = true
	}
	w.openHub()
	w.oracle.messages, w.people = maps.Clone(w.saved.messages), copyOf(w.saved.people)
	w.restored()
}

// told lets the administrator say that this is a backup.
func (w *world) told() {
	central, err := store.OpenCentral(w.ctx, w.hubFile())
	w.check(err)
	w.check(hub.Restored(w.ctx, central))
	w.check(central.Close())
}

// rest stops the hub in good order; every connection is gone.
func (w *world) rest() {
	w.armed = false
	w.hubDisk().Fuse(0)
	w.hubDisk().Refuse(0)
	w.fill(false)
	w.closeHub()
	w.breakLinks()
}

// TestARestoredHubIsToldWhatItForgot: more than a PUSH of acknowledged edits,
// with nothing new on top, comes back.
func TestARestoredHubIsToldWhatItForgot(t *testing.T) {
	const edits = 450
	w := testWorld(t, 1, 2)
	w.heal()
	w.backUp()
	w.heal()
	l := w.laptops[0]
	for i := range edits {
		if i%50 == 49 {
			l.createTicket()
		} else if ticket, ok := l.pick(); ok {
			l.write(ticket, desk.InternalNote)
		}
		w.drain()
	}
	w.heal()
	last := w.oracle.last[l.device]
	if last < edits {
		w.fail("fault", "only %d edits were saved", last)
	}
	w.taken(l, last)
	w.restore()
	w.taken(l, 0)
	w.heal()
	w.taken(l, last)
	w.settled()
}

// taken wants the hub to have taken in a laptop's mutations up to a mid.
func (w *world) taken(l *laptop, mid int64) {
	w.check(w.central().View(w.ctx, func(tx *store.CentralTx) error {
		d, err := tx.Device(l.device)
		if d.LastMid != mid {
			w.fail("I2 nothing acknowledged is lost", "the hub has taken in %d mutations of %s, want %d", d.LastMid, l.device, mid)
		}
		return err
	}))
}
