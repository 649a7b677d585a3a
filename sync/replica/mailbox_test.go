package replica_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/sync/replica"
)

// TestWhatIsNoMailboxGoesIntoNoAddress: it is refused here, before a secret or
// the token is sent anywhere else than to a mailbox.
func TestWhatIsNoMailboxGoesIntoNoAddress(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	h := replica.HTTPHub{Client: server.Client(), Address: address, Token: "token"}
	for _, id := range []desk.MailboxID{"", "..", "../users", "a/b", "a b", "%zz", desk.MailboxID(strings.Repeat("a", 70_000))} {
		if err := h.Renew(t.Context(), id, "secret"); desk.CodeOf(err) != desk.CodeGone {
			t.Errorf("%.20q: %v", id, err)
		}
	}
	if err := h.Renew(t.Context(), "0123456789abcdef0123456789abcdef", "secret"); err != nil || asked != 1 {
		t.Errorf("%v after %d requests", err, asked)
	}
}
