package protocol

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// station is a hub that takes both kinds of connection.
type station struct {
	*httptest.Server
	polls    *Polls
	accepted chan Conn
	requests atomic.Int64
}

func newStation(t *testing.T) *station {
	t.Helper()
	s := &station{polls: NewPolls(), accepted: make(chan Conn, 16)}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /sync", func(w http.ResponseWriter, r *http.Request) {
		if c, err := Accept(w, r); err == nil {
			s.accepted <- c
		}
	})
	routes.HandleFunc("POST /sync/poll", func(w http.ResponseWriter, r *http.Request) {
		name, conn := s.polls.Open("laptop")
		s.accepted <- conn
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"connection":"`+name+`"}`)
	})
	routes.HandleFunc("/sync/poll/{name}", func(w http.ResponseWriter, r *http.Request) {
		s.polls.Serve(w, r, r.PathValue("name"), "laptop")
	})
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.requests.Add(1)
		if r.Header.Get("Authorization") != "Bearer token" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		routes.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	t.Cleanup(s.CloseClientConnections)
	return s
}

func (s *station) way() Way { return Way{URL: s.URL + "/sync", Token: "token"} }

// pollPair connects by plain requests on loopback.
func pollPair(t *testing.T) (Conn, Conn) {
	t.Helper()
	s := newStation(t)
	device, err := dialPoll(t.Context(), s.way())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { device.Close() })
	return device, <-s.accepted
}

// gateway stands between a device and its hub, as companies have them.
type gateway struct {
	*httptest.Server
	strips atomic.Bool                                       // the upgrade of a connection
	meddle func(w http.ResponseWriter, r *http.Request) bool // false: the request does not get through
}

func (s *station) behind(t *testing.T) *gateway {
	t.Helper()
	hub, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	g := &gateway{meddle: func(http.ResponseWriter, *http.Request) bool { return true }}
	onward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(hub) }}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if g.strips.Load() {
			for name := range r.Header {
				if name == "Connection" || name == "Upgrade" || strings.HasPrefix(name, "Sec-Websocket") {
					r.Header.Del(name)
				}
			}
		}
		if g.meddle(w, r) {
			onward.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(g.Close)
	t.Cleanup(g.CloseClientConnections)
	return g
}

func (g *gateway) way() Way { return Way{URL: g.URL + "/sync", Token: "token"} }

func dialled(t *testing.T, dial Dialer) Conn {
	t.Helper()
	conn, err := dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// SPEC P34: behind a proxy that strips the upgrade the same conversation goes by
// plain requests.
func TestAProxyThatStripsTheUpgradeIsNoHindrance(t *testing.T) {
	s := newStation(t)
	g := s.behind(t)
	g.strips.Store(true)
	dial := g.way().Dialer()
	device := dialled(t, dial)
	hub := <-s.accepted
	for _, m := range examples() {
		exchange(t, device, hub, m)
		exchange(t, hub, device, m)
	}
	before := s.requests.Load()
	device.Close()
	again := dialled(t, dial)
	if _, ok := again.(*pollConn); !ok {
		t.Errorf("what got through was forgotten: %T", again)
	}
	if tries := s.requests.Load() - before; tries > 3 {
		t.Errorf("%d requests to connect again", tries)
	}
}

// SPEC P34: the websocket takes over once it gets through.
func TestTheWebsocketIsTriedAgain(t *testing.T) {
	s := newStation(t)
	g := s.behind(t)
	g.strips.Store(true)
	way := g.way()
	way.Again = 20 * time.Millisecond
	dial := way.Dialer()
	first := dialled(t, dial)
	if _, ok := first.(*pollConn); !ok {
		t.Fatalf("%T", first)
	}
	<-s.accepted
	g.strips.Store(false)
	if _, err := first.Receive(t.Context()); !errors.Is(err, ErrClosed) {
		t.Fatalf("the plain connection ended with %v", err)
	}
	hub := <-s.accepted
	second := dialled(t, dial)
	if _, ok := second.(*witness); !ok {
		t.Fatalf("%T", second)
	}
	exchange(t, second, hub, Ping{})
	exchange(t, hub, second, Pong{})
}

// SPEC P34: requests that are lost, on the way there or on the way back, are
// repeated: nothing is lost, doubled or out of order.
func TestLostRequestsAreRepeated(t *testing.T) {
	s := newStation(t)
	g := s.behind(t)
	g.strips.Store(true)
	var mu sync.Mutex
	count := 0
	onward := g.meddle
	g.meddle = func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.RawQuery, "n=") {
			return onward(w, r)
		}
		mu.Lock()
		count++
		n := count
		mu.Unlock()
		switch n % 3 {
		case 0: // the request does not arrive
			panic(http.ErrAbortHandler)
		case 1: // it arrives, its answer does not
			answer, err := s.again(r)
			if err == nil {
				answer.Body.Close()
			}
			panic(http.ErrAbortHandler)
		}
		return true
	}
	device := dialled(t, g.way().Dialer())
	hub := <-s.accepted
	for n := range int64(4) {
		exchange(t, device, hub, Gap{Want: n})
		exchange(t, hub, device, Gap{Want: n})
	}
	mu.Lock()
	defer mu.Unlock()
	if count < 8 {
		t.Errorf("%d requests only", count)
	}
}

// again sends a request to the hub as the gateway would.
func (s *station) again(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 50*time.Millisecond)
	defer cancel()
	copied, err := http.NewRequestWithContext(ctx, r.Method, s.URL+r.URL.String(), r.Body)
	if err != nil {
		return nil, err
	}
	copied.Header = r.Header
	return http.DefaultClient.Do(copied)
}

// SPEC P34, P16: a stranger gets nothing of a connection, not even its end.
func TestAPollBelongsToItsDevice(t *testing.T) {
	s := newStation(t)
	device, err := dialPoll(t.Context(), s.way())
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	hub := <-s.accepted
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		w := httptest.NewRecorder()
		name := device.(*pollConn).url[strings.LastIndex(device.(*pollConn).url, "/")+1:]
		s.polls.Serve(w, httptest.NewRequest(method, "/?n=0", nil), name, "another")
		if w.Code != http.StatusGone {
			t.Errorf("%s by another device: %d", method, w.Code)
		}
	}
	exchange(t, device, hub, Ping{})
	forged := s.way()
	forged.Token = "forged"
	if _, err := forged.Dialer()(t.Context()); !errors.Is(err, ErrUnauthorized) {
		t.Errorf("a forged token: %v", err)
	}
	if _, err := dialPoll(t.Context(), forged); !errors.Is(err, ErrUnauthorized) {
		t.Errorf("a forged token by plain requests: %v", err)
	}
}

// SPEC P34: a gap is not papered over, and a frame above the limit ends the
// connection.
func TestAPollRefusesGapsAndSwollenFrames(t *testing.T) {
	s := newStation(t)
	name, hub := s.polls.Open("laptop")
	post := func(n string, body []byte) int {
		w := httptest.NewRecorder()
		s.polls.Serve(&deadlines{w}, httptest.NewRequest(http.MethodPost, "/?n="+n, strings.NewReader(string(body))), name, "laptop")
		return w.Code
	}
	ping, err := Encode(Ping{})
	if err != nil {
		t.Fatal(err)
	}
	body, _ := pack([][]byte{ping, ping})
	if code := post("2", body); code != http.StatusConflict {
		t.Errorf("a gap: %d", code)
	}
	for _, n := range []string{"1", "1"} {
		if code := post(n, body); code != http.StatusNoContent {
			t.Errorf("%d", code)
		}
	}
	if code := post("3", body[:len(body)-3]); code != http.StatusBadRequest {
		t.Errorf("torn off: %d", code)
	}
	post("4", []byte{0xff, 0xff, 0xff, 0xff})
	for n := range 3 {
		if m, err := hub.Receive(t.Context()); err != nil || m != Message(Ping{}) {
			t.Fatalf("frame %d: %v, %v", n, m, err)
		}
	}
	if _, err := hub.Receive(t.Context()); !errors.Is(err, ErrFrame) {
		t.Errorf("a swollen frame: %v", err)
	}
}

// deadlines lets a recorder be told deadlines.
type deadlines struct{ http.ResponseWriter }

func (*deadlines) SetReadDeadline(time.Time) error { return nil }

// SPEC P34: what a websocket that carries nothing taught is remembered.
func TestAMuteWebsocketIsGivenUp(t *testing.T) {
	s := newStation(t)
	dial := s.way().Dialer()
	first := dialled(t, dial)
	(<-s.accepted).Close()
	if _, err := first.Receive(t.Context()); err == nil {
		t.Fatal("it says something")
	}
	if second := dialled(t, dial); second.(*pollConn) == nil {
		t.Errorf("%T", second)
	}
}

func TestNobodyThereIsNotTriedTwice(t *testing.T) {
	s := newStation(t)
	way := s.way()
	s.Close()
	if _, err := way.Dialer()(t.Context()); err == nil || !nobodyThere(err) {
		t.Errorf("%v", err)
	}
}

// The proxy of the environment serves sockets and requests alike. It is read once
// in a process, so the test asks another one.
func TestProxyFollowsTheEnvironment(t *testing.T) {
	if os.Getenv("ASK_FOR_PROXY") != "" {
		proxy, err := Proxy(httptest.NewRequest(http.MethodGet, "https://desk.example.com/api/v1/sync", nil))
		t.Logf("proxy=%v error=%v", proxy, err)
		return
	}
	ask := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxyFollowsTheEnvironment$", "-test.v")
	ask.Env = append(os.Environ(), "ASK_FOR_PROXY=1", "HTTPS_PROXY=http://proxy.example.com:3128", "NO_PROXY=")
	out, err := ask.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "proxy=http://proxy.example.com:3128 error=<nil>") {
		t.Errorf("%v\n%s", err, out)
	}
}
