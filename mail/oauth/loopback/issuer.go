// Package loopback is a provider of grants on the loopback address: tests and
// demonstrations sign in there as at a real one. Its people always say what they
// were told to say, and it forgets everything when it ends.
//
// It speaks the authorisation code with PKCE (RFC 7636), renewal with rotation,
// device codes (RFC 8628) and introspection (RFC 7662), by which a mail server
// asks who a token is.
package loopback

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Issuer is a running provider. Its fields may be changed at any time through
// Set.
type Issuer struct {
	URL string

	server *http.Server
	mu     sync.Mutex
	rules  Rules
	codes  map[string]code
	grants map[string]string // refresh token: user
	access map[string]token
	device map[string]bool // device code: typed
	asked  int             // renewals
}

// Rules is how the provider behaves.
type Rules struct {
	User   string        // who sits at the browser
	Deny   bool          // the person says no
	Rotate bool          // each renewal ends the refresh token it used
	Life   time.Duration // of access tokens; an hour if zero
	Status int           // answer of every renewal instead; zero: as it should
}

type code struct{ user, challenge, redirect string }

type token struct {
	user string
	ends time.Time
}

// Start listens on a free port.
func Start(rules Rules) (*Issuer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open a port for the provider: %w", err)
	}
	i := &Issuer{
		URL: "http://" + l.Addr().String(), rules: rules,
		codes: map[string]code{}, grants: map[string]string{}, access: map[string]token{}, device: map[string]bool{},
	}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /authorize", i.authorize)
	routes.HandleFunc("POST /token", i.token)
	routes.HandleFunc("POST /device", i.begin)
	routes.HandleFunc("/introspect", i.introspect)
	i.server = &http.Server{Handler: routes, ReadHeaderTimeout: 5 * time.Second}
	go i.server.Serve(l)
	return i, nil
}

// Close ends the provider.
func (i *Issuer) Close() error { return i.server.Close() }

// Set changes how it behaves.
func (i *Issuer) Set(change func(*Rules)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	change(&i.rules)
}

// Revoke takes back everything that was allowed.
func (i *Issuer) Revoke() {
	i.mu.Lock()
	defer i.mu.Unlock()
	clear(i.grants)
	clear(i.access)
}

// Spend ends every access token ahead of its time.
func (i *Issuer) Spend() {
	i.mu.Lock()
	defer i.mu.Unlock()
	clear(i.access)
}

// Type enters every device code that waits.
func (i *Issuer) Type() {
	i.mu.Lock()
	defer i.mu.Unlock()
	for code := range i.device {
		i.device[code] = true
	}
}

// Renewals counts how often a grant was to be renewed.
func (i *Issuer) Renewals() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.asked
}

// authorize sends the browser back with a code, as if a person had pressed the
// button.
func (i *Issuer) authorize(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	asked := r.URL.Query()
	back, err := url.Parse(asked.Get("redirect_uri"))
	if err != nil || asked.Get("code_challenge_method") != "S256" || asked.Get("response_type") != "code" {
		http.Error(w, "a code with PKCE must be asked for", http.StatusBadRequest)
		return
	}
	said := url.Values{"state": {asked.Get("state")}}
	if i.rules.Deny {
		said.Set("error", "access_denied")
	} else {
		fresh := rand.Text()
		i.codes[fresh] = code{i.rules.User, asked.Get("code_challenge"), asked.Get("redirect_uri")}
		said.Set("code", fresh)
	}
	back.RawQuery = said.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	switch r.FormValue("grant_type") {
	case "authorization_code":
		c, ok := i.codes[r.FormValue("code")]
		delete(i.codes, r.FormValue("code"))
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if !ok || base64.RawURLEncoding.EncodeToString(sum[:]) != c.challenge || r.FormValue("redirect_uri") != c.redirect {
			refuse(w, "invalid_grant")
			return
		}
		i.give(w, c.user, "")
	case "refresh_token":
		i.renew(w, r.FormValue("refresh_token"))
	case "urn:ietf:params:oauth:grant-type:device_code":
		typed, ok := i.device[r.FormValue("device_code")]
		switch {
		case !ok:
			refuse(w, "expired_token")
		case !typed:
			refuse(w, "authorization_pending")
		default:
			delete(i.device, r.FormValue("device_code"))
			i.give(w, i.rules.User, "")
		}
	default:
		refuse(w, "unsupported_grant_type")
	}
}

func (i *Issuer) renew(w http.ResponseWriter, old string) {
	i.asked++
	user, ok := i.grants[old]
	switch {
	case i.rules.Status != 0:
		w.WriteHeader(i.rules.Status)
	case !ok:
		refuse(w, "invalid_grant")
	case i.rules.Rotate:
		delete(i.grants, old)
		i.give(w, user, "")
	default:
		i.give(w, user, old)
	}
}

// give answers with a token; with a refresh token of its own unless one stays.
func (i *Issuer) give(w http.ResponseWriter, user, stays string) {
	life := i.rules.Life
	if life == 0 {
		life = time.Hour
	}
	access := rand.Text()
	i.access[access] = token{user, time.Now().Add(life)}
	said := map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": int(life.Seconds())}
	if stays == "" {
		fresh := rand.Text()
		i.grants[fresh] = user
		said["refresh_token"] = fresh
	}
	answer(w, http.StatusOK, said)
}

func (i *Issuer) begin(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	fresh := rand.Text()
	i.device[fresh] = false
	answer(w, http.StatusOK, map[string]any{
		"device_code": fresh, "user_code": "HOLD-ALL", "verification_uri": i.URL + "/type", "expires_in": 600, "interval": 1,
	})
}

// introspect tells a mail server whose a token is.
func (i *Issuer) introspect(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	t, ok := i.access[r.FormValue("token")]
	if !ok || time.Now().After(t.ends) {
		answer(w, http.StatusOK, map[string]any{"active": false})
		return
	}
	answer(w, http.StatusOK, map[string]any{"active": true, "username": t.user, "email": t.user})
}

func refuse(w http.ResponseWriter, code string) {
	answer(w, http.StatusBadRequest, map[string]any{"error": code})
}

func answer(w http.ResponseWriter, status int, said map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(said)
}
