package hub_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

// spread is a balancer before some nodes: each request goes to the next one, and
// no websocket gets through.
func spread(t *testing.T, nodes ...*web) string {
	var asked atomic.Int64
	balancer := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		r.Header.Del("Connection")
		r.Header.Del("Upgrade")
		target, err := url.Parse(nodes[int(asked.Add(1))%len(nodes)].URL)
		if err != nil {
			t.Error(err)
		}
		(&httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(target) }}).ServeHTTP(rw, r)
	}))
	t.Cleanup(balancer.Close)
	t.Cleanup(balancer.CloseClientConnections)
	return balancer.URL
}

// serveAmong are two nodes on one database, told of each other.
func serveAmong(t *testing.T) (one, other *web) {
	dsn := stand.Postgres(t)
	one = buildOn(t, dsn).run().serve()
	other = buildOn(t, dsn).run().serve()
	for _, node := range []*web{one, other} {
		if err := node.Handler.Among(t.Context(), node.URL); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if one.Device, one.Token, err = hub.Enrol(t.Context(), one.Central, one.Mira.ID, "laptop"); err != nil {
		t.Fatal(err)
	}
	other.Token = one.Token
	return one, other
}

// SPEC P57: every other request of the conversation reaches the other node.
func TestALongPollBehindABalancer(t *testing.T) {
	one, other := serveAmong(t)
	one.Open("t1", "first")
	conn := one.by(protocol.Way{URL: spread(t, one, other) + "/api/v1/sync", Token: one.Token}.Dialer())
	if welcome := until[protocol.Welcome](t, conn); welcome.Person != "mira" {
		t.Errorf("%+v", welcome)
	}
	until[protocol.Checkpoint](t, conn)
	for mid, title := range []string{"Printer on fire", "Printer on ice", "Printer gone"} {
		m, err := desk.NewMutation(desk.TicketPatch, "t1", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: title}}, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Mid = int64(mid) + 1
		if err := conn.Send(t.Context(), protocol.Push{Mutations: []desk.Mutation{m}}); err != nil {
			t.Fatal(err)
		}
		if ack := until[protocol.Ack](t, conn); ack.Results[0].Mid != m.Mid {
			t.Errorf("%+v", ack)
		}
	}
}

// SPEC P57: what no node has signed leads nowhere, a request is passed on once,
// and what a node held that is gone is gone.
func TestARelayServesNobodyElse(t *testing.T) {
	one, other := serveAmong(t)
	stranger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a stranger was asked") }))
	defer stranger.Close()
	status, body := other.Ask("POST", "/api/v1/sync/poll", other.Token, "")
	_, rest, _ := strings.Cut(body, `"connection":"`)
	name, _, _ := strings.Cut(rest, `"`)
	local, home, signed := name, "", ""
	if parts := strings.Split(name, "."); len(parts) == 3 {
		local, home, signed = parts[0], parts[1], parts[2]
	}
	if status != http.StatusCreated || signed == "" {
		t.Fatalf("%d %s", status, body)
	}
	for what, forged := range map[string]string{
		"another address": local + ".aHR0cDovLzEyNy4wLjAuMTox." + signed, "another name": "guessed." + home + "." + signed,
		"no signature": local + "." + home, "no address": local + ".." + signed, "no node's name": "guessed",
	} {
		if status, body := one.Ask("GET", "/api/v1/sync/poll/"+forged+"?n=0", one.Token, ""); status != http.StatusGone {
			t.Errorf("%s: %d %s", what, status, body)
		}
	}
	if status, _ := one.Ask("GET", "/api/v1/sync/poll/"+name+"?n=0", one.Token, "", "Holdall-Relayed", "1"); status != http.StatusGone {
		t.Errorf("passed on twice: %d", status)
	}
	if status, _ := one.Ask("GET", "/api/v1/sync/poll/"+name+"?n=0", "", ""); status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", status)
	}
	if err := other.Handler.Among(t.Context(), "http://127.0.0.1:1"); err != nil {
		t.Fatal(err)
	}
	_, body = other.Ask("POST", "/api/v1/sync/poll", other.Token, "")
	_, rest, _ = strings.Cut(body, `"connection":"`)
	name, _, _ = strings.Cut(rest, `"`)
	if status, _ := one.Ask("GET", "/api/v1/sync/poll/"+name+"?n=0", one.Token, ""); status != http.StatusGone {
		t.Errorf("a node that is not there: %d", status)
	}
	for _, address := range []string{"", "10.0.0.5", "ftp://10.0.0.5", "://"} {
		if err := one.Handler.Among(t.Context(), address); desk.CodeOf(err) != desk.CodeValidation {
			t.Errorf("%q: %v", address, err)
		}
	}
}
