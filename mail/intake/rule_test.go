package intake

import (
	"fmt"
	"strings"
	"testing"

	"holdall/desk"
)

// rules gives the desk its mailbox rules.
func (w *world) rules(list ...desk.MailboxRule) {
	w.Helper()
	ws := desk.NewWorkspace(workspace, "Acme")
	ws.MailboxRules = list
	w.act(w.ana(), desk.WorkspacePut, "", ws)
}

func from(pattern string) []desk.MailTest {
	return []desk.MailTest{{In: desk.PartSender, Like: []string{pattern}}}
}

func TestTheRulesPlaceNewWork(t *testing.T) {
	w := newWorld(t)
	w.put(desk.Team{ID: "print", Name: "Print"})
	w.put(desk.Service{ID: "paper", Name: "Paper"})
	w.rules(
		desk.MailboxRule{Name: "Board", When: from("*@board.example.com"), VIP: true, Urgency: 1, Impact: 1},
		desk.MailboxRule{Name: "Printers", Mailbox: "desk", When: []desk.MailTest{{In: desk.PartRecipient, Like: []string{"*+printer@*"}}}, Team: "print", Service: "paper", Kind: desk.Request, Category: "Printing", Labels: []string{"paper"}},
		desk.MailboxRule{Name: "Sites", When: []desk.MailTest{{In: desk.PartHeader, Header: "X-Site", Like: []string{"büsum*nord"}}}, Labels: []string{"north"}},
	)
	o := w.get(letter("Elif <elif@board.example.com>", "a", "Paper", "\nDelivered-To: support+printer@example.com\nX-Site: =?utf-8?q?B=C3=BCsum?=\n nord"))
	ticket := w.ticket(o.Ticket)
	if ticket.Team != "print" || ticket.Service != "paper" || ticket.Kind != desk.Request || ticket.Category != "Printing" || ticket.Priority != 1 || strings.Join(ticket.Labels, " ") != "north paper" {
		t.Errorf("%+v", ticket)
	}
	who := must[desk.Requester](t)(w.sink.RequesterByEmail(t.Context(), "elif@board.example.com"))
	if !who.VIP || who.Organization != "example.com" {
		t.Errorf("%+v", who)
	}
	if why := w.message(o).Why; !strings.Contains(why, "“Board” set its impact, urgency, requester’s VIP mark; “Printers” set its kind, team, service, category, labels; “Sites” set its labels") {
		t.Errorf("it says %s", why)
	}
	if o := w.get(letter("elif@board.example.com", "b", "Re: ["+string(ticket.Number)+"]", "")); o.Ticket != ticket.ID || strings.Contains(o.Reason, "rule") {
		t.Errorf("an answer: %+v", o)
	}
}

func TestAKnownRequesterIsMarkedAndABelievedOneOnly(t *testing.T) {
	w := newWorld(t)
	w.put(desk.Requester{ID: "mira", Name: "Mira", Email: "mira@example.com", Phone: "1"})
	w.rules(desk.MailboxRule{Name: "Board", When: from("mira@*"), VIP: true}, desk.MailboxRule{Name: "Hurry", OfVIP: true, Urgency: 1})
	o := w.get(letter("mira@example.com", "a", "x", "\nAuthentication-Results: mx.example.com; dmarc=fail"))
	if who, _ := w.sink.RequesterByEmail(t.Context(), "mira@example.com"); who.VIP || w.ticket(o.Ticket).Urgency != 3 {
		t.Errorf("a forged sender: %+v", who)
	}
	o = w.get(letter("mira@example.com", "b", "y", ""))
	if who, _ := w.sink.RequesterByEmail(t.Context(), "mira@example.com"); !who.VIP || who.Phone != "1" || w.ticket(o.Ticket).Urgency != 1 {
		t.Errorf("%+v of %+v", who, w.ticket(o.Ticket))
	}
}

func TestAnIgnoredMailStaysInTheLedger(t *testing.T) {
	w := newWorld(t)
	w.rules(desk.MailboxRule{Name: "Advertising", When: from("*@shop.example"), Ignore: "Nobody ordered it."})
	r := w.file(letter("news@shop.example", "a", "Sale", ""))
	w.run()
	if r.state != Converted || r.outcome.Ticket != "" || len(r.outcome.Mutations) != 0 || r.outcome.Reply != nil || r.reason != "The rule “Advertising” ignores it: Nobody ordered it." {
		t.Errorf("%s: %+v", r.state, r.outcome)
	}
	ticket := w.opened()
	_, token := w.answered(ticket)
	if o := w.get(letter("news@shop.example", "b", "Re: Printer", "\nIn-Reply-To: <"+token+">")); o.Ticket != ticket.ID {
		t.Errorf("what answers the desk is ignored: %+v", o)
	}
}

func TestTheOrganizationComesFromTheDomain(t *testing.T) {
	for email, want := range map[string]string{
		"mira@nordlicht-werke.example": "nordlicht-werke.example", "a@mail.nordlicht-werke.co.uk": "nordlicht-werke.co.uk", "A@EXAMPLE.COM.": "example.com",
		"a@gmail.com": "", "a@web.de": "", "a@yahoo.co.jp": "", "a@Outlook.com": "", "a@co.uk": "", "a@localhost": "", "a": "", "": "",
	} {
		if got := organization(email); got != want {
			t.Errorf("%s belongs to %q, want %q", email, got, want)
		}
	}
}

func TestASealedMailIsKeptWhole(t *testing.T) {
	w := newWorld(t)
	text := letter("mira@example.com", "a", "Secret", "") + "-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n"
	m := w.message(w.get(text))
	if n := len(m.Attachments); n != 1 || m.Attachments[0].Name != "original.eml" || len(w.sink.files[m.Attachments[0].SHA256]) != strings.Count(text, "\n")+len(text) {
		t.Errorf("%+v", m.Attachments)
	}
}

func TestAnEmptyMailOfAnAgentIsANote(t *testing.T) {
	w := newWorld(t)
	ticket := w.opened()
	text := letter("ana@example.com", "a", "Re: ["+string(ticket.Number)+"]", "")
	o := w.get(text[:strings.Index(text, "\n\n")+2])
	if m := w.message(o); m.Kind != desk.InternalNote || !strings.Contains(m.Text, string(ticket.Number)) {
		t.Errorf("%+v", m)
	}
}

// monitored is a desk that trusts a monitoring system.
func monitored(t *testing.T) *world {
	w := newWorld(t)
	w.rules(desk.MailboxRule{Name: "Monitoring", When: from("nagios@example.com"), Urgency: 1, Event: &desk.MailEvent{
		Key: `(?:PROBLEM|RECOVERY): (.+)`, Well: []desk.MailTest{{In: desk.PartSubject, Like: []string{"recovery:*"}}},
	}})
	return w
}

func (w *world) alarm(n int, subject string) *row {
	w.now = w.now.Add(1e9)
	return w.file(letter("nagios@example.com", fmt.Sprint("n", n), subject, "\nAuto-Submitted: auto-generated"))
}

func TestEventsMakeOneIncidentUntilTheyRecover(t *testing.T) {
	w := monitored(t)
	w.conv.StormMails = 3
	for i := range 6 {
		w.alarm(i, []string{"PROBLEM: disk on web01", "PROBLEM: load on web02"}[i%2])
	}
	w.alarm(6, "RECOVERY: disk on web01")
	w.alarm(7, "RECOVERY: disk on web01")
	w.run()
	tickets := all[desk.Ticket](w.sink)
	if len(tickets) != 2 {
		t.Fatalf("%d tickets", len(tickets))
	}
	disk, load := w.ticket(eventID("Monitoring", "disk on web01", 1)), w.ticket(eventID("Monitoring", "load on web02", 1))
	if disk.State != desk.StateResolved || disk.ResolutionCode != desk.ResolvedSolved || !strings.Contains(disk.ResolutionNotes, "RECOVERY: disk on web01") || load.State != desk.StateNew || load.Urgency != 1 {
		t.Errorf("%+v\n%+v", disk, load)
	}
	if n := len(all[desk.Message](w.sink)); n != 7 {
		t.Errorf("%d notes for 7 events that tell something", n)
	}
	if last := w.sink.rows[7]; last.outcome.Ticket != "" || !strings.Contains(last.reason, "no incident about it is open") {
		t.Errorf("the second recovery: %+v", last.outcome)
	}
	for _, r := range w.sink.rows {
		if r.outcome.Reply != nil {
			t.Errorf("an event is answered: %+v", r.outcome)
		}
	}
}

func TestAnEventAfterTheRecoveryOpensAnotherIncident(t *testing.T) {
	w := monitored(t)
	const rounds = 20
	for i := range rounds {
		w.alarm(2*i, "PROBLEM: disk on web01")
		w.alarm(2*i+1, "RECOVERY: Disk on WEB01")
		w.run()
	}
	tickets := all[desk.Ticket](w.sink)
	if len(tickets) != rounds {
		t.Fatalf("%d tickets", len(tickets))
	}
	last, before := w.ticket(eventID("Monitoring", "disk on web01", rounds)), eventID("Monitoring", "disk on web01", rounds-1)
	if last.RelatedTo != before || last.State != desk.StateResolved {
		t.Errorf("%+v", last)
	}
}

func TestNobodyElseMakesEvents(t *testing.T) {
	w := monitored(t)
	w.alarm(1, "PROBLEM: disk on web01")
	w.run()
	forged := w.get(letter("nagios@example.com", "f", "RECOVERY: disk on web01", "\nAuthentication-Results: mx.example.com; dmarc=fail"))
	w.get(letter("eve@example.org", "e", "RECOVERY: disk on web01", ""))
	odd := w.get(letter("nagios@example.com", "o", "Weekly report", ""))
	if disk := w.ticket(eventID("Monitoring", "disk on web01", 1)); disk.State != desk.StateNew || forged.Ticket == disk.ID {
		t.Errorf("a forged recovery moved it: %+v", disk)
	}
	if !strings.Contains(odd.Reason, "finds in it nothing that is ill") || odd.Ticket == "" {
		t.Errorf("%+v", odd)
	}
}
