package mailroom

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/mailbox"
	"holdall/store"
	"holdall/sync/hub"
)

// told waits until the records of the mailboxes are as wanted.
func (o *office) told(what string, holds func([]desk.Mailbox) bool) []desk.Mailbox {
	o.Helper()
	ctx, over := context.WithTimeout(o.Context(), time.Minute)
	defer over()
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		var list []desk.Mailbox
		must(o, o.central.View(ctx, func(tx *store.CentralTx) (err error) { list, err = tx.Mailboxes(); return err }))
		if holds(list) {
			return list
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			o.Fatalf("never: %s; the records say %+v", what, list)
		}
	}
}

// TestTheDeskIsToldHowItsMailboxDoes: that nobody has connected it, and what to
// do; that it is read, how much came; that it is gone.
func TestTheDeskIsToldHowItsMailboxDoes(t *testing.T) {
	o := openOffice(t)
	must(t, o.server.Deliver(address, "INBOX", letter("first")))
	o.open()
	one := func(holds func(desk.Mailbox) bool) func([]desk.Mailbox) bool {
		return func(list []desk.Mailbox) bool { return len(list) == 1 && holds(list[0]) }
	}
	refused := o.told("it waits for a person", one(desk.Mailbox.NeedsPerson))[0]
	if refused.Address != address || refused.Folder != "INBOX" || refused.Server != o.server.Addr || refused.Problem != desk.ProblemSignIn ||
		!strings.Contains(refused.Reason, "connect "+address) || !strings.Contains(refused.WayOut(), "Connect the mailbox again") || refused.Since.IsZero() {
		t.Errorf("%+v", refused)
	}
	o.allow()
	well := o.told("it is read", one(func(m desk.Mailbox) bool { return m.State == desk.MailboxWatching }))[0]
	if well.Reason != "" || well.LastPoll.IsZero() || !well.Since.After(refused.Since) {
		t.Errorf("%+v", well)
	}
	o.arrived("first")
}

// TestAMailboxThatIsNotNamedAnyMoreIsRetired by the room that opens without it,
// and its record goes on where it stood when it is named again.
func TestAMailboxThatIsNotNamedAnyMoreIsRetired(t *testing.T) {
	o := &office{T: t}
	log := slog.New(slog.DiscardHandler)
	var err error
	o.central, err = store.OpenCentral(t.Context(), t.TempDir()+"/hub.db")
	must(t, err)
	t.Cleanup(func() { must(t, o.central.Close()) })
	server, err := hub.NewServer(t.Context(), o.central, log)
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); server.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	workspace, err := server.Found(ctx, "Nordlicht Werke", time.Now())
	must(t, err)
	box := Box{Account: "folder", Name: "/var/mail", Address: "/var/mail", Source: &mailbox.Folder{Account: "folder", Dir: t.TempDir(), Poll: time.Hour}}
	open := func(boxes ...Box) (shut func()) {
		room, err := New(ctx, server, workspace, Settings{Boxes: boxes}, log)
		must(t, err)
		working, end := context.WithCancel(ctx)
		gone := make(chan struct{})
		go func() { defer close(gone); room.Run(working) }()
		return func() { end(); <-gone }
	}
	state := func(want desk.MailboxState) func([]desk.Mailbox) bool {
		return func(list []desk.Mailbox) bool { return len(list) == 1 && list[0].State == want }
	}
	shut := open(box)
	o.told("it is read", state(desk.MailboxWatching))
	shut()
	shut = open()
	o.told("it is gone", state(desk.MailboxRemoved))
	shut()
	shut = open(box)
	o.told("it is read again", state(desk.MailboxWatching))
	shut()
}

func TestEverydayMailIsNoImport(t *testing.T) {
	for waiting, want := range map[int]desk.MailboxState{1: desk.MailboxWatching, importFrom: desk.MailboxImporting} {
		if got := stateOf(mailbox.Status{State: mailbox.StateReading, Waiting: waiting}); got != want {
			t.Errorf("%d mails wait: %s", waiting, got)
		}
	}
	if got := stateOf(mailbox.Status{}); got != desk.MailboxStandby {
		t.Errorf("before it begins: %s", got)
	}
	long := reasonOf(mailbox.Status{LastError: strings.Repeat("ü", 1000) + "\r\n"})
	if len([]rune(long)) != reasonMost || !strings.HasSuffix(long, "…") {
		t.Errorf("%d characters", len([]rune(long)))
	}
}
