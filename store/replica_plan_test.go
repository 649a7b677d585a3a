package store

import (
	"fmt"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/desk/demo"

	"github.com/google/go-cmp/cmp"
)

// plan is how SQLite means to answer a query.
func (t *txn) plan(tb testing.TB, query string, args ...any) string {
	tb.Helper()
	steps, err := collect(t, "EXPLAIN QUERY PLAN "+query, args, func(s scan) (string, error) {
		var id, parent, none int64
		var detail string
		return detail, s(&id, &parent, &none, &detail)
	})
	must(tb, err)
	return strings.Join(steps, "\n")
}

// TestQueriesUseTheirIndexes asks for no step that walks through a whole table
// of bodies.
func TestQueriesUseTheirIndexes(t *testing.T) {
	r := openReplica(t, t.TempDir())
	must(t, r.BulkLoad(ctx, func(tx *ReplicaTx) error {
		c := demo.NewBulk()
		for range 400 {
			for _, e := range c.Tree() {
				must(t, tx.Put(e))
			}
		}
		return nil
	}))
	team := desk.TeamID("team1")
	pages := []struct {
		f          Filter
		order, use string
	}{
		{Filter{Team: &team, Open: true}, "", "COVERING INDEX ticket_open"},
		{Filter{Team: &team, Open: true, Unassigned: true}, "priority", "COVERING INDEX ticket_open"},
		{Filter{Triage: true, Open: true}, "", "COVERING INDEX ticket_open"},
		{Filter{Open: true, AwaitsReply: true}, "", "COVERING INDEX ticket_open"},
		{Filter{Team: &team}, "-updated", "COVERING INDEX ticket_team"},
		{Filter{Assignee: "p1"}, "-updated", "COVERING INDEX ticket_assignee"},
		{Filter{Assignee: "p1", Open: true}, "-updated", "COVERING INDEX ticket_"},
		{Filter{}, "-updated", "COVERING INDEX ticket_updated"},
		{Filter{VIP: true}, "-updated", "COVERING INDEX ticket_"},
		{Filter{Requester: "r1"}, "-opened", "INDEX ticket_requester"},
	}
	r.mustView(t, func(tx *ReplicaTx) error {
		check := func(what, plan, use string) {
			t.Helper()
			if !strings.Contains(plan, use) {
				t.Errorf("%s does not use %s:\n%s", what, use, plan)
			}
			for _, table := range append([]string{"ticket", "record"}, numberedTables...) {
				for line := range strings.SplitSeq(plan, "\n") {
					if line == "SCAN "+table {
						t.Errorf("%s walks through %s:\n%s", what, table, plan)
					}
				}
			}
		}
		for _, p := range pages {
			by, err := orderBy(p.order, "")
			must(t, err)
			query, args, err := tx.page(p.f, by)
			must(t, err)
			check(fmt.Sprintf("%+v", p.f), tx.plan(t, query, append(args, 100, 0)...), p.use)
		}
		check("a thread", tx.plan(t, "SELECT body FROM message WHERE tree = "+numberOf, "t"), "INDEX message_tree")
		check("a history", tx.plan(t, "SELECT body FROM event WHERE tree = "+numberOf+" ORDER BY length(id), id", "t"), "INDEX event_tree")
		newest, args, err := tx.newest("printer toner", 50)
		must(t, err)
		check("a search", tx.plan(t, "SELECT body FROM ticket WHERE "+newest, args...), "INTEGER PRIMARY KEY")
		check("held replies", tx.plan(t, "SELECT body FROM message WHERE delivery = 'held' ORDER BY id"), "INDEX message_held")
		check("stuck replies", tx.plan(t, "SELECT body FROM message WHERE "+stuckReplies+" ORDER BY id"), "INDEX message_stuck")
		return nil
	})
}

// TestColumnsAreTheSameOnBothWays: Put has the entity, PutRecord reads only what
// it needs of the body; the rows must not differ.
func TestColumnsAreTheSameOnBothWays(t *testing.T) {
	for _, e := range append(oneOfEach(), demo.NewBulk().Tree()...) {
		r := recordOf(t, e)
		partial, err := decodeColumns(r)
		must(t, err)
		values := tables[r.Kind].values
		if s, ok := shelves[r.Kind]; ok {
			values = s.values
		}
		if diff := cmp.Diff(values(e), values(partial)); diff != "" {
			t.Errorf("%s (-entity +body):\n%s", r.Kind, diff)
		}
	}
}
