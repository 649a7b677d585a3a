package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"holdall/desk"
)

// TestAPasswordOfAMailboxIsInNoText whatever prints the request of a page.
func TestAPasswordOfAMailboxIsInNoText(t *testing.T) {
	r := RenewRequest{ID: "m1", Password: "correct horse"}
	for _, text := range []string{fmt.Sprint(r), fmt.Sprintf("%v %+v %#v %s", r, r, r, r), r.LogValue().String()} {
		if strings.Contains(text, "horse") {
			t.Error(text)
		}
	}
}

// TestAPasswordNeedsTheHub: where there is no such mailbox, or no hub, a sentence
// says so and nothing waits in the outbox.
func TestAPasswordNeedsTheHub(t *testing.T) {
	p := soloPage(t)
	if err := p.mailboxes.Renew(RenewRequest{ID: "m1", Password: "correct horse"}); desk.CodeOf(err) != desk.CodeGone || !strings.Contains(err.Error(), "does not read this mailbox") {
		t.Errorf("%v", err)
	}
	ws := got(p.workspace()).or(t)
	ws.hub.Address = &url.URL{Scheme: "http", Host: "hub.away"}
	ws.hub.Client = &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, net.ErrClosed }}}
	if err := p.mailboxes.Renew(RenewRequest{ID: "m1", Password: "correct horse"}); desk.CodeOf(err) != desk.CodeGone || !strings.Contains(err.Error(), "when this device is online") {
		t.Errorf("%v", err)
	}
	if waits := got(p.sync.Outbox()).or(t); len(waits) != 0 {
		t.Errorf("%+v", waits)
	}
	if strings.Contains(p.log.String(), "horse") {
		t.Error("the password stands in the log")
	}
}
