package simulation

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/store/older"
	"holdall/sync/simulation/disk"
)

// layoutOf is the version whose files a machine has when its program is updated;
// empty: today's. It is no draw of the world's: what else happens stays the same.
func (w *world) layoutOf(n int, versions ...string) string {
	versions = append(versions, "")
	return versions[(w.seed+uint64(n))%uint64(len(versions))]
}

func fixture(version, name string) ([]byte, error) {
	return os.ReadFile(filepath.Join("..", "..", "store", "testdata", version, name))
}

// climb lets the first start of an updated program find the outbox in the layout
// of an older one, with all that it holds. The machine may die on the way up; it
// reports whether by a power cut.
func (l *laptop) climb() (power bool) {
	if l.aged == "" {
		return false
	}
	w := l.w
	like, err := fixture(l.aged, "outbox.db")
	w.check(err)
	w.check(older.Lower(filepath.Join(l.dir, "outbox.db"), like))
	w.count.did("outboxes led up from an older layout")
	w.note("%s has the outbox of %s", l.device, l.aged)
	copies := []string{"outbox.db.version-1", "outbox.db.version-2"}
	l.aged = ""
	l.disk().Fuse(1 + int(w.seed+uint64(7*l.n))%120)
	opened, err := store.OpenReplica(w.ctx, l.dir)
	if err == nil {
		err = opened.Close()
	}
	dead := l.disk().Dead()
	l.disk().Fuse(0)
	if !dead {
		w.check(err)
		return false
	}
	w.count.did("deaths on the way up")
	power = w.seed%2 == 0
	w.check(l.disk().Revive(power, w.seed))
	for _, name := range copies { // as the next start does on a disk of the operating system's
		disk.Remove(filepath.Join(l.dir, name))
	}
	return power
}

// lowerHub lets the first start of an updated hub find its file in the layout of
// an older one.
func (w *world) lowerHub(version string) {
	if version == "" {
		return
	}
	like, err := fixture(version, "central.db")
	w.check(err)
	w.hubDisk().Refuse(0) // the older program met nobody when it wrote this
	w.check(older.Lower(w.hubFile(), like))
	w.count.did("hub files led up from an older layout")
	w.note("the hub has the file of %s", version)
}

// TestALaptopOfEveryVersionComesHome: the files that each version wrote, replica
// and outbox, with an edit that waits in them, are led up, drained and filled
// among laptops of today.
func TestALaptopOfEveryVersionComesHome(t *testing.T) {
	found, err := filepath.Glob(filepath.Join("..", "..", "store", "testdata", "version-*"))
	if err != nil || len(found) < 11 {
		t.Fatal(found, err)
	}
	for _, folder := range found {
		t.Run(filepath.Base(folder), func(t *testing.T) { comesHome(t, filepath.Base(folder)) })
	}
}

func comesHome(t *testing.T, version string) {
	w := testWorld(t, 7, 2)
	ana := desk.Person{ID: "ana", Name: "ana", Email: "ana@nordlicht-werke.example", Roles: []desk.Role{desk.RoleAgent}, Teams: w.teams[:1]}
	w.people[ana.ID] = &ana
	w.submit(desk.PersonPut, "", ana)
	w.submit(desk.TicketCreate, "t1", desk.CreateTicket{Kind: desk.Incident, Title: "before", Requester: "annika", Team: w.teams[0]})
	w.tickets = append(w.tickets, "t1")
	l := newLaptop(w, 2)
	l.person, l.device = ana.ID, "d1"
	for _, name := range []string{"outbox.db", "replica.db"} {
		file, err := fixture(version, name)
		w.check(err)
		w.check(older.Unpack(file, filepath.Join(l.dir, name)))
	}
	w.check(w.central().Update(w.ctx, func(tx *store.CentralTx) error {
		return tx.AddDevice(store.Device{ID: l.device, Person: l.person, Name: "d1", CreatedAt: w.now, LastSeen: w.now})
	}))
	w.laptops = append(w.laptops, l)
	l.open()
	waiting, err := l.store.Pending(w.ctx)
	w.check(err)
	if len(waiting) != 1 {
		t.Fatalf("%d edits wait in the file", len(waiting))
	}
	w.oracle.saved(waiting[0].Mutation)
	w.heal()
	w.healing = false
	ticket, err := w.laptops[0].ticket("t1")
	if title := ticket.Title; err == nil && title != "later" && slices.Contains(w.people[w.laptops[0].person].Teams, w.teams[0]) {
		t.Errorf("another laptop has the title %q", title)
	}
	for range 20 {
		l.edit()
	}
	w.heal()
	w.settled()
	if own, err := l.ticket("t1"); err != nil || own.Rev < 2 {
		t.Errorf("%+v, %v", own, err)
	}
}
