package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"holdall/desk"

	"github.com/google/go-cmp/cmp"
)

func noteOf(id string, ticket desk.TicketID, text string) desk.Message {
	return desk.Message{ID: desk.MessageID(id), Ticket: ticket, Kind: desk.InternalNote, Text: text, At: noon, SyncedAt: noon, Rev: 1}
}

func conflictOf(id string, ticket desk.TicketID, state desk.ConflictState) desk.Conflict {
	return desk.Conflict{ID: desk.ConflictID(id), Ticket: ticket, Field: desk.FieldTeam, Server: "a", Client: "b",
		ServerBy: "ben", ClientBy: "ana", ServerAt: noon, ClientAt: noon, State: state, Rev: 1}
}

// oneOfEach is an entity of every kind.
func oneOfEach() []desk.Entity {
	return []desk.Entity{
		desk.NewWorkspace("w1", "Example"),
		desk.Person{ID: "ana", Name: "Ana", Email: "Ana@Example.com", Roles: []desk.Role{desk.RoleAgent}, Rev: 1},
		desk.Requester{ID: "r1", Name: "Rudi Ratlos", Email: "rudi@example.com", VIP: true, Rev: 1},
		desk.Team{ID: "first", Name: "First line", Tier: 1, Rev: 1},
		desk.Service{ID: "mail", Name: "Mail", Rev: 1},
		ticketOf("t1", 1),
		noteOf("m1", "t1", "a note"),
		desk.Event{ID: "e1", Ticket: "t1", Kind: desk.EventCreated, At: noon, SyncedAt: noon},
		desk.TimeEntry{ID: "l1", Ticket: "t1", Person: "ana", Minutes: 15, At: noon, SyncedAt: noon},
		conflictOf("c1", "t1", desk.ConflictOpen),
		desk.Rejection{ID: "x1", Person: "ana", Device: "d", Mid: 1, Name: desk.TicketPatch, Args: []byte("{}"), Code: desk.CodePerm, At: noon, Rev: 1},
		desk.Mailbox{ID: "b1", Address: "desk@example.com", State: desk.MailboxWatching, At: noon, Rev: 1},
		desk.QuarantinedMail{ID: "q1", Mailbox: "b1", Account: "support", SHA256: sumOf([]byte("q1")), State: desk.InQuarantine, At: noon, ReceivedAt: noon, Rev: 1},
	}
}

func recordsKeepTheirBytes(t *testing.T, c *Central) {
	for _, e := range oneOfEach() {
		want, err := desk.Encode(e)
		must(t, err)
		c.mustUpdate(t, func(tx *CentralTx) error {
			got, err := tx.Put(e)
			must(t, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s as stored (-want +got):\n%s", want.Kind, diff)
			}
			return nil
		})
		c.mustView(t, func(tx *CentralTx) error {
			got, found, err := tx.Record(e.Key())
			must(t, err)
			if diff := cmp.Diff(want, got); !found || diff != "" {
				t.Errorf("%s as read (-want +got):\n%s", want.Kind, diff)
			}
			back, err := tx.Get(e.Key())
			must(t, err)
			if !reflect.DeepEqual(e, back) {
				t.Errorf("%s decoded: %+v, want %+v", want.Kind, back, e)
			}
			return nil
		})
	}
}

func absenceIsUnknown(t *testing.T, c *Central) {
	c.mustView(t, func(tx *CentralTx) error {
		asks := map[string]func() error{
			"record":    func() error { _, err := tx.Get(desk.Key{Kind: desk.KindTicket, ID: "none"}); return err },
			"newer":     func() error { _, err := tx.Get(desk.Key{Kind: "asset", ID: "none"}); return err },
			"device":    func() error { _, err := tx.Device("none"); return err },
			"token":     func() error { _, err := tx.DeviceByToken([]byte{1}); return err },
			"person":    func() error { _, err := tx.PersonByEmail("none@example.com"); return err },
			"requester": func() error { _, err := tx.RequesterByEmail("none@example.com"); return err },
			"password":  func() error { _, _, err := tx.Password("none@example.com"); return err },
			"number":    func() error { _, err := tx.TicketByNumber("INC0000000"); return err },
			"mail id":   func() error { _, _, err := tx.TicketByMailID("none@example.com"); return err },
			"no id":     func() error { _, _, err := tx.TicketByMailID(""); return err },
			"file":      func() error { _, err := tx.Blob("00"); return err },
		}
		for what, ask := range asks {
			if err := ask(); !errors.Is(err, desk.ErrUnknown) {
				t.Errorf("%s: %v, want desk.ErrUnknown", what, err)
			}
		}
		return nil
	})
}

func hostileTextIsKept(t *testing.T, c *Central) {
	tk := ticketOf("t1", 1)
	tk.Title = "nul \x00, broken \xff\xfe, quote ' \" ; -- ?"
	tk.Description = strings.Repeat("ü", 1<<16)
	m := noteOf("m1", "t1", "\x00")
	m.MailID = "a\x00b@example.com"
	c.mustUpdate(t, func(tx *CentralTx) error {
		r, err := tx.Put(tk)
		must(t, err)
		_, err = tx.Put(m)
		must(t, err)
		back, found, err := tx.Record(r.Key)
		must(t, err)
		if !found || string(back.Body) != string(r.Body) {
			t.Error("the body came back changed")
		}
		ticket, _, err := tx.TicketByMailID(m.MailID)
		if ticket != "t1" {
			t.Errorf("mail of %q, %v", ticket, err)
		}
		return err
	})
}

func treeIsOrdered(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, e := range slices.Backward(oneOfEach()) {
			_, err := tx.Put(e)
			must(t, err)
		}
		_, err := tx.Put(conflictOf("c2", "t1", desk.ConflictSettled))
		must(t, err)
		_, err = tx.Put(noteOf("m2", "t2", "of another ticket"))
		return err
	})
	c.mustView(t, func(tx *CentralTx) error {
		tree, err := tx.Tree("t1")
		must(t, err)
		var kinds []desk.Kind
		for _, r := range tree {
			kinds = append(kinds, r.Kind)
			if r.Tree != "t1" {
				t.Errorf("%s %s is of tree %q", r.Kind, r.ID, r.Tree)
			}
		}
		want := []desk.Kind{desk.KindTicket, desk.KindMessage, desk.KindEvent, desk.KindTime, desk.KindConflict, desk.KindConflict}
		if !slices.Equal(kinds, want) {
			t.Errorf("tree of %v, want %v", kinds, want)
		}
		open, err := tx.OpenConflicts("t1")
		must(t, err)
		if len(open) != 1 || open[0].ID != "c1" {
			t.Errorf("open conflicts %v, want c1", open)
		}
		return nil
	})
}

func directoryByAddress(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, e := range oneOfEach() {
			_, err := tx.Put(e)
			must(t, err)
		}
		return nil
	})
	c.mustView(t, func(tx *CentralTx) error {
		p, err := tx.PersonByEmail("aNA@example.COM")
		must(t, err)
		r, err := tx.RequesterByEmail("Rudi@Example.com")
		must(t, err)
		tk, err := tx.TicketByNumber("INC0000001")
		must(t, err)
		teams, err := tx.Teams()
		must(t, err)
		people, err := tx.People()
		must(t, err)
		services, err := tx.Services()
		must(t, err)
		if p.ID != "ana" || r.ID != "r1" || tk.ID != "t1" || len(teams) != 1 || len(people) != 1 || len(services) != 1 {
			t.Errorf("found %q, %q, %q, %d teams, %d people, %d services", p.ID, r.ID, tk.ID, len(teams), len(people), len(services))
		}
		return nil
	})
}

func mailsByID(t *testing.T, c *Central) {
	m := noteOf("m1", "t1", "")
	m.Kind, m.MailID = desk.FromRequester, "one@example.com"
	later := noteOf("m0", "t2", "the same mail in another ticket")
	later.MailID, later.At = m.MailID, noon.Add(time.Hour)
	c.mustUpdate(t, func(tx *CentralTx) error {
		_, err := tx.Put(later)
		must(t, err)
		_, err = tx.Put(m)
		must(t, err)
		ticket, message, err := tx.TicketByMailID("one@example.com")
		if ticket != "t1" || message != "m1" {
			t.Errorf("mail is %s of %s, want the oldest", message, ticket)
		}
		return err
	})
}

func repliesOldestFirst(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for i, id := range []string{"late", "early", "sent", "later"} {
			m := noteOf(id, "t1", id)
			m.Kind, m.Delivery = desk.PublicReply, desk.DeliveryQueued
			m.At = noon.Add(time.Duration([]int{2, 1, 0, 3}[i]) * time.Minute)
			if id == "sent" {
				m.Delivery = desk.DeliverySent
			}
			_, err := tx.Put(m)
			must(t, err)
		}
		list, err := tx.Replies(desk.DeliveryQueued, 2)
		must(t, err)
		if len(list) != 2 || list[0].ID != "early" || list[1].ID != "late" {
			t.Errorf("replies %v, want early and late", list)
		}
		return nil
	})
}

// unkeepable: text that PostgreSQL does not take is answered as what is not there,
// and spoils neither the transaction it is named in nor the others.
func unkeepable(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, id := range []string{"a\x00b", "a\xffb"} {
			if _, err := tx.Get(desk.Ticket{ID: desk.TicketID(id)}.Key()); !errors.Is(err, desk.ErrUnknown) {
				t.Errorf("%q is read: %v", id, err)
			}
			if _, found, err := tx.Record(desk.Team{ID: desk.TeamID(id)}.Key()); found || err != nil {
				t.Errorf("%q is there: %v", id, err)
			}
			if _, err := tx.TicketByNumber(desk.Number(id)); !errors.Is(err, desk.ErrUnknown) {
				t.Errorf("the number %q: %v", id, err)
			}
			for _, e := range []desk.Entity{desk.Team{ID: desk.TeamID(id)}, noteOf("m1", desk.TicketID(id), "a note"), noteOf(id, "t1", "a note")} {
				if _, err := tx.Put(e); desk.CodeOf(err) != desk.CodeValidation {
					t.Errorf("%q is kept: %v", id, err)
				}
			}
			heads, err := tx.Heads([]desk.BucketID{desk.BucketID(id), "triage"})
			if err != nil || len(heads) != 2 || heads[desk.BucketID(id)] != (Head{Epoch: 1}) {
				t.Errorf("the bucket %q: %v, %v", id, heads, err)
			}
			list, _, err := tx.Standing("triage", []desk.Key{{Kind: desk.Kind(id), ID: "t1"}, {Kind: desk.KindTicket, ID: id}, {Kind: desk.KindTicket, ID: "t1"}}, 1<<20)
			if err != nil || len(list) > 1 {
				t.Errorf("of %q stand %v, %v", id, list, err)
			}
			enter(t, tx, "triage", ticketOf("t1", 1))
		}
		return nil
	})
	c.mustView(t, func(tx *CentralTx) error {
		list, _, err := tx.Standing("triage", []desk.Key{{Kind: desk.KindTicket, ID: "a\x00b"}, {Kind: desk.KindTicket, ID: "t1"}}, 1<<20)
		if len(list) != 1 {
			t.Errorf("what was put beside is %v", list)
		}
		return err
	})
}

// endless is a text of so many bytes in which nothing is there twice: an index keeps
// no less of it.
func endless(bytes int) (text string) {
	for n := 0; len(text) < bytes; n++ {
		sum := sha256.Sum256(fmt.Append(nil, n))
		text += hex.EncodeToString(sum[:])
	}
	return text[:bytes]
}

// foundHoweverLong: what strangers write is kept and found, however long it is, and
// no record has an id that an index could not hold.
func foundHoweverLong(t *testing.T, c *Central) {
	long := endless(5000)
	c.mustUpdate(t, func(tx *CentralTx) error {
		for _, e := range []desk.Entity{ticketOf(long, 1), noteOf(long, "t1", "a note"), noteOf("m1", desk.TicketID(long), "a note")} {
			_, err := tx.Put(e)
			sentence(t, err, desk.CodeValidation, "is longer than 500 bytes")
		}
		m := noteOf("m1", "t1", "a mail")
		m.MailID = long
		at := ticketOf(long[:IDMost], 1)
		for _, e := range []desk.Entity{m, desk.Requester{ID: "r1", Name: long, Email: "A" + long}, desk.Person{ID: "p1", Name: "Ana", Email: "ä" + long}} {
			_, err := tx.Put(e)
			must(t, err)
		}
		enter(t, tx, desk.TeamBucket(desk.TeamID(endless(IDMost))), at)
		return tx.NoteTraffic(long, true, noon)
	})
	c.mustView(t, func(tx *CentralTx) error {
		_, message, err := tx.TicketByMailID(long)
		must(t, err)
		r, err := tx.RequesterByEmail("a" + long)
		must(t, err)
		p, err := tx.PersonByEmail("Ä" + long)
		must(t, err)
		if message != "m1" || r.Email != "A"+long || p.ID != "p1" {
			t.Errorf("found %s, %s and %s", message, r.ID, p.ID)
		}
		if mails, replies, _, err := tx.Traffic(long, noon); mails != 1 || replies != 1 || err != nil {
			t.Errorf("%d mails, %d replies, %v", mails, replies, err)
		}
		_, err = tx.Get(desk.Ticket{ID: desk.TicketID(long[:IDMost])}.Key())
		return err
	})
}

// tooLong: a record that no frame carries is not kept, and one that just fits is.
func tooLong(t *testing.T, c *Central) {
	c.mustUpdate(t, func(tx *CentralTx) error {
		for text, want := range map[string]error{strings.Repeat("x", BodyMost-1000): nil, strings.Repeat("x", BodyMost): ErrLong, strings.Repeat("<", BodyMost/6): ErrLong} {
			if _, err := tx.Put(noteOf("m1", "t1", text)); !errors.Is(err, want) || want == nil && err != nil {
				t.Errorf("%d times %.1q: %v", len(text), text, err)
			}
		}
		return nil
	})
}

func TestUpdateEndsWithItsContext(t *testing.T) {
	onBoth(t, func(t *testing.T, c *Central) {
		ctx, cancel := context.WithCancel(context.Background())
		err := c.Update(ctx, func(tx *CentralTx) error {
			must(t, tx.SetMeta("half", "done"))
			cancel()
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want that the context was cancelled", err)
		}
		c.mustView(t, func(tx *CentralTx) error {
			value, err := tx.Meta("half")
			if value != "" {
				t.Error("half a transaction was kept")
			}
			return err
		})
	})
}
