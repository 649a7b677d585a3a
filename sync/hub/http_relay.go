package hub

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/hex"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
)

const (
	metaNodeKey = "node.key"
	relayed     = "Holdall-Relayed" // a request that another node passed on
	relayWait   = 40 * time.Second  // longer than an empty answer is held back
	relayDial   = 5 * time.Second
)

// relay passes on a request of a long poll that reached another node than the
// one that holds its connection, as behind a balancer each may (SPEC P57). The
// name of a connection says where it is held, signed by a key that only the nodes
// have: no device sends a node anywhere.
type relay struct {
	here string // how the other nodes reach this one; empty: none is known
	key  []byte
	ways http.RoundTripper
}

// Among tells how the other nodes of the database reach this one, such as
// https://one.desk.example.com:8443, which its certificate must name, and reads
// the key the nodes share.
func (w *Web) Among(ctx context.Context, address string) error {
	at, err := url.Parse(address)
	if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
		return desk.Refuse(desk.CodeValidation, "%q is no address at which other nodes reach this one; it looks like https://one.desk.example.com:8443.", address)
	}
	key, err := w.server.SharedKey(ctx, metaNodeKey)
	if err != nil {
		return err
	}
	w.relay = relay{here: at.Scheme + "://" + at.Host, key: key, ways: &http.Transport{
		DialContext: (&net.Dialer{Timeout: relayDial}).DialContext, ResponseHeaderTimeout: relayWait, IdleConnTimeout: idleWait,
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
	}}
	return nil
}

// name is a connection of this node as devices call it.
func (r *relay) name(local string) string {
	if r.here == "" {
		return local
	}
	at := base64.RawURLEncoding.EncodeToString([]byte(r.here))
	return local + "." + at + "." + r.sign(local, at)
}

func (r *relay) sign(local, at string) string {
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(local + "." + at))
	return hex.EncodeToString(mac.Sum(nil))
}

// read tells what a connection is called at its node, and where that is; away is
// empty if it is this one. A name that no node has given stands for nothing.
func (r *relay) read(name string) (local, away string) {
	local, rest, _ := strings.Cut(name, ".")
	at, signature, _ := strings.Cut(rest, ".")
	if rest == "" {
		return local, ""
	}
	address, err := base64.RawURLEncoding.DecodeString(at)
	if err != nil || r.here == "" || !hmac.Equal([]byte(signature), []byte(r.sign(local, at))) {
		return "", ""
	}
	if string(address) == r.here {
		return local, ""
	}
	return local, string(address)
}

// pass lets another node answer. Where it cannot, the connection is gone, and the
// device opens another one.
func (r *relay) pass(rw http.ResponseWriter, asked *http.Request, away string) {
	to, err := url.Parse(away)
	if err != nil || asked.Header.Get(relayed) != "" {
		rw.WriteHeader(http.StatusGone)
		return
	}
	onward := httputil.ReverseProxy{
		Transport: r.ways,
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(to)
			p.Out.Host = p.In.Host
			p.Out.Header.Set(relayed, "1")
		},
		ErrorHandler: func(rw http.ResponseWriter, _ *http.Request, _ error) { rw.WriteHeader(http.StatusGone) },
	}
	onward.ServeHTTP(rw, asked)
}

// SharedKey reads a key that all nodes of a database have, and makes it the first
// time. It never leaves the database.
func (s *Server) SharedKey(ctx context.Context, name string) (key []byte, err error) {
	err = s.engine.store.Update(ctx, func(tx *store.CentralTx) error {
		text, err := tx.Meta(name)
		if err != nil {
			return err
		}
		if text == "" {
			fresh := make([]byte, 32)
			rand.Read(fresh)
			text = hex.EncodeToString(fresh)
			if err := tx.SetMeta(name, text); err != nil {
				return err
			}
		}
		key, err = hex.DecodeString(text)
		return err
	})
	return key, err
}
