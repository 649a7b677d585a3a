package app

import (
	"context"
	"testing"
)

func TestAWindowHearsTopicsAndErrors(t *testing.T) {
	p := soloPage(t)
	heard := make(chan string, 1024)
	w := p.Window(func(_ context.Context, name string, data ...any) {
		if len(data) == 1 && name == "ticket" {
			heard <- data[0].(string)
		}
	}, nil)
	w.Startup(context.Background())
	made := got(p.ticket.Create(CreateRequest{Title: "Screen stays black"})).or(t)
	if id := <-heard; id != made.ID && id != "" {
		t.Errorf("heard of %q, want %q", id, made.ID)
	}
	if shown, ok := w.FormatError(p.ticket.Move(MoveRequest{TicketID: made.ID, To: "closed"})).(Problem); !ok || shown.Code != "workflow" {
		t.Errorf("shown %+v", shown)
	}
	w.Shutdown(context.Background())
	if p.session.State().Open {
		t.Error("the workspace outlives the window")
	}
}
