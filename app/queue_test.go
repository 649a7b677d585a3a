package app

import (
	"fmt"
	"slices"
	"testing"

	"holdall/desk"
)

// numbers lists the titles of a page's rows.
func titles(p QueuePage) []string {
	var list []string
	for _, r := range p.Rows {
		list = append(list, r.Title)
	}
	return list
}

// busyDesk is a desk of one with five tickets in several states.
func busyDesk(t *testing.T) (*page, map[string]string) {
	t.Helper()
	p := soloPage(t)
	me := p.session.State().User.ID
	team := got(p.directory.Options()).or(t).Teams[0].ID
	ids := map[string]string{}
	for i, title := range []string{"mine new", "mine on hold", "free", "done", "triage"} {
		r := CreateRequest{Title: title, TeamID: team, Impact: 1 + i%3, Urgency: 2}
		if title == "triage" {
			r.TeamID = ""
		}
		ids[title] = got(p.ticket.Create(r)).or(t).ID
	}
	for _, title := range []string{"mine new", "mine on hold"} {
		must(t, p.ticket.Patch(PatchRequest{TicketID: ids[title], Field: "assignee", Value: me}))
	}
	must(t, p.ticket.Move(MoveRequest{TicketID: ids["mine on hold"], To: "on_hold", HoldReason: "awaiting_vendor"}))
	must(t, p.ticket.Move(MoveRequest{TicketID: ids["done"], To: "resolved", ResolutionCode: "solved", ResolutionNotes: "Replaced the cable."}))
	return p.settled(), ids
}

func TestEachViewShowsItsTickets(t *testing.T) {
	p, ids := busyDesk(t)
	got(p.compose.SaveDraft(ComposeRequest{TicketID: ids["done"], Kind: "note", Text: "was it the cable?"})).or(t)
	team := got(p.directory.Options()).or(t).Teams[0].ID
	for view, want := range map[string][]string{
		"mine": {"mine new", "mine on hold"}, "waiting": {"mine on hold"}, "triage": {"triage"}, "drafts": {"done"},
		"team:" + team: {"mine new", "mine on hold", "free"}, "all": {"mine new", "triage", "mine on hold", "free"},
		"unsent": nil, "conflicts": nil, "reply": nil,
	} {
		page := got(p.queue.Page(QueueRequest{View: view})).or(t)
		have := titles(page)
		slices.Sort(have)
		slices.Sort(want)
		if !slices.Equal(have, want) || page.Total != len(want) || page.Title == "" {
			t.Errorf("%s: %q of %d (%s), want %q", view, have, page.Total, page.Title, want)
		}
	}
	if _, err := p.queue.Page(QueueRequest{View: "everything"}); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("an unknown view: %v", err)
	}
}

func TestAGroupedPageHasHeadingsForAllItsRows(t *testing.T) {
	p, _ := busyDesk(t)
	page := got(p.queue.Page(QueueRequest{View: "all", GroupBy: "state", Limit: 2})).or(t)
	if want := []Group{{"new", "New", 3}, {"on_hold", "On hold", 1}}; !slices.Equal(page.Groups, want) {
		t.Errorf("groups %v, want %v", page.Groups, want)
	}
	if len(page.Rows) != 2 || page.Rows[0].Group != "new" || page.Total != 4 {
		t.Errorf("rows %v of %d", titles(page), page.Total)
	}
	rest := got(p.queue.Page(QueueRequest{View: "all", GroupBy: "state", Offset: 2, Limit: 9999})).or(t)
	if len(rest.Rows) != 2 || rest.Rows[1].Group != "on_hold" {
		t.Errorf("the rest is %v", titles(rest))
	}
	by := got(p.queue.Page(QueueRequest{View: "all", GroupBy: "assignee"})).or(t)
	if want := []Group{{"", "Nobody", 2}, {p.session.State().User.ID, "Mira Sommer", 2}}; !slices.Equal(by.Groups, want) {
		t.Errorf("groups %v, want %v", by.Groups, want)
	}
	by = got(p.queue.Page(QueueRequest{View: "all", GroupBy: "priority", Sort: "number"})).or(t)
	if len(by.Groups) == 0 || by.Groups[0].Label != "2 High" {
		t.Errorf("groups %v", by.Groups)
	}
}

func TestATicketHasItsPlaceInTheQueueThatIsAskedFor(t *testing.T) {
	p, ids := busyDesk(t)
	place := func(title string, r QueueRequest) int {
		t.Helper()
		return got(p.queue.Place(PlaceInQueueRequest{Queue: r, TicketID: ids[title]})).or(t)
	}
	for _, r := range []QueueRequest{
		{View: "all"}, {View: "all", GroupBy: "state", Sort: "number"}, {View: "mine"}, {View: "all", Pill: "resolved"}, {View: "all", Text: "mine"}, {View: "drafts"},
	} {
		page := got(p.queue.Page(r)).or(t)
		for title := range ids {
			if have, want := place(title, r), slices.Index(titles(page), title); have != want {
				t.Errorf("%+v: %q stands at %d, want %d", r, title, have, want)
			}
		}
	}
	if have := place("free", QueueRequest{View: "all", Offset: 2, Limit: 1}); have < 0 {
		t.Error("a page narrows where a ticket is looked for")
	}
	for _, r := range []QueueRequest{{View: "everything"}, {View: "all", Pill: "urgent"}, {View: "all", Sort: "luck"}} {
		if _, err := p.queue.Place(PlaceInQueueRequest{Queue: r, TicketID: ids["free"]}); desk.CodeOf(err) == desk.CodeInternal || err == nil {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

func TestPillsAndWordsNarrowAQueue(t *testing.T) {
	p, _ := busyDesk(t)
	for pill, want := range map[string]int{"": 4, "open": 4, "mine": 2, "unassigned": 2, "vip": 0, "new": 3, "resolved": 1} {
		page := got(p.queue.Page(QueueRequest{View: "all", Pill: pill})).or(t)
		if page.Total != want {
			t.Errorf("pill %q: %d, want %d", pill, page.Total, want)
		}
		i := slices.IndexFunc(page.Pills, func(x Pill) bool { return x.ID == pill })
		if pill != "" && page.Pills[i].Count != want {
			t.Errorf("pill %q says %d, want %d", pill, page.Pills[i].Count, want)
		}
	}
	if page := got(p.queue.Page(QueueRequest{View: "all", Text: "mine"})).or(t); page.Total != 2 {
		t.Errorf("words found %v", titles(page))
	}
	if _, err := p.queue.Page(QueueRequest{View: "all", Pill: "urgent"}); err == nil {
		t.Error("an unknown pill chooses something")
	}
}

func TestTheSidebarCountsWhatItsViewsShow(t *testing.T) {
	p, ids := busyDesk(t)
	got(p.compose.SaveDraft(ComposeRequest{TicketID: ids["free"], Kind: "reply", Text: "Dear"})).or(t)
	for _, section := range got(p.queue.Sidebar()).or(t) {
		if section.ID == "mail" {
			continue // it leads to no queue
		}
		for _, item := range section.Items {
			page := got(p.queue.Page(QueueRequest{View: item.ID})).or(t)
			if page.Total != item.Count || item.Label != page.Title {
				t.Errorf("%s %q counts %d, its view %q shows %d", item.ID, item.Label, item.Count, page.Title, page.Total)
			}
		}
	}
}

func TestSearchFindsWordsOfTheThread(t *testing.T) {
	p, ids := busyDesk(t)
	must(t, p.compose.Send(ComposeRequest{TicketID: ids["free"], Kind: "note", Text: "The quokka chewed on the uplink again."}))
	rows := got(p.search.Find(SearchRequest{Query: "quokka upl"})).or(t)
	if len(rows) != 1 || rows[0].ID != ids["free"] || rows[0].Snippet != "The quokka chewed on the uplink again." {
		t.Errorf("found %+v", rows)
	}
	for _, query := range []string{"", `" OR 1`, "NEAR(", "*", "a^b:-"} {
		if _, err := p.search.Find(SearchRequest{Query: query}); err != nil {
			t.Errorf("%q: %v", query, err)
		}
	}
}

func TestAReplyIsAwaitedUntilItIsGiven(t *testing.T) {
	o := newOffice(t)
	for i := range 3 {
		o.mails(desk.TicketID(fmt.Sprintf("t%d", i)), desk.MessageID(fmt.Sprintf("m%d", i)), "Please help.")
	}
	ana := o.laptopOf(o.ana)
	ana.until("the mails have come", func() bool {
		return got(ana.queue.Page(QueueRequest{View: "reply"})).or(t).Total == 3
	})
	if row := ana.open("t0").Row; !row.Unread {
		t.Error("a mail nobody has looked at is not unread")
	}
	must(t, ana.ticket.MarkSeen("t0"))
	if row := ana.open("t0").Row; row.Unread || row.WaitsSince == "" {
		t.Errorf("a mail that was looked at, but not answered: unread %v, waits since %q", row.Unread, row.WaitsSince)
	}
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "assignee", Value: "ben"}))
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t0", Kind: "reply", Text: "On my way."}))
	if page := got(ana.queue.Page(QueueRequest{View: "reply"})).or(t); page.Total != 1 || page.Rows[0].ID != "t2" {
		t.Errorf("awaiting %v", page.Rows)
	}
	if row := ana.open("t0").Row; row.WaitsSince != "" {
		t.Errorf("an answered requester waits since %s", row.WaitsSince)
	}
}
