package hub_test

import (
	"slices"
	"testing"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// said is what a step tells the device.
func (d *desktop) said(events ...hub.Event) (list []protocol.Message) {
	d.Helper()
	for _, effect := range d.engine.Step(d.Context(), day, events...) {
		switch effect := effect.(type) {
		case hub.Send:
			list = append(list, effect.Message)
		case hub.Done:
			if effect.Err != nil {
				d.Fatal(effect.Err)
			}
		}
	}
	return list
}

// TestATicketIsSeenToMove: who is given both queues gets one drop from the one,
// all records from the other, and one checkpoint for both; the hub, and nobody
// else, moved it (SPEC R1, P9).
func TestATicketIsSeenToMove(t *testing.T) {
	h := build(t)
	h.Mira.Teams = []desk.TeamID{"first", "other"}
	h.run()
	h.Stop()
	d := h.greeted()
	open, err := desk.NewMutation(desk.TicketCreate, "t1", desk.CreateTicket{Kind: desk.Incident, Title: "Printer jammed", Team: "first"}, day)
	must(t, err)
	note, err := desk.NewMutation(desk.MessageAdd, "t1", desk.AddMessage{Message: desk.Message{ID: "m1", Kind: desk.InternalNote, Text: "Tray two."}}, day)
	must(t, err)
	move, err := desk.NewMutation(desk.TicketPatch, "t1", desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTeam: "other"}}, day)
	must(t, err)
	move.Old = map[desk.Field]string{desk.FieldTeam: "first"}
	for i, m := range []desk.Mutation{open, note} {
		m.Device, m.Mid = "test", int64(i)+1
		d.said(hub.Submitted{ID: m.Mid, Actor: desk.Principal{System: true}, Mutations: []desk.Mutation{m}})
	}
	move.Device, move.Mid = "test", 3
	var drops []desk.TicketID
	var enters []string
	checkpoints := 0
	for _, m := range d.said(hub.Submitted{ID: 3, Actor: desk.Principal{System: true}, Mutations: []desk.Mutation{move}}) {
		switch m := m.(type) {
		case protocol.Rows:
			if checkpoints > 0 {
				t.Errorf("rows of %s come after the checkpoint", m.Bucket)
			}
			for _, row := range m.Rows {
				switch {
				case row.Drop && m.Bucket == "team:first":
					drops = append(drops, row.Tree)
				case !row.Drop && m.Bucket == "team:other":
					enters = append(enters, string(row.Record.Kind))
				default:
					t.Errorf("%s has %+v", m.Bucket, row)
				}
			}
		case protocol.Checkpoint:
			checkpoints++
			if m.Vector["team:first"] == 0 || m.Vector["team:other"] == 0 {
				t.Errorf("the checkpoint is of %v", m.Vector)
			}
		}
	}
	slices.Sort(enters)
	if !slices.Equal(drops, []desk.TicketID{"t1"}) || checkpoints != 1 {
		t.Errorf("drops %v, %d checkpoints", drops, checkpoints)
	}
	if enters = slices.Compact(enters); !slices.Contains(enters, string(desk.KindTicket)) || !slices.Contains(enters, string(desk.KindMessage)) || !slices.Contains(enters, string(desk.KindEvent)) {
		t.Errorf("of the tree came %v", enters)
	}
}
