package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
)

// handOver starts a server on a copy of a closed solo workspace.
func handOver(t *testing.T, profile string) (central *store.Central, url string) {
	t.Helper()
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(filepath.Join(profile, kindSolo))))
	h := openHouse(t, filepath.Join(dir, "hub.db"))
	return h.central, h.url
}

// arrivesAt waits until a hub has a ticket.
func (p *page) arrivesAt(central *store.Central, number string) {
	p.t.Helper()
	p.until(number+" is at the server", func() bool {
		return central.View(context.Background(), func(tx *store.CentralTx) error {
			_, err := tx.TicketByNumber(desk.Number(number))
			return err
		}) == nil
	})
}

// TestADeskOfOneMovesToAServer by the window: what was done before and after the
// copy was taken is there, and the next start goes there too.
func TestADeskOfOneMovesToAServer(t *testing.T) {
	profile := t.TempDir()
	p := newPage(t, Config{Dir: profile, Version: "test"})
	got(p.session.StartSolo(SoloRequest{Workspace: "Nordlicht Werke", Name: "Mira Sommer", Email: "mira@example.com"})).or(t)
	p.settled()
	before := got(p.ticket.Create(CreateRequest{Title: "Before the copy", Impact: 1, Urgency: 2})).or(t)
	if p.settled(); p.session.State().Folder != filepath.Join(profile, kindSolo) {
		t.Errorf("the folder is %q", p.session.State().Folder)
	}
	must(t, p.session.SignOut())
	central, url := handOver(t, profile)
	got(p.session.StartSolo(SoloRequest{})).or(t)
	after := got(p.ticket.Create(CreateRequest{Title: "After the copy", Impact: 1, Urgency: 2})).or(t)
	p.settled()
	state := got(p.session.MoveToServer(MoveToServerRequest{Server: url})).or(t)
	if state.Solo || state.Server != url || state.User.Name != "Mira Sommer" || state.Folder != "" {
		t.Errorf("state %+v", state)
	}
	p.arrivesAt(central, before.Number)
	p.arrivesAt(central, after.Number)
	_, err := p.session.MoveToServer(MoveToServerRequest{Server: url})
	refused(t, err, desk.CodeWorkflow, "at a server already")
	must(t, p.App.Close())

	again := newPage(t, Config{Dir: profile, Version: "test"})
	if state := again.session.State(); state.Solo || state.Server != url {
		t.Errorf("after a start: %+v", state)
	}
	again.until("the server, which had forgotten it, has given it back", func() bool {
		v, err := again.ticket.Open(after.ID)
		return err == nil && v.Row.Title == "After the copy"
	})
}

// TestAMoveThatCannotBeChangesNothing, and says what is wrong.
func TestAMoveThatCannotBeChangesNothing(t *testing.T) {
	p := soloPage(t)
	stranger := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(stranger.Close)
	foreign := newOffice(t)
	for address, says := range map[string]string{
		stranger.URL: "no Holdall hub", foreign.url: "does not know this computer", "http://127.0.0.1:1": "No server answers", "http://desk.example.com": "must begin with https",
	} {
		_, err := p.session.MoveToServer(MoveToServerRequest{Server: address})
		if refusal := p.Explain(err); err == nil || refusal.Code == string(desk.CodeInternal) {
			t.Errorf("%s: %v", address, err)
		}
		refused(t, err, desk.Code(p.Explain(err).Code), says)
	}
	if state := p.session.State(); !state.Solo || !state.Open {
		t.Errorf("state %+v", state)
	}
}

// TestAMoveGoesOnAfterACrash at each of its steps.
func TestAMoveGoesOnAfterACrash(t *testing.T) {
	for name, crash := range map[string]func(t *testing.T, profile string){
		"nothing was moved": func(*testing.T, string) {},
		"the folder was moved": func(t *testing.T, profile string) {
			url := got(os.ReadFile(filepath.Join(profile, "moving"))).or(t)
			must(t, (&App{cfg: Config{Dir: profile}}).readdress(t.Context(), strings.TrimSpace(string(url))))
			must(t, os.Rename(filepath.Join(profile, kindSolo), filepath.Join(profile, kindHub)))
		},
		"an older sign-in had left something": func(t *testing.T, profile string) {
			must(t, store.MakeFolder(filepath.Join(profile, kindHub)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			profile := t.TempDir()
			p := newPage(t, Config{Dir: profile, Version: "test"})
			got(p.session.StartSolo(SoloRequest{Workspace: "Nordlicht Werke", Name: "Mira Sommer", Email: "mira@example.com"})).or(t)
			made := got(p.settled().ticket.Create(CreateRequest{Title: "Kept", Impact: 1, Urgency: 2})).or(t)
			p.settled()
			must(t, p.App.Close())
			_, url := handOver(t, profile)
			must(t, store.WriteFile(filepath.Join(profile, "moving"), []byte(url+"\n")))
			crash(t, profile)
			again := newPage(t, Config{Dir: profile, Version: "test"})
			if state := again.session.State(); state.Solo || state.Server != url {
				t.Errorf("state %+v", state)
			}
			if again.settled().open(made.ID).Row.Title != "Kept" {
				t.Error("the ticket is gone")
			}
			if _, err := os.Stat(filepath.Join(profile, "moving")); err == nil {
				t.Error("the mark was left")
			}
		})
	}
}
