package bench

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

const (
	writers   = 64 // devices that write at once
	ownership = 8  // tickets of each
	atATime   = 20 // mutations of a PUSH
)

// commits follows mutations from 64 devices into a hub whose every commit is on
// the disk, on a small stock and on a large one. Beside them stand bare appends
// with an fsync for as many groups as the hub may make of them. What grows is told
// by the processor, at both ends: the disk waits for others too.
func commits(tb testing.TB, v volume) []line {
	small, least := commitRate(tb, v.stock/100, v.commits)
	large, most := commitRate(tb, v.stock, v.commits)
	syncs := syncRate(tb, 200)
	ratio := float64(most) / float64(max(least, 1))
	return []line{{
		what:   fmt.Sprintf("mutations of %d devices, each durable (%s tickets)", writers, count(v.stock/100)),
		figure: fmt.Sprintf("%.0f a second", small),
		limit:  fmt.Sprintf("%.0f bare fsyncs a second", syncs), ratio: small / syncs,
		goal: "≥ 5,000 a second", holds: small >= 5000,
	}, {
		what:   fmt.Sprintf("cost of a mutation as the hub grows to %s tickets", count(v.stock)),
		figure: fmt.Sprintf("%d µs, %.0f a second", most.Microseconds(), large),
		limit:  fmt.Sprintf("%d µs, %.0f a second with a hundredth", least.Microseconds(), small), ratio: ratio,
		goal: "≤ 1.5", holds: ratio <= 1.5,
	}}
}

// commitRate is how many mutations a second are acknowledged, and what one costs.
func commitRate(tb testing.TB, tickets, mutations int) (rate float64, each time.Duration) {
	c := newCentral(tb, stocked(tb, tickets*5))
	var acts []hub.Act
	for w := range writers {
		person := desk.Person{ID: desk.PersonID(fmt.Sprint("writer", w)), Name: "Writer", Email: fmt.Sprintf("w%d@example.com", w), Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{desk.TeamID(fmt.Sprint("own", w))}}
		acts = append(acts, hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: person.Teams[0], Name: "Own", Tier: 1}}, hub.Act{Name: desk.PersonPut, Args: person})
		for n := range ownership {
			number := desk.FormatNumber(desk.Request, int64(1+w*ownership+n))
			acts = append(acts, hub.Act{Name: desk.TicketCreate, Ticket: ownTicket(w, n), Args: desk.CreateTicket{Kind: desk.Request, Number: number, Title: "Own", Team: person.Teams[0]}})
		}
	}
	for i := range acts {
		acts[i].At = time.Now()
	}
	must(tb, c.server.Do(context.Background(), nil, acts...))
	var writing sync.WaitGroup
	pushes := int(math.Ceil(float64(mutations) / writers / atATime))
	talks := make([]protocol.Conn, writers)
	for w := range talks {
		talks[w] = c.talk(w)
	}
	begun, before := time.Now(), worked(tb)
	for w, conn := range talks {
		writing.Go(func() { pushAll(tb, conn, w, pushes) })
	}
	writing.Wait()
	n := pushes * writers * atATime
	return float64(n) / time.Since(begun).Seconds(), (worked(tb) - before) / time.Duration(n)
}

func ownTicket(w, n int) desk.TicketID { return desk.TicketID(fmt.Sprintf("own-%d-%d", w, n)) }

// talk is a device of a writer that has said HELLO.
func (c *central) talk(w int) protocol.Conn {
	device, _, err := hub.Enrol(context.Background(), c.store, desk.PersonID(fmt.Sprint("writer", w)), "laptop")
	must(c, err)
	near, far := protocol.Pipe()
	go func() {
		defer far.Close()
		_ = c.server.Serve(context.Background(), far, device)
	}()
	c.Cleanup(func() { near.Close() })
	must(c, near.Send(context.Background(), protocol.Hello{Protocol: protocol.Version, NextMid: 1}))
	return near
}

// pushAll sends PUSH after PUSH, each when the one before it was acknowledged,
// and takes in whatever comes meanwhile.
func pushAll(tb testing.TB, conn protocol.Conn, w, pushes int) {
	ctx, mid := context.Background(), int64(0)
	for range pushes {
		push := protocol.Push{}
		for range atATime {
			mid++
			m, err := desk.NewMutation(desk.MessageAdd, ownTicket(w, int(mid)%ownership), desk.AddMessage{Message: desk.Message{
				ID: desk.MessageID(fmt.Sprintf("m-%d-%d", w, mid)), Kind: desk.InternalNote, Text: "The cable was pulled; it is in again.",
			}}, time.Now())
			if err != nil {
				tb.Error(err)
				return
			}
			m.Mid = mid
			push.Mutations = append(push.Mutations, m)
		}
		if err := conn.Send(ctx, push); err != nil {
			tb.Error(err)
			return
		}
		if err := acknowledged(ctx, conn); err != nil {
			tb.Error(err)
			return
		}
	}
}

// acknowledged waits for an ACK and answers pages like a laptop.
func acknowledged(ctx context.Context, conn protocol.Conn) error {
	for {
		m, err := conn.Receive(ctx)
		if err != nil {
			return err
		}
		switch m := m.(type) {
		case protocol.Rows:
			if err := conn.Send(ctx, protocol.Applied{N: m.N}); err != nil {
				return err
			}
		case protocol.Bye:
			return fmt.Errorf("the hub hung up: %s", m.Message)
		case protocol.Ack:
			for _, r := range m.Results {
				if r.Status != desk.Applied {
					return fmt.Errorf("mutation %d is %s: %s", r.Mid, r.Status, r.Message)
				}
			}
			return nil
		}
	}
}

// syncRate is how often a second this disk takes an append and an fsync.
func syncRate(tb testing.TB, n int) float64 {
	f, err := os.Create(filepath.Join(tb.TempDir(), "syncs"))
	must(tb, err)
	defer f.Close()
	begun := time.Now()
	for range n {
		_, err := f.Write(make([]byte, 4096))
		must(tb, err)
		must(tb, f.Sync())
	}
	return float64(n) / time.Since(begun).Seconds()
}
