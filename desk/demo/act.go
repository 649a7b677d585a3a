package demo

import (
	"container/heap"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"time"

	"holdall/desk"
)

// Act is a mutation with who does it.
type Act struct {
	Actor    desk.Principal
	Mutation desk.Mutation
}

// step is an act before it has its place on a device. Agent is an index into
// World.People, or nobody.
type step struct {
	at     time.Time
	agent  int
	name   desk.Name
	ticket desk.TicketID
	args   any
	old    map[desk.Field]string
}

// nobody acts: mail and hub do.
const nobody = -1

// Acts are all acts of the company in the order of time, the directory's first.
// Mids are dense per device. Each call begins anew and yields the same.
func (w *World) Acts() iter.Seq[Act] {
	return func(yield func(Act) bool) {
		mids := map[desk.DeviceID]int64{}
		send := func(s step) bool { return yield(w.act(s, mids)) }
		for _, s := range w.directory() {
			if !send(s) {
				return
			}
		}
		w.play(send)
	}
}

// act gives a step its actor, its device and its mid.
func (w *World) act(s step, mids map[desk.DeviceID]int64) Act {
	actor := desk.Principal{System: true, Device: Device}
	if s.agent != nobody {
		p := w.People[s.agent]
		actor = desk.PrincipalOf(p, DeviceOf(p))
	}
	m := desk.Mutation{Name: s.name, Version: 1, Ticket: s.ticket, Args: encode(s.args), Old: s.old, At: s.at, Device: actor.Device}
	mids[m.Device]++
	m.Mid = mids[m.Device]
	return Act{Actor: actor, Mutation: m}
}

// encode writes arguments of our own making, which always have a JSON form.
func encode(args any) json.RawMessage {
	body, err := json.Marshal(args)
	if err != nil {
		panic(fmt.Sprintf("demo: encode %T: %v", args, err))
	}
	return body
}

// directory puts the workspace, the teams, the people, the services and the
// requesters.
func (w *World) directory() []step {
	var list []step
	add := func(name desk.Name, args any) {
		list = append(list, step{at: w.start(), agent: nobody, name: name, args: args})
	}
	add(desk.WorkspacePut, w.Workspace)
	for _, t := range w.Teams {
		add(desk.TeamPut, t)
	}
	for _, p := range w.People {
		add(desk.PersonPut, p)
	}
	for _, s := range w.Services {
		add(desk.ServicePut, s)
	}
	for _, r := range w.Requesters {
		add(desk.RequesterPut, r)
	}
	return list
}

// play merges the stories of all tickets. Only those in progress are held in
// memory, so a great company needs no more than its longest stories.
func (w *World) play(send func(step) bool) {
	open := &stage{}
	cast := newCast()
	for n, at := range w.openings {
		if !open.until(at, send) {
			return
		}
		if steps := w.tell(n, cast); len(steps) > 0 {
			heap.Push(open, scene{n, steps})
		}
	}
	open.until(w.now.Add(time.Second), send)
}

// scene is the rest of a ticket's story.
type scene struct {
	n     int
	steps []step
}

// stage is a heap of scenes by the time of their next step.
type stage []scene

func (s stage) Len() int { return len(s) }
func (s stage) Less(i, j int) bool {
	if c := s[i].steps[0].at.Compare(s[j].steps[0].at); c != 0 {
		return c < 0
	}
	return s[i].n < s[j].n
}
func (s stage) Swap(i, j int) { s[i], s[j] = s[j], s[i] }

// Push is heap.Interface's; callers use heap.Push.
func (s *stage) Push(x any) { *s = append(*s, x.(scene)) }

// Pop is heap.Interface's; callers use heap.Pop.
func (s *stage) Pop() any {
	last := (*s)[len(*s)-1]
	*s = slices.Delete(*s, len(*s)-1, len(*s))
	return last
}

// until sends the steps before an instant and reports whether to go on.
func (s *stage) until(end time.Time, send func(step) bool) bool {
	for len(*s) > 0 && (*s)[0].steps[0].at.Before(end) {
		next := (*s)[0].steps
		if !send(next[0]) {
			return false
		}
		if len(next) == 1 {
			heap.Pop(s)
			continue
		}
		(*s)[0].steps = next[1:]
		heap.Fix(s, 0)
	}
	return true
}
