package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	provider "holdall/mail/oauth/loopback"
)

// connecting is a configuration with a mailbox at a provider on loopback.
func connecting(t *testing.T, issuer *provider.Issuer) (config string) {
	t.Helper()
	config = filepath.Join(t.TempDir(), "hub.json")
	oauth := map[string]any{
		"provider": "Loopback", "client_id": "desk", "auth_url": issuer.URL + "/authorize", "token_url": issuer.URL + "/token", "device_url": issuer.URL + "/device",
	}
	text, err := json.Marshal(map[string]any{
		"data": "data", "mailboxes": []any{map[string]any{"url": "imaps://service%40example.com@imap.example.com/INBOX", "oauth": oauth}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return config
}

// connect runs `mail connect`; whenever it shows an address, act is told.
func connect(t *testing.T, act func(line string), args ...string) (said string, code int) {
	t.Helper()
	out, in := io.Pipe()
	var all bytes.Buffer
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(io.TeeReader(out, &all)); lines.Scan(); {
			act(lines.Text())
		}
	}()
	p := &program{stdin: strings.NewReader(""), stdout: in, stderr: in, getenv: func(string) string { return "" }}
	code = p.run(t.Context(), append([]string{"mail", "connect"}, args...))
	in.Close()
	<-read
	return all.String(), code
}

func TestAMailboxIsConnected(t *testing.T) {
	issuer, err := provider.Start(provider.Rules{User: "service@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	defer issuer.Close()
	page := regexp.MustCompile(`^http://\S+$`)
	browse := func(line string) {
		if !page.MatchString(line) {
			return
		}
		answer, err := http.Get(line)
		if err != nil {
			t.Error(err)
			return
		}
		answer.Body.Close()
	}
	config := connecting(t, issuer)
	said, code := connect(t, browse, "--config", config, "service@example.com")
	if code != exitDone || !strings.Contains(said, "service@example.com is connected.") {
		t.Errorf("ended with %d: %s", code, said)
	}
	if info, err := os.Stat(filepath.Join(filepath.Dir(config), "data", keyName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v %v", info, err)
	}
	said, code = connect(t, func(line string) {
		if strings.Contains(line, "HOLD-ALL") {
			issuer.Type()
		}
	}, "--config", config, "--device", "service@example.com")
	if code != exitDone || !strings.Contains(said, "is connected") {
		t.Errorf("by a code it ended with %d: %s", code, said)
	}
	issuer.Set(func(r *provider.Rules) { r.Deny = true })
	said, code = connect(t, browse, "--config", config, "service@example.com")
	if code != exitFailed || !strings.Contains(said, "did not allow it; nothing was changed") {
		t.Errorf("refused it ended with %d: %s", code, said)
	}
	said, code = connect(t, browse, "--config", config, "other@example.com")
	if code != exitUsage || !strings.Contains(said, "no mailbox of other@example.com") {
		t.Errorf("an unknown mailbox ended with %d: %s", code, said)
	}
}

// TestAHalfWrittenSignIn: what is missing is named before anything is opened.
func TestAHalfWrittenSignIn(t *testing.T) {
	p := &program{getenv: func(string) string { return "" }}
	for want, o := range map[string]oauthSetting{"client id": {Provider: "google"}, "no provider": {Provider: "yonder", ClientID: "desk"}} {
		if _, err := p.client(o, "service@example.com"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := (settings{Database: "postgres://desk"}).keyFile(p.getenv); err == nil || !strings.Contains(fmt.Sprint(err), "key_file") {
		t.Errorf("a key without a place: %v", err)
	}
}
