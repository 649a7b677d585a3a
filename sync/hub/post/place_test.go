package post_test

import (
	"log/slog"
	"maps"
	"testing"
	"time"

	"holdall/mail/intake"
	"holdall/sync/hub/post"
)

// TestAFolderBeforeItWasAddedIsTakenInSilently: files have no UIDs of a server's, and
// the machine that dates them is the hub's.
func TestAFolderBeforeItWasAddedIsTakenInSilently(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	for _, at := range []time.Time{day.Add(time.Hour), day.Add(2 * time.Hour)} {
		must(t, sink.Begin(t.Context(), "desk@example.com", "INBOX", at))
	}
	fresh := question(2)
	fresh.InternalDate = day.Add(90 * time.Minute)
	h.file(sink, intake.Position{UIDValidity: 7, LastUID: 2}, question(1), fresh)
	entries, err := sink.Pending(t.Context(), time.Now(), 10)
	if err != nil || len(entries) != 2 || !entries[0].Old || entries[1].Old {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	if n := h.convert(converter); n != 2 {
		t.Errorf("%d were converted", n)
	}
}

// TestAnOldMailboxIsTakenInSilently, whatever the clock of its server says, and what
// comes is not.
func TestAnOldMailboxIsTakenInSilently(t *testing.T) {
	h, server := build(t), &mailServer{}
	p := h.post(server)
	h.run().work(p)
	sink, converter := h.intake()
	sink.Acknowledge = true
	converter.StormMails = 3
	begun := intake.Position{UIDValidity: 7, History: 20}
	for _, at := range []intake.Position{{UIDValidity: 6, History: 900}, begun} {
		must(t, post.NewIntake(sink, converter, slog.New(slog.DiscardHandler)).Deliver(t.Context(), nil, post.Place{Account: "desk@example.com", Mailbox: "INBOX"}, nil, at))
	}
	if at, err := sink.Position(t.Context(), "desk@example.com", "INBOX"); err != nil || at != begun {
		t.Errorf("it goes on from %+v, %v", at, err)
	}
	var mails []intake.Mail
	for uid := range uint32(20) {
		m := question(uid + 1)
		m.InternalDate, m.Truncated = time.Now().Add(48*time.Hour), uid == 7
		mails = append(mails, m)
	}
	h.file(sink, intake.Position{UIDValidity: 7, LastUID: 20}, mails...)
	fresh, other := question(21), question(22)
	fresh.InternalDate, other.InternalDate = time.Unix(1, 0), time.Unix(1, 0)
	other.UIDValidity = 6 // filed before the UIDs began anew
	h.file(sink, intake.Position{UIDValidity: 7, LastUID: 21}, other, fresh)
	h.convert(converter)
	h.Until("the new mail is answered", func() bool { return len(server.mails()) > 0 })
	if a := server.mails(); len(a) != 1 || a[0].InReplyTo != "q21@example.com" || h.tickets() != 21 {
		t.Errorf("%d answers, %d tickets", len(a), h.tickets())
	}
	if traffic, err := sink.Traffic(t.Context(), "jonas@example.com", time.Now().Add(-time.Hour)); err != nil || traffic.Mails != 0 {
		t.Errorf("%+v, %v", traffic, err)
	}
}

// TestAnOlderMailboxGetsItsHistoryByUIDs: what an older program has read of it says
// where its history ends, and from then on no date does. Where nothing says so it is
// read anew, and nothing of it becomes two tickets.
func TestAnOlderMailboxGetsItsHistoryByUIDs(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	from := post.Place{Account: "desk@example.com", Mailbox: "INBOX"}
	must(t, sink.Begin(t.Context(), from.Account, from.Mailbox, day))
	dated := func(uid uint32, at time.Time) intake.Mail {
		m := question(uid)
		m.InternalDate = at
		return m
	}
	old := map[uint32]bool{}
	pending := func() {
		t.Helper()
		entries, err := sink.Pending(t.Context(), time.Now(), 10)
		must(t, err)
		for _, e := range entries {
			old[e.Mail.UID] = e.Old
		}
	}
	h.file(sink, intake.Position{UIDValidity: 7, LastUID: 4}, dated(3, day.Add(-2*time.Hour)), dated(4, day.Add(-time.Hour)))
	must(t, sink.Lift(t.Context(), nil, from))
	if at, err := sink.Position(t.Context(), from.Account, from.Mailbox); err != nil || at != (intake.Position{}) {
		t.Errorf("perhaps not read to the end of its history, it goes on from %+v, %v", at, err)
	}
	h.file(sink, intake.Position{UIDValidity: 7, LastUID: 6}, dated(3, day.Add(-2*time.Hour)), dated(6, day.Add(time.Hour)))
	must(t, sink.Lift(t.Context(), nil, from))
	want := intake.Position{UIDValidity: 7, LastUID: 6, History: 5}
	if at, err := sink.Position(t.Context(), from.Account, from.Mailbox); err != nil || at != want {
		t.Errorf("it goes on from %+v, %v", at, err)
	}
	h.file(sink, intake.Position{UIDValidity: 7, LastUID: 8, History: 5}, dated(8, day.Add(-time.Hour))) // moved into it
	must(t, sink.Lift(t.Context(), nil, from))
	pending()
	if want := map[uint32]bool{3: true, 4: true, 6: false, 8: false}; !maps.Equal(old, want) {
		t.Errorf("history: %v", old)
	}
	if n := h.convert(converter); n != 4 || h.tickets() != 4 {
		t.Errorf("%d were converted to %d tickets", n, h.tickets())
	}
}
