package hub_test

import (
	"testing"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// hall is a crowd that is told things as time goes by.
type hall struct {
	*crowd
	at     time.Time
	acts   int64
	nudges []time.Duration
}

// hall has so many devices in step, and one more that has not come yet.
func (h *house) hall(n int) *hall {
	h.Helper()
	l := &hall{crowd: h.crowd(n + 1), at: day}
	var events []hub.Event
	for id := range hub.SessionID(n) {
		events = append(events, hub.Opened{Session: id + 1, Device: l.device[id+1]}, l.greeting(id+1))
	}
	l.after(0, events...)
	return l
}

func (l *hall) greeting(id hub.SessionID) hub.Event {
	return hub.Received{Session: id, Message: protocol.Hello{Protocol: protocol.Version, Schema: protocol.Schema, Caps: []protocol.Cap{protocol.CapCount}}}
}

// after lets time go by and things happen, and forgets what was sent before.
func (l *hall) after(d time.Duration, events ...hub.Event) {
	l.Helper()
	l.at = l.at.Add(d)
	clear(l.sent)
	l.nudges = nil
	for _, effect := range l.engine.Step(l.Context(), l.at, events...) {
		switch effect := effect.(type) {
		case hub.Send:
			l.sent[effect.Session] = append(l.sent[effect.Session], effect.Message)
		case hub.Nudge:
			l.nudges = append(l.nudges, effect.After)
		case hub.Done:
			if effect.Err != nil {
				l.Fatal(effect.Err)
			}
		}
	}
}

// change is a commit that everybody is told of.
func (l *hall) change(name string) hub.Event {
	m, err := desk.NewMutation(desk.ServicePut, "", desk.Service{ID: desk.ServiceID(name), Name: name}, day)
	if err != nil {
		l.Fatal(err)
	}
	l.acts++
	m.Device, m.Mid = "test", l.acts
	return hub.Submitted{ID: l.acts, Actor: desk.Principal{System: true}, Mutations: []desk.Mutation{m}}
}

// told wants so many devices told of so many records each, by one page and one
// checkpoint.
func (l *hall) told(devices, records int) {
	l.Helper()
	if pages, ends := l.with("ROWS"), l.with("CHECKPOINT"); len(pages) != devices || len(ends) != devices {
		l.Fatalf("%d devices get a page and %d a checkpoint, want %d", len(pages), len(ends), devices)
	}
	for id, messages := range l.sent {
		if pages := of[protocol.Rows](messages); len(pages) != 1 || len(pages[0].Rows) != records || len(messages) != 2 {
			l.Fatalf("device %d gets %d pages in %d messages, want one of %d records", id, len(pages), len(messages), records)
		}
	}
}

// TestWhatManyAreToldIsGathered: at once where it was quiet, and together where
// many were told something just before (SPEC P7).
func TestWhatManyAreToldIsGathered(t *testing.T) {
	const many = 200
	l := build(t).run().hall(many)
	l.after(time.Second, l.change("a"))
	l.told(many, 1)
	l.after(time.Millisecond, l.change("b"))
	l.told(0, 0)
	if len(l.nudges) != 1 || l.nudges[0] <= 0 || l.nudges[0] > 7*time.Millisecond {
		t.Errorf("asked to be called after %v, want the rest of 8 ms", l.nudges)
	}
	l.after(time.Millisecond, l.change("c"))
	l.told(0, 0)
	if len(l.nudges) != 0 {
		t.Errorf("asked twice to be called: %v", l.nudges)
	}
	l.after(6*time.Millisecond, hub.Nudged{})
	l.told(many, 2)
	l.after(time.Second, l.change("d"))
	l.told(many, 1)
}

// TestWhoJoinsWaitsForNothing: nor does who asks (SPEC P7).
func TestWhoJoinsWaitsForNothing(t *testing.T) {
	const many = 200
	l := build(t).run().hall(many)
	l.after(time.Second, l.change("a"))
	l.after(time.Millisecond, l.change("b"),
		hub.Opened{Session: many + 1, Device: l.device[many+1]}, l.greeting(many+1),
		hub.Received{Session: 1, Message: protocol.Digest{N: 1, Bucket: desk.BucketTriage, Parts: noParts, Try: 1}})
	ids := l.with("CHECKPOINT")
	if len(ids) != 2 || ids[0] != 1 || ids[1] != many+1 {
		t.Fatalf("at once are served %v", ids)
	}
	if pages := of[protocol.Rows](l.sent[1]); len(pages) != 1 || len(pages[0].Rows) != 1 {
		t.Errorf("who asks is not told what moved: %+v", pages)
	}
	l.after(7*time.Millisecond, hub.Nudged{})
	l.told(many-1, 1)
}

// TestAFewAreToldAtOnce, however fast it comes (SPEC P7).
func TestAFewAreToldAtOnce(t *testing.T) {
	const few = 120
	l := build(t).run().hall(few)
	for _, name := range []string{"a", "b", "c"} {
		l.after(time.Millisecond, l.change(name))
		l.told(few, 1)
	}
}
