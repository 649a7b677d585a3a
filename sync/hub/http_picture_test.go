package hub_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/picture"
	"holdall/sync/hub"
)

const pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

// TestAPictureIsFetchedOnRequest: by the hub, for whoever can read the mail, and
// only what stands in it.
func TestAPictureIsFetchedOnRequest(t *testing.T) {
	w := serve(t)
	asked := 0
	gallery := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		asked++
		raw, _ := base64.StdEncoding.DecodeString(pixel)
		if r.URL.Path == "/none" {
			raw = []byte("<svg onload=alert(1)>")
		}
		rw.Write(raw)
	}))
	defer gallery.Close()
	w.Handler.Fetching(picture.Fetcher{Allow: func(netip.Addr) bool { return true }})
	body := fmt.Sprintf(`<p><img data-remote-src="%[1]s/one.gif"/><img data-remote-src="%[1]s/none"/></p>`, gallery.URL)
	act := func(name desk.Name, ticket desk.TicketID, args any) {
		if err := w.Server.Do(t.Context(), nil, hub.Act{Name: name, Ticket: ticket, Args: args, At: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	act(desk.TeamPut, "", desk.Team{ID: "other", Name: "Other", Tier: 1})
	for ticket, team := range map[desk.TicketID]desk.TeamID{"t": "", "u": "other"} {
		act(desk.TicketCreate, ticket, desk.CreateTicket{Kind: desk.Incident, Title: "By mail", Team: team})
		act(desk.MessageAdd, ticket, desk.AddMessage{Message: desk.Message{ID: desk.MessageID("m-" + string(ticket)), Kind: desk.FromRequester, Text: "See below.", HTML: body}})
	}
	if status, got := w.Ask("GET", "/api/v1/messages/m-t/pictures/0", w.Token, ""); status != http.StatusOK || base64.StdEncoding.EncodeToString([]byte(got)) != pixel {
		t.Errorf("%d, %d bytes", status, len(got))
	}
	seen := asked
	for what, path := range map[string]string{
		"one beyond the last": "m-t/pictures/2", "one before the first": "m-t/pictures/-1", "no number": "m-t/pictures/first",
		"no such message": "m-x/pictures/0", "another team's": "m-u/pictures/0",
	} {
		if status, got := w.Ask("GET", "/api/v1/messages/"+path, w.Token, ""); status != http.StatusNotFound || !strings.Contains(got, "cannot be shown") {
			t.Errorf("%s: %d %s", what, status, got)
		}
	}
	if status, _ := w.Ask("GET", "/api/v1/messages/m-t/pictures/0", "", ""); status != http.StatusUnauthorized || asked != seen {
		t.Errorf("without a token: %d, the sender was asked %d times", status, asked-seen)
	}
	if status, got := w.Ask("GET", "/api/v1/messages/m-t/pictures/1", w.Token, ""); status != http.StatusNotFound {
		t.Errorf("what is no picture: %d %s", status, got)
	}
	w.Handler.Fetching(picture.Fetcher{})
	if status, _ := w.Ask("GET", "/api/v1/messages/m-t/pictures/0", w.Token, ""); status != http.StatusNotFound || asked != seen+1 {
		t.Errorf("from this machine itself: %d, asked %d times", status, asked-seen-1)
	}
}
