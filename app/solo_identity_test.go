package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// TestALostOutboxTakesNoDeskAlong: who this computer is stands in its outbox alone,
// and everything that was ever done in the hub inside. Whatever is begun then, the
// desk is there, and goes on under its numbers and with its files.
func TestALostOutboxTakesNoDeskAlong(t *testing.T) {
	for name, again := range map[string]func(*page) error{
		"at the next start": func(p *page) error { return p.Open(context.Background()) },
		"by a person who begins": func(p *page) error {
			_, err := p.session.StartSolo(SoloRequest{Name: "Mira Sommer", Email: "mira@example.com", Workspace: "Another"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := soloPage(t)
			made := got(p.ticket.Create(CreateRequest{Title: "Printer on fire", Impact: 1, Urgency: 2})).or(t)
			p.settled()
			me := p.session.State().User.ID
			must(t, p.leave())
			for _, end := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(filepath.Join(p.folder(kindSolo), "outbox.db"+end)); err != nil && end == "" {
					t.Fatal(err)
				}
			}
			must(t, again(p))
			p.settled()
			if s := p.session.State(); !s.Solo || s.User.ID != me || s.Workspace != "Nordlicht Werke" {
				t.Errorf("state %+v", s)
			}
			if v := p.open(made.ID); v.Row.Title != "Printer on fire" {
				t.Errorf("row %+v", v.Row)
			}
			next := got(p.ticket.Create(CreateRequest{Title: "Printer is wet", Impact: 3, Urgency: 3})).or(t)
			p.settled()
			if v := p.open(next.ID); v.Row.Pending || v.Row.Number == made.Number {
				t.Errorf("the next one is %+v", v.Row)
			}
			if list := got(p.tray.List()).or(t); len(list.Refusals) != 0 {
				t.Errorf("refused: %+v", list.Refusals)
			}
			ws := got(p.workspace()).or(t)
			if _, err := ws.hub.Archives(ws.ctx); err != nil {
				t.Errorf("the hub inside does not know this computer: %v", err)
			}
		})
	}
}
