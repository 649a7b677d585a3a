package hub_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
)

// TestOnlyAnAdminGivesAMailboxItsPassword: who may not is refused before the
// password is read.
func TestOnlyAnAdminGivesAMailboxItsPassword(t *testing.T) {
	w := serve(t)
	path, body := "/api/v1/mailboxes/m1/password", `{"password":"correct horse"}`
	admin := desk.Person{ID: "ada", Name: "Ada", Email: "ada@example.com", Roles: []desk.Role{desk.RoleAdmin}}
	w.Do(hub.Act{Name: desk.PersonPut, Args: admin}, hub.Act{Name: desk.PersonPut, Args: stand.Lea})
	_, token, err := hub.Enrol(t.Context(), w.Central, admin.ID, "laptop")
	if err != nil {
		t.Fatal(err)
	}
	_, lead, err := hub.Enrol(t.Context(), w.Central, stand.Lea.ID, "laptop")
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := w.Ask("POST", path, token, body); status != 404 {
		t.Errorf("a hub that takes none answers %d", status)
	}
	var taken []string
	w.Handler.Tending(hub.Mailroom{Renew: func(_ context.Context, id desk.MailboxID, password string) error {
		taken = append(taken, string(id)+" "+password)
		return nil
	}})
	for _, who := range []string{w.Token, lead, "", "stolen"} {
		if status, _ := w.Ask("POST", path, who, body); status != 401 {
			t.Errorf("%q got %d", who, status)
		}
	}
	if status, _ := w.Ask("POST", path, token, "no JSON"); status != 400 {
		t.Errorf("no JSON: %d", status)
	}
	if status, _ := w.Ask("POST", path, token, body); status != 204 || len(taken) != 1 || taken[0] != "m1 correct horse" {
		t.Errorf("an admin got %d, taken %v", status, taken)
	}
}

// TestOnlyAnAdminTendsTheMailboxes: every door of it, by whoever may not, without
// JSON, and as it should be.
func TestOnlyAnAdminTendsTheMailboxes(t *testing.T) {
	w := serve(t)
	admin := desk.Person{ID: "ada", Name: "Ada", Email: "ada@example.com", Roles: []desk.Role{desk.RoleAdmin}}
	w.Do(hub.Act{Name: desk.PersonPut, Args: admin}, hub.Act{Name: desk.PersonPut, Args: stand.Lea})
	_, token, err := hub.Enrol(t.Context(), w.Central, admin.ID, "laptop")
	if err != nil {
		t.Fatal(err)
	}
	var did []string
	note := func(what string, id desk.MailboxID, more ...any) error {
		did = append(did, strings.TrimSpace(what+" "+string(id)+" "+fmt.Sprint(more...)))
		return nil
	}
	w.Handler.Tending(hub.Mailroom{
		Setup: func(_ context.Context, id desk.MailboxID) (desk.MailboxSetup, error) {
			return desk.MailboxSetup{Address: "desk@example.com"}, note("setup", id)
		},
		Connect: func(_ context.Context, c desk.MailboxConnection) error { return note("connect", "", c.Password) },
		Change: func(_ context.Context, id desk.MailboxID, c desk.MailboxConnection) error {
			return note("change", id, c.Setup.Address)
		},
		Pause:  func(_ context.Context, id desk.MailboxID, paused bool) error { return note("pause", id, paused) },
		Remove: func(_ context.Context, id desk.MailboxID) error { return note("remove", id) },
		Try: func(_ context.Context, rules []desk.MailboxRule) (desk.RuleTrial, error) {
			return desk.RuleTrial{}, note("try", "", len(rules))
		},
	})
	for _, c := range []struct {
		method, path, body, does string
		status                   int
	}{
		{"POST", "/api/v1/mailboxes", `{"password":"correct horse"}`, "connect  correct horse", 204},
		{"GET", "/api/v1/mailboxes/m1", "", "setup m1", 200},
		{"PUT", "/api/v1/mailboxes/m1", `{"setup":{"address":"desk@example.com"}}`, "change m1 desk@example.com", 204},
		{"POST", "/api/v1/mailboxes/m1/pause", `{"paused":true}`, "pause m1 true", 204},
		{"POST", "/api/v1/rules/trial", `{"rules":[{"name":"` + strings.Repeat("x", 40<<10) + `"}]}`, "try  1", 200},
		{"DELETE", "/api/v1/mailboxes/m1", "", "remove m1", 204},
	} {
		did = nil
		for _, who := range []string{w.Token, "", "stolen"} {
			if status, _ := w.Ask(c.method, c.path, who, c.body); status != 401 || len(did) > 0 {
				t.Errorf("%s %s by %q: %d, did %v", c.method, c.path, who, status, did)
			}
		}
		if c.body != "" {
			if status, _ := w.Ask(c.method, c.path, token, "no JSON"); status != 400 || len(did) > 0 {
				t.Errorf("%s %s without JSON: %d, did %v", c.method, c.path, status, did)
			}
		}
		if status, _ := w.Ask(c.method, c.path, token, c.body); status != c.status || len(did) != 1 || did[0] != c.does {
			t.Errorf("%s %s: %d, did %q, want %q", c.method, c.path, status, did, c.does)
		}
	}
}
