package hub_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// stripping is a proxy that lets no websocket through to the hub.
func (w *web) stripping() string {
	w.Helper()
	target, err := url.Parse(w.URL)
	if err != nil {
		w.Fatal(err)
	}
	onward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	proxy := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		r.Header.Del("Connection")
		r.Header.Del("Upgrade")
		onward.ServeHTTP(rw, r)
	}))
	w.Cleanup(proxy.Close)
	w.Cleanup(proxy.CloseClientConnections)
	return proxy.URL
}

// by connects as a device and greets.
func (w *web) by(dial protocol.Dialer) protocol.Conn {
	w.Helper()
	conn, err := dial(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { conn.Close() })
	if err := conn.Send(w.Context(), protocol.Hello{Protocol: protocol.Version, NextMid: 1}); err != nil {
		w.Fatal(err)
	}
	return conn
}

// until receives up to a message of a type.
func until[M protocol.Message](t testing.TB, conn protocol.Conn) (found M) {
	t.Helper()
	for {
		m, err := conn.Receive(t.Context())
		if err != nil {
			t.Fatalf("no %s came: %v", found.Type(), err)
		}
		if found, ok := m.(M); ok {
			return found
		}
	}
}

// SPEC P34: a conversation by plain requests is a session like any other: it
// pushes, is fed, is the only one of its device, and ends with its token.
func TestAConversationByPlainRequests(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	way := protocol.Way{URL: w.stripping() + "/api/v1/sync", Token: w.Token}
	conn := w.by(way.Dialer())
	if welcome := until[protocol.Welcome](t, conn); welcome.Person != "mira" {
		t.Errorf("%+v", welcome)
	}
	until[protocol.Checkpoint](t, conn)
	m, err := desk.NewMutation(desk.TicketPatch, "t1", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: "Printer on fire"}}, day)
	if err != nil {
		t.Fatal(err)
	}
	m.Mid, m.Old = 1, map[desk.Field]string{desk.FieldTitle: "Printer jammed"}
	if err := conn.Send(t.Context(), protocol.Push{Mutations: []desk.Mutation{m}}); err != nil {
		t.Fatal(err)
	}
	if ack := until[protocol.Ack](t, conn); ack.Results[0].Status != desk.Applied {
		t.Errorf("%+v", ack)
	}
	if rows := until[protocol.Rows](t, conn); len(rows.Rows) == 0 {
		t.Errorf("%+v", rows)
	}
	second := w.by(way.Dialer())
	until[protocol.Welcome](t, second)
	if bye := until[protocol.Bye](t, conn); bye.Code != protocol.ByeReplaced {
		t.Errorf("%+v", bye)
	}
	if status, body := w.Ask("GET", "/api/v1/sync/poll/guessed?n=0", w.Token, ""); status != http.StatusGone {
		t.Errorf("a guessed connection: %d %s", status, body)
	}
	w.Mira.Disabled = true
	w.Do(hub.Act{Name: desk.PersonPut, Args: w.Mira})
	for {
		m, err := second.Receive(t.Context())
		if err != nil {
			break
		}
		if bye, ok := m.(protocol.Bye); ok && bye.Code != protocol.ByeRevoked {
			t.Errorf("%+v", bye)
		}
	}
	if err := w.Central.View(t.Context(), func(tx *store.CentralTx) error {
		devices, err := tx.Devices("mira")
		if err == nil && (len(devices) == 0 || devices[0].LastMid != 1) {
			t.Errorf("%+v", devices)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}
