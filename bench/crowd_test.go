package bench

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

const (
	crowdTeams = 20
	perPerson  = 20 // devices
	crowdRate  = 100
)

// plaza is a hub that can be restarted at the same address.
type plaza struct {
	testing.TB
	db     *store.Central
	listen string
	server *hub.Server
	stop   func()
}

func (p *plaza) open() {
	p.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	server, err := hub.NewServer(ctx, p.db, quiet)
	must(p, err)
	p.server = server
	var running sync.WaitGroup
	running.Go(func() { server.Run(ctx) })
	listener, err := net.Listen("tcp", p.listen)
	must(p, err)
	p.listen = listener.Addr().String()
	web := hub.Listen(ctx, hub.NewWeb(server, hub.NewAccounts(p.db), quiet, nil), quiet)
	running.Go(func() { web.Serve(listener) })
	p.stop = sync.OnceFunc(func() {
		web.Close()
		cancel()
		running.Wait()
	})
}

// populate founds teams with a ticket each, people, and their devices.
func (p *plaza) populate(n int) (members []member) {
	p.Helper()
	acts := []hub.Act{}
	for i := range crowdTeams {
		id := desk.TeamID(fmt.Sprint("team", i))
		acts = append(acts, hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: id, Name: string(id), Tier: 1}},
			hub.Act{Name: desk.TicketCreate, Ticket: desk.TicketID("t-" + id), Args: desk.CreateTicket{Kind: desk.Incident, Title: "It is slow", Team: id}})
	}
	for i := range (n + perPerson - 1) / perPerson {
		team := desk.TeamID(fmt.Sprint("team", i%crowdTeams))
		id := desk.PersonID(fmt.Sprint("agent", i))
		acts = append(acts, hub.Act{Name: desk.PersonPut, Args: desk.Person{ID: id, Name: string(id), Email: string(id) + "@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: []desk.TeamID{team}}})
	}
	for i := range acts {
		acts[i].At = time.Now()
	}
	_, err := p.server.Found(context.Background(), "Nordlicht Werke", time.Now())
	must(p, err)
	must(p, p.server.Do(context.Background(), nil, acts...))
	must(p, p.db.Update(context.Background(), func(tx *store.CentralTx) error {
		for i := range n {
			m := member{Token: fmt.Sprint("token", i), Ticket: desk.TicketID(fmt.Sprint("t-team", i/perPerson%crowdTeams))}
			hash := sha256.Sum256([]byte(m.Token))
			err := tx.AddDevice(store.Device{
				ID: desk.DeviceID(fmt.Sprint("device", i)), Person: desk.PersonID(fmt.Sprint("agent", i/perPerson)), Name: "laptop",
				TokenHash: hash[:], CreatedAt: time.Now(), LastSeen: time.Now(),
			})
			if err != nil {
				return err
			}
			members = append(members, m)
		}
		return nil
	}))
	return members
}

// commander gives a swarm its orders.
type commander struct {
	testing.TB
	orders  *json.Encoder
	reports *json.Decoder
}

func hive(tb testing.TB) *commander {
	tb.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), swarmEnv+"=1")
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	must(tb, err)
	out, err := child.StdoutPipe()
	must(tb, err)
	must(tb, child.Start())
	tb.Cleanup(func() {
		cancel()
		_ = child.Wait() // it was ended
	})
	return &commander{tb, json.NewEncoder(in), json.NewDecoder(out)}
}

func (c *commander) do(o order) (r report) {
	c.Helper()
	must(c, c.orders.Encode(o))
	must(c, c.reports.Decode(&r))
	if r.Error != "" {
		c.Fatal(r.Error)
	}
	return r
}

// crowd measures a hub with thousands of devices: what one that is idle costs,
// how long an edit takes to the screens of a team while a hundred a second are
// made, and how soon everybody is in step after a restart.
func crowd(tb testing.TB, v volume) []line {
	db, err := store.OpenCentral(context.Background(), filepath.Join(tb.TempDir(), "hub.db"))
	must(tb, err)
	p := &plaza{TB: tb, db: db, listen: "127.0.0.1:0"}
	p.open()
	tb.Cleanup(func() {
		p.stop()
		must(tb, db.Close())
	})
	members := p.populate(v.clients)
	bees := hive(tb)
	before := held()
	first := bees.do(order{URL: "ws://" + p.listen + "/api/v1/sync", Members: members})
	idle := int(held()-before) / v.clients
	encoded, handed := protocol.Traffic()
	seen := bees.do(order{Writes: v.clients, Rate: crowdRate}).Seen
	each, sent := traffic(encoded, handed, v.clients)
	resident := rss(tb)
	p.stop()
	begun := time.Now()
	p.open()
	bees.do(order{Again: true})
	again := time.Since(begun)
	if len(seen) == 0 {
		tb.Fatal("no note was seen on any screen")
	}
	p50, p99 := quantile(seen, 0.50), quantile(seen, 0.99)
	crowd := count(v.clients) + " devices"
	return []line{
		{what: "an idle connection of " + crowd, figure: fmt.Sprintf("%.1f KB", float64(idle)/1000), limit: "all in step after " + first.Took.Round(time.Millisecond).String(),
			goal: "≤ 20 KB", holds: idle <= 20_000},
		{what: fmt.Sprintf("edit to another screen, %s, %d edits/s", crowd, crowdRate), figure: fmt.Sprintf("p50 %s, p99 %s", short(p50), short(p99)),
			limit: count(len(seen)) + " sights", goal: "p99 ≤ 1 s", holds: p99 <= time.Second},
		{what: "bytes encoded for an edit, " + crowd, figure: count(each), limit: count(sent) + " bytes sent", ratio: float64(sent) / float64(max(each, 1)),
			goal: "≥ 10.00", holds: sent >= 10*each},
		{what: "hub and bench resident, " + crowd, figure: fmt.Sprintf("%d MiB", resident>>20), goal: "≤ 1 GiB", holds: resident <= 1<<30},
		{what: "reconnect after a restart, " + crowd, figure: again.Round(time.Millisecond).String(), goal: "≤ 30 s", holds: again <= 30*time.Second},
	}
}

// traffic is what was encoded and handed out since then, for each edit.
func traffic(encoded, handed int64, edits int) (int, int) {
	e, h := protocol.Traffic()
	return int(e-encoded) / edits, int(h-handed) / edits
}

// held is what the heap and the stacks hold after a collection.
func held() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

// rss is how much memory this process has, in bytes.
func rss(tb testing.TB) int64 {
	tb.Helper()
	status, err := os.ReadFile("/proc/self/status")
	must(tb, err)
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmRSS:")); ok {
			kib, err := strconv.ParseInt(string(bytes.Fields(rest)[0]), 10, 64)
			must(tb, err)
			return kib << 10
		}
	}
	tb.Fatal("this system does not say how much memory a process has")
	return 0
}
