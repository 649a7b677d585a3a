package app

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"holdall/desk/demo"
)

// demoPage is a window on a small invented company.
func demoPage(t *testing.T, cfg Config, size demo.Size) *page {
	t.Helper()
	p := newPage(t, cfg)
	p.stock = size
	got(p.session.StartSolo(SoloRequest{Demo: true})).or(t)
	return p
}

func (p *page) outside() *outside {
	d := &p.App.open.inside.demo
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.world
}

func (p *page) total(view string) int {
	p.t.Helper()
	return got(p.queue.Page(QueueRequest{View: view, Limit: 1})).or(p.t).Total
}

// TestMailsArriveInTheDemo: they become tickets while the window is open, the
// acknowledgement leaves, and a later start goes on with the next mail.
func TestMailsArriveInTheDemo(t *testing.T) {
	p := demoPage(t, Config{}, demo.Size{Requesters: 30, Tickets: 20})
	p.Prepared()
	receiver := p.outside().receiver
	p.until("a ticket's number was acknowledged", func() bool { return len(receiver.Mails()) > 0 })
	raw := string(receiver.Mails()[0].Raw)
	if !strings.Contains(raw, "Auto-Submitted: auto-replied") {
		t.Errorf("what left:\n%s", raw)
	}
	number := regexp.MustCompile(`INC\d{7}`).FindString(raw)
	p.until("the mail is ticket "+number, func() bool { return len(got(p.search.Find(SearchRequest{Query: number})).or(t)) == 1 })
	if s := p.session.State(); s.MailboxAt != demo.Mailbox || s.MailboxErr != "" || s.Preparing != "" {
		t.Errorf("state %+v", s)
	}
	must(t, p.leave())
	must(t, p.Open(context.Background()))
	if past := got(p.App.open.inside.recall(context.Background())).or(t); past.Mails == 0 || !past.Told {
		t.Errorf("the second start knows %+v", past)
	}
}

// TestTheDemoOpensBeforeItIsTold: the window has people and a number of its own
// at once, and says how far the telling has come. One that is closed meanwhile
// is told anew, and nothing of the first is thrown away.
func TestTheDemoOpensBeforeItIsTold(t *testing.T) {
	dir := t.TempDir()
	p := demoPage(t, Config{Dir: dir, NoMail: true}, demo.Size{Requesters: 30, Tickets: 100_000})
	if s := p.session.State(); !s.Open || s.User.Name == "" || !strings.Contains(s.Preparing, "of 100000 tickets") {
		t.Errorf("state %+v", s)
	}
	p.until("a ticket is there", func() bool { return p.total("all") > 0 })
	must(t, p.leave())
	p.stock = demo.Size{Requesters: 30, Tickets: 20}
	must(t, p.Open(context.Background()))
	p.Prepared()
	p.settled()
	if s := p.session.State(); !s.Open || s.Preparing != "" {
		t.Errorf("state %+v", s)
	}
	made := got(p.ticket.Create(CreateRequest{Title: "Printer on fire", Impact: 1, Urgency: 2})).or(t)
	if made.Number != "INC0000021" {
		t.Errorf("number %q", made.Number)
	}
	aside := got(filepath.Glob(filepath.Join(dir, "solo.*"))).or(t)
	if len(aside) != 1 {
		t.Fatalf("set aside: %v", aside)
	}
	if _, err := os.Stat(filepath.Join(aside[0], kindSolo, "outbox.db")); err != nil || !strings.Contains(p.session.State().Repaired, aside[0]) {
		t.Errorf("told %q, %v", p.session.State().Repaired, err)
	}
}
