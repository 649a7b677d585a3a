package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"holdall/desk"
	"holdall/store"
)

// MoveToServer lets this device go on with a server that was started on a copy of
// this workspace's folder: same device, same numbers, and what was done here
// since the copy was taken is sent there (SPEC P17). The hub inside works no
// more; its file stays. Until the server has answered nothing is changed.
func (s *Session) MoveToServer(r MoveToServerRequest) (SessionState, error) {
	s.app.changing.Lock()
	defer s.app.changing.Unlock()
	if err := s.app.moveToServer(s.app.ctx, r.Server); err != nil {
		return SessionState{}, err
	}
	return s.app.state(), nil
}

func (a *App) moveToServer(ctx context.Context, address string) error {
	ws, err := a.workspace()
	if err != nil {
		return err
	}
	if !ws.who.Solo {
		return desk.Refuse(desk.CodeWorkflow, "This workspace is at a server already; sign out to go to another one.")
	}
	server, err := hubURL(address)
	if err != nil {
		return err
	}
	there := ws.who
	there.Server, there.Solo = server.String(), false
	if err := a.remote(there).knows(ctx, server.Host); err != nil {
		return err
	}
	if err := store.WriteFile(a.movingMark(), []byte(there.Server+"\n")); err != nil {
		return fmt.Errorf("remember where the workspace moves: %w", err)
	}
	if err := a.leave(); err != nil {
		return err
	}
	if err := a.finishMove(ctx); err != nil {
		return err
	}
	return a.resume(ctx)
}

// knows asks a server whether it has this device.
func (r *remote) knows(ctx context.Context, host string) error {
	ctx, cancel := context.WithTimeout(ctx, remoteWait)
	defer cancel()
	answer, err := r.ask(ctx, http.MethodGet, "api/v1/archives")
	if err != nil {
		return desk.Refuse(desk.CodeGone, "No server answers at %s; check the address and whether this computer is online.", host)
	}
	answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusUnauthorized:
		return desk.Refuse(desk.CodePerm, "The server at %s does not know this computer; start it on a copy of this workspace’s folder first.", host)
	}
	return desk.Refuse(desk.CodeVersion, "The server at %s is no Holdall hub, or an older one; check the address.", host)
}

// movingMark says where a workspace moves, from the moment it is certain until it
// has moved.
func (a *App) movingMark() string { return filepath.Join(a.cfg.Dir, "moving") }

// finishMove makes the solo workspace one of a server, as often as it is begun: a
// crash in the middle leaves the mark, and the next start goes on.
func (a *App) finishMove(ctx context.Context) error {
	text, err := os.ReadFile(a.movingMark())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read where the workspace moves: %w", err)
	}
	if _, err := os.Stat(a.folder(kindSolo)); err == nil {
		if err := a.readdress(ctx, strings.TrimSpace(string(text))); err != nil {
			return err
		}
		if err := a.setAside(ctx, kindHub); err != nil {
			return err
		}
		if err := os.Rename(a.folder(kindSolo), a.folder(kindHub)); err != nil {
			return fmt.Errorf("move the workspace: %w", err)
		}
	}
	if err := store.WriteFile(a.openMark(), []byte(kindHub+"\n")); err != nil {
		return fmt.Errorf("remember the workspace: %w", err)
	}
	return os.Remove(a.movingMark())
}

// readdress gives the replica of the solo workspace its server.
func (a *App) readdress(ctx context.Context, server string) error {
	replicas, err := store.OpenReplica(ctx, a.folder(kindSolo))
	if err != nil {
		return err
	}
	who, err := replicas.Identity(ctx)
	if err == nil {
		who.Server, who.Solo = server, false
		err = replicas.SetIdentity(ctx, who)
	}
	return errors.Join(err, replicas.Close())
}
