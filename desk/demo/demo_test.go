package demo

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

func TestTheSameSeedTellsTheSameStory(t *testing.T) {
	size := Size{Requesters: 60, Tickets: 300}
	write := func(seed uint64) string {
		var out strings.Builder
		w := Company(seed, size, present)
		for a := range w.Acts() {
			line, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			out.Write(line)
		}
		for _, m := range w.Mails(40) {
			out.Write(m)
		}
		return out.String()
	}
	first := write(7)
	if first != write(7) {
		t.Error("seed 7 told two different stories")
	}
	if first == write(8) {
		t.Error("seeds 7 and 8 told the same story")
	}
}

func TestEveryActIsAllowed(t *testing.T) {
	w := Company(1, Stock(), present)
	l := told(t, w)
	if len(l.order) != 2000 || len(w.People) != 12 || len(w.Teams) != 4 || len(w.Services) != 25 || len(w.Requesters) != 300 {
		t.Errorf("%d tickets, %d agents, %d teams, %d services, %d requesters", len(l.order), len(w.People), len(w.Teams), len(w.Services), len(w.Requesters))
	}
	for _, s := range []desk.Status{desk.Held, desk.Merged, desk.Duplicate, desk.Rejected} {
		if l.applied[s] != 0 {
			t.Errorf("%d acts ended %s; history should be smooth", l.applied[s], s)
		}
	}
}

func TestActsComeInOrderAndMidsAreDense(t *testing.T) {
	mids, last := map[desk.DeviceID]int64{}, time.Time{}
	for a := range Company(2, Size{Requesters: 40, Tickets: 400}, present).Acts() {
		m := a.Mutation
		if m.At.Before(last) || m.At.After(present) {
			t.Fatalf("%s at %s comes after one at %s; the present is %s", m.Name, m.At, last, present)
		}
		last = m.At
		if mids[m.Device]++; m.Mid != mids[m.Device] || m.Device != a.Actor.Device {
			t.Fatalf("mid %d of %s, want %d", m.Mid, m.Device, mids[m.Device])
		}
	}
}

func TestTheDeskLooksLikeADesk(t *testing.T) {
	for seed := uint64(1); seed <= 4; seed++ {
		w := Company(seed, Stock(), present)
		l := told(t, w)
		count := map[string]int{}
		for _, ticket := range l.tickets() {
			count[string(ticket.State)]++
			count[string(ticket.Kind)]++
			if ticket.State.Open() {
				count["open"]++
				count["hold "+string(ticket.HoldReason)]++
				for _, team := range w.Teams {
					if team.ID == ticket.Team {
						count[team.Name]++
					}
				}
				if ticket.Priority == 1 {
					count["open P1"]++
				}
				if ticket.Team == "" {
					count["unassigned"]++
				}
			}
			if ticket.Reopened > 0 {
				count["reopened"]++
			}
			if ticket.OpenedAt.After(present.Add(-time.Hour)) {
				count["last hour"]++
			}
		}
		t.Logf("seed %d: %v, %d events, %v", seed, count, len(l.events), l.applied)
		for name, span := range map[string][2]int{
			"open": {140, 220}, "closed": {1650, 1840}, "resolved": {8, 110}, "cancelled": {20, 80}, "request": {550, 950},
			"open P1": {2, 12}, "unassigned": {3, 20}, "reopened": {40, 130}, "last hour": {newest, 30}, "new": {15, 80},
			workplace: {60, 140}, plant: {15, 60}, erp: {10, 50}, network: {15, 70},
		} {
			if count[name] < span[0] || count[name] > span[1] {
				t.Errorf("seed %d: %d %s, want %d to %d", seed, count[name], name, span[0], span[1])
			}
		}
	}
}

func TestAListDoesNotRepeatItself(t *testing.T) {
	w := Company(3, Stock(), present)
	tickets := told(t, w).tickets()
	neighbours := func(name string, list []desk.Ticket) {
		for i := 1; i < len(list); i++ {
			if list[i].Title == list[i-1].Title {
				t.Errorf("%s: %q twice in a row", name, list[i].Title)
			}
		}
	}
	neighbours("all", tickets)
	open := slices.DeleteFunc(slices.Clone(tickets), func(x desk.Ticket) bool { return !x.State.Open() })
	for _, team := range w.Teams {
		neighbours(team.Name, slices.DeleteFunc(slices.Clone(open), func(x desk.Ticket) bool { return x.Team != team.ID }))
	}
	slices.SortFunc(open, func(a, b desk.Ticket) int { return b.UpdatedAt.Compare(a.UpdatedAt) })
	neighbours("open by change", open)
	titles := map[string]bool{}
	for _, x := range open[:50] {
		titles[x.Title] = true
	}
	if len(titles) < 49 {
		t.Errorf("only %d different titles in the first 50", len(titles))
	}
}

func TestScenariosAreManyAndWhole(t *testing.T) {
	list, seen := scenarios(), map[string]bool{}
	if len(list) < 60 {
		t.Errorf("%d scenarios, want 60", len(list))
	}
	w := Company(1, Size{}, present)
	for _, s := range list {
		if w.offers[s.service].ID == "" {
			t.Errorf("%q names an unknown service %q", s.titles[0], s.service)
		}
		if s.beyond != "" && w.homes[s.beyond].ID == "" {
			t.Errorf("%q names an unknown team %q", s.titles[0], s.beyond)
		}
		if s.ask == "" || s.fix == "" || s.done == "" || s.category == "" || s.impact == 0 || s.urgency == 0 {
			t.Errorf("%q is not whole", s.titles[0])
		}
		for _, title := range s.titles {
			if seen[title] {
				t.Errorf("title %q stands twice", title)
			}
			seen[title] = true
		}
	}
}

var (
	mailAddress = regexp.MustCompile(`[\w.+-]+@([\w.-]+)`)
	brace       = regexp.MustCompile(`\{[a-z0-9]+\}`)
)

func TestNothingPointsOutsideTheInventedWorld(t *testing.T) {
	check := func(text string) {
		for _, found := range mailAddress.FindAllStringSubmatch(text, -1) {
			if !strings.HasSuffix(strings.TrimRight(found[1], "."), ".example") {
				t.Errorf("address %q", found[0])
			}
		}
	}
	w := Company(5, Size{Requesters: 300, Tickets: 1200}, present)
	for _, e := range told(t, w).records {
		r, err := desk.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		check(string(r.Body))
		if _, known := e.(desk.Workspace); !known && brace.MatchString(strings.ReplaceAll(string(r.Body), "{}", "")) {
			t.Errorf("a word was not filled in: %s", r.Body)
		}
	}
	for _, m := range w.Mails(120) {
		check(strings.ReplaceAll(string(m), "=\r\n", "")) // soft line breaks, RFC 2045 §6.7
	}
}

func TestIdentitiesAreUUIDs(t *testing.T) {
	shape := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	w, seen := Company(1, Size{}, present), map[string]bool{}
	for _, space := range []string{"ticket", "message 1", "message 2", "requester"} {
		for n := range 2000 {
			id := w.id(space, n)
			if !shape.MatchString(id) || seen[id] {
				t.Fatalf("%s %d: %s is malformed or not new", space, n, id)
			}
			seen[id] = true
		}
	}
}
