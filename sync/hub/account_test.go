package hub_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

const password = "four plain words here"

// accounts gives Mira a password.
func (h *house) accounts() *hub.Accounts {
	h.Helper()
	a := hub.NewAccounts(h.Central)
	if err := a.SetPassword(h.Context(), h.Mira.ID, password); err != nil {
		h.Fatal(err)
	}
	return a
}

func TestSignInEnrolsADevice(t *testing.T) {
	h := build(t).run()
	a := h.accounts()
	made, err := a.SignIn(t.Context(), hub.SignIn{Email: " MIRA@example.com", Password: password, Device: "Mira's laptop"}, "192.0.2.1", day)
	if err != nil || made.Person != "mira" || len(made.Token) < 43 || made.Workspace == "" {
		t.Fatalf("%+v, %v", made, err)
	}
	again, err := a.SignIn(t.Context(), hub.SignIn{Email: "mira@example.com", Password: password, Device: "Her other laptop"}, "192.0.2.1", day)
	if err != nil || again.Token == made.Token || again.Device == made.Device {
		t.Fatalf("%+v, %v", again, err)
	}
	err = h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		devices, err := tx.Devices("mira")
		if err == nil && len(devices) != 2 {
			t.Errorf("%d devices", len(devices))
		}
		for _, d := range devices {
			if strings.Contains(string(d.TokenHash), made.Token) || len(d.TokenHash) != 32 {
				t.Errorf("%s keeps %d bytes", d.Name, len(d.TokenHash))
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestEverybodyElseGetsTheSameAnswer(t *testing.T) {
	h := build(t).run()
	a := h.accounts()
	gone := desk.Person{ID: "gone", Name: "Gone", Email: "gone@example.com", Roles: []desk.Role{desk.RoleAgent}, Disabled: true}
	silent := desk.Person{ID: "silent", Name: "Silent", Email: "silent@example.com", Roles: []desk.Role{desk.RoleAgent}}
	h.Do(hub.Act{Name: desk.PersonPut, Args: gone}, hub.Act{Name: desk.PersonPut, Args: silent})
	if err := a.SetPassword(t.Context(), gone.ID, password); err != nil {
		t.Fatal(err)
	}
	for who, try := range map[string][2]string{
		"wrong password":    {"mira@example.com", "not this one at all"},
		"stranger":          {"nobody@example.com", password},
		"left the desk":     {"gone@example.com", password},
		"without password":  {"silent@example.com", ""},
		"swollen password":  {"mira@example.com", strings.Repeat("x", 1<<20)},
		"empty everything":  {"", ""},
		"password as email": {password, password},
	} {
		if made, err := a.SignIn(t.Context(), hub.SignIn{Email: try[0], Password: try[1], Device: "laptop"}, who, day); !errors.Is(err, hub.ErrSignIn) || made.Token != "" {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestGuessingIsSlow(t *testing.T) {
	h := build(t).run()
	a := h.accounts()
	tries := 0
	try := func(from string, at time.Time) desk.Code {
		tries++
		_, err := a.SignIn(t.Context(), hub.SignIn{Email: "mira@example.com", Password: fmt.Sprint("guess number ", tries), Device: "laptop"}, from, at)
		return desk.CodeOf(err)
	}
	for range 5 {
		if code := try("192.0.2.1", day); code != desk.CodePerm {
			t.Fatalf("try %d: %s", tries, code)
		}
	}
	if code := try("192.0.2.1", day); code != desk.CodeQuota {
		t.Errorf("the sixth try at once: %s", code)
	}
	if code := try("192.0.2.2", day); code != desk.CodePerm {
		t.Errorf("another place: %s", code)
	}
	if code := try("192.0.2.1", day.Add(13*time.Second)); code != desk.CodePerm {
		t.Errorf("after a pause: %s", code)
	}
	if _, err := a.SignIn(t.Context(), hub.SignIn{Email: "mira@example.com", Password: password, Device: "laptop"}, "192.0.2.1", day.Add(13*time.Second)); desk.CodeOf(err) != desk.CodeQuota {
		t.Errorf("the right password past the limit: %v", err)
	}
}

func TestACheapHashIsReplaced(t *testing.T) {
	h := build(t).run()
	salt := "c2FsdHNhbHRzYWx0c2FsdA"
	key := argon2.IDKey([]byte(password), []byte("saltsaltsaltsalt"), 2, 19<<10, 1, 32)
	cheap := fmt.Sprintf("$argon2id$v=19$m=19456,t=2,p=1$%s$%s", salt, raw64(key))
	set := func(hash string) {
		err := h.Central.Update(t.Context(), func(tx *store.CentralTx) error { return tx.SetPassword("mira", hash) })
		if err != nil {
			t.Fatal(err)
		}
	}
	a := hub.NewAccounts(h.Central)
	set(cheap)
	if _, err := a.SignIn(t.Context(), hub.SignIn{Email: "mira@example.com", Password: "a wrong password", Device: "laptop"}, "a", day); !errors.Is(err, hub.ErrSignIn) {
		t.Fatal(err)
	}
	if got := h.hash(); got != cheap {
		t.Errorf("a wrong password changed the hash to %s", got)
	}
	if _, err := a.SignIn(t.Context(), hub.SignIn{Email: "mira@example.com", Password: password, Device: "laptop"}, "a", day); err != nil {
		t.Fatal(err)
	}
	if got := h.hash(); !strings.HasPrefix(got, "$argon2id$v=19$m=65536,t=2,p=1$") {
		t.Errorf("the hash is %s", got)
	}
	for _, broken := range []string{"", password, "$argon2id$v=19$m=65536,t=2,p=1$$", strings.Replace(cheap, "m=19456", "m=999999999", 1), strings.Replace(cheap, "argon2id", "argon2i", 1)} {
		set(broken)
		if _, err := a.SignIn(t.Context(), hub.SignIn{Email: "mira@example.com", Password: password, Device: "laptop"}, "b"+broken, day); !errors.Is(err, hub.ErrSignIn) {
			t.Errorf("hash %q: %v", broken, err)
		}
	}
}

func (h *house) hash() (hash string) {
	h.Helper()
	err := h.Central.View(h.Context(), func(tx *store.CentralTx) (err error) {
		_, hash, err = tx.Password("mira@example.com")
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return hash
}

func TestAShortPasswordIsRefused(t *testing.T) {
	h := build(t).run()
	a := hub.NewAccounts(h.Central)
	for _, short := range []string{"", "123456789", "ÄÖÜäöüß"} {
		if err := a.SetPassword(t.Context(), "mira", short); desk.CodeOf(err) != desk.CodeValidation {
			t.Errorf("%q: %v", short, err)
		}
	}
}

func TestNobodyIsEnrolledWhoIsNotThere(t *testing.T) {
	h := build(t).run()
	if _, token, err := hub.Enrol(t.Context(), h.Central, "nobody", "laptop"); desk.CodeOf(err) != desk.CodeGone || token != "" {
		t.Errorf("%q, %v", token, err)
	}
}
