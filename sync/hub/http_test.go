package hub_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

func raw64(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

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
		{title: "cookie instead", method: "GET", path: "/api/v1/sync", header: []string{"Cookie", "token=" + w.Token}, status: 401, code: desk.CodePerm},
		{title: "foreign page", method: "GET", path: "/api/v1/sync", token: w.Token, header: []string{"Origin", "https://evil.example"}, status: 403, code: desk.CodePerm},
		{title: "foreign sign-in", method: "POST", path: "/api/v1/devices", body: "{}", header: []string{"Origin", "null"}, status: 403, code: desk.CodePerm},
		{title: "no JSON", method: "POST", path: "/api/v1/devices", body: "email=x", status: 400, code: desk.CodeValidation},
		{title: "swollen", method: "POST", path: "/api/v1/devices", body: `{"email":"` + strings.Repeat("x", 1<<20) + `"}`, status: 400, code: desk.CodeValidation},
		{title: "wrong password", method: "POST", path: "/api/v1/devices", body: `{"email":"mira@example.com","password":"wrong","device":"x"}`, status: 401, code: desk.CodePerm},
		{title: "nothing there", method: "GET", path: "/metrics", status: 404, code: desk.CodeGone},
		{title: "debug", method: "GET", path: "/debug/pprof/", status: 404, code: desk.CodeGone},
		{title: "wrong method", method: "PUT", path: "/api/v1/devices", status: 404, code: desk.CodeGone},
		{title: "file without token", method: "GET", path: "/api/v1/blobs/" + stand.Sum("x"), status: 401, code: desk.CodePerm},
		{title: "no such file", method: "GET", path: "/api/v1/blobs/" + stand.Sum("x"), token: w.Token, status: 404, code: desk.CodeGone},
		{title: "sign out without token", method: "DELETE", path: "/api/v1/devices/self", status: 401, code: desk.CodePerm},
	} {
		status, body := w.Ask(c.method, c.path, c.token, c.body, c.header...)
		var fault desk.Error
		if err := json.Unmarshal([]byte(body), &fault); err != nil || status != c.status || fault.Code != c.code || fault.Message == "" {
			t.Errorf("%s: %d %s", c.title, status, body)
		}
	}
}

func TestASignInIsGoodForAConversationUntilItIsOver(t *testing.T) {
	w := serve(t)
	status, body := w.Ask("POST", "/api/v1/devices", "", `{"email":"mira@example.com","password":"`+password+`","device":"laptop"}`)
	var made hub.Enrolment
	if err := json.Unmarshal([]byte(body), &made); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	socket := "ws" + strings.TrimPrefix(w.URL, "http") + "/api/v1/sync"
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
	if status, _ := w.Ask("DELETE", "/api/v1/devices/self", made.Token, ""); status != http.StatusNoContent {
		t.Errorf("sign out: %d", status)
	}
	if _, err := protocol.Dial(t.Context(), socket, made.Token, nil); !errors.Is(err, protocol.ErrUnauthorized) {
		t.Errorf("a device that signed out: %v", err)
	}
	if _, err := protocol.Dial(t.Context(), socket, w.Token, nil); err != nil {
		t.Errorf("her other device: %v", err)
	}
}

// TestADeviceIsSeenByAClockThatIsRightAgain: it is not called seen ten years from now
// until then, for as long it would count as living.
func TestADeviceIsSeenByAClockThatIsRightAgain(t *testing.T) {
	w := serve(t)
	must(t, w.Central.Update(t.Context(), func(tx *store.CentralTx) error { return tx.Seen(w.Device, time.Now().AddDate(10, 0, 0)) }))
	if status, body := w.Ask("POST", "/api/v1/sync/poll", w.Token, ""); status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	must(t, w.Central.View(t.Context(), func(tx *store.CentralTx) error {
		device, err := tx.Device(w.Device)
		if ahead := time.Until(device.LastSeen); ahead > time.Minute {
			t.Errorf("it is seen %s ahead", ahead)
		}
		return err
	}))
}

func TestWhoLeftTheDeskIsShutOut(t *testing.T) {
	w := serve(t)
	w.Mira.Disabled = true
	w.Do(hub.Act{Name: desk.PersonPut, Args: w.Mira})
	if status, body := w.Ask("GET", "/api/v1/sync", w.Token, ""); status != 401 {
		t.Errorf("%d %s", status, body)
	}
}

func TestHealthTellsOfTheDatabase(t *testing.T) {
	w := serve(t)
	status, body := w.Ask("GET", "/healthz", "", "")
	if status != 200 || !strings.Contains(body, `"database":"ok"`) || !strings.Contains(body, `"mailbox":"INBOX","state":"watching"`) {
		t.Errorf("%d %s", status, body)
	}
	w.Stop()
	if err := w.Central.Close(); err != nil {
		t.Fatal(err)
	}
	if status, body = w.Ask("GET", "/healthz", "", ""); status != 503 || !strings.Contains(body, `"database":"unreachable"`) {
		t.Errorf("%d %s", status, body)
	}
}
