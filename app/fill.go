package app

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"sync"

	"holdall/desk"
	"holdall/desk/demo"
)

// demoSeed is the seed of the company the demo shows.
const demoSeed = 42

const (
	fillHands = 64  // that submit at once, so that the hub commits in groups
	fillBatch = 200 // acts of one hand in one submission
)

type submit func(ctx context.Context, actor desk.Principal, mutations ...desk.Mutation) ([]desk.Result, error)

// filling lets a hub live through the history of an invented company. A ticket's
// acts keep their order; tickets do not wait for each other, so the numbers are
// given here, in the order of time, from the first of each kind.
type filling struct {
	world   *demo.World
	send    submit
	next    map[desk.TicketKind]int64
	founded func()      // the directory is there
	told    func(n int) // so many tickets were begun
}

func (f *filling) run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	hands := make([]chan demo.Act, fillHands)
	var working sync.WaitGroup
	for i := range hands {
		hands[i] = make(chan demo.Act, fillBatch)
		working.Go(func() {
			if err := hand(ctx, hands[i], f.send); err != nil {
				cancel(err)
			}
		})
	}
	err := f.deal(ctx, hands)
	for _, h := range hands {
		close(h)
	}
	working.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// deal hands out the acts; the directory goes first and alone, for the others
// lean on it.
func (f *filling) deal(ctx context.Context, hands []chan demo.Act) error {
	f.next = map[desk.TicketKind]int64{desk.Incident: 1, desk.Request: 1}
	tickets := 0
	var directory []demo.Act
	for act := range f.world.Acts() {
		if act.Mutation.Ticket == "" {
			directory = append(directory, act)
			continue
		}
		if len(directory) > 0 {
			if err := submitAll(ctx, directory, f.send); err != nil {
				return err
			}
			directory = nil
			f.founded()
		}
		if act.Mutation.Name == desk.TicketCreate {
			if err := f.number(&act.Mutation); err != nil {
				return err
			}
			tickets++
			f.told(tickets)
		}
		select {
		case hands[handOf(act.Mutation.Ticket)] <- act:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return submitAll(ctx, directory, f.send)
}

func handOf(t desk.TicketID) int {
	sum := fnv.New32a()
	sum.Write([]byte(t))
	return int(sum.Sum32() % fillHands)
}

// number gives a new ticket the next number of its kind.
func (f *filling) number(m *desk.Mutation) error {
	var args desk.CreateTicket
	if err := json.Unmarshal(m.Args, &args); err != nil {
		return fmt.Errorf("read an invented ticket: %w", err)
	}
	args.Number = desk.FormatNumber(args.Kind, f.next[args.Kind])
	f.next[args.Kind]++
	body, err := json.Marshal(args)
	m.Args = body
	return err
}

// hand submits what it is dealt, as much at once as lies there.
func hand(ctx context.Context, acts <-chan demo.Act, send submit) error {
	for act := range acts {
		batch := []demo.Act{act}
		for len(batch) < fillBatch && len(acts) > 0 {
			if more, ok := <-acts; ok {
				batch = append(batch, more)
			}
		}
		if err := submitAll(ctx, batch, send); err != nil {
			return err
		}
	}
	return nil
}

// submitAll submits acts in their order, neighbours of one actor together.
func submitAll(ctx context.Context, acts []demo.Act, send submit) error {
	for len(acts) > 0 {
		n := 1
		for n < len(acts) && acts[n].Actor.Device == acts[0].Actor.Device {
			n++
		}
		mutations := make([]desk.Mutation, n)
		for i := range mutations {
			mutations[i] = acts[i].Mutation
		}
		results, err := send(ctx, acts[0].Actor, mutations...)
		if err != nil {
			return fmt.Errorf("fill the demo: %w", err)
		}
		for i, r := range results {
			if r.Status == desk.Rejected {
				return fmt.Errorf("fill the demo: %s: %s", mutations[i].Name, r.Message)
			}
		}
		acts = acts[n:]
	}
	return nil
}
