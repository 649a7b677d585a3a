package post_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/mail/intake"
	"holdall/mail/message"
	"holdall/store"
	"holdall/sync/hub/stand"
)

const summons = "From: Jonas Weber <jonas@example.com>\nTo: desk@example.com\nSubject: Meeting\nMessage-ID: <meeting@example.com>\nMIME-Version: 1.0\n" +
	"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nShall we meet?\n--b\nContent-Type: text/calendar; method=REQUEST\n\n" +
	"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:meeting-1\nSEQUENCE:2\nDTSTAMP:20260301T090000Z\n" +
	"RECURRENCE-ID:20260302T130000Z\nDTSTART:20260302T130000Z\nDTEND:20260302T140000Z\nSUMMARY:Look at the printer\n" +
	"ORGANIZER;CN=Jonas:mailto:jonas@example.com\nATTENDEE;CN=Desk:mailto:DESK@example.com\nATTENDEE:mailto:eve@example.com\nEND:VEVENT\nEND:VCALENDAR\n--b--\n"

// TestAnInvitationIsAnsweredByMail: the organiser gets words and a calendar that
// says who comes, of the very meeting that was asked (RFC 5546 §3.2.3).
func TestAnInvitationIsAnsweredByMail(t *testing.T) {
	h, server := build(t), &mailServer{}
	p := h.post(server)
	h.run().work(p)
	sink, converter := h.intake()
	h.file(sink, intake.Position{UIDValidity: 7, LastUID: 1}, letter(1, summons))
	h.convert(converter)
	var ticket desk.TicketID
	var asked desk.MessageID
	must(t, h.Central.View(t.Context(), func(tx *store.CentralTx) (err error) {
		ticket, asked, err = tx.TicketByMailID("meeting@example.com")
		return err
	}))
	h.Write(ticket, desk.Message{ID: "r1", Kind: desk.PublicReply, Text: "I come.", Seen: asked, About: asked, Invitation: &desk.Invitation{Answer: "TENTATIVE"}})
	h.comes("r1", desk.DeliverySent)
	raws := server.raws()
	if len(raws) != 1 {
		t.Fatalf("%d mails left", len(raws))
	}
	sent, err := message.Parse(context.Background(), raws[0], message.Limits{})
	must(t, err)
	i := sent.Invite
	if i == nil || i.Method != "REPLY" || i.Answer != "TENTATIVE" || i.UID != "meeting-1" || i.Sequence != 2 || i.Organizer.Email != "jonas@example.com" ||
		len(i.Attendees) != 1 || i.Attendees[0].Email != "DESK@example.com" {
		t.Errorf("%+v\n%s", i, raws[0])
	}
	if len(sent.To) != 1 || sent.To[0].Email != "jonas@example.com" || sent.InReplyTo != "meeting@example.com" {
		t.Errorf("to %+v in reply to %s", sent.To, sent.InReplyTo)
	}
}

// TestAMeetingThatIsCalledOffFindsItsTicket on both engines, by the calendar
// alone, and a stranger calls off nothing.
func TestAMeetingThatIsCalledOffFindsItsTicket(t *testing.T) {
	off := strings.NewReplacer("<meeting@", "<off@", "REQUEST", "CANCEL", "SEQUENCE:2", "SEQUENCE:3").Replace(summons)
	for engine, dsn := range map[string]func() string{
		"SQLite":     func() string { return filepath.Join(t.TempDir(), "hub.db") },
		"PostgreSQL": func() string { return stand.Postgres(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			h := buildOn(t, dsn()).run()
			sink, converter := h.intake()
			h.file(sink, intake.Position{UIDValidity: 7, LastUID: 1}, letter(1, summons))
			h.convert(converter)
			stranger := strings.NewReplacer("From: Jonas Weber <jonas@", "From: Eve <eve@", "<off@", "<eve@").Replace(off)
			h.file(sink, intake.Position{UIDValidity: 7, LastUID: 3}, letter(2, off), letter(3, stranger))
			h.convert(converter)
			tickets := map[string]desk.TicketID{}
			must(t, h.Central.View(t.Context(), func(tx *store.CentralTx) (err error) {
				for _, id := range []string{"meeting", "off", "eve"} {
					if tickets[id], _, err = tx.TicketByMailID(id + "@example.com"); err != nil {
						return err
					}
				}
				return nil
			}))
			if tickets["off"] != tickets["meeting"] || tickets["eve"] == tickets["meeting"] {
				t.Errorf("%v", tickets)
			}
		})
	}
}
