package hub_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// TestArchivesAreToldToWhoMayLoadThem, with how many tickets stand in each (SPEC
// P37).
func TestArchivesAreToldToWhoMayLoadThem(t *testing.T) {
	w := serve(t)
	w.archives("t1", "first", "INC0000001")
	w.archives("t2", "first", "INC0000002")
	w.archives("u1", "other", "INC0000003")
	month := string(desk.MonthOf(time.Now()))
	var list []protocol.Archive
	status, got := w.Ask("GET", "/api/v1/archives", w.Token, "")
	if err := json.Unmarshal([]byte(got), &list); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s: %v", status, got, err)
	}
	if want := []protocol.Archive{{Bucket: desk.BucketID("closed:team:first:" + month), Tickets: 2}}; !slices.Equal(list, want) {
		t.Errorf("%+v, want %+v", list, want)
	}
	if status, _ := w.Ask("GET", "/api/v1/archives", "", ""); status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", status)
	}
}

// TestATicketIsFoundByItsNumber wherever it stands, by who may read it, and by
// nobody else (SPEC P37).
func TestATicketIsFoundByItsNumber(t *testing.T) {
	w := serve(t)
	w.archives("t1", "first", "INC0000001")
	w.archives("u1", "other", "INC0000003")
	var found protocol.Found
	status, got := w.Ask("GET", "/api/v1/tickets/INC0000001", w.Token, "")
	if err := json.Unmarshal([]byte(got), &found); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s: %v", status, got, err)
	}
	if found.Ticket != "t1" || found.Title != "Stuck" || found.State != desk.StateClosed || found.Archived != desk.MonthOf(time.Now()) {
		t.Errorf("%+v", found)
	}
	for what, number := range map[string]string{"another team's": "INC0000003", "one that is not there": "INC0000099", "no number": "printer"} {
		if status, got := w.Ask("GET", "/api/v1/tickets/"+number, w.Token, ""); status != http.StatusNotFound || !strings.Contains(got, number) {
			t.Errorf("%s: %d %s", what, status, got)
		}
	}
	if status, _ := w.Ask("GET", "/api/v1/tickets/INC0000001", "", ""); status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", status)
	}
}

// archives opens a ticket, closes it and takes it off the desks.
func (w *web) archives(id desk.TicketID, team desk.TeamID, number desk.Number) {
	w.Helper()
	now := time.Now()
	acts := []hub.Act{
		{Name: desk.TeamPut, Args: desk.Team{ID: team, Name: string(team), Tier: 1}},
		{Name: desk.TicketCreate, Ticket: id, Args: desk.CreateTicket{Kind: desk.Incident, Number: number, Title: "Stuck", Team: team}},
		{Name: desk.TicketMove, Ticket: id, Args: desk.MoveTicket{From: desk.StateNew, To: desk.StateResolved, ResolutionCode: desk.ResolvedSolved, ResolutionNotes: "Freed."}},
		{Name: desk.TicketMove, Ticket: id, Args: desk.MoveTicket{From: desk.StateResolved, To: desk.StateClosed}},
		{Name: desk.TicketArchive, Ticket: id, Args: desk.ArchiveTicket{Before: now.Add(time.Hour)}},
	}
	for i := range acts {
		acts[i].At = now
	}
	if err := w.Server.Do(w.Context(), nil, acts...); err != nil {
		w.Fatal(err)
	}
}
