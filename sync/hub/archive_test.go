package hub_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/hub/stand"
	"holdall/sync/protocol"
)

const (
	firstMarch = desk.BucketID("closed:team:first:2026-03")
	otherMarch = desk.BucketID("closed:team:other:2026-03")
)

// ended opens tickets in a team and closes them, at a desk that keeps them for 90
// days.
func (h *house) ended(team desk.TeamID, ids ...desk.TicketID) {
	h.Helper()
	h.keeps(90)
	for _, id := range ids {
		h.Open(id, team)
		h.Do(hub.Act{Name: desk.TicketMove, Ticket: id, Args: desk.MoveTicket{From: desk.StateNew, To: desk.StateResolved, ResolutionCode: desk.ResolvedSolved, ResolutionNotes: "Freed."}},
			hub.Act{Name: desk.TicketMove, Ticket: id, Args: desk.MoveTicket{From: desk.StateResolved, To: desk.StateClosed}})
	}
}

// keeps says for how many days after its end a ticket stays on the desks.
func (h *house) keeps(days int) {
	h.Helper()
	ws, err := h.Server.Found(h.Context(), "", day)
	must(h, err)
	ws.ArchiveDays = days
	h.Do(hub.Act{Name: desk.WorkspacePut, Args: ws})
}

func (h *house) ticket(id desk.TicketID) (t desk.Ticket) {
	h.Helper()
	must(h, h.Central.View(h.Context(), func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Ticket{ID: id}.Key())
		if err == nil {
			t = e.(desk.Ticket)
		}
		return err
	}))
	return t
}

// holds lists the tickets that stand in a bucket.
func (h *house) holds(b desk.BucketID) (ids []string) {
	h.Helper()
	must(h, h.Central.View(h.Context(), func(tx *store.CentralTx) error {
		changes, err := tx.Changes(b, 0, 10_000)
		for _, c := range changes {
			if c.Record.Kind == desk.KindTicket && !c.Drop {
				ids = append(ids, c.Record.ID)
			}
		}
		return err
	}))
	slices.Sort(ids)
	return ids
}

// pins lets a person keep a ticket, or let it go.
func (h *house) pins(p desk.Person, id desk.TicketID, keep bool) desk.Result {
	h.Helper()
	m, err := desk.NewMutation(desk.TicketPin, id, desk.PinTicket{Keep: keep}, day)
	must(h, err)
	m.Device, m.Mid = desk.DeviceID(fmt.Sprint("pin-", p.ID, id, keep)), 1
	results, err := h.Server.Submit(h.Context(), desk.PrincipalOf(p, m.Device), m)
	must(h, err)
	return results[0]
}

// TestWhatEndedLongAgoIsArchived: in batches, on either engine, no earlier than
// the workspace says, and never where it says never; mail brings it back (SPEC
// P28).
func TestWhatEndedLongAgoIsArchived(t *testing.T) {
	for engine, dsn := range map[string]func(*testing.T) string{
		"SQLite":     func(t *testing.T) string { return t.TempDir() + "/hub.db" },
		"PostgreSQL": func(t *testing.T) string { return stand.Postgres(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			h := buildOn(t, dsn(t)).run()
			var ids []desk.TicketID
			for n := range 55 {
				ids = append(ids, desk.TicketID(fmt.Sprintf("t%02d", n)))
			}
			h.ended("first", ids...)
			h.Open("open", "first")
			later := func(days int) {
				t.Helper()
				must(t, h.Server.Archive(t.Context(), nil, day.AddDate(0, 0, days)))
			}
			h.keeps(0) // as a workspace does of which nobody has asked anything else
			later(9999)
			if n := len(h.holds(firstMarch)); n != 0 {
				t.Fatalf("%d are archived although nobody asked for it", n)
			}
			h.keeps(90)
			later(90)
			if n := len(h.holds(firstMarch)); n != 0 {
				t.Fatalf("%d are archived too early", n)
			}
			later(91)
			if n, queue := len(h.holds(firstMarch)), h.holds("team:first"); n != len(ids) || !slices.Equal(queue, []string{"open"}) {
				t.Errorf("%d are archived, %v are in the queue", n, queue)
			}
			h.Do(hub.Act{Name: desk.MessageAdd, Ticket: "t07", Args: desk.AddMessage{Message: desk.Message{ID: "again", Kind: desk.FromRequester, Text: "Again."}}})
			if queue := h.holds("team:first"); !slices.Equal(queue, []string{"open", "t07"}) {
				t.Errorf("the mail brought back %v", queue)
			}
			h.keeps(0)
			h.Do(hub.Act{Name: desk.TicketMove, Ticket: "open", Args: desk.MoveTicket{From: desk.StateNew, To: desk.StateCancelled}})
			later(9999)
			if queue := h.holds("team:first"); !slices.Equal(queue, []string{"open", "t07"}) {
				t.Errorf("for ever, and yet in the queue are %v", queue)
			}
		})
	}
}

// archivist is a device of Mira's that tells what it is given.
type archivist struct {
	*desktop
	subs, unsubs []desk.BucketID
	rows         []string // tickets of archives
	byes         int
}

func (a *archivist) step(events ...hub.Event) {
	a.Helper()
	a.subs, a.unsubs, a.rows = nil, nil, nil
	for _, effect := range a.engine.Step(a.Context(), day, events...) {
		send, ok := effect.(hub.Send)
		if !ok {
			continue
		}
		switch m := send.Message.(type) {
		case protocol.Welcome:
			for b := range m.Buckets {
				if _, _, archive := b.Archive(); archive {
					a.subs = append(a.subs, b)
				}
			}
		case protocol.Sub:
			a.subs = append(a.subs, m.Bucket)
		case protocol.Unsub:
			a.unsubs = append(a.unsubs, m.Bucket)
		case protocol.Bye:
			a.byes++
		case protocol.Rows:
			for _, row := range m.Rows {
				if _, _, archive := m.Bucket.Archive(); archive && row.Kind == desk.KindTicket {
					a.rows = append(a.rows, row.ID)
				}
			}
		}
	}
}

func (a *archivist) expect(what string, subs, unsubs []desk.BucketID, rows ...string) {
	a.Helper()
	slices.Sort(a.rows)
	if !slices.Equal(a.subs, subs) || !slices.Equal(a.unsubs, unsubs) || !slices.Equal(a.rows, rows) || a.byes > 0 {
		a.Errorf("%s: given %v, taken %v, sent %v, %d times BYE", what, a.subs, a.unsubs, a.rows, a.byes)
	}
}

// archive is a hub with two archives, and a device that has just been greeted.
func (h *house) archive(hello protocol.Hello) *archivist {
	h.Helper()
	h.ended("first", "a", "b")
	h.ended("other", "c")
	must(h, h.Server.Archive(h.Context(), nil, day.AddDate(0, 0, 91)))
	h.Stop()
	device, _, err := hub.Enrol(h.Context(), h.Central, h.Mira.ID, "laptop")
	must(h, err)
	engine, err := hub.New(h.Context(), h.Central)
	must(h, err)
	a := &archivist{desktop: &desktop{house: h, engine: engine, device: device}}
	hello.Protocol, hello.Schema, hello.NextMid = protocol.Version, protocol.Schema, 1
	a.step(hub.Opened{Session: 1, Device: device}, a.says(hello))
	return a
}

// TestAnArchiveIsGivenOnDemand: to whoever is given its team, for as long as that
// lasts (SPEC P28).
func TestAnArchiveIsGivenOnDemand(t *testing.T) {
	a := build(t).run().archive(protocol.Hello{Caps: protocol.Caps(), Wanted: []desk.BucketID{otherMarch}})
	a.expect("HELLO asks for another team's", nil, []desk.BucketID{otherMarch})
	a.step(a.says(protocol.Want{Buckets: []desk.BucketID{firstMarch, otherMarch, "team:other"}}))
	a.expect("one's own team's", []desk.BucketID{firstMarch}, []desk.BucketID{otherMarch, "team:other"}, "a", "b")
	a.step(a.says(protocol.Want{Buckets: []desk.BucketID{firstMarch}}))
	a.expect("the same again", nil, nil)
	a.step(a.says(protocol.Want{}))
	a.expect("dropped", nil, []desk.BucketID{firstMarch})
	a.step(a.says(protocol.Want{Buckets: []desk.BucketID{firstMarch}}))
	a.expect("once more", []desk.BucketID{firstMarch}, nil, "a", "b")
	moved := a.Mira
	moved.Teams = []desk.TeamID{"other"}
	a.step(a.act(desk.PersonPut, moved))
	a.expect("another team", []desk.BucketID{"team:other"}, []desk.BucketID{firstMarch, "team:first"})
	moved.Teams = a.Mira.Teams
	a.step(a.act(desk.PersonPut, moved))
	a.expect("the old team again", []desk.BucketID{"team:first"}, []desk.BucketID{"team:other"})
}

// TestAnArchiveIsRememberedInHello: a device that comes back with it keeps it, and
// one that does not name it any more loses it.
func TestAnArchiveIsRememberedInHello(t *testing.T) {
	at := map[desk.BucketID]protocol.Cursor{firstMarch: {Epoch: 1, Seq: 1}}
	for name, c := range map[string]struct {
		hello        protocol.Hello
		subs, unsubs []desk.BucketID
	}{
		"named":     {protocol.Hello{Caps: protocol.Caps(), Wanted: []desk.BucketID{firstMarch}}, []desk.BucketID{firstMarch}, nil},
		"not named": {protocol.Hello{Caps: protocol.Caps(), Cursors: at}, nil, []desk.BucketID{firstMarch}},
		"unable":    {protocol.Hello{Wanted: []desk.BucketID{firstMarch}}, nil, []desk.BucketID{firstMarch}},
	} {
		t.Run(name, func(t *testing.T) {
			a := build(t).run().archive(c.hello)
			if !slices.Equal(a.subs, c.subs) || !slices.Equal(a.unsubs, c.unsubs) {
				t.Errorf("given %v, taken %v", a.subs, a.unsubs)
			}
		})
	}
}

// TestWishesHaveBounds: however many archives are named, so many are given.
func TestWishesHaveBounds(t *testing.T) {
	a := build(t).run().archive(protocol.Hello{Caps: protocol.Caps()})
	var many []desk.BucketID
	for n := range protocol.WantMost + 30 {
		many = append(many, desk.ArchiveBucket("team:first", desk.MonthOf(day.AddDate(0, -n, 0))))
	}
	a.step(a.says(protocol.Want{Buckets: many}))
	if len(a.subs) != protocol.WantMost || len(a.unsubs) != 30 {
		t.Errorf("%d are given, %d refused", len(a.subs), len(a.unsubs))
	}
}

// TestAnOldProgramSurvivesAChangeOfPeople: a device that only pushes is given
// nothing when teams change, and is kept.
func TestAnOldProgramSurvivesAChangeOfPeople(t *testing.T) {
	a := build(t).run().archive(protocol.Hello{Caps: protocol.Caps()})
	a.engine.Offering(protocol.Offer{Newest: protocol.Version, Oldest: protocol.Version, Schema: protocol.Schema + 1})
	a.step(hub.Opened{Session: 1, Device: a.device}, a.says(protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, NextMid: 9}))
	a.byes = 0
	moved := a.Mira
	moved.Teams = []desk.TeamID{"other"}
	a.step(a.act(desk.PersonPut, moved), a.says(protocol.Want{Buckets: []desk.BucketID{firstMarch}}))
	a.expect("pushes only", nil, nil)
}

// TestPinsBringTheTreeAndEndWithTheRight: in the commit that takes it away (SPEC
// P29).
func TestPinsBringTheTreeAndEndWithTheRight(t *testing.T) {
	h := build(t).run()
	h.ended("first", "a")
	h.ended("other", "c")
	must(t, h.Server.Archive(t.Context(), nil, day.AddDate(0, 0, 91)))
	if r := h.pins(h.Mira, "a", true); r.Status != desk.Applied || r.Vector["user:mira"] == 0 || r.Vector[firstMarch] == 0 {
		t.Errorf("%+v", r)
	}
	if mine := h.holds("user:mira"); !slices.Equal(mine, []string{"a"}) {
		t.Errorf("pinned, and in the bucket are %v", mine)
	}
	if r := h.pins(h.Mira, "c", true); r.Code != desk.CodePerm {
		t.Errorf("another team's: %+v", r)
	}
	moved := h.Mira
	moved.Teams = []desk.TeamID{"other"}
	h.Do(hub.Act{Name: desk.PersonPut, Args: moved})
	if mine, pinned := h.holds("user:mira"), h.ticket("a").Pinned; len(mine) > 0 || len(pinned) > 0 {
		t.Errorf("moved, and yet %v, pinned by %v", mine, pinned)
	}
	h.pins(moved, "c", true)
	h.Do(hub.Act{Name: desk.TicketPatch, Ticket: "c", Args: desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: "Still mine"}}})
	h.pins(moved, "c", false)
	if mine := h.holds("user:mira"); len(mine) > 0 {
		t.Errorf("let go, and yet %v", mine)
	}
}

// TestFilesOfAnArchivedTicketAreStillHad: by those who may read it (SPEC P42).
func TestFilesOfAnArchivedTicketAreStillHad(t *testing.T) {
	h := build(t).run()
	h.ended("first", "a")
	must(t, h.Server.Archive(t.Context(), nil, day.AddDate(0, 0, 91)))
	must(t, h.Central.Update(t.Context(), func(tx *store.CentralTx) error {
		sum := stand.Sum("page")
		if err := errors.Join(tx.PutBlob(sum, []byte("page")), tx.HoldBlob(sum, "a-q")); err != nil {
			return err
		}
		other := h.Mira
		other.Teams = []desk.TeamID{"other"}
		if err := hub.MayHave(tx, desk.PrincipalOf(h.Mira, "d"), sum); err != nil {
			t.Errorf("her own team's: %v", err)
		}
		if err := hub.MayHave(tx, desk.PrincipalOf(other, "d"), sum); !errors.Is(err, desk.ErrUnknown) {
			t.Errorf("another team's: %v", err)
		}
		return nil
	}))
}
