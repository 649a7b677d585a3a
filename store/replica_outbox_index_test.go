package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"holdall/desk"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestTheIndexFollowsTheOutbox: after whatever happens to an outbox, what is asked
// by ticket and by act is what the whole list has of them.
func TestTheIndexFollowsTheOutbox(t *testing.T) {
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 3))
		dir := t.TempDir()
		r := openReplica(t, dir)
		must(t, r.SetIdentity(ctx, Identity{Device: "d1", Person: "ana"}))
		var mid, acked, forgotten int64
		for range 60 {
			switch random.IntN(7) {
			case 0, 1, 2:
				var list []desk.Mutation
				for range 1 + random.IntN(3) {
					list = append(list, someMutation(t, random))
				}
				placed, err := r.Append(ctx, list)
				must(t, err)
				mid = placed[len(placed)-1].Mid
			case 3:
				m := someMutation(t, random)
				m.Mid = mid
				_, err := r.Refold(ctx, m)
				must(t, err)
			case 4:
				must(t, r.MarkSent(ctx, mid))
				if acked < mid {
					acked++
					must(t, r.Ack(ctx, []desk.Result{{Mid: acked, Status: desk.Applied}}))
				}
			case 5:
				if forgotten < acked {
					forgotten++
					must(t, r.Forget(ctx, []int64{forgotten}, noon))
				}
			case 6:
				must(t, r.Unsend(ctx))
				if random.IntN(4) == 0 {
					must(t, r.Close())
					r = openReplica(t, dir)
				}
			}
			sameAsTheList(t, r)
		}
		if mid == 0 || acked == 0 || forgotten == 0 {
			t.Errorf("seed %d: %d made, %d answered, %d done prove little", seed, mid, acked, forgotten)
		}
	}
}

var someTickets = []desk.TicketID{"t0", "t1", "t2"}

func someMutation(t *testing.T, random *rand.Rand) desk.Mutation {
	t.Helper()
	on := someTickets[random.IntN(len(someTickets))]
	name, args := desk.TicketLabel, any(desk.LabelTicket{AddLabels: []string{fmt.Sprint(random.IntN(9))}})
	switch random.IntN(4) {
	case 0:
		name, args = desk.MessageMove, desk.MoveMessage{Message: "m", To: someTickets[random.IntN(len(someTickets))]}
	case 1:
		on, name, args = "", desk.TeamPut, desk.Team{ID: "first", Name: "First line"}
	}
	m, err := desk.NewMutation(name, on, args, noon)
	must(t, err)
	return m
}

// sameAsTheList compares the index with the whole outbox.
func sameAsTheList(t *testing.T, r *Replica) {
	t.Helper()
	all, err := r.Pending(ctx)
	must(t, err)
	unsent := 0
	var tickets []desk.TicketID
	for _, e := range all {
		if e.State == Acked {
			continue
		}
		unsent++
		if on := e.Mutation.Ticket; on != "" && !slices.Contains(tickets, on) {
			tickets = append(tickets, on)
		}
	}
	if n, err := r.Unsent(ctx); n != unsent || err != nil {
		t.Fatalf("%d are unsent and %d in the list, %v", n, unsent, err)
	}
	if list, err := r.UnsentTickets(ctx); !slices.Equal(list, tickets) || err != nil {
		t.Fatalf("unsent on %v and in the list on %v, %v", list, tickets, err)
	}
	for _, ticket := range someTickets {
		want := slices.DeleteFunc(slices.Clone(all), func(e OutboxEntry) bool { return !slices.Contains(e.Mutation.Trees(), ticket) })
		have, err := r.PendingOn(ctx, ticket)
		must(t, err)
		if diff := cmp.Diff(want, have, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("on %s (-list +index):\n%s", ticket, diff)
		}
		want = slices.DeleteFunc(want, func(e OutboxEntry) bool { return e.State == Acked })
		if n, err := r.UnsentOn(ctx, ticket); n != len(want) || err != nil {
			t.Fatalf("%d unsent on %s and %d in the list, %v", n, ticket, len(want), err)
		}
	}
	for _, name := range []desk.Name{desk.TicketLabel, desk.MessageMove, desk.TeamPut} {
		want := slices.DeleteFunc(slices.Clone(all), func(e OutboxEntry) bool { return e.Mutation.Name != name })
		have, err := r.PendingNamed(ctx, name)
		must(t, err)
		if diff := cmp.Diff(want, have, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("of %s (-list +index):\n%s", name, diff)
		}
	}
}

// TestTheIndexIsReadAnew: after a commit of which nobody knows whether it took
// place, the next question reads the outbox.
func TestTheIndexIsReadAnew(t *testing.T) {
	r := openReplica(t, t.TempDir())
	must(t, r.SetIdentity(ctx, Identity{Device: "d1", Person: "ana"}))
	_, err := r.Append(ctx, []desk.Mutation{patch(t, "t0", "a")})
	must(t, err)
	sameAsTheList(t, r)
	must(t, r.outbox.update(ctx, func(t *txn) error { return t.do("UPDATE outbox SET state = 'done'") }))
	r.move(ErrDamaged, nil)
	sameAsTheList(t, r)
}
