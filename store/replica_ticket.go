package store

import (
	"fmt"
	"strings"

	"holdall/desk"
)

// Filter chooses tickets; its conditions all hold at once. Zero chooses all.
type Filter struct {
	Team        *desk.TeamID  // "" is no team: triage
	Teams       []desk.TeamID // any of them
	Triage      bool          // no team has taken it
	Assignee    desk.PersonID
	Requester   desk.RequesterID
	Service     desk.ServiceID
	Kind        desk.TicketKind
	States      []desk.State // any of them; none: all
	Priorities  []desk.Priority
	Open        bool // work is still owed
	Unassigned  bool
	VIP         bool
	AwaitsReply bool
	Text        string          // words of its search document
	IDs         []desk.TicketID // any of them
}

// condition builds a WHERE.
type condition struct {
	parts []string
	args  []any
}

func (c *condition) and(part string, args ...any) {
	c.parts, c.args = append(c.parts, part), append(c.args, args...)
}

// in asks for any of a list; an empty list asks for nothing.
func in[T any](c *condition, column string, list []T, value func(T) any) {
	if len(list) == 0 {
		return
	}
	args := make([]any, len(list))
	for i, v := range list {
		args[i] = value(v)
	}
	c.and(column+" IN ("+marks(len(list))+")", args...)
}

func asText[T ~string](v T) any { return string(v) }

func (c *condition) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

// condition is the filter in SQL.
func (tx *ReplicaTx) condition(f Filter) (*condition, error) {
	c := &condition{}
	if f.Open || onlyOpen(f.States) {
		c.and("open = 1")
	}
	if f.Team != nil {
		c.and("team = ?", string(*f.Team))
	}
	if f.Triage {
		c.and("team = ''")
	}
	if f.Unassigned {
		c.and("assignee = ''")
	}
	if f.AwaitsReply {
		c.and("awaits = 1")
	}
	if f.VIP {
		c.and("requester IN (SELECT id FROM requester WHERE vip = 1)")
	}
	for column, value := range map[string]string{"assignee": string(f.Assignee), "requester": string(f.Requester), "service": string(f.Service), "kind": string(f.Kind)} {
		if value != "" {
			c.and(column+" = ?", value)
		}
	}
	in(c, "team", f.Teams, asText)
	in(c, "state", f.States, asText)
	if len(f.IDs) > 0 {
		known := &condition{}
		in(known, "id", f.IDs, asText)
		c.and("tree IN (SELECT no FROM tree"+known.where()+")", known.args...)
	}
	in(c, "priority", f.Priorities, func(p desk.Priority) any { return int64(p) })
	if strings.TrimSpace(f.Text) != "" {
		part, args, err := tx.matching(f.Text)
		if err != nil {
			return nil, err
		}
		c.and(part, args...)
	}
	return c, nil
}

// onlyOpen reports whether every state of a list is an open one.
func onlyOpen(states []desk.State) bool {
	for _, s := range states {
		if !s.Open() {
			return false
		}
	}
	return len(states) > 0
}

// orders are the orders of a list by name; "-" in front turns them around.
var orders = map[string]string{
	"updated": "updated_at", "opened": "opened_at", "priority": "priority", "number": "number",
	"state": stateOrder, "team": "team", "assignee": "assignee", "requester": "requester", "title": "title COLLATE NOCASE",
}

// groups are the columns tickets can be grouped by, by name.
var groups = map[string]string{
	"state": "state", "priority": "priority", "assignee": "assignee", "team": "team",
	"service": "service", "requester": "requester", "kind": "kind",
}

// stateOrder puts the states in the order of a ticket's life.
var stateOrder = func() string {
	var b strings.Builder
	b.WriteString("CASE state")
	for i, s := range desk.States() {
		fmt.Fprintf(&b, " WHEN '%s' THEN %d", string(s), i)
	}
	return b.String() + " ELSE 99 END"
}()

// orderBy is the ORDER BY of a list: by group first, then as asked, and always
// in an order that is the same next time.
func orderBy(order, groupBy string) (string, error) {
	var parts []string
	if groupBy != "" {
		column, ok := groups[groupBy]
		if !ok {
			return "", fmt.Errorf("group tickets by %q: no such group", groupBy)
		}
		if groupBy == "state" {
			column = stateOrder
		}
		parts = append(parts, column)
	}
	name, down := strings.CutPrefix(order, "-")
	if name == "" {
		name, down = "updated", true
	}
	column, ok := orders[name]
	if !ok {
		return "", fmt.Errorf("order tickets by %q: no such order", order)
	}
	direction := ""
	if down {
		direction = " DESC"
	}
	parts = append(parts, column+direction)
	if name != "updated" {
		parts = append(parts, "updated_at DESC")
	}
	return " ORDER BY " + strings.Join(append(parts, "doc"+direction), ", "), nil
}

// Tickets reads a page of the tickets a filter chooses, and how many there are
// in all. order is updated, opened, priority, number, state, team, assignee,
// requester or title, with "-" in front for the reverse; "" is -updated. groupBy
// puts those of one group together.
func (tx *ReplicaTx) Tickets(f Filter, order, groupBy string, offset, limit int) (rows []desk.Ticket, total int, err error) {
	by, err := orderBy(order, groupBy)
	if err != nil {
		return nil, 0, err
	}
	if total, err = tx.Count(f); err != nil || total == 0 {
		return nil, total, err
	}
	page, args, err := tx.page(f, by)
	if err != nil {
		return nil, 0, err
	}
	rows, err = read[desk.Ticket](tx, desk.KindTicket, "doc IN ("+page+")"+by, append(args, limit, offset)...)
	return rows, total, err
}

// Place finds where a ticket stands among those a filter chooses, in the order of
// Tickets and from 0; -1 if it is none of them.
func (tx *ReplicaTx) Place(f Filter, order, groupBy string, ticket desk.TicketID) (int, error) {
	by, err := orderBy(order, groupBy)
	if err != nil {
		return 0, err
	}
	c, err := tx.condition(f)
	if err != nil {
		return 0, err
	}
	place := -1
	_, err = tx.find("SELECT place - 1 FROM (SELECT doc, ROW_NUMBER() OVER ("+strings.TrimSpace(by)+") AS place FROM ticket"+c.where()+")"+
		" WHERE doc = (SELECT doc FROM ticket WHERE tree = "+numberOf+")", append(c.args, string(ticket)), &place)
	return place, err
}

// TicketByNumber finds a ticket by its number; desk.ErrUnknown if there is none.
func (tx *ReplicaTx) TicketByNumber(number desk.Number) (desk.Ticket, error) {
	return only[desk.Ticket](tx.txn, desk.KindTicket, "SELECT "+wholes[desk.KindTicket]+" FROM ticket WHERE number = ?", string(number))
}

// page selects the places of a page of tickets without touching a body.
func (tx *ReplicaTx) page(f Filter, by string) (string, []any, error) {
	c, err := tx.condition(f)
	if err != nil {
		return "", nil, err
	}
	return "SELECT doc FROM ticket" + c.where() + by + " LIMIT ? OFFSET ?", c.args, nil
}

// Count counts the tickets a filter chooses.
func (tx *ReplicaTx) Count(f Filter) (n int, err error) {
	c, err := tx.condition(f)
	if err != nil {
		return 0, err
	}
	_, err = tx.find("SELECT COUNT(*) FROM ticket"+c.where(), c.args, &n)
	return n, err
}

// GroupCount is how many tickets are in a group.
type GroupCount struct {
	Key   string
	Count int
}

// Groups counts the tickets a filter chooses by group, in the order of Tickets.
func (tx *ReplicaTx) Groups(f Filter, groupBy string) ([]GroupCount, error) {
	column, ok := groups[groupBy]
	if !ok {
		return nil, fmt.Errorf("group tickets by %q: no such group", groupBy)
	}
	by := column
	if groupBy == "state" {
		by = stateOrder
	}
	c, err := tx.condition(f)
	if err != nil {
		return nil, err
	}
	return collect(tx.txn, "SELECT CAST("+column+" AS TEXT), COUNT(*) FROM ticket"+c.where()+" GROUP BY "+column+" ORDER BY "+by, c.args,
		func(s scan) (GroupCount, error) {
			var g GroupCount
			return g, s(&g.Key, &g.Count)
		})
}
