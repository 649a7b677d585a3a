package bench

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
	"holdall/sync/replica"
)

var (
	ana   = desk.Person{ID: "ana", Name: "Ana", Email: "ana@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: teams()}
	ben   = desk.Person{ID: "ben", Name: "Ben", Email: "ben@example.com", Roles: []desk.Role{desk.RoleAgent}, Teams: teams()}
	quiet = slog.New(slog.DiscardHandler)
)

// teams are those that the tickets in bulk are spread over.
func teams() (list []desk.TeamID) {
	for i := range demo.BulkTeams {
		list = append(list, desk.TeamID(fmt.Sprintf("team%d", i)))
	}
	return list
}

// central is a hub with its doors open, on SQLite, every commit durable.
type central struct {
	testing.TB
	store  *store.Central
	server *hub.Server
	url    string
	stop   func()
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// newCentral opens a hub; prepare may fill its database before it is at work.
func newCentral(tb testing.TB, prepare func(*store.Central)) *central {
	return centralIn(tb, tb.TempDir(), prepare)
}

// centralIn opens the hub of a folder, where it may have worked before.
func centralIn(tb testing.TB, folder string, prepare func(*store.Central)) *central {
	tb.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	db, err := store.OpenCentral(ctx, filepath.Join(folder, "hub.db"))
	must(tb, err)
	if prepare != nil {
		prepare(db)
	}
	server, err := hub.NewServer(ctx, db, quiet)
	must(tb, err)
	var running sync.WaitGroup
	running.Go(func() { server.Run(ctx) })
	web := httptest.NewServer(hub.NewWeb(server, hub.NewAccounts(db), quiet, nil))
	stop := sync.OnceFunc(func() {
		cancel()
		running.Wait()
		web.CloseClientConnections()
		web.Close()
		must(tb, db.Close())
	})
	tb.Cleanup(stop)
	_, err = server.Found(ctx, "Nordlicht Werke", time.Now())
	must(tb, err)
	var acts []hub.Act
	for _, id := range teams() {
		acts = append(acts, hub.Act{Name: desk.TeamPut, Args: desk.Team{ID: id, Name: string(id), Tier: 1}})
	}
	for _, p := range []desk.Person{ana, ben} {
		acts = append(acts, hub.Act{Name: desk.PersonPut, Args: p})
	}
	for i := range acts {
		acts[i].At = time.Now()
	}
	must(tb, server.Do(ctx, nil, acts...))
	return &central{tb, db, server, web.URL, stop}
}

// laptop is a replica on disk, in step with the hub over a websocket.
type laptop struct {
	store   *store.Replica
	client  *replica.Client
	changed chan struct{}
	folder  string
	gate    gate
	stop    func()
}

func (c *central) laptop(person desk.PersonID) *laptop {
	c.Helper()
	device, token, err := hub.Enrol(context.Background(), c.store, person, "laptop")
	must(c, err)
	folder := c.TempDir()
	replicas, err := store.OpenReplica(context.Background(), folder)
	must(c, err)
	must(c, replicas.SetIdentity(context.Background(), store.Identity{Device: device, Person: person, Token: token, Server: c.url}))
	l := &laptop{store: replicas, folder: folder, changed: make(chan struct{}, 1)}
	address := "ws" + strings.TrimPrefix(c.url, "http") + "/api/v1/sync"
	l.client = replica.NewClient(replicas, func(ctx context.Context) (protocol.Conn, error) {
		return l.gate.dial(func() (protocol.Conn, error) { return protocol.Dial(ctx, address, token, nil) })
	}, "bench", quiet, func(replica.Changed) {
		select {
		case l.changed <- struct{}{}:
		default:
		}
	})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { l.client.Run(ctx) })
	l.stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
		must(c, replicas.Close())
	})
	c.Cleanup(l.stop)
	return l
}

// until waits for signals of the replica until something holds.
func (l *laptop) until(tb testing.TB, what string, holds func(tx *store.ReplicaTx) (bool, error)) {
	tb.Helper()
	over := time.After(2 * time.Minute)
	for {
		done := false
		must(tb, l.store.View(context.Background(), func(tx *store.ReplicaTx) (err error) {
			done, err = holds(tx)
			return err
		}))
		if done {
			return
		}
		select {
		case <-l.changed:
		case <-over:
			tb.Fatalf("waited in vain until %s", what)
		}
	}
}

// complete waits until a first checkpoint has come.
func (l *laptop) complete(tb testing.TB) {
	tb.Helper()
	l.until(tb, "everything is here", func(tx *store.ReplicaTx) (bool, error) {
		at, err := tx.Meta(replica.MetaCompleteUpTo)
		return at != "", err
	})
}

// stocked fills a hub's database with records in bulk, as if it had worked for
// years.
func stocked(tb testing.TB, n int) func(*store.Central) {
	return func(db *store.Central) { stock(tb, db, demo.NewBulk(), n) }
}

// stock goes on filling a database.
func stock(tb testing.TB, db *store.Central, bulk *demo.Bulk, n int) {
	for made := 0; made < n; made += bulkGroup {
		must(tb, db.Update(context.Background(), func(tx *store.CentralTx) error { return enter(tx, bulk, min(bulkGroup, n-made)) }))
	}
}

const bulkGroup = 5000 // records of a transaction

// enter puts so many records with their trees where their tickets belong.
func enter(tx *store.CentralTx, bulk *demo.Bulk, n int) error {
	posts := map[desk.BucketID][]store.Entry{}
	for range (n + 4) / 5 {
		tree := bulk.Tree()
		buckets := tree[0].(desk.Ticket).Buckets()
		for _, e := range tree {
			r, err := tx.Put(e)
			if err != nil {
				return err
			}
			for _, b := range buckets {
				posts[b] = append(posts[b], store.Entry{Key: r.Key, Tree: r.Tree, Hash: r.Hash()})
			}
		}
	}
	for b, entries := range posts {
		if _, err := tx.Post(b, entries, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

func count(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
