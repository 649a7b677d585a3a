package post_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/mail/outgoing"
	"holdall/store"
	"holdall/sync/hub/post"
)

func letter(uid uint32, text string) intake.Mail {
	raw := []byte(strings.ReplaceAll(text, "\n", "\r\n"))
	return intake.Mail{
		Account: "desk@example.com", Mailbox: "INBOX", UIDValidity: 7, UID: uid, Size: int64(len(raw)),
		SHA256: sha256.Sum256(raw), InternalDate: day, Bytes: raw,
	}
}

// question is a mail with a file; the first two are of one writer.
func question(uid uint32) intake.Mail {
	from := "jonas@example.com"
	if uid > 2 {
		from = fmt.Sprintf("writer%d@example.com", uid)
	}
	return letter(uid, fmt.Sprintf("From: <"+from+">\nTo: desk@example.com\nSubject: Question %d\nMessage-ID: <q%d@example.com>\n"+
		"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease help.\n--b\nContent-Type: text/csv; name=list.csv\n\na;b;%d\n--b--\n", uid, uid, uid))
}

// intake makes a converter over the sink of the house, which is at work.
func (h *house) intake() (*post.Sink, *intake.Converter) {
	sink := post.NewSink(h.Server)
	return sink, &intake.Converter{
		Sink: sink, Token: func(string) (string, string, bool) { return "", "", false }, ReopenDays: 14,
	}
}

func (h *house) file(sink *post.Sink, next intake.Position, mails ...intake.Mail) {
	h.Helper()
	if err := sink.File(h.Context(), mails, next); err != nil {
		h.Fatal(err)
	}
}

func (h *house) convert(c *intake.Converter) (done int) {
	h.Helper()
	if err := c.Run(h.Context(), func(n int) { done += n }); err != nil {
		h.Fatal(err)
	}
	return done
}

// tickets counts the tickets in triage.
func (h *house) tickets() (n int) {
	h.Helper()
	err := h.Central.View(h.Context(), func(tx *store.CentralTx) error {
		n = 0
		changes, err := tx.Changes(desk.BucketTriage, 0, 10_000)
		for _, c := range changes {
			if c.Record.Kind == desk.KindTicket && !c.Drop {
				n++
			}
		}
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return n
}

func TestMailsBecomeTicketsOnce(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	var mails []intake.Mail
	for uid := range uint32(150) {
		mails = append(mails, question(uid+1))
	}
	next := intake.Position{UIDValidity: 7, LastUID: 150, HighestModSeq: 9, MarkedUID: 140}
	h.file(sink, next, mails...)
	h.file(sink, next, mails[100:]...)
	moved := mails[3]
	moved.UIDValidity, moved.UID = 8, 1
	h.file(sink, next, moved)
	if n := h.convert(converter); n != 150 {
		t.Errorf("%d mails were converted", n)
	}
	h.file(sink, next, mails...)
	if n := h.convert(converter); n != 0 || h.tickets() != 150 {
		t.Errorf("%d mails were converted again, %d tickets", n, h.tickets())
	}
	if at, err := sink.Position(t.Context(), "desk@example.com", "INBOX"); err != nil || at != next {
		t.Errorf("position %+v, %v", at, err)
	}
	if at, err := sink.Position(t.Context(), "desk@example.com", "Other"); err != nil || at != (intake.Position{}) {
		t.Errorf("position of a new mailbox %+v, %v", at, err)
	}
}

func TestTwoConvertersThatRanApartMakeOneTicket(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	h.file(sink, intake.Position{}, question(1))
	entries, err := sink.Pending(t.Context(), time.Now(), 10)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	late, err := converter.Decide(t.Context(), entries[0])
	if err != nil {
		t.Fatal(err)
	}
	_, other := h.intake()
	h.convert(other)
	if err := sink.Commit(t.Context(), []intake.Outcome{late}); err != nil {
		t.Fatal(err)
	}
	if n := h.tickets(); n != 1 {
		t.Errorf("%d tickets", n)
	}
}

func TestAnOutcomeTheRulesRefuseChangesNothing(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	h.file(sink, intake.Position{}, question(1), question(2))
	entries, err := sink.Pending(t.Context(), time.Now(), 10)
	if err != nil {
		t.Fatal(err)
	}
	var outcomes []intake.Outcome
	for _, e := range entries {
		o, err := converter.Decide(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		outcomes = append(outcomes, o)
	}
	outcomes[1].Mutations = outcomes[1].Mutations[len(outcomes[1].Mutations)-1:] // the message without its ticket
	if err := sink.Commit(t.Context(), outcomes); err == nil || h.tickets() != 0 {
		t.Errorf("%v, %d tickets", err, h.tickets())
	}
	if pending, err := sink.Pending(t.Context(), time.Now(), 10); err != nil || len(pending) != 2 {
		t.Errorf("%d mails wait, %v", len(pending), err)
	}
}

func TestAFailedTryRests(t *testing.T) {
	h := build(t).run()
	sink, _ := h.intake()
	h.file(sink, intake.Position{}, question(1), question(2))
	entries, err := sink.Pending(t.Context(), day, 10)
	if err != nil {
		t.Fatal(err)
	}
	if err := sink.Retry(t.Context(), entries[0].ID, "It was too hot.", day.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	now, err := sink.Pending(t.Context(), day, 1)
	if err != nil || len(now) != 1 || now[0].ID != entries[1].ID {
		t.Errorf("due now: %+v, %v", now, err)
	}
	later, err := sink.Pending(t.Context(), day.Add(time.Minute), 10)
	if err != nil || len(later) != 2 || later[0].Tries != 1 {
		t.Errorf("due later: %d, %v", len(later), err)
	}
	must(t, sink.Retry(t.Context(), entries[1].ID, "The clock was ahead.", day.AddDate(10, 0, 0)))
	if all, err := sink.Pending(t.Context(), day.Add(time.Minute), 10); err != nil || len(all) != 2 {
		t.Errorf("when the clock is right again: %d, %v", len(all), err)
	}
}

func TestWhatCouldNotBeFetchedIsKept(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	broken, large := question(1), question(2)
	broken.Bytes, broken.Problem = nil, "The server gave no bytes."
	large.Truncated, large.Size = true, 80<<20
	h.file(sink, intake.Position{}, broken, large)
	entries, err := sink.Pending(t.Context(), time.Now(), 10)
	if err != nil || len(entries) != 1 || !entries[0].Mail.Truncated || entries[0].Mail.Size != 80<<20 {
		t.Fatalf("%+v, %v", entries, err)
	}
	h.convert(converter)
	err = h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		aside, err := tx.Quarantine(10)
		if err == nil && (len(aside) != 2 || h.tickets() != 0) {
			t.Errorf("%d in quarantine, %d tickets", len(aside), h.tickets())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestTheBookKnowsWhoWrote(t *testing.T) {
	h := build(t).run()
	sink, _ := h.intake()
	h.Open("t1", "first")
	h.Write("t1", desk.Message{ID: "r1", Kind: desk.PublicReply, Text: "Please look.", Seen: "t1-q", Cc: []desk.Address{{Email: "Tobias@example.com"}}})
	h.Write("t1", desk.Message{ID: "n1", Kind: desk.InternalNote, Text: "x", To: []desk.Address{{Email: "secret@example.com"}}})
	ctx := t.Context()
	for email, want := range map[string]bool{"tobias@EXAMPLE.com": true, "secret@example.com": false, "annika@example.com": false} {
		if is, err := sink.Participant(ctx, "t1", email); err != nil || is != want {
			t.Errorf("%s is added: %v, %v", email, is, err)
		}
	}
	if m, err := sink.MessageByMailID(ctx, "t1-q@example.com"); err != nil || m.ID != "t1-q" {
		t.Errorf("%v, %v", m.ID, err)
	}
	for what, err := range map[string]error{
		"ticket":    second(sink.Ticket(ctx, "none")),
		"number":    second(sink.TicketByNumber(ctx, "INC0099999")),
		"mail":      second(sink.MessageByMailID(ctx, "none@example.com")),
		"requester": second(sink.RequesterByEmail(ctx, "none@example.com")),
		"person":    second(sink.PersonByEmail(ctx, "none@example.com")),
	} {
		if !errors.Is(err, intake.ErrUnknown) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestMailsOfOneSecondKeepTheirOrder, whatever their mailbox has counted to: an
// answer must not be read before what it answers, and a server tells seconds.
func TestMailsOfOneSecondKeepTheirOrder(t *testing.T) {
	h := build(t).run()
	sink, _ := h.intake()
	const first = 980
	var mails []intake.Mail
	for uid := range uint32(40) {
		mails = append(mails, question(first+uid))
	}
	h.file(sink, intake.Position{}, mails...)
	entries, err := sink.Pending(t.Context(), time.Now(), 40)
	if err != nil || len(entries) != 40 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for i, e := range entries {
		if e.Mail.UID != first+uint32(i) {
			t.Fatalf("place %d has UID %d", i, e.Mail.UID)
		}
	}
}

func TestANewTicketIsAcknowledgedOnce(t *testing.T) {
	h, server := build(t), &mailServer{answer: func(n int) error {
		if n == 1 {
			return &outgoing.Error{Outcome: outgoing.Permanent, Err: errors.New("550")}
		}
		return nil
	}}
	p := h.post(server)
	h.run().work(p)
	sink, converter := h.intake()
	sink.Acknowledge = true
	h.file(sink, intake.Position{}, question(1), question(2))
	h.convert(converter)
	h.Until("it is answered", func() bool { return len(server.mails()) > 0 })
	h.Open("t9", "first")
	h.Write("t9", reply("r9", "t9-q"))
	h.comes("r9", desk.DeliverySent)
	mails := server.mails()
	if len(mails) != 2 {
		t.Fatalf("%d mails left: an acknowledgement and a reply were due", len(mails))
	}
	a := mails[0]
	if !a.AutoReply || a.To[0].Email != "jonas@example.com" || a.InReplyTo != "q1@example.com" || !strings.Contains(a.Subject, "[INC000000") || strings.Contains(a.Text, "Please help") {
		t.Errorf("%+v", a)
	}
	if traffic, err := sink.Traffic(t.Context(), "Jonas@example.com", time.Now().Add(-time.Hour)); err != nil || traffic != (intake.Traffic{Mails: 2, Replies: 1, Total: 1}) {
		t.Errorf("%+v, %v", traffic, err)
	}
}

func TestWhatPassedOutlivesARestart(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	sink.Acknowledge = true
	h.file(sink, intake.Position{}, question(1))
	h.convert(converter)
	again, converter := h.intake()
	again.Acknowledge = true
	if traffic, err := again.Traffic(t.Context(), "jonas@example.com", time.Now()); err != nil || traffic != (intake.Traffic{Mails: 1, Replies: 1, Total: 1}) {
		t.Errorf("%+v, %v", traffic, err)
	}
	h.file(again, intake.Position{}, question(2))
	entries, err := again.Pending(t.Context(), time.Now(), 1)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	if o, err := converter.Decide(t.Context(), entries[0]); err != nil || o.Reply != nil {
		t.Errorf("answered twice within an hour: %+v, %v", o.Reply, err)
	}
}

// TestManyRestingMailsHideNoOther: what rests after a failed try is passed over
// by the database and not by reading it.
func TestManyRestingMailsHideNoOther(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	var mails []intake.Mail
	for uid := range uint32(200) {
		mails = append(mails, question(uid+1))
	}
	h.file(sink, intake.Position{}, mails...)
	entries, err := sink.Pending(t.Context(), day, 199)
	if err != nil || len(entries) != 199 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		if err := sink.Retry(t.Context(), e.ID, "It was too hot.", time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	later, _ := h.intake()
	if left, err := later.Pending(t.Context(), time.Now(), 10); err != nil || len(left) != 1 || left[0].Mail.UID != 200 {
		t.Errorf("%d due after a restart, %v", len(left), err)
	}
	if n := h.convert(converter); n != 1 {
		t.Errorf("%d were converted", n)
	}
	if due, err := later.Pending(t.Context(), time.Now().Add(2*time.Hour), 500); err != nil || len(due) != 199 || due[0].Tries != 1 {
		t.Errorf("%d due later, %v", len(due), err)
	}
}

func TestLargeMailsAreListedInSmallNumbers(t *testing.T) {
	h := build(t).run()
	sink, _ := h.intake()
	for uid := range uint32(5) {
		h.file(sink, intake.Position{}, letter(uid+1, fmt.Sprintf("Subject: %d\n\n", uid)+strings.Repeat("x", 12<<20)))
	}
	if entries, err := sink.Pending(t.Context(), time.Now(), 256); err != nil || len(entries) != 2 {
		t.Errorf("%d mails of 12 MiB at once, %v", len(entries), err)
	}
}

// sumOf is the SHA-256 of a text in hex.
