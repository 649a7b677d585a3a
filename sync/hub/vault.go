package hub

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/crypto/chacha20poly1305"

	"holdall/desk"
	"holdall/store"
)

// Vault keeps secrets of the hub (what mail providers granted) sealed in its
// database: a copy of the database tells none of them without the key, which
// lives elsewhere. A secret that cannot be opened any more is as good as none:
// somebody signs in again.
type Vault struct {
	store *store.Central
	seal  cipher.AEAD
}

// ErrNoSecret is a name under which the vault holds nothing it can open.
var ErrNoSecret = errors.New("there is no such secret, or another key sealed it")

const metaSecret = "secret."

// NewVault opens the vault of a database with a key of 32 bytes.
func NewVault(central *store.Central, key []byte) (*Vault, error) {
	seal, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, desk.Refuse(desk.CodeValidation, "The key of the hub’s secrets has %d bytes instead of %d; put its file back, or remove it and connect the mailboxes again.", len(key), chacha20poly1305.KeySize)
	}
	return &Vault{central, seal}, nil
}

// Key reads the key of a vault from its file, and makes it the first time. The
// file belongs to nobody but the hub's user.
func Key(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err == nil {
		key, err := base64.StdEncoding.DecodeString(string(text))
		if err != nil {
			return nil, desk.Refuse(desk.CodeValidation, "The file %s holds no key of the hub’s secrets; put the right one back, or remove it and connect the mailboxes again.", file)
		}
		return key, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read the key of the hub's secrets: %w", err)
	}
	key := make([]byte, chacha20poly1305.KeySize)
	rand.Read(key)
	if err := makeKey(file, key); errors.Is(err, os.ErrExist) {
		return Key(file) // somebody else made it meanwhile
	} else if err != nil {
		return nil, fmt.Errorf("make the key of the hub's secrets: %w", err)
	}
	return key, nil
}

// makeKey writes a key where there is none. It stands there whole from the first
// moment, and durably: what is sealed by it is worth nothing without it.
func makeKey(file string, key []byte) error {
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+"-*") // which nobody else may read
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	_, err = part.WriteString(base64.StdEncoding.EncodeToString(key))
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := os.Link(part.Name(), file); err != nil {
		return err
	}
	return store.SyncFolder(filepath.Dir(file))
}

// Put seals a secret under a name, in place of the one before it. It is durable
// on return.
func (v *Vault) Put(ctx context.Context, name string, secret []byte) error {
	return v.store.Update(ctx, func(tx *store.CentralTx) error { return v.put(tx, name, secret) })
}

// put seals a secret, or forgets the one of a name where there is none.
func (v *Vault) put(tx *store.CentralTx, name string, secret []byte) error {
	if secret == nil {
		return tx.SetMeta(metaSecret+name, "")
	}
	nonce := make([]byte, v.seal.NonceSize())
	rand.Read(nonce)
	sealed := v.seal.Seal(nonce, nonce, secret, []byte(name))
	return tx.SetMeta(metaSecret+name, base64.StdEncoding.EncodeToString(sealed))
}

// Get opens the secret of a name. It fails with ErrNoSecret.
func (v *Vault) Get(ctx context.Context, name string) ([]byte, error) {
	var text string
	err := v.store.View(ctx, func(tx *store.CentralTx) (err error) {
		text, err = tx.Meta(metaSecret + name)
		return err
	})
	if err != nil {
		return nil, err
	}
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(sealed) < v.seal.NonceSize() {
		return nil, ErrNoSecret
	}
	secret, err := v.seal.Open(nil, sealed[:v.seal.NonceSize()], sealed[v.seal.NonceSize():], []byte(name))
	if err != nil {
		return nil, ErrNoSecret
	}
	return secret, nil
}
