package hub_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
)

const canary = "canary-grant-of-the-mailbox"

func newVault(t *testing.T, dir, keyFile string) *hub.Vault {
	t.Helper()
	central, err := store.OpenCentral(t.Context(), filepath.Join(dir, "hub.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { central.Close() })
	key, err := hub.Key(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	vault, err := hub.NewVault(central, key)
	if err != nil {
		t.Fatal(err)
	}
	return vault
}

func TestASecretIsSealed(t *testing.T) {
	dir := t.TempDir()
	keyFile := filepath.Join(dir, "hub.key")
	vault := newVault(t, dir, keyFile)
	if _, err := vault.Get(t.Context(), "box"); !errors.Is(err, hub.ErrNoSecret) {
		t.Errorf("an empty vault: %v", err)
	}
	if err := vault.Put(t.Context(), "box", []byte(canary)); err != nil {
		t.Fatal(err)
	}
	if secret, err := newVault(t, dir, keyFile).Get(t.Context(), "box"); err != nil || string(secret) != canary {
		t.Errorf("opened again: %q %v", secret, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil || bytes.Contains(raw, []byte(canary)) {
			t.Errorf("%s tells the secret (%v)", f.Name(), err)
		}
	}
	if info, err := os.Stat(keyFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v %v", info, err)
	}
	if _, err := newVault(t, dir, filepath.Join(dir, "other.key")).Get(t.Context(), "box"); !errors.Is(err, hub.ErrNoSecret) {
		t.Errorf("with another key: %v", err)
	}
}

// TestASecretKeepsItsName: one that is moved under another name does not open.
func TestASecretKeepsItsName(t *testing.T) {
	h := build(t)
	key, err := hub.Key(filepath.Join(t.TempDir(), "hub.key"))
	if err != nil {
		t.Fatal(err)
	}
	vault, err := hub.NewVault(h.Central, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := vault.Put(t.Context(), "mine", []byte(canary)); err != nil {
		t.Fatal(err)
	}
	err = h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		sealed, err := tx.Meta("secret.mine")
		if err != nil {
			return err
		}
		return tx.SetMeta("secret.yours", sealed)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Get(t.Context(), "yours"); !errors.Is(err, hub.ErrNoSecret) {
		t.Errorf("a secret under another name: %v", err)
	}
}

func TestAKeyThatIsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hub.key")
	for _, text := range []string{"not a key", "c2hvcnQ="} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		key, err := hub.Key(file)
		if err == nil {
			_, err = hub.NewVault(nil, key)
		}
		if desk.CodeOf(err) != desk.CodeValidation {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := hub.Key(filepath.Join(t.TempDir(), "none", "hub.key")); err == nil {
		t.Error("a key was made in a folder that is not there")
	}
}

// TestWhoeverComesFirstMakesTheKey, and nobody reads half of it: a hub and its
// administrator's command may begin at once.
func TestWhoeverComesFirstMakesTheKey(t *testing.T) {
	const at = 8
	for round := range 100 {
		dir := t.TempDir()
		file := filepath.Join(dir, "hub.key")
		keys, begin := make(chan []byte, at), make(chan struct{})
		for range at {
			go func() {
				<-begin
				key, err := hub.Key(file)
				if err != nil {
					t.Error(err)
				}
				keys <- key
			}()
		}
		close(begin)
		first := <-keys
		for range at - 1 {
			if key := <-keys; len(key) != 32 || !bytes.Equal(key, first) {
				t.Fatalf("round %d: %x and %x", round, first, key)
			}
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Fatalf("%d files are left, %v", len(left), err)
		}
	}
}
