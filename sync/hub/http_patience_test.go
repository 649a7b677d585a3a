package hub_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
)

// dials opens a connection and says what stands at the beginning of a request.
func (w *web) dials(head string) net.Conn {
	w.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.URL, "http://"))
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { conn.Close() })
	if _, err := conn.Write([]byte(strings.ReplaceAll(head, "\n", "\r\n") + "\r\n\r\n")); err != nil {
		w.Fatal(err)
	}
	return conn
}

// TestBytesThatNeverComeAreNotWaitedFor: whoever announces some and sends none is
// answered and hung up on, at every door, and no stranger brings a part of a file.
func TestBytesThatNeverComeAreNotWaitedFor(t *testing.T) {
	w := serve(t)
	w.Handler.Patient(200*time.Millisecond, 10*time.Second)
	doors := map[string]string{
		"sign-in": "POST /api/v1/devices", "sign-out": "DELETE /api/v1/devices/self", "long poll": "POST /api/v1/sync/poll",
		"part": "PUT /api/v1/blobs/" + stand.Sum("x") + "?offset=0", "mailboxes": "POST /api/v1/mailboxes",
		"sign of life": "GET /healthz", "no door": "POST /nowhere", "foreign page": "POST /healthz",
	}
	held := map[string]net.Conn{}
	for what, door := range doors {
		head := door + " HTTP/1.1\nHost: desk\nContent-Length: 5"
		if what == "foreign page" {
			head += "\nOrigin: https://evil.example"
		}
		held[what] = w.dials(head)
	}
	deadline := time.Now().Add(10 * time.Second)
	for what, conn := range held {
		if err := conn.SetReadDeadline(deadline); err != nil {
			t.Fatal(err)
		}
		if answer, err := io.ReadAll(conn); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 ") {
			t.Errorf("%s: %.40q, %v", what, answer, err)
		}
	}
}

// TestAnAnswerThatNobodyReadsIsNotHeld: a file is let go of when its reader takes
// nothing of it.
func TestAnAnswerThatNobodyReadsIsNotHeld(t *testing.T) {
	w := serve(t)
	w.Open("t1", "first")
	data := bytesOf("film", 32*mib)
	must(t, w.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		must(t, tx.PutBlob(stand.Sum(data), []byte(data)))
		return tx.HoldBlob(stand.Sum(data), "t1-q")
	}))
	w.Handler.Patient(10*time.Second, 300*time.Millisecond)
	over := make(chan struct{}, 8)
	server := httptest.NewUnstartedServer(w.Handler)
	server.Config = hub.Listen(t.Context(), w.Handler, slog.New(slog.DiscardHandler))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			over <- struct{}{}
		}
	}
	server.Start()
	defer server.Close()
	w.URL = server.URL
	if status, got := w.Ask("GET", "/api/v1/blobs/"+stand.Sum(data), w.Token, ""); status != http.StatusOK || got != data {
		t.Fatalf("who reads it gets %d with %d bytes", status, len(got))
	}
	reader := w.dials(fmt.Sprintf("GET /api/v1/blobs/%s HTTP/1.1\nHost: desk\nAuthorization: Bearer %s", stand.Sum(data), w.Token))
	defer reader.Close()
	select {
	case <-over:
	case <-time.After(10 * time.Second):
		t.Error("who reads nothing holds it for ever")
	}
}

// TestWhoSignsInAmongTooManyIsTold, and not kept waiting.
func TestWhoSignsInAmongTooManyIsTold(t *testing.T) {
	h := build(t).run()
	a := h.accounts()
	empty := hub.HashingFull()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := a.SignIn(ctx, hub.SignIn{Email: "mira@example.com", Password: password, Device: "laptop"}, "a", day); desk.CodeOf(err) != desk.CodeQuota {
		t.Errorf("%v", err)
	}
	empty()
	if _, err := a.SignIn(t.Context(), hub.SignIn{Email: "mira@example.com", Password: password, Device: "laptop"}, "a", day); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
