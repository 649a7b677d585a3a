package hub_test

import (
	"context"
	"testing"

	"holdall/desk"
	"holdall/sync/hub"
)

// TestOnlyAnAdminGivesAMailboxItsPassword: who may not is refused before the
// password is read.
func TestOnlyAnAdminGivesAMailboxItsPassword(t *testing.T) {
	w := serve(t)
	path, body := "/api/v1/mailboxes/m1/password", `{"password":"correct horse"}`
	admin := desk.Person{ID: "ada", Name: "Ada", Email: "ada@example.com", Roles: []desk.Role{desk.RoleAdmin}}
	w.do(hub.Act{Name: desk.PersonPut, Args: admin}, hub.Act{Name: desk.PersonPut, Args: lea})
	_, token, err := hub.Enrol(t.Context(), w.central, admin.ID, "laptop")
	if err != nil {
		t.Fatal(err)
	}
	_, lead, err := hub.Enrol(t.Context(), w.central, lea.ID, "laptop")
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := w.ask("POST", path, token, body); status != 404 {
		t.Errorf("a hub that takes none answers %d", status)
	}
	var taken []string
	w.handler.Renewing(func(_ context.Context, id desk.MailboxID, password string) error {
		taken = append(taken, string(id)+" "+password)
		return nil
	})
	for _, who := range []string{w.token, lead, "", "stolen"} {
		if status, _ := w.ask("POST", path, who, body); status != 401 {
			t.Errorf("%q got %d", who, status)
		}
	}
	if status, _ := w.ask("POST", path, token, "no JSON"); status != 400 {
		t.Errorf("no JSON: %d", status)
	}
	if status, _ := w.ask("POST", path, token, body); status != 204 || len(taken) != 1 || taken[0] != "m1 correct horse" {
		t.Errorf("an admin got %d, taken %v", status, taken)
	}
}
