package replica

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

const (
	devicesPath = "/api/v1/devices"
	enrolWait   = 30 * time.Second
	enrolAnswer = 64 << 10 // bytes of an answer that are read
)

// Enroller signs devices in. The zero value trusts the system's authorities.
type Enroller struct{ TLS *tls.Config }

// SignIn is what somebody signs this device in with.
type SignIn struct {
	Server   string        `json:"-"`
	Email    string        `json:"email"`
	Password string        `json:"password"`
	Device   string        `json:"device"`          // its name
	Again    desk.DeviceID `json:"again,omitempty"` // it is enrolled as this one, and goes on as it; empty: it is new
}

// Enrol signs this device in at a hub and returns who it then is. Every failure
// is one sentence: a desk.Error that names the server and the way out.
func Enrol(ctx context.Context, as SignIn) (store.Identity, error) { return Enroller{}.Enrol(ctx, as) }

// Enrol is the function of the same name, with this trust.
func (e Enroller) Enrol(ctx context.Context, as SignIn) (store.Identity, error) {
	base, err := address(as.Server)
	if err != nil {
		return store.Identity{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, enrolWait)
	defer cancel()
	body, err := json.Marshal(as)
	if err != nil {
		return store.Identity{}, err
	}
	asked, err := http.NewRequestWithContext(ctx, http.MethodPost, base.JoinPath(devicesPath).String(), bytes.NewReader(body))
	if err != nil {
		return store.Identity{}, err
	}
	asked.Header.Set("Content-Type", "application/json")
	answer, err := e.client().Do(asked)
	if err != nil {
		return store.Identity{}, unreachable(base, err)
	}
	defer answer.Body.Close()
	return enrolled(base, answer)
}

// client goes nowhere but where it was told: a password does not follow a
// redirect.
func (e Enroller) client() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy: protocol.Proxy, TLSClientConfig: e.TLS, DisableKeepAlives: true, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// address reads the address of a hub. Plain HTTP is for this computer only: a
// password never crosses a network unencrypted.
func address(server string) (*url.URL, error) {
	server = strings.TrimSpace(server)
	if !strings.Contains(server, "://") {
		server = "https://" + server
	}
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return nil, desk.Refuse(desk.CodeValidation, "%s is no address of a server; it looks like https://desk.example.com.", server)
	}
	addr, err := netip.ParseAddr(u.Hostname())
	here := u.Hostname() == "localhost" || err == nil && addr.IsLoopback()
	if u.Scheme == "http" && !here {
		return nil, desk.Refuse(desk.CodeValidation, "The address of %s must begin with https://, so that nobody on the way can read the password.", u.Host)
	}
	u.RawQuery, u.Fragment = "", ""
	return u, nil
}

// unreachable says why there was no answer.
func unreachable(base *url.URL, err error) error {
	var unknown x509.UnknownAuthorityError
	var wrongName x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var lookup *net.DNSError
	switch {
	case errors.As(err, &wrongName):
		return desk.Refuse(desk.CodePerm, "The certificate of %s belongs to another server; check the address, or ask your admin.", base.Host)
	case errors.As(err, &invalid):
		return desk.Refuse(desk.CodePerm, "The certificate of %s is not valid now; check this computer's clock, or ask your admin.", base.Host)
	case errors.As(err, &unknown):
		return desk.Refuse(desk.CodePerm, "The certificate of %s comes from nobody this computer trusts; ask your admin which one to install.", base.Host)
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return desk.Refuse(desk.CodePerm, "%s does not speak TLS; check the address and the port.", base.Host)
	case errors.As(err, &lookup):
		return desk.Refuse(desk.CodeGone, "There is no server called %s; check the address.", base.Hostname())
	}
	return desk.Refuse(desk.CodeGone, "No server answers at %s; check the address and whether this computer is online.", base.Host)
}

// enrolled reads the hub's answer.
func enrolled(base *url.URL, answer *http.Response) (store.Identity, error) {
	body, err := io.ReadAll(io.LimitReader(answer.Body, enrolAnswer))
	if err != nil {
		return store.Identity{}, unreachable(base, err)
	}
	if answer.StatusCode != http.StatusCreated {
		return store.Identity{}, refused(base, body)
	}
	var made struct {
		Device    desk.DeviceID `json:"device"`
		Token     string        `json:"token"`
		Person    desk.PersonID `json:"person"`
		Workspace string        `json:"workspace"`
	}
	if err := json.Unmarshal(body, &made); err != nil || made.Device == "" || made.Token == "" || made.Person == "" {
		return store.Identity{}, notAHub(base)
	}
	return store.Identity{
		Device: made.Device, Person: made.Person, Token: made.Token, Workspace: made.Workspace, Server: base.String(),
	}, nil
}

// refused passes on what a hub says, and only that: a sentence of some other
// server is not shown as ours.
func refused(base *url.URL, body []byte) error {
	var refusal desk.Error
	if err := json.Unmarshal(body, &refusal); err != nil || refusal.Code == "" || refusal.Message == "" {
		return notAHub(base)
	}
	return &refusal
}

func notAHub(base *url.URL) error {
	return desk.Refuse(desk.CodeVersion, "The server at %s is no Holdall hub; check the address.", base.Host)
}
