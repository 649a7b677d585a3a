package replica

import (
	"testing"
	"time"

	"holdall/desk"
	"holdall/sync/protocol"
)

// told lists what presences a step sends, and whom it meets.
func (c *conversation) told(ev Event) (sent []protocol.Presence, met []Company) {
	c.Helper()
	for _, effect := range c.step(ev) {
		switch effect := effect.(type) {
		case Send:
			if p, ok := effect.Message.(protocol.Presence); ok {
				sent = append(sent, p)
			}
		case Company:
			met = append(met, effect)
		}
	}
	return sent, met
}

// SPEC P36: where the person is goes out at once when it is new, and every 15
// seconds after.
func TestAttendingIsToldAndRenewed(t *testing.T) {
	talk := welcomed(t, protocol.Welcome{Caps: protocol.Caps()})
	here := protocol.Presence{Ticket: "t1", Doing: protocol.Viewing}
	if sent, _ := talk.told(Attending{here}); len(sent) != 1 || sent[0] != here {
		t.Fatalf("%+v", sent)
	}
	if sent, _ := talk.told(Attending{here}); len(sent) != 0 {
		t.Errorf("the same again: %+v", sent)
	}
	renewed := 0
	for range 60 {
		talk.now = talk.now.Add(time.Second)
		talk.step(Received{protocol.Checkpoint{Time: talk.now}})
		sent, _ := talk.told(Ticked{})
		renewed += len(sent)
	}
	if renewed != 4 {
		t.Errorf("renewed %d times in a minute", renewed)
	}
	if sent, _ := talk.told(Attending{}); len(sent) != 1 || sent[0] != (protocol.Presence{}) {
		t.Errorf("leaving: %+v", sent)
	}
}

// SPEC P36, P30: a hub that takes no part is told nothing; one that comes later is.
func TestAttendingIsToldToWhoTakesPart(t *testing.T) {
	talk := welcomed(t, protocol.Welcome{})
	here := protocol.Presence{Ticket: "t1", Doing: protocol.Replying}
	if sent, _ := talk.told(Attending{here}); len(sent) != 0 {
		t.Errorf("%+v", sent)
	}
	talk.step(Lost{Reason: "gone"})
	talk.step(Woken{})
	talk.step(Connected{})
	sent, _ := talk.told(Received{protocol.Welcome{Protocol: protocol.Version, Epoch: "e", Caps: protocol.Caps()}})
	if len(sent) != 1 || sent[0] != here {
		t.Errorf("%+v", sent)
	}
}

// SPEC P36: who else is there is known until they leave, or the connection does.
func TestCompanyEndsWithTheConnection(t *testing.T) {
	talk := welcomed(t, protocol.Welcome{Caps: protocol.Caps()})
	jan := []protocol.Present{{Person: "jan", Doing: protocol.Editing}}
	at := func(ev Event) map[desk.TicketID][]protocol.Present {
		t.Helper()
		_, met := talk.told(ev)
		if len(met) != 1 {
			t.Fatalf("%+v", met)
		}
		return met[0].All
	}
	if all := at(Received{protocol.PresenceSet{Ticket: "t1", People: jan}}); len(all["t1"]) != 1 {
		t.Errorf("%+v", all)
	}
	if all := at(Received{protocol.PresenceSet{Ticket: "t2", People: jan}}); len(all) != 2 {
		t.Errorf("%+v", all)
	}
	if all := at(Received{protocol.PresenceSet{Ticket: "t2"}}); len(all) != 1 {
		t.Errorf("%+v", all)
	}
	if all := at(Lost{Reason: "gone"}); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}
