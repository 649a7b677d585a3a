package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// SignInAgain lets this device in again after the hub has shut it out, or forgotten
// it: as the one it is, so that what was not sent from it is, once (SPEC P84). The
// workspace is closed for a moment, and stays as it is if that fails.
func (s *Session) SignInAgain(r SignInAgainRequest) (SessionState, error) {
	s.app.changing.Lock()
	defer s.app.changing.Unlock()
	if err := s.app.signInAgain(s.app.ctx, r); err != nil {
		return SessionState{}, err
	}
	return s.app.state(), nil
}

// LogValue keeps the password out of every log.
func (r SignInAgainRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String keeps the password out of every text.
func (r SignInAgainRequest) String() string { return "sign-in again" }

// GoString keeps the password out of every text.
func (r SignInAgainRequest) GoString() string { return r.String() }

func (a *App) signInAgain(ctx context.Context, r SignInAgainRequest) error {
	ws, err := a.workspace()
	if err != nil {
		return err
	}
	if ws.who.Solo {
		return desk.Refuse(desk.CodeWorkflow, "This workspace is on this computer alone; nobody signs in to it.")
	}
	if strings.TrimSpace(r.Email) == "" || r.Password == "" {
		return errCredentials
	}
	name, _ := os.Hostname()
	made, err := a.enrol(ctx, ws.who.Server, replica.SignIn{Email: r.Email, Password: r.Password, Device: name, Again: ws.who.Device})
	if err != nil {
		return err
	}
	if made.Device != ws.who.Device {
		a.remote(made).revoke(ctx)
		return desk.Refuse(desk.CodeVersion, "The server is older than this program and takes this device for a new one, which would lose what is not sent; ask your admin to update it.")
	}
	if err := a.leave(); err != nil {
		return err
	}
	return errors.Join(a.retoken(ctx, made.Token), a.resume(ctx))
}

// retoken keeps another token of the workspace's device, which is closed.
func (a *App) retoken(ctx context.Context, token string) error {
	replicas, err := store.OpenReplica(ctx, a.folder(kindHub))
	if err != nil {
		return err
	}
	who, err := replicas.Identity(ctx)
	if err == nil {
		who.Token = token
		err = replicas.SetIdentity(ctx, who)
	}
	return errors.Join(err, replicas.Close())
}
