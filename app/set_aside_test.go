package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// forgets is a profile that has forgotten which workspace is open, as after a damaged
// disk, and the page of whoever signs in there anew.
func (l *laptop) forgets(o *office) *page {
	l.t.Helper()
	must(l.t, l.App.Close())
	must(l.t, os.Remove(l.openMark()))
	pg := newPage(l.t, Config{Version: "test", Dir: l.cfg.Dir})
	if state := pg.session.State(); state.Open {
		l.t.Fatalf("state %+v", state)
	}
	got(pg.session.SignIn(SignInRequest{Server: o.url, Email: o.ana.Email, Password: officePassword, Device: "laptop"})).or(l.t)
	return pg.settled()
}

func asides(t *testing.T, profile string) (list []string) {
	t.Helper()
	for _, e := range got(os.ReadDir(profile)).or(t) {
		if strings.HasPrefix(e.Name(), kindHub+".") {
			list = append(list, filepath.Join(profile, e.Name()))
		}
	}
	return list
}

// TestWordsThatWereSetAsideAreToldAndOpen: what a device had not sent when another
// took its place is named once, with its place; opened there it is as it was, and
// reaches the hub.
func TestWordsThatWereSetAsideAreToldAndOpen(t *testing.T) {
	o, ana := mailed(t)
	ana.offline()
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: "It is the profile"}))
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Ask Uwe."})).or(t)
	pg := ana.forgets(o)
	list := asides(t, pg.cfg.Dir)
	if len(list) != 1 {
		t.Fatalf("set aside: %v", list)
	}
	if said := pg.session.State().Repaired; !strings.Contains(said, "1 change and 1 draft") || !strings.Contains(said, "--profile "+list[0]) {
		t.Errorf("told %q", said)
	}
	must(t, pg.App.Close())
	pg = newPage(t, Config{Version: "test", Dir: pg.cfg.Dir})
	if said := pg.session.State().Repaired; said != "" {
		t.Errorf("told again: %q", said)
	}

	kept := newPage(t, Config{Version: "test", Dir: list[0]}).settled()
	if v := kept.open("t1"); len(v.Drafts) != 1 || v.Drafts[0].Text != "Ask Uwe." {
		t.Errorf("drafts %+v", v.Drafts)
	}
	pg.until("the change has come", func() bool { return pg.open("t1").Row.Title == "It is the profile" })
}

// TestWhatHoldsNoWordsGoes, as at a sign-out: nobody would ever look for it.
func TestWhatHoldsNoWordsGoes(t *testing.T) {
	o, ana := mailed(t)
	ana.settled()
	pg := ana.forgets(o)
	if list, said := asides(t, pg.cfg.Dir), pg.session.State().Repaired; len(list) != 0 || said != "" {
		t.Errorf("set aside %v, told %q", list, said)
	}
}

// TestWhatCannotBeReadIsKept, and two of one second are two.
func TestWhatCannotBeReadIsKept(t *testing.T) {
	pg := newPage(t, Config{})
	for range 2 {
		must(t, os.Mkdir(pg.folder(kindHub), 0o700))
		must(t, os.WriteFile(filepath.Join(pg.folder(kindHub), "outbox.db.damaged-1"), []byte("words"), 0o600))
		must(t, pg.setAside(t.Context(), kindHub))
		if _, err := os.Stat(pg.folder(kindHub)); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(pg.wasAside(), "a damaged database") {
			t.Errorf("told %q, %v", pg.wasAside(), err)
		}
	}
	if list := asides(t, pg.cfg.Dir); len(list) != 2 {
		t.Errorf("set aside: %v", list)
	}
}
