package app

import (
	"testing"

	"holdall/desk"
)

// SPEC P36, from one window to another: who is at a ticket shows in its head and
// on its row, and no longer when they leave or the connection is gone.
func TestColleaguesSeeEachOther(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks again.")
	ana, ben := o.laptopOf(o.ana), o.laptopOf(o.ben)
	sees := func(who *laptop) string {
		row := got(who.ticket.Open("t1")).or(t).Row
		rows := got(who.queue.Page(QueueRequest{View: "all"})).or(t).Rows
		if len(row.Company) != len(rows[0].Company) {
			return "head and row differ"
		}
		if len(row.Company) == 0 {
			return ""
		}
		return row.Company[0].Person.Name + " " + row.Company[0].Doing
	}
	must(t, ana.ticket.Attend(AttendRequest{TicketID: "t1", Doing: "viewing"}))
	ben.until("Ben sees Ana", func() bool { return sees(ben) == "Ana Roth viewing" })
	must(t, ana.ticket.Attend(AttendRequest{TicketID: "t1", Doing: "replying"}))
	ben.until("Ben sees her write", func() bool { return sees(ben) == "Ana Roth replying" })
	if seen := sees(ana); seen != "" {
		t.Errorf("Ana sees %s", seen)
	}
	must(t, ana.ticket.Attend(AttendRequest{}))
	ben.until("Ben sees her leave", func() bool { return sees(ben) == "" })
	must(t, ana.ticket.Attend(AttendRequest{TicketID: "t1", Doing: "editing"}))
	ben.until("Ben sees her again", func() bool { return sees(ben) == "Ana Roth editing" })
	ben.offline()
	if seen := sees(ben); seen != "" {
		t.Errorf("offline he sees %s", seen)
	}
	if err := ana.ticket.Attend(AttendRequest{TicketID: "t1", Doing: "dreaming"}); desk.CodeOf(err) != desk.CodeValidation {
		t.Errorf("%v", err)
	}
}
