package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

// desktop is a replica with twelve tickets of all sorts: t0 … t11.
func desktop(t testing.TB) *Replica {
	r := openReplica(t, t.TempDir())
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		must(t, tx.Put(desk.Requester{ID: "r0", Name: "Rudi Ratlos", Email: "rudi@example.com", VIP: true}))
		must(t, tx.Put(desk.Requester{ID: "r1", Name: "Rita 100%_", Email: "rita@example.com"}))
		for i := range 12 {
			tk := ticketOf(fmt.Sprintf("t%d", i), int64(i))
			tk.State, tk.Priority = desk.States()[i%6], desk.Priority(1+i%5)
			tk.Team = []desk.TeamID{"", "first", "second"}[i%3]
			tk.Assignee = []desk.PersonID{"", "ana"}[i%2]
			tk.Requester = []desk.RequesterID{"r0", "r1", "r1", "r1"}[i%4]
			tk.AwaitsReply = i%4 == 1
			must(t, tx.Put(tk))
		}
		return nil
	})
	return r
}

func ids(rows []desk.Ticket) string {
	var list []string
	for _, r := range rows {
		list = append(list, string(r.ID))
	}
	return strings.Join(list, " ")
}

func TestTicketsByFilter(t *testing.T) {
	none, first := desk.TeamID(""), desk.TeamID("first")
	cases := []struct {
		name string
		f    Filter
		want string
	}{
		{"all", Filter{}, "t0 t1 t2 t3 t4 t5 t6 t7 t8 t9 t10 t11"},
		{"open", Filter{Open: true}, "t0 t1 t2 t6 t7 t8"},
		{"open states", Filter{States: []desk.State{desk.StateNew, desk.StateOnHold}}, "t0 t2 t6 t8"},
		{"mixed states", Filter{States: []desk.State{desk.StateNew, desk.StateClosed}}, "t0 t4 t6 t10"},
		{"team", Filter{Team: &first}, "t1 t4 t7 t10"},
		{"no team", Filter{Team: &none}, "t0 t3 t6 t9"},
		{"triage", Filter{Triage: true}, "t0 t3 t6 t9"},
		{"teams", Filter{Teams: []desk.TeamID{"first", "second"}, Open: true}, "t1 t2 t7 t8"},
		{"assignee", Filter{Assignee: "ana", Open: true}, "t1 t7"},
		{"unassigned", Filter{Unassigned: true, Open: true}, "t0 t2 t6 t8"},
		{"VIP", Filter{VIP: true}, "t0 t4 t8"},
		{"awaits reply", Filter{AwaitsReply: true}, "t1 t5 t9"},
		{"priorities", Filter{Priorities: []desk.Priority{1, 2}}, "t0 t1 t5 t6 t10 t11"},
		{"requester", Filter{Requester: "r0"}, "t0 t4 t8"},
		{"some", Filter{IDs: []desk.TicketID{"t3", "t5", "none"}}, "t3 t5"},
		{"words", Filter{Text: "toner INC0000007"}, "t7"},
		{"only marks", Filter{Text: "***"}, ""},
	}
	r := desktop(t)
	for _, indexed := range []bool{false, true} {
		if indexed {
			r.mustUpdate(t, (*ReplicaTx).BuildIndexes)
		}
		for _, c := range cases {
			r.mustView(t, func(tx *ReplicaTx) error {
				rows, total, err := tx.Tickets(c.f, "opened", "", 0, 100)
				must(t, err)
				count, err := tx.Count(c.f)
				if got := ids(rows); got != c.want || total != len(rows) || count != total {
					t.Errorf("%s (indexes: %v): %s (%d, %d), want %s", c.name, indexed, got, total, count, c.want)
				}
				return err
			})
		}
	}
}

func TestTicketsInOrderAndPages(t *testing.T) {
	r := desktop(t)
	cases := []struct{ order, group, want string }{
		{"", "", "t11 t10 t9 t8 t7 t6 t5 t4 t3 t2 t1 t0"},
		{"updated", "", "t0 t1 t2 t3 t4 t5 t6 t7 t8 t9 t10 t11"},
		{"priority", "", "t10 t5 t0 t11 t6 t1 t7 t2 t8 t3 t9 t4"},
		{"-number", "", "t11 t10 t9 t8 t7 t6 t5 t4 t3 t2 t1 t0"},
		{"opened", "state", "t0 t6 t1 t7 t2 t8 t3 t9 t4 t10 t5 t11"},
		{"-opened", "team", "t9 t6 t3 t0 t10 t7 t4 t1 t11 t8 t5 t2"},
	}
	r.mustView(t, func(tx *ReplicaTx) error {
		for _, c := range cases {
			var all []desk.Ticket
			for offset := 0; offset < 12; offset += 5 {
				page, total, err := tx.Tickets(Filter{}, c.order, c.group, offset, 5)
				must(t, err)
				if total != 12 {
					t.Errorf("total %d", total)
				}
				all = append(all, page...)
			}
			if got := ids(all); got != c.want {
				t.Errorf("order %q, group %q: %s, want %s", c.order, c.group, got, c.want)
			}
		}
		for _, bad := range []string{"body", "updated; DROP TABLE ticket", "--updated"} {
			if _, _, err := tx.Tickets(Filter{}, bad, "", 0, 1); err == nil {
				t.Errorf("order %q was taken", bad)
			}
			if _, err := tx.Groups(Filter{}, bad); err == nil {
				t.Errorf("group %q was taken", bad)
			}
		}
		return nil
	})
}

func TestEveryTicketHasItsPlaceInAList(t *testing.T) {
	desktop(t).mustView(t, func(tx *ReplicaTx) error {
		for _, f := range []Filter{{}, {Open: true}, {VIP: true}, {IDs: []desk.TicketID{"t3", "t4"}}} {
			for _, order := range []string{"", "priority", "-opened", "-number", "title"} {
				for _, by := range []string{"", "state", "priority", "assignee"} {
					rows, _, err := tx.Tickets(f, order, by, 0, 100)
					must(t, err)
					for i := range 13 {
						id := desk.TicketID(fmt.Sprintf("t%d", i))
						want := slices.IndexFunc(rows, func(row desk.Ticket) bool { return row.ID == id })
						if place, err := tx.Place(f, order, by, id); err != nil || place != want {
							t.Errorf("%+v by %q in groups of %q: %s stands at %d (%v), want %d", f, order, by, id, place, err, want)
						}
					}
				}
			}
		}
		if _, err := tx.Place(Filter{}, "luck", "", "t1"); err == nil {
			t.Error("an unknown order has places")
		}
		return nil
	})
}

func TestGroupsAndCounts(t *testing.T) {
	r := desktop(t)
	r.mustView(t, func(tx *ReplicaTx) error {
		groups, err := tx.Groups(Filter{Open: true}, "state")
		must(t, err)
		if want := []GroupCount{{"new", 2}, {"in_progress", 2}, {"on_hold", 2}}; !slices.Equal(groups, want) {
			t.Errorf("groups %v, want %v", groups, want)
		}
		groups, err = tx.Groups(Filter{}, "priority")
		must(t, err)
		if want := []GroupCount{{"1", 3}, {"2", 3}, {"3", 2}, {"4", 2}, {"5", 2}}; !slices.Equal(groups, want) {
			t.Errorf("groups %v, want %v", groups, want)
		}
		counts, err := tx.Counts("ana")
		must(t, err)
		if want := (QueueCount{Open: 6, Mine: 2, Unassigned: 4, AwaitsReply: 1, Critical: 3}); counts.All != want {
			t.Errorf("all %+v, want %+v", counts.All, want)
		}
		if want := (QueueCount{Open: 2, Unassigned: 2, Critical: 2}); counts.Triage() != want {
			t.Errorf("triage %+v, want %+v", counts.Triage(), want)
		}
		open, since, err := tx.RequesterStats("r0", noon.Add(4*time.Minute))
		if open != 2 || since != 2 {
			t.Errorf("requester has %d open, %d since", open, since)
		}
		return err
	})
}

func TestRequestersByPartOfTheirName(t *testing.T) {
	r := desktop(t)
	r.mustView(t, func(tx *ReplicaTx) error {
		for query, want := range map[string]int{"": 2, "RUDI": 1, "ratlos": 1, "r": 2, "@example": 2, "%": 1, "100%_": 1, "_": 1, `\`: 0} {
			list, err := tx.Requesters(query, 10)
			if len(list) != want || err != nil {
				t.Errorf("%q finds %d, want %d, %v", query, len(list), want, err)
			}
		}
		return nil
	})
}

// TestRepliesThatCouldNotLeaveAreListed whoever wrote them, newest first, and no
// other.
func TestRepliesThatCouldNotLeaveAreListed(t *testing.T) {
	r := openReplica(t, t.TempDir())
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for i, d := range desk.Deliveries() {
			m := noteOf(fmt.Sprintf("m%d", i), "t1", string(d))
			m.Kind, m.Delivery, m.At = desk.PublicReply, d, noon.Add(time.Duration(i)*time.Minute)
			must(t, tx.Put(m))
		}
		return nil
	})
	r.mustView(t, func(tx *ReplicaTx) error {
		list, err := tx.StuckReplies()
		var states []desk.Delivery
		for _, m := range list {
			states = append(states, m.Delivery)
		}
		if want := []desk.Delivery{desk.DeliveryFailed, desk.DeliveryUnknown, desk.DeliveryWaiting}; !slices.Equal(states, want) {
			t.Errorf("%v", states)
		}
		must(t, err)
		stopped, err := tx.StoppedReplies()
		if len(stopped) != 2 || stopped[0].Delivery == desk.DeliveryWaiting || stopped[1].Delivery == desk.DeliveryWaiting {
			t.Errorf("of these may have left or were given up: %+v", stopped)
		}
		return err
	})
}

func TestThreadAndTrays(t *testing.T) {
	r := openReplica(t, t.TempDir())
	r.mustUpdate(t, func(tx *ReplicaTx) error {
		for i, id := range []string{"m3", "m1", "m2"} {
			m := noteOf(id, "t1", id)
			m.SyncedAt = noon.Add(time.Duration(i) * time.Minute) // the hub's order
			m.At = noon.Add(-time.Duration(i) * time.Hour)        // what devices claim
			if id == "m1" {
				m.Kind, m.Delivery, m.Author = desk.PublicReply, desk.DeliveryHeld, "ana"
			}
			must(t, tx.Put(m))
			must(t, tx.Put(desk.Event{ID: fmt.Sprintf("d.%d.1", 9+i), Ticket: "t1", At: noon, SyncedAt: noon}))
		}
		must(t, tx.Put(conflictOf("c1", "t1", desk.ConflictOpen)))
		must(t, tx.Put(conflictOf("c2", "t1", desk.ConflictSettled)))
		for i := range 3 {
			must(t, tx.Put(desk.Rejection{ID: fmt.Sprintf("x%d", i), Person: "ana", At: noon.Add(time.Duration(i) * time.Minute), Dismissed: i == 1}))
		}
		return tx.Put(desk.NewWorkspace("w1", "Example"))
	})
	r.mustView(t, func(tx *ReplicaTx) error {
		thread, err := tx.Thread("t1")
		must(t, err)
		if thread[0].ID != "m3" || thread[1].ID != "m1" || thread[2].ID != "m2" {
			t.Errorf("thread %v %v %v", thread[0].ID, thread[1].ID, thread[2].ID)
		}
		history, err := tx.History("t1")
		must(t, err)
		if history[0].ID != "d.9.1" || history[2].ID != "d.11.1" {
			t.Errorf("history from %s to %s", history[0].ID, history[2].ID)
		}
		held, err := tx.HeldReplies("ana")
		must(t, err)
		open, err := tx.Conflicts(desk.ConflictOpen)
		must(t, err)
		refused, err := tx.Rejections("ana")
		must(t, err)
		if len(held) != 1 || len(open) != 1 || len(refused) != 2 || refused[0].ID != "x2" {
			t.Errorf("%d held, %d open, refused %v", len(held), len(open), refused)
		}
		for person, want := range map[desk.PersonID]int{"ana": 1, "ben": 1, "eve": 0} {
			if list, err := tx.ConflictsOf(person); len(list) != want || err != nil {
				t.Errorf("%s has %d conflicts, %v", person, len(list), err)
			}
		}
		ws, err := tx.Workspace()
		if ws.Name != "Example" {
			t.Errorf("workspace %q", ws.Name)
		}
		return err
	})
}
