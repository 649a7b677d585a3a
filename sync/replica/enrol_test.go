package replica_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/sync/replica"
)

// answering is a server that answers a sign-in.
func answering(t *testing.T, status int, body string) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/api/v1/devices" {
			t.Errorf("%s %s", r.Method, r.URL.Path)
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestASignInTellsWhoWeAre(t *testing.T) {
	asked := make(chan map[string]string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body map[string]string
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		asked <- body
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"device":"d1","token":"t1","person":"mira","workspace":"w1","later":1}`)
	}))
	t.Cleanup(server.Close)
	who, err := replica.Enrol(t.Context(), replica.SignIn{Server: " " + server.URL + "/ ", Email: "mira@example.com", Password: "a password", Device: "laptop"})
	if err != nil || who.Device != "d1" || who.Token != "t1" || who.Person != "mira" || who.Workspace != "w1" || !strings.HasPrefix(who.Server, server.URL) {
		t.Fatalf("%+v, %v", who, err)
	}
	if got := <-asked; got["email"] != "mira@example.com" || got["password"] != "a password" || got["device"] != "laptop" {
		t.Errorf("%v", got)
	}
}

func TestEveryWayNotToGetInIsOneSentence(t *testing.T) {
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(secure.Close)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	elsewhere := answering(t, http.StatusCreated, `{"device":"d","token":"t","person":"p"}`)
	redirect := httptest.NewServer(http.RedirectHandler(elsewhere+"/api/v1/devices", http.StatusTemporaryRedirect))
	t.Cleanup(redirect.Close)
	for title, c := range map[string]struct{ server, says string }{
		"no address":       {"", "is no address of a server"},
		"user in it":       {"https://user@desk.example.com", "is no address of a server"},
		"another scheme":   {"ftp://desk.example.com", "is no address of a server"},
		"unprotected":      {"http://desk.example.com", "must begin with https://"},
		"unprotected IP":   {"http://192.0.2.1:80", "must begin with https://"},
		"unknown name":     {"https://desk.invalid", "desk.invalid"},
		"nobody listens":   {"http://" + closed.Addr().String(), "No server answers at"},
		"untrusted":        {secure.URL, "comes from nobody this computer trusts"},
		"TLS to plain":     {strings.Replace(elsewhere, "http:", "https:", 1), "does not speak TLS"},
		"plain to TLS":     {strings.Replace(secure.URL, "https:", "http:", 1), "is no Holdall hub"},
		"some web server":  {answering(t, 200, "<html>Welcome</html>"), "is no Holdall hub"},
		"some JSON server": {answering(t, 404, `{"error":"not found"}`), "is no Holdall hub"},
		"half an answer":   {answering(t, 201, `{"device":"d"}`), "is no Holdall hub"},
		"sent elsewhere":   {redirect.URL, "is no Holdall hub"},
		"wrong password":   {answering(t, 401, `{"code":"perm","message":"They do not belong together."}`), "They do not belong together."},
	} {
		who, err := replica.Enrol(t.Context(), replica.SignIn{Server: c.server, Email: "mira@example.com", Password: "a password", Device: "laptop"})
		refusal, told := errors.AsType[*desk.Error](err)
		if !told || !strings.Contains(refusal.Message, c.says) || who.Token != "" {
			t.Errorf("%s: %v", title, err)
		}
		if told && (strings.Count(refusal.Message, "\n") > 0 || !strings.HasSuffix(refusal.Message, ".")) {
			t.Errorf("%s is no sentence: %s", title, refusal.Message)
		}
	}
}

func TestAPrivateAuthorityCanBeTrusted(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"device":"d","token":"t","person":"p"}`)
	}))
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	trust := replica.Enroller{TLS: &tls.Config{RootCAs: roots}}
	if who, err := trust.Enrol(t.Context(), replica.SignIn{Server: server.URL, Email: "mira@example.com", Password: "a password", Device: "laptop"}); err != nil || who.Token != "t" {
		t.Errorf("%+v, %v", who, err)
	}
	named := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	if _, err := trust.Enrol(t.Context(), replica.SignIn{Server: named, Email: "mira@example.com", Password: "a password", Device: "laptop"}); err == nil || !strings.Contains(err.Error(), "belongs to another server") {
		t.Errorf("another name: %v", err)
	}
}
