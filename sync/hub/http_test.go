package hub_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

func raw64(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

// web is a hub behind a real HTTP server, with Mira signed in.
type web struct {
	*house
	handler *hub.Web
	url     string
	device  desk.DeviceID
	token   string
}

func serve(t *testing.T) *web {
	w := build(t).run().serve()
	var err error
	if w.device, w.token, err = hub.Enrol(t.Context(), w.central, w.mira.ID, "laptop"); err != nil {
		t.Fatal(err)
	}
	return w
}

// serve opens the doors of a house at work.
func (h *house) serve() *web {
	handler := hub.NewWeb(h.server, h.accounts(), slog.New(slog.DiscardHandler), func() []hub.MailboxHealth {
		return []hub.MailboxHealth{{Mailbox: "INBOX", State: "watching"}}
	})
	server := httptest.NewUnstartedServer(handler)
	server.Config = hub.Listen(h.Context(), handler, slog.New(slog.DiscardHandler))
	server.Start()
	h.Cleanup(server.Close)
	h.Cleanup(h.stop) // first of all: it ends the conversations
	return &web{house: h, handler: handler, url: server.URL}
}

// ask sends a request and returns status and body.
func (w *web) ask(method, path, token, body string, header ...string) (int, string) {
	w.Helper()
	r, err := http.NewRequest(method, w.url+path, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		w.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestEveryFaultIsOneObject(t *testing.T) {
	w := serve(t)
	for _, c := range []struct {
		title, method, path, token, body string
		header                           []string
		status                           int
		code                             desk.Code
	}{
		{title: "no token", method: "GET", path: "/api/v1/sync", status: 401, code: desk.CodePerm},
		{title: "guessed token", method: "GET", path: "/api/v1/sync", token: "guess", status: 401, code: desk.CodePerm},
		{title: "cookie instead", method: "GET", path: "/api/v1/sync", header: []string{"Cookie", "token=" + w.token}, status: 401, code: desk.CodePerm},
		{title: "foreign page", method: "GET", path: "/api/v1/sync", token: w.token, header: []string{"Origin", "https://evil.example"}, status: 403, code: desk.CodePerm},
		{title: "foreign sign-in", method: "POST", path: "/api/v1/devices", body: "{}", header: []string{"Origin", "null"}, status: 403, code: desk.CodePerm},
		{title: "no JSON", method: "POST", path: "/api/v1/devices", body: "email=x", status: 400, code: desk.CodeValidation},
		{title: "swollen", method: "POST", path: "/api/v1/devices", body: `{"email":"` + strings.Repeat("x", 1<<20) + `"}`, status: 400, code: desk.CodeValidation},
		{title: "wrong password", method: "POST", path: "/api/v1/devices", body: `{"email":"mira@example.com","password":"wrong","device":"x"}`, status: 401, code: desk.CodePerm},
		{title: "nothing there", method: "GET", path: "/metrics", status: 404, code: desk.CodeGone},
		{title: "debug", method: "GET", path: "/debug/pprof/", status: 404, code: desk.CodeGone},
		{title: "wrong method", method: "PUT", path: "/api/v1/devices", status: 404, code: desk.CodeGone},
		{title: "file without token", method: "GET", path: "/api/v1/blobs/" + sumOf("x"), status: 401, code: desk.CodePerm},
		{title: "no such file", method: "GET", path: "/api/v1/blobs/" + sumOf("x"), token: w.token, status: 404, code: desk.CodeGone},
		{title: "sign out without token", method: "DELETE", path: "/api/v1/devices/self", status: 401, code: desk.CodePerm},
	} {
		status, body := w.ask(c.method, c.path, c.token, c.body, c.header...)
		var fault desk.Error
		if err := json.Unmarshal([]byte(body), &fault); err != nil || status != c.status || fault.Code != c.code || fault.Message == "" {
			t.Errorf("%s: %d %s", c.title, status, body)
		}
	}
}

func TestASignInIsGoodForAConversationUntilItIsOver(t *testing.T) {
	w := serve(t)
	status, body := w.ask("POST", "/api/v1/devices", "", `{"email":"mira@example.com","password":"`+password+`","device":"laptop"}`)
	var made hub.Enrolment
	if err := json.Unmarshal([]byte(body), &made); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	socket := "ws" + strings.TrimPrefix(w.url, "http") + "/api/v1/sync"
	conn, err := protocol.Dial(t.Context(), socket, made.Token, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Send(t.Context(), protocol.Hello{Protocol: protocol.Version, NextMid: 1}); err != nil {
		t.Fatal(err)
	}
	if m, err := conn.Receive(t.Context()); err != nil || m.(protocol.Welcome).Person != "mira" {
		t.Fatalf("%+v, %v", m, err)
	}
	if status, _ := w.ask("DELETE", "/api/v1/devices/self", made.Token, ""); status != http.StatusNoContent {
		t.Errorf("sign out: %d", status)
	}
	if _, err := protocol.Dial(t.Context(), socket, made.Token, nil); !errors.Is(err, protocol.ErrUnauthorized) {
		t.Errorf("a device that signed out: %v", err)
	}
	if _, err := protocol.Dial(t.Context(), socket, w.token, nil); err != nil {
		t.Errorf("her other device: %v", err)
	}
}

func TestAFileIsForThoseWhoSeeItsTicket(t *testing.T) {
	w := serve(t)
	sink, converter := w.intake()
	converter.Team = "other"
	w.file(sink, intake.Position{}, question(1))
	converter.Now = func() time.Time { return day }
	w.convert(converter)
	path := "/api/v1/blobs/" + sumOf("a;b;1")
	status, body := w.ask("GET", path, w.token, "")
	missing, text := w.ask("GET", "/api/v1/blobs/"+sumOf("nothing"), w.token, "")
	if status != 404 || status != missing || body != text {
		t.Errorf("a file of another team: %d %s; one that is not there: %d %s", status, body, missing, text)
	}
	w.mira.Teams = append(w.mira.Teams, "other")
	w.do(hub.Act{Name: desk.PersonPut, Args: w.mira})
	if status, body = w.ask("GET", path, w.token, ""); status != 200 || body != "a;b;1" {
		t.Errorf("%d %s", status, body)
	}
	if status, body = w.ask("GET", path, w.token, "", "Range", "bytes=2-2"); status != 206 || body != "b" {
		t.Errorf("a piece of it: %d %s", status, body)
	}
}

func TestWhoLeftTheDeskIsShutOut(t *testing.T) {
	w := serve(t)
	w.mira.Disabled = true
	w.do(hub.Act{Name: desk.PersonPut, Args: w.mira})
	if status, body := w.ask("GET", "/api/v1/sync", w.token, ""); status != 401 {
		t.Errorf("%d %s", status, body)
	}
}

func TestHealthTellsOfTheDatabase(t *testing.T) {
	w := serve(t)
	status, body := w.ask("GET", "/healthz", "", "")
	if status != 200 || !strings.Contains(body, `"database":"ok"`) || !strings.Contains(body, `"mailbox":"INBOX","state":"watching"`) {
		t.Errorf("%d %s", status, body)
	}
	w.stop()
	if err := w.central.Close(); err != nil {
		t.Fatal(err)
	}
	if status, body = w.ask("GET", "/healthz", "", ""); status != 503 || !strings.Contains(body, `"database":"unreachable"`) {
		t.Errorf("%d %s", status, body)
	}
}
