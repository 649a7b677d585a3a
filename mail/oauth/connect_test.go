package oauth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"holdall/mail/oauth"
	"holdall/mail/oauth/loopback"
)

func TestAPersonAllowsTheMailboxInTheBrowser(t *testing.T) {
	w := newWorld(t, loopback.Rules{})
	var asked *url.URL
	grant, err := oauth.Connect(t.Context(), w.client, nil, func(address string) error {
		asked, _ = url.Parse(address)
		return browse(address)
	})
	if err != nil || grant.Refresh == "" || grant.Access == "" || time.Until(grant.Expires) < 50*time.Minute {
		t.Fatalf("%v, ends in %v", err, time.Until(grant.Expires))
	}
	q := asked.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || back.Hostname() != "127.0.0.1" || len(back.Path) < 40 {
		t.Errorf("the browser is sent back to %q", q.Get("redirect_uri"))
	}
	if q.Get("code_challenge_method") != "S256" || len(q.Get("state")) < 40 || q.Get("login_hint") != user || q.Has("code_verifier") {
		t.Errorf("asked with %v", q)
	}
}

func TestAPersonSaysNo(t *testing.T) {
	w := newWorld(t, loopback.Rules{Deny: true})
	_, err := oauth.Connect(t.Context(), w.client, nil, browse)
	w.wants(err, oauth.ErrRevoked)
}

// TestAGuessEndsNothing: another program on this machine finds the port, and
// neither a wrong path, a wrong state nor a wrong method gets in or ends the
// wait.
func TestAGuessEndsNothing(t *testing.T) {
	w := newWorld(t, loopback.Rules{})
	grant, err := oauth.Connect(t.Context(), w.client, nil, func(address string) error {
		asked, _ := url.Parse(address)
		back, _ := url.Parse(asked.Query().Get("redirect_uri"))
		state := asked.Query().Get("state")
		for _, guess := range []string{
			"http://" + back.Host + "/?code=evil&state=" + state,
			back.String() + "?code=evil&state=guess",
			back.String() + "?code=evil",
		} {
			if status, _ := visit(guess); status != http.StatusNotFound {
				t.Errorf("%s: %d", guess, status)
			}
		}
		if answer, err := http.Post(back.String()+"?code=evil&state="+state, "text/plain", nil); err != nil || answer.StatusCode != http.StatusNotFound {
			t.Errorf("a POST: %v %v", answer, err)
		}
		return browse(address)
	})
	if err != nil || grant.Refresh == "" {
		t.Fatalf("after guesses: %v", err)
	}
}

// TestACodeIsWorthNothingWithoutItsVerifier: RFC 7636.
func TestACodeIsWorthNothingWithoutItsVerifier(t *testing.T) {
	w := newWorld(t, loopback.Rules{})
	_, err := oauth.Connect(t.Context(), w.client, nil, func(address string) error {
		asked, _ := url.Parse(address)
		back := asked.Query().Get("redirect_uri")
		answer, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Get(address)
		if err != nil {
			return err
		}
		stolen, err := answer.Location()
		if err != nil {
			return err
		}
		form := url.Values{"grant_type": {"authorization_code"}, "code": {stolen.Query().Get("code")}, "redirect_uri": {back}, "client_id": {"desk"}, "code_verifier": {"guess"}}
		said, err := http.PostForm(w.client.Provider.TokenURL, form)
		if err != nil || said.StatusCode != http.StatusBadRequest {
			t.Errorf("a stolen code: %v %v", said, err)
		}
		go visit(stolen.String()) // the code was tried once and is dead
		return nil
	})
	w.wants(err, oauth.ErrRevoked)
}

func TestABrowserThatNeverAnswers(t *testing.T) {
	w := newWorld(t, loopback.Rules{})
	ctx, cancel := context.WithCancel(t.Context())
	_, err := oauth.Connect(ctx, w.client, nil, func(string) error { cancel(); return nil })
	w.wants(err, context.Canceled)
	_, err = oauth.Connect(t.Context(), w.client, nil, func(string) error { return http.ErrNotSupported })
	w.wants(err, http.ErrNotSupported)
}

// TestATokenFollowsNoRedirect: a token endpoint that sends elsewhere gets
// nothing sent there.
func TestATokenFollowsNoRedirect(t *testing.T) {
	w := newWorld(t, loopback.Rules{})
	called := make(chan struct{}, 10)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called <- struct{}{} }))
	defer elsewhere.Close()
	away := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer away.Close()
	w.client.Provider.TokenURL = away.URL
	if _, err := oauth.Connect(t.Context(), w.client, nil, browse); err == nil || !strings.Contains(err.Error(), "307") {
		t.Errorf("redirected: %v", err)
	}
	if len(called) != 0 {
		t.Error("the code was sent elsewhere")
	}
}

func TestWhatAnAdminForgot(t *testing.T) {
	for part, c := range map[string]oauth.Client{
		"client id": {User: user, Provider: oauth.Google()}, "address": {ID: "desk", Provider: oauth.Microsoft("")},
	} {
		if _, err := oauth.Connect(t.Context(), c, nil, browse); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not name the %s", err, part)
		}
	}
}

func TestACodeIsTypedOnAnotherMachine(t *testing.T) {
	w := newWorld(t, loopback.Rules{})
	grant, err := oauth.ConnectDevice(t.Context(), w.client, nil, func(c oauth.Code) {
		if c.User != "HOLD-ALL" || !strings.HasPrefix(c.Address, w.issuer.URL) || time.Until(c.Until) < time.Minute {
			t.Errorf("told %+v", c)
		}
		w.issuer.Type()
	})
	if err != nil || grant.Refresh == "" {
		t.Fatal(err)
	}
	google := oauth.Client{ID: "desk", User: user, Provider: oauth.Google()}
	if _, err := oauth.ConnectDevice(t.Context(), google, nil, nil); err == nil || !strings.Contains(err.Error(), "browser") {
		t.Errorf("a provider without device codes: %v", err)
	}
}
