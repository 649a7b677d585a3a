package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	imap "holdall/mail/mailbox/loopback"
	"holdall/mail/outgoing"
	"holdall/sync/hub"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

// desktop starts a hub as `serve` does, with Annika in it.
func desktop(t *testing.T, s settings) *serving {
	t.Helper()
	p := &program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &diary{}, getenv: func(name string) string {
		if name == envKeyFile {
			return filepath.Join(t.TempDir(), keyName)
		}
		return "wrong"
	}}
	s.Data, s.Listen = filepath.Join(t.TempDir(), "hub"), "127.0.0.1:0"
	run, err := p.serve(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	keep, err := hub.PasswordChange(t.Context(), "annika", storyPassword)
	if err != nil {
		t.Fatal(err)
	}
	annika := desk.Person{ID: "annika", Name: "Annika Petersen", Email: "annika@example.com", Roles: []desk.Role{desk.RoleAgent}}
	if err := run.server.Do(t.Context(), keep, hub.Act{Name: desk.PersonPut, Args: annika, At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	return run
}

// certificate writes a certificate for 127.0.0.1 and its key, and returns who
// trusts it.
func certificate(t *testing.T, dir string) (cert, key string, trust *tls.Config) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "desk.example.com"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &secret.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: raw}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return cert, key, &tls.Config{RootCAs: roots}
}

func TestALaptopSpeaksOverTLSAndIsToldOfTheEnd(t *testing.T) {
	cert, key, trust := certificate(t, t.TempDir())
	run := desktop(t, settings{Name: "Desk", TLSCert: cert, TLSKey: key})
	who, err := replica.Enroller{TLS: trust}.Enrol(t.Context(), replica.SignIn{Server: run.url, Email: "annika@example.com", Password: storyPassword, Device: "laptop"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := replica.Enrol(t.Context(), replica.SignIn{Server: run.url, Email: "annika@example.com", Password: storyPassword, Device: "laptop"}); err == nil || !strings.Contains(err.Error(), "nobody this computer trusts") {
		t.Errorf("without that trust: %v", err)
	}
	conn, err := protocol.Dial(t.Context(), "wss"+strings.TrimPrefix(run.url, "https")+"/api/v1/sync", who.Token, trust)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Send(t.Context(), protocol.Hello{Protocol: protocol.Version, NextMid: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := run.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	for {
		m, err := conn.Receive(t.Context())
		if err != nil {
			t.Fatalf("the end came without a word: %v", err)
		}
		if bye, ok := m.(protocol.Bye); ok {
			if bye.Code != protocol.ByeStopping || bye.RetryAfter == 0 {
				t.Errorf("%+v", bye)
			}
			return
		}
	}
}

// TestAHubStopsAtOnce although laptops wait at its long polls, which are told, and
// although somebody takes his time over an answer, who is cut off.
func TestAHubStopsAtOnce(t *testing.T) {
	run := desktop(t, settings{Name: "Desk"})
	who, err := replica.Enrol(t.Context(), replica.SignIn{Server: run.url, Email: "annika@example.com", Password: storyPassword, Device: "laptop"})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path string) (*http.Response, error) {
		r, err := http.NewRequest(method, run.url+"/api/v1/sync/poll"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+who.Token)
		return http.DefaultClient.Do(r)
	}
	opened, err := ask(http.MethodPost, "")
	if err != nil {
		t.Fatal(err)
	}
	var made struct{ Connection string }
	if err := json.NewDecoder(opened.Body).Decode(&made); err != nil {
		t.Fatal(err)
	}
	told := make(chan string, 2)
	for range 2 {
		go func() {
			answer, err := ask(http.MethodGet, "/"+made.Connection+"?n=0")
			if err != nil {
				told <- err.Error()
				return
			}
			body, _ := io.ReadAll(answer.Body)
			told <- string(body)
		}()
	}
	if word := <-told; word != "" { // the older of them gives way to the newer, which waits
		t.Fatalf("the older request got %q", word)
	}
	half, err := net.Dial("tcp", strings.TrimPrefix(run.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer half.Close()
	if _, err := half.Write([]byte("POST /api/v1/devices HTTP/1.1\r\nHost: desk\r\nContent-Length: 5\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	run.within = time.Second
	begun := time.Now()
	if err := run.stop(); err != nil || time.Since(begun) > 8*time.Second {
		t.Errorf("stopped after %s: %v", time.Since(begun), err)
	}
	if word := <-told; !strings.Contains(word, string(protocol.ByeStopping)) {
		t.Errorf("the laptop was told %q", word)
	}
}

func TestAMailboxThatLetsNobodyInDoesNotStopTheDesk(t *testing.T) {
	box, err := imap.Start("service", "the right one")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { box.Close() })
	run := desktop(t, settings{Name: "Desk", Mailboxes: []mailboxSetting{{URL: "imap://service@" + box.Addr}}})
	t.Cleanup(func() {
		if err := run.stop(); err != nil {
			t.Error(err)
		}
	})
	err = until(t.Context(), "the mailbox stopped", func() (bool, error) {
		body, err := fetch(t.Context(), run.url+"/healthz")
		if err == nil && !strings.Contains(body, `"state":"stopped","problem":"auth"`) {
			err = fmt.Errorf("health: %s", body)
		}
		return err == nil, err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := replica.Enrol(t.Context(), replica.SignIn{Server: run.url, Email: "annika@example.com", Password: storyPassword, Device: "laptop"}); err != nil {
		t.Errorf("sign in: %v", err)
	}
}

func fetch(ctx context.Context, url string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), err
}

func TestSettingsOfAFileAndOfFlags(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "hub.json")
	text := `{"name": "Desk", "data": "records", "listen": "127.0.0.1:9999",
		"mailboxes": [{"url": "imaps://hr%40example.com@mail.example.com/INBOX", "password_file": "secret", "sent": "Sent", "keep_sent": true,
			"smtp": {"url": "smtps://hr@mail.example.com", "password_file": "hr", "rate": {"hour": 9}}}],
		"smtp": {"url": "smtps://desk@mail.example.com", "password_file": "/run/secret", "rate": {"minute": 30, "day": 2000}, "give_up_days": 3, "from": "Help Desk <desk@example.com>"}}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := serveCommand{Config: file, Listen: "127.0.0.1:0"}.settings()
	if err != nil {
		t.Fatal(err)
	}
	from, err := s.SMTP.sender(s.Name)
	if err != nil || from.Name != "Help Desk" || from.Email != "desk@example.com" {
		t.Errorf("%+v, %v", from, err)
	}
	if s.Data != filepath.Join(dir, "records") || s.Listen != "127.0.0.1:0" || s.Mailboxes[0].PasswordFile != filepath.Join(dir, "secret") || s.SMTP.PasswordFile != "/run/secret" {
		t.Errorf("%+v %+v", s, s.SMTP)
	}
	if m := s.Mailboxes[0]; m.Sent != "Sent" || !m.KeepSent || s.SMTP.GiveUpDays != 3 || s.SMTP.Rate != (outgoing.Limit{Minute: 30, Day: 2000}) {
		t.Errorf("%+v %+v", m, s.SMTP)
	}
	own, err := s.Mailboxes[0].smtp()
	if err != nil || own.PasswordFile != filepath.Join(dir, "hr") || own.Rate.Hour != 9 || own.From != "hr@example.com" {
		t.Errorf("%+v, %v", own, err)
	}
	for broken, says := range map[string]string{
		`{`:       "cannot be read",
		`{} {}`:   "goes on after its end",
		`{"x":1}`: "unknown field",
		`{"smtp": {"url": "smtps://desk@mail.example.com"}}`:                                                                                                                                                                "Say who replies come from",
		`{"smtp": {"url": "smtps://d@m.example", "from": "d@m.example", "rate": {"hour": -1}}}`:                                                                                                                             "-1 is no number of mails that may leave in an hour",
		`{"smtp": {"url": "smtps://d@m.example", "from": "d@m.example", "give_up_days": -1}}`:                                                                                                                               "cannot be negative",
		`{"mailboxes": [{"url": "imaps://d@m.example", "keep_sent": true}]}`:                                                                                                                                                "needs the name of the mailbox",
		`{"mailboxes": [{"url": "imaps://d@m.example", "smtp": {"url": "smtps://d@m.example"}}]}`:                                                                                                                           "Say who replies come from",
		`{"mailboxes": [{"url": "imaps://d@m.example", "smtp": {"url": "smtps://d@m.example", "from": "d@m.example", "rate": {"day": -1}}}]}`:                                                                               "leave it out for no bound",
		`{"mailboxes": [{"url": "file:///var/mail", "smtp": {"url": "smtps://d@m.example", "from": "d@m.example"}}]}`:                                                                                                       "has no smtp of its own",
		`{"mailboxes": [{"url": "imaps://d@m.example", "smtp": {"url": "smtps://d@m.example", "from": "D@m.example"}}], "smtp": {"url": "smtps://m.example", "from": "d@m.example"}}`:                                       "leave by two smtp settings",
		`{"mailboxes": [{"url": "imaps://d@m.example/A", "smtp": {"url": "smtps://d@m.example", "from": "a@m.example"}}, {"url": "imaps://d@m.example/B", "smtp": {"url": "smtps://d@m.example", "from": "b@m.example"}}]}`: "name it at one of them",
	} {
		if err := os.WriteFile(file, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := (serveCommand{Config: file}).settings(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", broken, err)
		}
	}
}

func TestSecretsComeFromWhereNobodyLooks(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("from a file\nsecond line\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{stdin: bytes.NewReader(nil), getenv: func(name string) string {
		return map[string]string{envSMTPPassword: "from the environment"}[name]
	}}
	for title, c := range map[string]struct{ file, variable, want string }{
		"file first":  {file, envSMTPPassword, "from a file"},
		"environment": {"", envSMTPPassword, "from the environment"},
		"neither":     {"", envMailboxPassword, ""},
		"no file":     {file + "x", envSMTPPassword, ""},
	} {
		word, err := p.password(c.file, c.variable)(t.Context())
		if word != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v", title, word, err)
		}
	}
}
