package stand

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"

	"holdall/desk"
	"holdall/sync/hub"
)

// Web is a hub behind a real HTTP server.
type Web struct {
	Handler *hub.Web
	URL     string
	Device  desk.DeviceID // whose token it is
	Token   string

	t TB
}

// Serve opens the doors of a house at work.
func (h *House) Serve(accounts *hub.Accounts) *Web {
	h.t.Helper()
	handler := hub.NewWeb(h.Server, accounts, slog.New(slog.DiscardHandler), func() []hub.MailboxHealth {
		return []hub.MailboxHealth{{Mailbox: "INBOX", State: "watching"}}
	})
	server := httptest.NewUnstartedServer(handler)
	server.Config = hub.Listen(h.t.Context(), handler, slog.New(slog.DiscardHandler))
	server.Start()
	h.t.Cleanup(server.Close)
	h.t.Cleanup(h.Stop) // first of all: it ends the conversations
	return &Web{Handler: handler, URL: server.URL, t: h.t}
}

// ServeMira opens the doors and enrols a device of Mira's.
func (h *House) ServeMira(accounts *hub.Accounts) *Web {
	h.t.Helper()
	w := h.Serve(accounts)
	var err error
	if w.Device, w.Token, err = hub.Enrol(h.t.Context(), h.Central, h.Mira.ID, "laptop"); err != nil {
		h.t.Fatal(err)
	}
	return w
}

// Ask sends a request and returns status and body.
func (w *Web) Ask(method, path, token, body string, header ...string) (int, string) {
	w.t.Helper()
	r, err := http.NewRequest(method, w.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}
