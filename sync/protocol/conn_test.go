package protocol

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"holdall/desk"
)

// ends makes both ends of a connection.
type ends func(t *testing.T) (device, hub Conn)

func implementations() map[string]ends {
	return map[string]ends{
		"pipe":      func(*testing.T) (Conn, Conn) { return Pipe() },
		"websocket": socketPair,
		"poll":      pollPair,
	}
}

// socketPair connects over a real socket on loopback.
func socketPair(t *testing.T) (Conn, Conn) {
	t.Helper()
	accepted := make(chan Conn, 1)
	server := hubServer(t, func(c Conn) { accepted <- c })
	device, err := Dial(t.Context(), address(server), "token", nil)
	if err != nil {
		t.Fatal(err)
	}
	return device, <-accepted
}

func hubServer(t *testing.T, serve func(Conn)) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer token" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if c, err := Accept(w, r); err == nil {
			serve(c)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func address(s *httptest.Server) string { return "ws" + strings.TrimPrefix(s.URL, "http") }

func TestConnCarriesBothWays(t *testing.T) {
	for name, pair := range implementations() {
		t.Run(name, func(t *testing.T) {
			device, hub := pair(t)
			defer device.Close()
			defer hub.Close()
			for _, m := range examples() {
				exchange(t, device, hub, m)
				exchange(t, hub, device, m)
			}
		})
	}
}

// TestConnKeepsTheOrderOfWhatGoesTogether on every way.
func TestConnKeepsTheOrderOfWhatGoesTogether(t *testing.T) {
	for name, pair := range implementations() {
		t.Run(name, func(t *testing.T) {
			device, hub := pair(t)
			defer device.Close()
			defer hub.Close()
			if err := hub.Send(t.Context(), Gap{Want: 1}, Rows{N: 2, Bucket: desk.BucketID(strings.Repeat("b", 3*corkBytes))}, Gap{Want: 3}); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"GAP", "ROWS", "GAP"} {
				if m, err := device.Receive(t.Context()); err != nil || m.Type() != want {
					t.Fatalf("got %v, %v, want %s", m, err, want)
				}
			}
		})
	}
}

func exchange(t *testing.T, from, to Conn, m Message) {
	t.Helper()
	if err := from.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	got, err := to.Receive(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(normal(m), normal(got)); diff != "" {
		t.Errorf("%s changed on the way:\n%s", m.Type(), diff)
	}
}

func TestConnDeliversWhatWasSentBeforeClosing(t *testing.T) {
	for name, pair := range implementations() {
		t.Run(name, func(t *testing.T) {
			device, hub := pair(t)
			defer device.Close()
			if err := hub.Send(t.Context(), Bye{Code: ByeStopping}); err != nil {
				t.Fatal(err)
			}
			hub.Close()
			if m, err := device.Receive(t.Context()); err != nil || m != Message(Bye{Code: ByeStopping}) {
				t.Errorf("got %v, %v", m, err)
			}
			if _, err := device.Receive(t.Context()); err == nil {
				t.Error("a closed connection still delivers")
			}
		})
	}
}

func TestPipeEndsWithItsContext(t *testing.T) {
	defer goleak.VerifyNone(t)
	device, hub := Pipe()
	defer hub.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := device.Receive(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// SPEC P16 and attack case 28: neither a stranger nor a browser gets in.
func TestSocketRefusesStrangers(t *testing.T) {
	server := hubServer(t, func(c Conn) { t.Error("a stranger was let in"); c.Close() })
	if _, err := Dial(t.Context(), address(server), "forged", nil); !errors.Is(err, ErrUnauthorized) {
		t.Errorf("a forged token: %v", err)
	}
	browser := http.Header{"Authorization": {"Bearer token"}, "Origin": {"https://evil.example"}}
	d := websocket.Dialer{Subprotocols: []string{Subprotocol}}
	_, answer, err := d.DialContext(t.Context(), address(server), browser)
	if err == nil || answer.StatusCode != http.StatusForbidden {
		t.Errorf("a foreign origin: %v", err)
	}
}

func TestSocketRefusesOtherProtocols(t *testing.T) {
	server := hubServer(t, func(c Conn) { t.Error("another protocol was let in"); c.Close() })
	d := websocket.Dialer{Subprotocols: []string{"chat"}}
	ws, _, err := d.DialContext(t.Context(), address(server), http.Header{"Authorization": {"Bearer token"}})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if _, _, err := ws.ReadMessage(); err == nil {
		t.Error("the connection stays open")
	}
}

// Attack cases 36 and 37: deflate is not negotiated, an oversized frame and a
// text frame end the reading with ErrFrame, an unknown type does not.
func TestSocketMeetsHostileFrames(t *testing.T) {
	received := make(chan error, 8)
	server := hubServer(t, func(c Conn) {
		defer c.Close()
		_, err := c.Receive(context.Background())
		received <- err
	})
	cases := []struct {
		name  string
		kind  int
		frame []byte
		want  error
	}{
		{"text", websocket.TextMessage, []byte("hello"), ErrFrame},
		{"oversized", websocket.BinaryMessage, make([]byte, MaxFrame+1), ErrFrame},
		{"broken", websocket.BinaryMessage, []byte{7, 7}, ErrFrame},
	}
	for _, c := range cases {
		d := websocket.Dialer{Subprotocols: []string{Subprotocol}, EnableCompression: true}
		ws, answer, err := d.DialContext(t.Context(), address(server), http.Header{"Authorization": {"Bearer token"}})
		if err != nil {
			t.Fatal(err)
		}
		if ext := answer.Header.Get("Sec-Websocket-Extensions"); ext != "" {
			t.Errorf("%s: extension %q was negotiated", c.name, ext)
		}
		_ = ws.WriteMessage(websocket.BinaryMessage, []byte("\x00[\"TELEPORT\",{}]"))
		_ = ws.WriteMessage(c.kind, c.frame)
		if err := <-received; !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		ws.Close()
	}
}
