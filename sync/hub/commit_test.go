package hub_test

import (
	"reflect"
	"testing"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// TestAPushThatComesTwiceInOneStep: the second copy is answered with what the
// first one was, vector and all, although both are of one transaction (SPEC R3):
// without its vector the device would forget its prediction too soon (SPEC R10).
func TestAPushThatComesTwiceInOneStep(t *testing.T) {
	h := build(t).run()
	h.Stop()
	d := h.greeted()
	m, err := desk.NewMutation(desk.RequesterPut, "", desk.Requester{ID: "annika", Name: "Annika Petersen"}, day)
	if err != nil {
		t.Fatal(err)
	}
	m.Mid = 1
	push := d.says(protocol.Push{Mutations: []desk.Mutation{m}})
	var answers []desk.Result
	for _, effect := range d.engine.Step(t.Context(), day, push, push) {
		if sent, ok := effect.(hub.Send); ok {
			if ack, ok := sent.Message.(protocol.Ack); ok {
				answers = append(answers, ack.Results...)
			}
		}
	}
	if len(answers) != 2 || len(answers[0].Vector) == 0 || !reflect.DeepEqual(answers[0].Vector, answers[1].Vector) || answers[0].Status != answers[1].Status {
		t.Errorf("answered with %+v", answers)
	}
}
