package app

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// TestASignOutTakesNoWordAlong that was written while it was asked whether there is
// any: a call of the page may be at work until the workspace is closed.
func TestASignOutTakesNoWordAlong(t *testing.T) {
	_, ana := mailed(t)
	ws := got(ana.workspace()).or(t)
	ws.running.Go(func() {
		<-ws.ctx.Done()
		if err := ws.store.SaveDraft(context.Background(), store.Draft{Ticket: "t1", Kind: desk.InternalNote, Text: "It is the profile.", SavedAt: time.Now()}); err != nil {
			t.Error(err)
		}
	})
	if err := ana.session.SignOut(); desk.CodeOf(err) != desk.CodeWorkflow {
		t.Errorf("signed out: %v", err)
	}
	if !ana.session.State().Open {
		t.Fatal("the workspace stays closed")
	}
	if v := ana.open("t1"); len(v.Drafts) != 1 || v.Drafts[0].Text != "It is the profile." {
		t.Errorf("drafts %+v", v.Drafts)
	}
	must(t, ana.compose.Discard(ComposeRequest{TicketID: "t1", Kind: "note"}))
	must(t, ana.session.SignOut())
	if _, err := os.Stat(ana.folder(kindHub)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("left on the disk: %v", err)
	}
}

// TestAWindowClosesWhileItSignsIn: nobody waits for a hub that does not answer.
func TestAWindowClosesWhileItSignsIn(t *testing.T) {
	asked := make(chan struct{})
	p := newPage(t, Config{Enrol: func(ctx context.Context, _ replica.SignIn) (store.Identity, error) {
		close(asked)
		<-ctx.Done()
		return store.Identity{}, ctx.Err()
	}})
	go p.session.SignIn(SignInRequest{Server: "https://desk.example.com", Email: "ana@example.com", Password: "x"})
	<-asked
	closed := make(chan error, 1)
	go func() { closed <- p.App.Close() }()
	select {
	case err := <-closed:
		must(t, err)
	case <-time.After(patience):
		t.Fatal("it does not close")
	}
}

// TestWhoAsksWhileAWorkspaceClosesIsToldSo, and of no fault inside the program.
func TestWhoAsksWhileAWorkspaceClosesIsToldSo(t *testing.T) {
	p := soloPage(t)
	ws := got(p.workspace()).or(t)
	must(t, p.leave())
	err := ws.view(func(tx *store.ReplicaTx) error { _, err := tx.People(); return err })
	if said := p.Explain(err); err == nil || said.Code != string(desk.CodeGone) || said.Message != errClosed.Message {
		t.Errorf("%v became %+v", err, said)
	}
}
