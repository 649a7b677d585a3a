package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"holdall/desk"
	"holdall/store"
)

const (
	remoteWait = 30 * time.Second
	fileMost   = 64 << 20 // bytes of a file that are fetched
)

// remote asks a hub for what does not travel with the records.
type remote struct {
	app    *App
	who    store.Identity
	folder string // of the files that were fetched once
}

// ask sends a request as this device; the caller closes the answer.
func (r *remote) ask(ctx context.Context, method string, path ...string) (*http.Response, error) {
	server, err := hubURL(r.who.Server)
	if err != nil {
		return nil, err
	}
	asked, err := http.NewRequestWithContext(ctx, method, server.JoinPath(path...).String(), nil)
	if err != nil {
		return nil, err
	}
	asked.Header.Set("Authorization", "Bearer "+r.who.Token)
	client := &http.Client{
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: r.app.cfg.TLS, DisableKeepAlives: true, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return client.Do(asked)
}

// blob reads a file from this device, or fetches it from the hub and keeps it.
// desk.ErrUnknown says that it is not here and the hub cannot be asked.
func (r *remote) blob(ctx context.Context, sum string) ([]byte, error) {
	if raw, err := hex.DecodeString(sum); err != nil || len(raw) != sha256.Size {
		return nil, desk.ErrUnknown
	}
	path := filepath.Join(r.folder, sum)
	data, err := os.ReadFile(path)
	if err == nil && sumOf(data) == sum {
		return data, nil
	}
	if data, err = r.fetch(ctx, sum); err != nil {
		r.app.log.Info("a file could not be fetched", "error", err)
		return nil, desk.ErrUnknown
	}
	if err := keepFile(path, data); err != nil {
		r.app.log.Error("keep a fetched file", "error", err)
	}
	return data, nil
}

func (r *remote) fetch(ctx context.Context, sum string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, remoteWait)
	defer cancel()
	answer, err := r.ask(ctx, http.MethodGet, "api/v1/blobs", sum)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the hub answered %s", answer.Status)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, fileMost))
	if err == nil && sumOf(data) != sum {
		err = errors.New("the bytes are not those that were asked for")
	}
	return data, err
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// keepFile writes a file whole or not at all.
func keepFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path+".part", data, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// revoke tells the hub that this device is signed out. Where it cannot be told,
// an admin can still shut the device out.
func (r *remote) revoke(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, remoteWait/3)
	defer cancel()
	answer, err := r.ask(ctx, http.MethodDelete, "api/v1/devices/self")
	if err != nil {
		r.app.log.Info("the hub could not be told of the sign-out", "error", err)
		return
	}
	answer.Body.Close()
}
