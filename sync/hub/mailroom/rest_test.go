package mailroom

import (
	"context"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub/post"
)

// settings reads how the mailboxes are kept, and changes it behind the hub's back.
func (p *room) settings(change func(string) string) (text string) {
	p.Helper()
	must(p, p.central.Update(p.Context(), func(tx *store.CentralTx) (err error) {
		if text, err = tx.Meta("mail.setups"); err != nil {
			return err
		}
		text = change(text)
		return tx.SetMeta("mail.setups", text)
	}))
	return text
}

// TestReadingAndSendingArePausedApart: each goes on while the other rests, over a
// restart too, and what waited comes and leaves once (SPEC P82).
func TestReadingAndSendingArePausedApart(t *testing.T) {
	p := openPost(t, Settings{})
	must(t, p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})))
	in, out := p.stands("both are told", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxWatching && out.State == desk.MailboxWatching
	})
	must(t, p.rules.Pause(t.Context(), in.ID, true))
	p.stands("it sends and is not read", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxPaused && out.State == desk.MailboxWatching
	})
	must(t, p.server.Deliver(address, "INBOX", letter("meanwhile")))
	p.answer("r1")
	p.comes("r1", desk.DeliverySent)
	must(t, p.rules.Pause(t.Context(), out.ID, true))
	p.answer("r2")
	for range 2 {
		if m := p.comes("r2", desk.DeliveryWaiting); m.Wait.For != desk.WaitRest || !strings.Contains(m.Problem, "Sending from "+address+" is paused") {
			t.Errorf("%+v %+v", m, m.Wait)
		}
		_, out = p.stands("both rest", func(in, out desk.Mailbox) bool {
			return in.State == desk.MailboxPaused && out.State == desk.MailboxPaused && out.WaitsFor == desk.WaitRest
		})
		if out.Waiting != 1 || out.Standing() != "Paused" || out.NeedsPerson() {
			t.Errorf("%+v", out)
		}
		p.shut()
		p.open(Settings{})
	}
	if n := p.out.took("Done."); n != 1 || p.filed() != 0 {
		t.Errorf("%d answers left and %d mails came before it went on", n, p.filed())
	}
	must(t, p.rules.Pause(t.Context(), in.ID, false))
	p.arrived("meanwhile")
	p.comes("r2", desk.DeliveryWaiting)
	must(t, p.rules.Pause(t.Context(), out.ID, false))
	p.comes("r2", desk.DeliverySent)
	p.stands("nothing rests", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxWatching && out.State == desk.MailboxWatching && out.WaitsFor == ""
	})
	if n := p.out.took("Done."); n != 2 || p.filed() != 1 {
		t.Errorf("%d answers left, %d mails came", n, p.filed())
	}
}

// filed counts the mails that were taken in.
func (p *room) filed() (n int) {
	p.Helper()
	must(p, p.central.View(p.Context(), func(tx *store.CentralTx) (err error) {
		n, err = tx.MailSince(address+"@"+p.server.Addr, time.Time{})
		return err
	}))
	return n
}

// TestWhatAnOlderProgramPausedRestsInBoth: until one of them goes on (SPEC P82).
func TestWhatAnOlderProgramPausedRestsInBoth(t *testing.T) {
	p := openPost(t, Settings{})
	must(t, p.rules.Connect(t.Context(), p.connection(func(*desk.MailboxConnection) {})))
	in, out := p.stands("both are told", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxWatching && out.State == desk.MailboxWatching
	})
	older := p.settings(func(kept string) string { return strings.Replace(kept, `"address":`, `"paused":true,"address":`, 1) })
	if strings.Contains(older, "sending_paused") || strings.Contains(older, "per_minute") {
		t.Fatalf("no older program kept %s", older)
	}
	p.stands("both rest", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxPaused && out.State == desk.MailboxPaused
	})
	must(t, p.rules.Pause(t.Context(), in.ID, false))
	p.answer("r1")
	p.stands("it is read and sends nothing", func(in, out desk.Mailbox) bool {
		return in.State == desk.MailboxWatching && out.State == desk.MailboxPaused && out.WaitsFor == desk.WaitRest
	})
	must(t, p.rules.Pause(t.Context(), out.ID, false))
	p.comes("r1", desk.DeliverySent)
}

// TestAMailboxFromAWindowKeepsItsRate: told, obeyed, and changed without a restart; a
// window that knows of none leaves it (SPEC P75, P82).
func TestAMailboxFromAWindowKeepsItsRate(t *testing.T) {
	p := openPost(t, Settings{})
	must(t, p.rules.Connect(t.Context(), p.connection(func(c *desk.MailboxConnection) { c.Setup.PerMinute = new(1) })))
	in, _ := p.stands("it is read", func(in, _ desk.Mailbox) bool { return in.State == desk.MailboxWatching })
	p.answer("r1")
	p.comes("r1", desk.DeliverySent)
	p.answer("r2")
	if m := p.comes("r2", desk.DeliveryWaiting); m.Wait.For != desk.WaitRate || m.NextTry().IsZero() {
		t.Errorf("%+v", m.Wait)
	}
	_, out := p.stands("people are told", func(_, out desk.Mailbox) bool { return out.WaitsFor == desk.WaitRate })
	if out.Most != (desk.MailRate{Minute: 1}) || out.State != desk.MailboxWatching || out.Waiting != 1 {
		t.Errorf("%+v", out)
	}
	change := func(most *int) {
		t.Helper()
		must(t, p.rules.Change(t.Context(), in.ID, p.connection(func(c *desk.MailboxConnection) { c.Password, c.Setup.PerMinute = "", most })))
	}
	change(nil)
	if s, err := p.rules.Setup(t.Context(), in.ID); err != nil || s.Rate() != out.Most {
		t.Errorf("%+v, %v", s, err)
	}
	change(new(0))
	p.comes("r2", desk.DeliverySent)
	p.stands("there is no bound", func(_, out desk.Mailbox) bool { return out.Most == (desk.MailRate{}) && out.WaitsFor == "" })
	if n := p.out.took("Done."); n != 2 {
		t.Errorf("%d answers left", n)
	}
}

// TestASenderOfTheConfigurationIsPausedThere: a window says so.
func TestASenderOfTheConfigurationIsPausedThere(t *testing.T) {
	p := openPost(t, Settings{
		Send: func(context.Context, outgoing.Mail) error { return nil }, From: outgoing.Address{Email: "desk@nordlicht-werke.example"}, Limit: outgoing.Limit{Hour: 50},
	})
	_, out := p.stands("it sends", func(_, out desk.Mailbox) bool { return out.State == desk.MailboxWatching })
	if out.Most.Hour != 50 {
		t.Errorf("%+v", out)
	}
	if err := p.rules.Pause(t.Context(), out.ID, true); desk.CodeOf(err) != desk.CodeWorkflow || !strings.Contains(err.Error(), "answers of desk@nordlicht-werke.example is named in the hub’s configuration") {
		t.Errorf("its sender: %v", err)
	}
	if err := p.rules.Pause(t.Context(), post.MailboxID("answers", "nobody@nordlicht-werke.example"), true); desk.CodeOf(err) != desk.CodeGone {
		t.Errorf("nobody's: %v", err)
	}
}
