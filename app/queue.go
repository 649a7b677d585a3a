package app

import (
	"errors"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// Queue shows the lists of tickets and how much is in each.
type Queue struct{ app *App }

// Page reads a window on a queue with all that its header shows.
func (q *Queue) Page(r QueueRequest) (page QueuePage, err error) {
	err = q.app.look(func(l *lens) error {
		page, err = l.page(r)
		return err
	})
	return page, err
}

// Place finds where in a queue a ticket stands, from 0 and whatever the page that is
// asked for; -1 if it is not in it.
func (q *Queue) Place(r PlaceInQueueRequest) (place int, err error) {
	err = q.app.look(func(l *lens) error {
		place, err = l.place(r.Queue, desk.TicketID(r.TicketID))
		return err
	})
	return place, err
}

func (l *lens) place(r QueueRequest, ticket desk.TicketID) (int, error) {
	order, err := orderOf(r)
	if err != nil {
		return 0, err
	}
	v, err := l.wordedView(r)
	if err != nil {
		return 0, err
	}
	filter, err := l.pilled(v, r.Pill)
	if err != nil || v.empty {
		return -1, err
	}
	place, err := l.tx.Place(filter, order, r.GroupBy, ticket)
	if err != nil || place >= 0 {
		return place, err
	}
	return l.placeLeft(v, r, filter, ticket)
}

var sorts = map[string]string{"": "priority", "urgency": "priority", "updated": "-updated", "opened": "-opened", "number": "-number"}

var groupings = map[string]bool{"": true, "state": true, "priority": true, "assignee": true}

func (l *lens) page(r QueueRequest) (QueuePage, error) {
	order, err := orderOf(r)
	if err != nil {
		return QueuePage{}, err
	}
	v, err := l.wordedView(r)
	if err != nil {
		return QueuePage{}, err
	}
	page := QueuePage{View: r.View, Title: v.title, Offset: max(0, r.Offset), Rows: []TicketRow{}, Groups: []Group{}, Pills: []Pill{}}
	if v.empty {
		return page, nil
	}
	if page.Pills, err = l.pills(v); err != nil {
		return page, err
	}
	filter, err := l.pilled(v, r.Pill)
	if err != nil {
		return page, err
	}
	tickets, total, err := l.tx.Tickets(filter, order, r.GroupBy, page.Offset, bounded(r.Limit, pageStock))
	if err != nil {
		return page, err
	}
	page.Total = total
	if page.Rows, err = l.rows(tickets, r.GroupBy); err != nil {
		return page, err
	}
	if r.GroupBy != "" && total > 0 {
		if page.Groups, err = l.groups(filter, r.GroupBy); err != nil {
			return page, err
		}
	}
	left, err := l.leftOf(v, r)
	page.withLeft(left, r)
	return page, err
}

// orderOf is the order a request asks for.
func orderOf(r QueueRequest) (string, error) {
	order, known := sorts[r.Sort]
	if !known || !groupings[r.GroupBy] {
		return "", desk.Refuse(desk.CodeValidation, "A queue cannot be sorted by %q and grouped by %q.", r.Sort, r.GroupBy)
	}
	return order, nil
}

// wordedView is the view of a request, narrowed by its words.
func (l *lens) wordedView(r QueueRequest) (queueView, error) {
	v, err := l.viewOf(r.View)
	v.filter.Text = strings.TrimSpace(r.Text)
	return v, err
}

// groups are the headings of a grouped queue.
func (l *lens) groups(filter store.Filter, by string) ([]Group, error) {
	counts, err := l.tx.Groups(filter, by)
	groups := make([]Group, 0, len(counts))
	for _, c := range counts {
		groups = append(groups, Group{Key: c.Key, Label: l.heading(by, c.Key), Count: c.Count})
	}
	return groups, err
}

func (l *lens) heading(by, key string) string {
	switch by {
	case "assignee":
		return l.value(desk.FieldAssignee, key)
	case "priority":
		return plainValue(desk.FieldPriority, key)
	}
	name := plainValue(desk.FieldState, key)
	return name[:1] + strings.ToLower(name[1:])
}

// pill is a quick filter by its id.
type pill struct{ id, label string }

var pills = []pill{
	{"open", "Open"}, {"mine", "Mine"}, {"unassigned", "Unassigned"}, {"vip", "VIP"}, {"new", "New"}, {"resolved", "Resolved"},
}

// pilled narrows a view by a pill. A list that was picked by hand, such as the
// drafts, is not narrowed to open tickets: what it names must be seen.
func (l *lens) pilled(v queueView, id string) (store.Filter, error) {
	f := v.filter
	f.Open = f.Open || !v.picked
	switch id {
	case "", "open":
	case "mine":
		f.Assignee = l.me.ID
	case "unassigned":
		f.Unassigned = true
	case "vip":
		f.VIP = true
	case "new":
		f.States = []desk.State{desk.StateNew}
	case "resolved":
		f.Open = false
		f.States = []desk.State{desk.StateResolved, desk.StateClosed, desk.StateCancelled}
	default:
		return f, desk.Refuse(desk.CodeValidation, "There is no quick filter called %q.", id)
	}
	return f, nil
}

func (l *lens) pills(v queueView) ([]Pill, error) {
	list := make([]Pill, 0, len(pills))
	for _, p := range pills {
		f, err := l.pilled(v, p.id)
		if err != nil {
			return nil, err
		}
		n, err := l.tx.Count(f)
		if err != nil {
			return nil, err
		}
		list = append(list, Pill{ID: p.id, Label: p.label, Count: n})
	}
	return list, nil
}

// queueView is a view of the sidebar as a filter.
type queueView struct {
	title  string
	filter store.Filter
	picked bool // names its tickets one by one
	own    bool // by words of this device, which stay when a ticket leaves
	empty  bool // and names none
}

func picked(title string, ids []desk.TicketID) queueView {
	return queueView{title: title, filter: store.Filter{IDs: ids}, picked: true, empty: len(ids) == 0}
}

func ofOwn(title string, ids []desk.TicketID) queueView {
	v := picked(title, ids)
	v.own = true
	return v
}

// viewOf reads the id of a view.
func (l *lens) viewOf(id string) (queueView, error) {
	if team, ok := strings.CutPrefix(id, "team:"); ok {
		t, known := l.teams[desk.TeamID(team)]
		if !known {
			return queueView{}, desk.Refuse(desk.CodeGone, "There is no such team (any more); choose a queue from the sidebar.")
		}
		return queueView{title: t.Name, filter: store.Filter{Team: &t.ID}}, nil
	}
	switch id {
	case "", "all":
		return queueView{title: "All tickets"}, nil
	case "mine":
		return queueView{title: "Assigned to me", filter: store.Filter{Assignee: l.ws.who.Person}}, nil
	case "waiting":
		return queueView{title: "Waiting on others", filter: l.waiting()}, nil
	case "triage":
		return queueView{title: "Unassigned", filter: store.Filter{Triage: true}}, nil
	}
	return l.pickedView(id)
}

func (l *lens) pickedView(id string) (queueView, error) {
	switch id {
	case "reply":
		ids, err := l.awaiting()
		return picked("Needs my reply", ids), err
	case "drafts":
		ids, err := l.drafted()
		return ofOwn("Drafts", ids), err
	case "unsent":
		ids, err := l.unsentTickets()
		return ofOwn("Unsent", ids), err
	case "conflicts":
		ids, err := l.disputed()
		return ofOwn("Conflicts", ids), err
	}
	return queueView{}, desk.Refuse(desk.CodeGone, "There is no view called %q; choose one from the sidebar.", id)
}

func (l *lens) waiting() store.Filter {
	return store.Filter{Assignee: l.ws.who.Person, States: []desk.State{desk.StateOnHold}}
}

// awaitsMe are the two ways a requester can wait for me: at my ticket, or at one
// of my teams' that nobody has taken.
func (l *lens) awaitsMe() []store.Filter {
	list := []store.Filter{{AwaitsReply: true, Open: true, Assignee: l.ws.who.Person}}
	if len(l.me.Teams) > 0 {
		list = append(list, store.Filter{AwaitsReply: true, Open: true, Unassigned: true, Teams: l.me.Teams})
	}
	return list
}

// awaiting names the tickets whose requester waits for me, at most 500 of each
// kind.
func (l *lens) awaiting() ([]desk.TicketID, error) {
	var ids []desk.TicketID
	for _, f := range l.awaitsMe() {
		tickets, _, err := l.tx.Tickets(f, "priority", "", 0, pageMost)
		if err != nil {
			return nil, err
		}
		for _, t := range tickets {
			ids = append(ids, t.ID)
		}
	}
	return ids, nil
}

func (l *lens) drafted() ([]desk.TicketID, error) {
	drafts, err := l.ws.store.Drafts(l.ctx)
	var ids []desk.TicketID
	for _, d := range drafts {
		ids = append(ids, d.Ticket)
	}
	return unique(ids), err
}

// disputed names the tickets that wait for a choice of mine.
func (l *lens) disputed() ([]desk.TicketID, error) {
	conflicts, err := l.tx.ConflictsOf(l.ws.who.Person)
	var ids []desk.TicketID
	for _, c := range conflicts {
		ids = append(ids, c.Ticket)
	}
	for _, m := range l.held {
		ids = append(ids, m.Ticket)
	}
	rejections, failed := l.tx.Rejections(l.ws.who.Person)
	for _, r := range rejections {
		if r.Ticket != "" {
			ids = append(ids, r.Ticket)
		}
	}
	return unique(ids), errors.Join(err, failed)
}

// unique keeps the first of each.
func unique[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	kept := list[:0]
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			kept = append(kept, v)
		}
	}
	return kept
}
