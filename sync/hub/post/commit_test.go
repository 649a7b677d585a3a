package post_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"holdall/mail/intake"
	"holdall/store"
	"holdall/sync/hub/post"
)

// unsure has outcomes carried out, and the first time does not learn that they
// were.
type unsure struct {
	*post.Sink
	hand  *post.Sink // that does it
	asked int
}

func (u *unsure) Commit(ctx context.Context, outcomes []intake.Outcome) error {
	if u.asked++; u.asked > 1 {
		return u.Sink.Commit(ctx, outcomes)
	}
	if err := u.hand.Commit(ctx, outcomes); err != nil {
		return err
	}
	return store.ErrUndecided
}

// TestAMailThatMayBeWorkIsNotMadeWorkAgain (SPEC P54): where nobody knew whether it
// was committed it stays what it became, and is acknowledged once.
func TestAMailThatMayBeWorkIsNotMadeWorkAgain(t *testing.T) {
	h, server := build(t), &mailServer{}
	p := h.post(server)
	h.run().work(p)
	sink, converter := h.intake()
	hand, _ := h.intake()
	hand.Acknowledge, sink.Acknowledge = true, true
	u := &unsure{Sink: sink, hand: hand}
	converter.Sink = u
	h.file(sink, intake.Position{}, question(1))
	if list, err := hand.Pending(t.Context(), time.Now(), 9); err != nil || len(list) != 1 {
		t.Fatalf("%d mails are filed, %v", len(list), err)
	}
	h.convert(converter)
	converter.Now = func() time.Time { return time.Now().Add(time.Hour) }
	h.convert(converter)
	h.Until("it is acknowledged", func() bool { return len(server.mails()) > 0 })
	must(t, h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		list, err := tx.NewestMail(9)
		if err == nil && (len(list) != 1 || list[0].Tries != 0 || u.asked != 1 || h.tickets() != 1) {
			t.Errorf("%+v, asked %d times", list, u.asked)
		}
		return err
	}))
}

// TestAMailThatNoFrameCarriesGoesToPeople: what it would be on a ticket is six times
// its own length; it is kept whole for a person to look at, and the desk goes on.
func TestAMailThatNoFrameCarriesGoesToPeople(t *testing.T) {
	h := build(t).run()
	sink, converter := h.intake()
	h.file(sink, intake.Position{}, letter(1, "From: mira@nordlicht-werke.example\nSubject: brackets\n\n"+strings.Repeat(strings.Repeat("<", 70)+"\n", 50_000)), question(2))
	for hour := range 3 {
		converter.Now = func() time.Time { return time.Now().Add(time.Duration(hour) * time.Hour) }
		h.convert(converter)
	}
	must(t, h.Central.View(t.Context(), func(tx *store.CentralTx) error {
		list, err := tx.Quarantine(9)
		if err == nil && (len(list) != 1 || list[0].UID != 1 || h.tickets() != 1) {
			t.Errorf("in quarantine are %d, tickets are %d", len(list), h.tickets())
		}
		heads, failed := tx.AllHeads()
		must(t, failed)
		for b := range heads {
			changes, err := tx.Changes(b, 0, 1000)
			must(t, err)
			for _, c := range changes {
				if len(c.Record.Body) > store.BodyMost {
					t.Errorf("a %s of %d bytes stands in %s", c.Record.Kind, len(c.Record.Body), b)
				}
			}
		}
		return err
	}))
}
