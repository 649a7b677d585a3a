package app

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
)

// gallery is a sender's server, and counts who comes.
func gallery(t *testing.T) (address string, calls *atomic.Int64) {
	calls = &atomic.Int64{}
	shot := drawing(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		if r.URL.Path == "/shot.png" {
			w.Write(shot)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, calls
}

func withRemote(address string) desk.AddMessage {
	return desk.AddMessage{Message: desk.Message{ID: "m", Kind: desk.FromRequester, Text: "See below.",
		HTML: `<p>Look: <img data-remote-src="` + address + `/shot.png"/><img data-remote-src="` + address + `/none"/></p>`}}
}

// TestPicturesComeOnlyWhenAskedFor: showing a mail calls nobody; asking for its
// pictures does, and what is no picture stays out.
func TestPicturesComeOnlyWhenAskedFor(t *testing.T) {
	address, calls := gallery(t)
	p := newPage(t, Config{NoMail: true, Pictures: func(netip.Addr) bool { return true }})
	got(p.session.StartSolo(SoloRequest{Name: "Mira Sommer", Email: "mira@example.com"})).or(t)
	made := got(p.ticket.Create(CreateRequest{Title: "By mail", Impact: 3, Urgency: 3})).or(t)
	p.settled()
	inside := got(p.workspace()).or(t).inside
	must(t, inside.server.Do(t.Context(), nil, hub.Act{Name: desk.MessageAdd, Ticket: desk.TicketID(made.ID), Args: withRemote(address), At: time.Now()}))
	p.until("the mail is here", func() bool { _, err := p.ticket.Body("m"); return err == nil })
	if body := got(p.ticket.Body("m")).or(t); body.RemoteImages != 2 || calls.Load() != 0 {
		t.Errorf("shown: %d left out, the sender was called %d times", body.RemoteImages, calls.Load())
	}
	body := got(p.ticket.Pictures("m")).or(t)
	if body.RemoteImages != 1 || strings.Count(body.HTML, `src="data:image/png;base64,`) != 1 || strings.Contains(body.HTML, `<img src="http`) {
		t.Errorf("asked for: %d left out: %s", body.RemoteImages, body.HTML)
	}
}

// TestAHubFetchesNothingFromItsOwnNetwork: a mail that points at the hub's own
// machine gets no picture and makes no call (SECURITY case 44).
func TestAHubFetchesNothingFromItsOwnNetwork(t *testing.T) {
	address, calls := gallery(t)
	o := newOffice(t)
	o.mails("t1", "m1", "See below.")
	o.does(desk.MessageAdd, "t1", withRemote(address))
	ana := o.laptopOf(o.ana)
	ana.until("the mail is here", func() bool { _, err := ana.ticket.Body("m"); return err == nil })
	body := got(ana.ticket.Pictures("m")).or(t)
	if body.RemoteImages != 2 || strings.Contains(body.HTML, "src=\"data:") || calls.Load() != 0 {
		t.Errorf("%d left out, %d calls: %s", body.RemoteImages, calls.Load(), body.HTML)
	}
}
