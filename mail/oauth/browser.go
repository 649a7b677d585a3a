package oauth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"golang.org/x/oauth2"
)

// Patience is how long a person may take in the browser.
const Patience = 10 * time.Minute

// Connect lets a person allow the mailbox in the system's browser. open gets the
// address to show. The answer comes to a port and a path that nobody can guess,
// on the loopback address, and is taken once (RFC 8252 §7.3). The error is
// ErrRevoked when the person said no.
func Connect(ctx context.Context, c Client, web *http.Client, open func(address string) error) (Grant, error) {
	if err := c.Check(); err != nil {
		return Grant{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return Grant{}, fmt.Errorf("open a port for the browser's answer: %w", err)
	}
	path := "/" + secret()
	wait := &callback{path: path, state: secret(), answer: make(chan answer, 1)}
	server := &http.Server{Handler: wait, ReadHeaderTimeout: 5 * time.Second, MaxHeaderBytes: 16 << 10}
	go server.Serve(door)
	defer server.Close()

	config, verifier := c.config("http://"+door.Addr().String()+path), oauth2.GenerateVerifier()
	question := append(c.question(), oauth2.S256ChallengeOption(verifier))
	if err := open(config.AuthCodeURL(wait.state, question...)); err != nil {
		return Grant{}, fmt.Errorf("open the browser: %w", err)
	}
	select {
	case <-ctx.Done():
		return Grant{}, fmt.Errorf("wait for the browser's answer: %w", ctx.Err())
	case said := <-wait.answer:
		if said.err != nil {
			return Grant{}, said.err
		}
		token, err := config.Exchange(through(ctx, web), said.code, oauth2.VerifierOption(verifier))
		if err != nil {
			return Grant{}, asked("exchange the browser's answer", err)
		}
		return lasting(c, token)
	}
}

// lasting refuses a grant that ends within the hour.
func lasting(c Client, token *oauth2.Token) (Grant, error) {
	if token.RefreshToken == "" {
		return Grant{}, fmt.Errorf("%s gave no lasting grant: allow offline access for the program there", c.Provider.Name)
	}
	return grantOf(token, Grant{}), nil
}

// secret is 256 bits that fit into an address.
func secret() string {
	raw := make([]byte, 32)
	rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

type answer struct {
	code string
	err  error
}

// callback takes the browser's one answer.
type callback struct {
	path, state string
	answer      chan answer
}

// ServeHTTP answers whoever knows the path and the state; the first answer
// counts, and a guess ends nothing.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	known := subtle.ConstantTimeCompare([]byte(asked.Get("state")), []byte(c.state)) == 1
	if r.Method != http.MethodGet || r.URL.Path != c.path || !known {
		http.NotFound(w, r)
		return
	}
	said := answer{code: asked.Get("code")}
	switch {
	case asked.Get("error") == "access_denied":
		said.err = fmt.Errorf("ask for the mailbox: %w (access_denied)", ErrRevoked)
	case said.code == "":
		said.err = errors.New("ask for the mailbox: the provider sent the browser back without an answer")
	}
	head := w.Header()
	head.Set("Content-Type", "text/plain; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("Content-Security-Policy", "default-src 'none'")
	select {
	case c.answer <- said:
	default:
	}
	if said.err != nil {
		fmt.Fprintln(w, "The mailbox was not connected. You can close this page and try again in Holdall.")
		return
	}
	fmt.Fprintln(w, "The mailbox is connected. You can close this page and go back to Holdall.")
}
