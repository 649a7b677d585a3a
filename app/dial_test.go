package app

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
)

// SPEC P34, from the window: behind a proxy that lets no websocket through a
// person signs in, writes, and sees what a colleague writes.
func TestALaptopBehindAProxyThatRefusesTheUpgrade(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks again.")
	target, err := url.Parse(o.url)
	must(t, err)
	onward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	var refused atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" {
			refused.Add(1)
			w.WriteHeader(http.StatusForbidden)
			return
		}
		onward.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	t.Cleanup(proxy.CloseClientConnections)
	ben := o.laptopOf(o.ben)
	pg := newPage(t, Config{Version: "test"})
	got(pg.session.SignIn(SignInRequest{Server: proxy.URL, Email: o.ana.Email, Password: officePassword, Device: "Ana's laptop"})).or(t)
	ana := pg.settled()
	if refused.Load() == 0 || ana.sync.Status().State != "online" {
		t.Fatalf("%d upgrades were refused; %+v", refused.Load(), ana.sync.Status())
	}
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: "Password prompt, again"}))
	ben.until("Ben sees Ana's title", func() bool {
		return got(ben.ticket.Open("t1")).or(t).Row.Title == "Password prompt, again"
	})
	must(t, ben.ticket.Patch(PatchRequest{TicketID: "t1", Field: "title", Value: "Solved by a restart"}))
	ana.until("Ana sees Ben's title", func() bool {
		return got(ana.ticket.Open("t1")).or(t).Row.Title == "Solved by a restart"
	})
}
