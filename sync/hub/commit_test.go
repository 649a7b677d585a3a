package hub_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"holdall/desk"
	"holdall/store"
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

// TestWhatMayHaveBeenCommittedIsNotDoneAgain (SPEC P54): where nobody knows whether
// a commit took place, none of those it was of is executed once more.
func TestWhatMayHaveBeenCommittedIsNotDoneAgain(t *testing.T) {
	c := build(t).run().crowd(0)
	done := 0
	once := hub.Submitted{ID: 1, With: func(*store.CentralTx) error { done++; return nil }}
	doubt := hub.Submitted{ID: 2, With: func(*store.CentralTx) error { return fmt.Errorf("planned: %w", store.ErrUndecided) }}
	told := map[int64]error{}
	for _, effect := range c.engine.Step(t.Context(), day, once, doubt) {
		if d, ok := effect.(hub.Done); ok {
			told[d.ID] = d.Err
		}
	}
	if done != 1 || !errors.Is(told[1], store.ErrUndecided) || !errors.Is(told[2], store.ErrUndecided) {
		t.Errorf("done %d times, and told %v", done, told)
	}
}

// TestWhoGivesUpIsNotWaitedForOn: nothing is kept for those who asked the hub and
// went away before it answered, or before it could be asked.
func TestWhoGivesUpIsNotWaitedForOn(t *testing.T) {
	h := build(t)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 {
		if _, err := h.Server.Submit(gone, desk.Principal{System: true}); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if n := h.Server.Waiting(); n > 0 {
		t.Errorf("%d are waited for on", n)
	}
}

// TestWhatNoFrameCarriesIsRefused (SPEC P1, R4): a record that is longer than a frame
// would keep everybody who is given it from all that comes after. It is refused, and
// so that the refusal can be told it is kept without what was too long.
func TestWhatNoFrameCarriesIsRefused(t *testing.T) {
	c := build(t).run().crowd(2)
	c.hello(1, protocol.Hello{})
	c.hello(2, protocol.Hello{})
	var list []desk.Mutation
	for i, name := range []string{strings.Repeat("<", 2<<20), "Annika"} {
		m, err := desk.NewMutation(desk.RequesterPut, "", desk.Requester{ID: desk.RequesterID(fmt.Sprint("r", i)), Name: name}, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Mid = int64(i + 1)
		list = append(list, m)
	}
	c.step(hub.Received{Session: 1, Message: protocol.Push{Mutations: list}})
	var told []desk.Result
	rows := map[hub.SessionID]int{}
	for id := range c.device {
		for _, m := range c.sent[id] {
			if _, err := protocol.Encode(m); err != nil {
				t.Errorf("device %d cannot be told: %v", id, err)
			}
			switch m := m.(type) {
			case protocol.Ack:
				told = append(told, m.Results...)
			case protocol.Rows:
				rows[id] += len(m.Rows)
			}
		}
	}
	if len(told) != 2 || told[0].Code != desk.CodeValidation || told[1].Status != desk.Applied || rows[1] == 0 || rows[2] == 0 {
		t.Errorf("answered with %+v, rows %v", told, rows)
	}
	must(t, c.Central.View(t.Context(), func(tx *store.CentralTx) error {
		e, err := tx.Get(desk.Rejection{ID: "laptop-1.1.0"}.Key())
		if err == nil && e.(desk.Rejection).Message != store.ErrLong.Message {
			t.Errorf("%+v", e)
		}
		return err
	}))
}
