package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// Session says who is at this device and opens and closes workspaces.
type Session struct{ app *App }

// bearable is how long a start screen waits for the directory.
const bearable = 15 * time.Second

// State says which start screen or workspace to show.
func (s *Session) State() SessionState { return s.app.state() }

// SignIn enrols this device at a hub and opens its workspace.
func (s *Session) SignIn(r SignInRequest) (SessionState, error) {
	s.app.changing.Lock()
	defer s.app.changing.Unlock()
	if err := s.app.signIn(s.app.ctx, r); err != nil {
		return SessionState{}, err
	}
	return s.app.state(), nil
}

// StartSolo opens the workspace without a server, and makes it the first time.
func (s *Session) StartSolo(r SoloRequest) (SessionState, error) {
	s.app.changing.Lock()
	defer s.app.changing.Unlock()
	if _, err := s.app.workspace(); err == nil {
		return SessionState{}, errOpen
	}
	if err := s.app.startSolo(s.app.ctx, r); err != nil {
		return SessionState{}, err
	}
	return s.app.state(), nil
}

// SignOut closes the workspace. One of a hub is erased from this device, which
// is refused while something in it has not reached the hub; a solo workspace
// stays and opens again.
func (s *Session) SignOut() error {
	s.app.changing.Lock()
	defer s.app.changing.Unlock()
	return s.app.signOut()
}

var (
	errOpen        = desk.Refuse(desk.CodeWorkflow, "A workspace is open already; sign out of it first.")
	errCredentials = desk.Refuse(desk.CodeValidation, "Sign in with your mail address and your password.")
)

// LogValue keeps the password out of every log.
func (r SignInRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String keeps the password out of every text.
func (r SignInRequest) String() string {
	server, err := hubURL(r.Server)
	if err != nil {
		return "sign-in at no valid address"
	}
	return "sign-in at " + server.Host
}

// GoString keeps the password out of every text.
func (r SignInRequest) GoString() string { return r.String() }

func (a *App) signIn(ctx context.Context, r SignInRequest) error {
	if _, err := a.workspace(); err == nil {
		return errOpen
	}
	server, err := hubURL(r.Server)
	if err != nil {
		return err
	}
	if strings.TrimSpace(r.Email) == "" || r.Password == "" {
		return errCredentials
	}
	if r.Device == "" {
		r.Device, _ = os.Hostname()
	}
	who, err := a.enrol(ctx, server.String(), replica.SignIn{Email: r.Email, Password: r.Password, Device: r.Device})
	if err != nil {
		return err
	}
	if err := a.setAside(ctx, kindHub); err != nil {
		return err
	}
	replicas, err := store.OpenReplica(ctx, a.folder(kindHub))
	if err != nil {
		return err
	}
	if err := replicas.SetIdentity(ctx, who); err != nil {
		return errors.Join(err, replicas.Close())
	}
	return a.connect(ctx, replicas, who)
}

// enrol asks the hub for a token; the address is kept as this device reached it.
func (a *App) enrol(ctx context.Context, server string, as replica.SignIn) (store.Identity, error) {
	as.Server, as.Email = server, strings.TrimSpace(as.Email)
	who, err := a.cfg.Enrol(ctx, as)
	who.Server = server
	return who, err
}

// connect opens a signed-in replica.
func (a *App) connect(ctx context.Context, replicas *store.Replica, who store.Identity) error {
	ws, err := a.openWorkspace(replicas, who, a.cfg.Dial(who), a.remote(who).files, nil)
	if err != nil {
		return err
	}
	ws.familiar(ctx, bearable)
	return a.enter(ws, kindHub)
}

// resume opens the workspace of the last sign-in; offline it is there at once.
func (a *App) resume(ctx context.Context) error {
	replicas, err := store.OpenReplica(ctx, a.folder(kindHub))
	if err != nil {
		return err
	}
	who, err := replicas.Identity(ctx)
	if err != nil || who.Device == "" {
		return errors.Join(err, replicas.Close())
	}
	ws, err := a.openWorkspace(replicas, who, a.cfg.Dial(who), a.remote(who).files, nil)
	if err != nil {
		return err
	}
	return a.enter(ws, kindHub)
}

// remote is the hub of an identity, beside the conversation.
func (a *App) remote(who store.Identity) *remote {
	return &remote{app: a, who: who}
}

func (a *App) signOut() error {
	ws, err := a.workspace()
	if err != nil {
		return err
	}
	solo := ws.who.Solo
	if !solo {
		if err := ws.nothingUnsent(); err != nil {
			if ws.client.Status().ShutOut && desk.CodeOf(err) == desk.CodeWorkflow {
				err = desk.Refuse(desk.CodeWorkflow, "This device alone holds words of yours, and the server accepts it no more; sign in again, then sign out.")
			}
			return err
		}
	}
	if err := a.leave(); err != nil {
		return err
	}
	if !solo {
		if err := a.leftNothing(); err != nil {
			return errors.Join(err, a.resume(a.ctx))
		}
	}
	a.signals.emit(TopicSession, "")
	if err := os.Remove(a.openMark()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if solo {
		return nil
	}
	a.remote(ws.who).revoke(a.ctx)
	return os.RemoveAll(a.folder(kindHub))
}

// leftNothing is nothingUnsent for a workspace that is closed: a call of the page
// may have been at work while it was asked before.
func (a *App) leftNothing() error {
	replicas, err := store.OpenReplica(a.ctx, a.folder(kindHub))
	if err != nil {
		return err
	}
	return errors.Join(nothingUnsent(a.ctx, replicas), replicas.Close())
}

func (ws *workspace) nothingUnsent() error { return nothingUnsent(ws.ctx, ws.store) }

// nothingUnsent refuses while this device alone holds somebody's words.
func nothingUnsent(ctx context.Context, replicas *store.Replica) error {
	left, err := unsentIn(ctx, replicas)
	if err != nil {
		return err
	}
	if n := left.changes; n > 0 {
		return desk.Refuse(desk.CodeWorkflow, "%s not reached the server yet; connect and wait until they are sent, then sign out.", count(n, "change has", "changes have"))
	}
	if n := left.messages; n > 0 {
		return desk.Refuse(desk.CodeWorkflow, "%s on this device before it leaves; wait some seconds or take it back, then sign out.", count(n, "message rests", "messages rest"))
	}
	if n := left.files; n > 0 {
		return desk.Refuse(desk.CodeWorkflow, "%s not reached the server yet; connect and wait until they are sent, then sign out.", count(n, "file has", "files have"))
	}
	if n := left.drafts; n > 0 {
		return desk.Refuse(desk.CodeWorkflow, "%s on this device only; send or empty them, then sign out.", count(n, "draft is", "drafts are"))
	}
	return nil
}

// state never fails: what cannot be read is left out.
func (a *App) state() SessionState {
	state := SessionState{Version: a.cfg.Version}
	ws, err := a.workspace()
	if err != nil {
		return state
	}
	state.Open, state.Solo, state.Server, state.Repaired = true, ws.who.Solo, ws.who.Server, strings.TrimSpace(a.wasAside()+" "+ws.store.Repaired())
	if ws.inside != nil {
		state.Preparing, state.Folder = ws.inside.demo.preparing(), a.folder(kindSolo)
	}
	state.MailboxAt, state.MailboxErr = ws.mailbox()
	state.User = Person{ID: string(ws.who.Person), Tint: tintOf(string(ws.who.Person))}
	err = ws.view(func(tx *store.ReplicaTx) error {
		if w, err := tx.Workspace(); err == nil {
			state.Workspace = w.Name
		}
		p, err := desk.Read[desk.Person](tx, desk.Person{ID: ws.who.Person}.Key())
		if err == nil {
			state.User, state.ReadOnly = showPerson(p), !desk.PrincipalOf(p, ws.who.Device).Works()
		}
		return nil
	})
	if err != nil {
		a.log.Error("read who is at this device", "error", err)
	}
	return state
}
