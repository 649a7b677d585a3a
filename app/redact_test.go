package app

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"holdall/store"
)

const canary = "canary-Zq7-never-in-a-log"

func TestAPasswordIsInNoLog(t *testing.T) {
	o := newOffice(t)
	p := newPage(t, Config{Version: "test"})
	request := SignInRequest{Server: o.url, Email: "ana@example.com", Password: canary, Device: "laptop"}
	if _, err := p.session.SignIn(request); err == nil || strings.Contains(err.Error(), canary) {
		t.Errorf("a wrong password: %v", err)
	}
	request.Server = "http://127.0.0.1:1"
	if _, err := p.session.SignIn(request); err == nil || strings.Contains(err.Error(), canary) {
		t.Errorf("nobody there: %v", err)
	}
	request.Server = "https://" + canary + "@desk.example.com"
	if _, err := p.session.SignIn(request); err == nil || strings.Contains(err.Error(), canary) {
		t.Errorf("a password in the address: %v", err)
	}
	server := serve(t, p)
	for _, body := range []string{`{"server":"` + o.url + `","email":"ana@example.com","password":"` + canary + `"}`, `{"password":"` + canary, `"` + canary + `"`} {
		if _, answer, _ := ask(t, server, "Session/SignIn", body); strings.Contains(answer, canary) {
			t.Errorf("the answer repeats the password: %s", answer)
		}
	}
	p.Explain(fmt.Errorf("sign in with %v: %w", request, io.ErrUnexpectedEOF))
	p.App.log.Error("sign in", "request", request)
	window := NewWindowLog(p.App.log)
	window.Error(`process message error: CB{"name":"app.Session.SignIn","args":[{"password":"` + canary + `"}]}`)
	window.Debug("[binding] call '" + canary + "'")
	if log := p.log.String(); strings.Contains(log, canary) {
		t.Errorf("the log holds the password:\n%s", log)
	} else if !strings.Contains(log, "process message error") {
		t.Errorf("the window's log is mute:\n%s", log)
	}
}

func TestATokenIsInNoLog(t *testing.T) {
	o := newOffice(t)
	ana := o.laptopOf(o.ana)
	ws := got(ana.workspace()).or(t)
	ana.offline()
	ana.online()
	if ws.who.Token == "" || strings.Contains(ana.log.String(), ws.who.Token) {
		t.Error("the log holds the token")
	}
}

func TestAFaultIsLoggedInFullAndShownAsOurs(t *testing.T) {
	p := newPage(t, Config{})
	shown := p.Explain(fmt.Errorf("read page 7: %w", io.ErrUnexpectedEOF))
	if shown.Code != "internal" || strings.Contains(shown.Message, "page 7") || shown.status() != http.StatusInternalServerError {
		t.Errorf("shown %+v", shown)
	}
	if !strings.Contains(p.log.String(), "read page 7: unexpected EOF") {
		t.Errorf("log %s", p.log)
	}
	if gone := p.Explain(fmt.Errorf("look: %w", errClosed)); gone.Code != "gone" || gone.Message != errClosed.Message {
		t.Errorf("gone %+v", gone)
	}
}

func TestSigningOutErasesButNeverWords(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "Hello?")
	ana := o.laptopOf(o.ana)
	ana.sees("the ticket has come", "t1", func(TicketView) bool { return true })
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: "note", Text: "half a thou"})).or(t)
	if err := ana.session.SignOut(); err == nil || !strings.Contains(err.Error(), "1 draft") {
		t.Errorf("signed out over a draft: %v", err)
	}
	got(ana.compose.SaveDraft(ComposeRequest{TicketID: "t1", Kind: "note"})).or(t)
	ana.offline()
	must(t, ana.ticket.Patch(PatchRequest{TicketID: "t1", Field: "category", Value: "Mail"}))
	if err := ana.session.SignOut(); err == nil || !strings.Contains(err.Error(), "1 change has not") {
		t.Errorf("signed out over a change: %v", err)
	}
	ana.online()
	ws := got(ana.workspace()).or(t)
	must(t, ana.session.SignOut())
	if ana.session.State().Open {
		t.Error("still open")
	}
	err := o.central.View(t.Context(), func(tx *store.CentralTx) error {
		d, err := tx.Device(ws.who.Device)
		if err == nil && !d.Revoked {
			t.Error("the hub still knows the device")
		}
		return err
	})
	must(t, err)
}

var _ slog.LogValuer = SignInRequest{}
