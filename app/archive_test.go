package app

import (
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"holdall/desk"
)

// archives lets a ticket end and takes it off the desks.
func (o *office) archives(ticket desk.TicketID, number desk.Number, team desk.TeamID) {
	o.t.Helper()
	o.does(desk.TicketCreate, ticket, desk.CreateTicket{Kind: desk.Incident, Number: number, Title: "Outlook asks for a password", Requester: o.annika.ID, Team: team})
	o.does(desk.TicketMove, ticket, desk.MoveTicket{From: desk.StateNew, To: desk.StateResolved, ResolutionCode: desk.ResolvedSolved, ResolutionNotes: "A new token."})
	o.does(desk.TicketMove, ticket, desk.MoveTicket{From: desk.StateResolved, To: desk.StateClosed})
	o.does(desk.TicketArchive, ticket, desk.ArchiveTicket{Before: time.Now().Add(time.Hour)})
}

// TestAMonthIsLoadedAndLetGo: the window names what there is, the month comes
// whole, and goes from this device alone (SPEC P28, P37).
func TestAMonthIsLoadedAndLetGo(t *testing.T) {
	o := newOffice(t)
	o.archives("old", "INC0000401", "workplace")
	o.archives("theirs", "INC0000402", "network")
	ana := o.laptopOf(o.ana)
	archive := &Archive{ana.App}
	list := got(archive.List()).or(t)
	if len(list.Months) != 1 || list.Problem != "" || list.MaySetDays {
		t.Fatalf("%+v", list)
	}
	m := list.Months[0]
	if m.Queue != "Workplace" || m.Month != string(desk.MonthOf(time.Now())) || m.Tickets != 1 || m.Wanted || m.Here {
		t.Errorf("%+v", m)
	}
	_, err := ana.ticket.Open("old")
	refused(t, err, desk.CodeGone, "not on this device")

	must(t, archive.Want(WantRequest{Bucket: m.Bucket, Wanted: true}))
	ana.sees("the month is here", "old", func(v TicketView) bool { return v.Row.Number == "INC0000401" })
	ana.until("it is told as here", func() bool {
		m := got(archive.List()).or(t).Months[0]
		return m.Wanted && m.Here
	})
	must(t, archive.Want(WantRequest{Bucket: m.Bucket}))
	ana.until("the month is gone", func() bool {
		_, err := ana.ticket.Open("old")
		return err != nil
	})
	refused(t, archive.Want(WantRequest{Bucket: "team:workplace", Wanted: true}), desk.CodeValidation, "choose a team and a month")
}

// TestATicketIsFetchedByItsNumber from the archive, and kept on the devices of
// who fetched it (SPEC P29, P37).
func TestATicketIsFetchedByItsNumber(t *testing.T) {
	o := newOffice(t)
	o.archives("old", "INC0000401", "workplace")
	o.archives("theirs", "INC0000402", "network")
	ana := o.laptopOf(o.ana)
	archive := &Archive{ana.App}
	if p := got(archive.Fetch(FetchRequest{Number: " inc0000401 "})).or(t); p.ID != "old" || p.Title != "Outlook asks for a password" {
		t.Errorf("%+v", p)
	}
	ana.sees("it is here and kept", "old", func(v TicketView) bool { return v.Kept })
	for number, says := range map[string]string{"INC0000402": "no queue of yours", "INC0999999": "no queue of yours"} {
		_, err := archive.Fetch(FetchRequest{Number: number})
		refused(t, err, desk.CodeGone, says)
	}
	_, err := archive.Fetch(FetchRequest{Number: "the printer"})
	refused(t, err, desk.CodeValidation, "looks like INC0001234")
	before := len(got(ana.sync.Outbox()).or(t))
	if p := got(archive.Fetch(FetchRequest{Number: "INC0000401"})).or(t); p.ID != "old" || len(got(ana.sync.Outbox()).or(t)) != before {
		t.Errorf("fetched again: %+v", p)
	}
}

// TestWithoutAHubTheMonthsHereAreNamed, and the window says what it does not
// know.
func TestWithoutAHubTheMonthsHereAreNamed(t *testing.T) {
	o := newOffice(t)
	o.archives("old", "INC0000401", "workplace")
	ana := o.laptopOf(o.ana)
	archive := &Archive{ana.App}
	bucket := got(archive.List()).or(t).Months[0].Bucket
	must(t, archive.Want(WantRequest{Bucket: bucket, Wanted: true}))
	ana.sees("the month is here", "old", func(TicketView) bool { return true })
	ws := got(ana.workspace()).or(t)
	ws.hub.Address = &url.URL{Scheme: "http", Host: "127.0.0.1:1"}
	list := got(archive.List()).or(t)
	if len(list.Months) != 1 || list.Months[0].Tickets != -1 || !list.Months[0].Wanted || list.Problem == "" {
		t.Errorf("%+v", list)
	}
	_, err := archive.Fetch(FetchRequest{Number: "INC0000402"})
	refused(t, err, desk.CodeGone, "when this device is online")
}

// TestAnAdminSaysHowLongTicketsStay on the desks; nobody else does.
func TestAnAdminSaysHowLongTicketsStay(t *testing.T) {
	p := soloPage(t)
	archive := &Archive{p.App}
	must(t, archive.SetDays(DaysRequest{Days: 60}))
	if list := got(archive.List()).or(t); list.Days != 60 || !list.MaySetDays || list.Problem != "" {
		t.Errorf("%+v", list)
	}
	refused(t, archive.SetDays(DaysRequest{Days: -1}), desk.CodeValidation, "number of days")

	o := newOffice(t)
	ana := o.laptopOf(o.ana)
	refused(t, (&Archive{ana.App}).SetDays(DaysRequest{Days: 1}), desk.CodePerm, "Only an admin")
}

// refused is an error that a person can read.
func refused(t *testing.T, err error, code desk.Code, says string) {
	t.Helper()
	if p := (&App{log: slog.New(slog.DiscardHandler)}).Explain(err); err == nil || p.Code != string(code) || !strings.Contains(p.Message, says) {
		t.Errorf("%v, want %s: …%s…", err, code, says)
	}
}
