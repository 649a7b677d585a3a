package app

import (
	"context"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/replica"
)

// shutOut ends what the laptop's device may do.
func (o *office) shutOut(l *laptop) {
	o.t.Helper()
	id := got(l.workspace()).or(o.t).who.Device
	must(o.t, o.central.Update(o.t.Context(), func(tx *store.CentralTx) error { return tx.RevokeDevice(id) }))
}

// noted counts the notes of a text that the hub has.
func (o *office) noted(text string) (n int) {
	o.t.Helper()
	must(o.t, o.central.View(o.t.Context(), func(tx *store.CentralTx) error {
		list, err := tx.Thread("t1")
		for _, m := range list {
			if m.Text == text {
				n++
			}
		}
		return err
	}))
	return n
}

// TestADeviceThatWasShutOutGoesOnAsItself: what was written on it meanwhile is sent,
// once, when its person signs in again; until then it is kept, and said (SPEC P84).
func TestADeviceThatWasShutOutGoesOnAsItself(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks again.")
	ana := o.laptopOf(o.ana)
	before := got(ana.workspace()).or(t).who
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Before."}))
	ana.settled()
	ana.offline()
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Meanwhile."}))
	o.shutOut(ana)
	ana.line.mend()
	must(t, ana.sync.Now())
	ana.until("it is told", func() bool { return ana.sync.Status().ShutOut })
	if err := ana.session.SignOut(); err == nil || !strings.Contains(err.Error(), "sign in again") {
		t.Errorf("signing out: %v", err)
	}
	for says, r := range map[string]SignInAgainRequest{
		"do not belong together": {Email: o.ana.Email, Password: "another password"},
		"for somebody else":      {Email: o.ben.Email, Password: officePassword},
		"your password":          {Email: o.ana.Email},
	} {
		if _, err := ana.session.SignInAgain(r); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v", r, err)
		}
	}
	if s := ana.sync.Status(); !s.ShutOut || s.Waiting != 1 {
		t.Errorf("%+v", s)
	}
	if s := got(ana.session.SignInAgain(SignInAgainRequest{Email: o.ana.Email, Password: officePassword})).or(t); !s.Open {
		t.Errorf("%+v", s)
	}
	ana.settled()
	after := got(ana.workspace()).or(t).who
	if after.Device != before.Device || after.Token == before.Token || ana.sync.Status().ShutOut || o.noted("Before.") != 1 || o.noted("Meanwhile.") != 1 {
		t.Errorf("%+v, %+v", after, ana.sync.Status())
	}
	must(t, ana.session.SignOut())
}

// TestADeviceThatARestoredHubForgot: it was enrolled after the backup. What it had
// sent and what it had not comes back, once (SPEC P17, P84).
func TestADeviceThatARestoredHubForgot(t *testing.T) {
	o := newOffice(t)
	o.mails("t1", "m1", "It asks again.")
	o.backUp()
	ana := o.laptopOf(o.ana)
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Forgotten."}))
	ana.settled()
	ana.offline()
	must(t, ana.compose.Send(ComposeRequest{TicketID: "t1", Kind: "note", Text: "Unsent."}))
	o.restore()
	if n := o.noted("Forgotten."); n != 0 {
		t.Fatalf("the backup has it %d times", n)
	}
	ana.line.mend()
	must(t, ana.sync.Now())
	ana.until("it is told", func() bool { return ana.sync.Status().ShutOut })
	got(ana.session.SignInAgain(SignInAgainRequest{Email: o.ana.Email, Password: officePassword})).or(t)
	ana.settled()
	if o.noted("Forgotten.") != 1 || o.noted("Unsent.") != 1 {
		t.Errorf("%d and %d times", o.noted("Forgotten."), o.noted("Unsent."))
	}
}

// TestNobodySignsInAgain where there is no hub, or where one takes the device for a new
// one: an older hub does, and what was sent would be sent twice.
func TestNobodySignsInAgain(t *testing.T) {
	credentials := SignInAgainRequest{Email: "mira@example.com", Password: officePassword}
	if _, err := soloPage(t).session.SignInAgain(credentials); desk.CodeOf(err) != desk.CodeWorkflow {
		t.Errorf("alone: %v", err)
	}
	o := newOffice(t)
	ana := o.laptopOf(o.ana)
	enrol := ana.cfg.Enrol
	ana.cfg.Enrol = func(ctx context.Context, as replica.SignIn) (store.Identity, error) {
		as.Again = ""
		return enrol(ctx, as)
	}
	if _, err := ana.session.SignInAgain(SignInAgainRequest{Email: o.ana.Email, Password: officePassword}); desk.CodeOf(err) != desk.CodeVersion {
		t.Errorf("at an older hub: %v", err)
	}
	if s := ana.sync.Status(); s.State != "online" || s.ShutOut {
		t.Errorf("%+v", s)
	}
	var living int
	must(t, o.central.View(t.Context(), func(tx *store.CentralTx) error {
		devices, err := tx.Devices(o.ana.ID)
		for _, d := range devices {
			if !d.Revoked {
				living++
			}
		}
		return err
	}))
	if living != 1 {
		t.Errorf("%d devices are left", living)
	}
}
