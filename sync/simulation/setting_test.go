package simulation

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// TestAdminsSetTheDeskOffline: three laptops of admins change settings without a
// hub, each seeing the desk as it was. Back in step all show the same, and every
// value somebody wanted stands, was seen by who replaced it, or is in the tray of
// who came later (SPEC P80, I9).
func TestAdminsSetTheDeskOffline(t *testing.T) {
	clashes := 0
	for seed := uint64(1); seed <= 12; seed++ {
		w := testWorld(t, seed, 3)
		for id, p := range w.people {
			p.Roles, p.Teams = append(p.Roles, desk.RoleAdmin), w.teams
			w.submit(desk.PersonPut, "", *p)
			w.people[id] = p
		}
		w.heal()
		w.healing = false
		wanted := map[*laptop][]string{}
		for _, l := range w.laptops {
			l.parted = true
			l.cut("on the road")
			for range 2 {
				wanted[l] = append(wanted[l], l.set())
			}
		}
		w.heal()
		stands := w.laptops[0].workspace()
		for _, l := range w.laptops {
			if got := l.workspace(); fmt.Sprint(got) != fmt.Sprint(stands) {
				t.Errorf("seed %d: %s shows %+v and %s %+v", seed, l.device, got, w.laptops[0].device, stands)
			}
			for _, category := range wanted[l] {
				if !slices.Contains(stands.Categories, category) {
					t.Errorf("seed %d: the category %s of %s is lost: %q", seed, category, l.device, stands.Categories)
				}
			}
			clashes += l.keptWishes(t, stands)
		}
		w.close()
	}
	if clashes == 0 {
		t.Error("nobody met anybody: it proved nothing")
	}
}

// set adds a category, and gives one of two other settings a value of its own. It
// tells the category.
func (l *laptop) set() (category string) {
	category = l.name("category")
	patch, err := l.workspace().Change(func(ws *desk.Workspace) error {
		ws.Categories = append(slices.Clone(ws.Categories), category)
		if l.w.rand.IntN(2) == 0 {
			ws.ReopenDays = 100*(l.n+1) + l.made
		} else {
			ws.ArchiveDays = 1000*(l.n+1) + l.made
		}
		return nil
	})
	l.w.check(err)
	m, err := desk.NewMutation(desk.WorkspacePatch, "", patch, l.now())
	l.w.check(err)
	saved, err := l.engine.Edit(l.w.ctx, l.now(), m)
	l.w.check(err)
	l.saved(saved[0])
	l.step(replica.Edited{})
	if !slices.Contains(l.workspace().Categories, category) {
		l.w.fail("I5 read your writes", "%s set the category %s and does not see it", l.device, category)
	}
	return category
}

func (l *laptop) workspace() (ws desk.Workspace) {
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) (err error) {
		ws, err = tx.Workspace()
		return err
	}))
	return ws
}

// keptWishes looks into the tray for the values that met another, and counts them.
func (l *laptop) keptWishes(t *testing.T, stands desk.Workspace) (n int) {
	var tray []desk.Rejection
	l.w.check(l.store.View(l.w.ctx, func(tx *store.ReplicaTx) (err error) {
		tray, err = tx.Rejections(l.person)
		return err
	}))
	for _, r := range tray {
		var kept desk.PatchWorkspace
		if err := json.Unmarshal(r.Args, &kept); err != nil || r.Name != desk.WorkspacePatch || len(kept.Set) == 0 || kept.Set["categories"] != nil {
			t.Errorf("%s has in its tray %+v, %v", l.device, r, err)
		}
		n++
	}
	if own := stands.ReopenDays/100 == l.n+1 || stands.ArchiveDays/1000 == l.n+1; !own && n == 0 {
		t.Errorf("%s wanted values, of which none stands and none is in its tray: %+v", l.device, stands)
	}
	return n
}
