package app

import (
	"context"
	"net/netip"
	"net/url"
	"strings"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/protocol"
)

// syncPath is where a hub takes the conversation, below its address.
const syncPath = "/api/v1/sync"

// dialHub reaches the hub of an identity over a websocket, or by plain requests
// where a proxy lets none through.
func (a *App) dialHub(who store.Identity) protocol.Dialer {
	server, err := hubURL(who.Server)
	if err != nil {
		return func(context.Context) (protocol.Conn, error) { return nil, err }
	}
	return protocol.Way{URL: server.JoinPath(syncPath).String(), Token: who.Token, TLS: a.cfg.TLS}.Dialer()
}

// hubURL reads the address of a hub. Plain HTTP is for this computer only: a
// token never crosses a network unencrypted.
func hubURL(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return nil, desk.Refuse(desk.CodeValidation, "That is no address of a server; it looks like https://desk.example.com.")
	}
	addr, err := netip.ParseAddr(u.Hostname())
	here := u.Hostname() == "localhost" || err == nil && addr.IsLoopback()
	if u.Scheme != "https" && !(u.Scheme == "http" && here) {
		return nil, desk.Refuse(desk.CodeValidation, "The server’s address must begin with https://, so that nobody on the way can read along.")
	}
	u.RawQuery, u.Fragment = "", ""
	return u, nil
}
