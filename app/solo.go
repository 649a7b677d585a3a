package app

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"holdall/desk"
	"holdall/desk/demo"
	"holdall/store"
	"holdall/sync/hub"
	"holdall/sync/protocol"
)

// A solo workspace has its hub inside: the same server over the same kind of
// database as a real one, reached through a pipe. So nothing is different on the
// day a team moves to a hub of its own.

const (
	soloTeam   = "Service desk"
	soloDevice = "This computer"
)

// soloHub is the hub inside.
type soloHub struct {
	central *store.Central
	server  *hub.Server
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
	closing sync.Mutex // no conversation begins while the hub ends
}

// startSolo opens the solo workspace, and makes it where there is none.
func (a *App) startSolo(ctx context.Context, r SoloRequest) error {
	dir := a.folder(kindSolo)
	replicas, err := store.OpenReplica(ctx, dir)
	if err != nil {
		return err
	}
	who, err := replicas.Identity(ctx)
	if err != nil {
		return errors.Join(err, replicas.Close())
	}
	made := who.Device != ""
	if !made {
		if err := checkSolo(&r, r.Demo || a.cfg.Demo); err != nil {
			return errors.Join(err, replicas.Close())
		}
	}
	inside, err := a.openSoloHub(ctx, dir, !made)
	if err != nil {
		return errors.Join(err, replicas.Close())
	}
	if !made {
		who, err = inside.found(ctx, r)
		if err == nil {
			err = replicas.SetIdentity(ctx, who)
		}
		if err != nil {
			return errors.Join(err, replicas.Close(), inside.close())
		}
	}
	ws := a.openWorkspace(replicas, who, inside.dialer(who.Device), inside.blob, inside.close)
	ws.familiar(ctx, bearable)
	return a.enter(ws, kindSolo)
}

// checkSolo fills in what the demo needs no person to say.
func checkSolo(r *SoloRequest, invented bool) error {
	r.Demo = invented
	r.Name, r.Email, r.Workspace = strings.TrimSpace(r.Name), strings.TrimSpace(r.Email), strings.TrimSpace(r.Workspace)
	if invented {
		return nil
	}
	if r.Name == "" || !strings.Contains(r.Email, "@") {
		return desk.Refuse(desk.CodeValidation, "Say your name and your mail address; answers to requesters are signed with them.")
	}
	r.Workspace = cmp.Or(r.Workspace, soloTeam)
	return nil
}

// openSoloHub sets the hub inside going. A first start that was cut short left
// nothing a person has written, so it begins anew.
func (a *App) openSoloHub(ctx context.Context, dir string, anew bool) (*soloHub, error) {
	path := filepath.Join(dir, "hub.db")
	if anew {
		for _, end := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(path + end); err != nil && !errors.Is(err, os.ErrNotExist) {
				return nil, err
			}
		}
	}
	central, err := store.OpenCentral(ctx, path)
	if err != nil {
		return nil, err
	}
	server, err := hub.NewServer(ctx, central, a.log)
	if err != nil {
		return nil, errors.Join(err, central.Close())
	}
	h := &soloHub{central: central, server: server}
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.running.Go(func() {
		if err := server.Run(h.ctx); err != nil {
			a.log.Error("run the hub inside", "error", err)
		}
	})
	return h, nil
}

func (h *soloHub) close() error {
	h.closing.Lock()
	h.cancel()
	h.closing.Unlock()
	h.running.Wait()
	return h.central.Close()
}

// dialer reaches the hub inside through a pipe, as a device it knows.
func (h *soloHub) dialer(device desk.DeviceID) protocol.Dialer {
	return func(context.Context) (protocol.Conn, error) {
		h.closing.Lock()
		defer h.closing.Unlock()
		if h.ctx.Err() != nil {
			return nil, protocol.ErrClosed
		}
		near, far := protocol.Pipe()
		h.running.Go(func() {
			defer far.Close()
			h.server.Serve(h.ctx, far, device)
		})
		return near, nil
	}
}

// blob reads the bytes of a file from the hub inside.
func (h *soloHub) blob(ctx context.Context, sha256 string) (data []byte, err error) {
	err = h.central.View(ctx, func(tx *store.CentralTx) error {
		data, err = tx.Blob(sha256)
		return err
	})
	return data, err
}

// found gives the hub its workspace and its first person, and enrols this
// device.
func (h *soloHub) found(ctx context.Context, r SoloRequest) (store.Identity, error) {
	var person desk.Person
	var err error
	if r.Demo {
		person, err = h.invent(ctx, r, time.Now())
	} else {
		person, err = h.begin(ctx, r, time.Now())
	}
	if err != nil {
		return store.Identity{}, err
	}
	device, token, err := hub.Enrol(ctx, h.central, person.ID, soloDevice)
	return store.Identity{Device: device, Person: person.ID, Token: token, Workspace: r.Workspace, Solo: true}, err
}

// begin is a desk of one: an admin with a team.
func (h *soloHub) begin(ctx context.Context, r SoloRequest, now time.Time) (desk.Person, error) {
	if _, err := h.server.Found(ctx, r.Workspace, now); err != nil {
		return desk.Person{}, err
	}
	team := desk.Team{ID: desk.TeamID(uuid.NewString()), Name: soloTeam, Tier: 1}
	person := admin(r, team.ID)
	return person, h.server.Do(ctx, nil,
		hub.Act{Name: desk.TeamPut, Args: team, At: now}, hub.Act{Name: desk.PersonPut, Args: person, At: now})
}

func admin(r SoloRequest, teams ...desk.TeamID) desk.Person {
	return desk.Person{
		ID: desk.PersonID(uuid.NewString()), Name: r.Name, Email: r.Email, Roles: []desk.Role{desk.RoleAgent, desk.RoleAdmin}, Teams: teams,
	}
}

// invent fills the hub with the invented company and returns who sits at this
// computer: one of its agents, or a newcomer on the first line.
func (h *soloHub) invent(ctx context.Context, r SoloRequest, now time.Time) (desk.Person, error) {
	world := demo.Company(demoSeed, demo.Stock(), now)
	raised, err := fill(ctx, world, h.server.Submit)
	if err != nil {
		return desk.Person{}, err
	}
	person := world.People[0]
	if r.Name != "" && r.Email != "" {
		person = admin(r, world.Teams[0].ID)
	}
	for _, p := range world.People {
		if strings.EqualFold(p.Email, r.Email) {
			person = p
		}
	}
	if !person.Has(desk.RoleAdmin) {
		person.Roles = append(person.Roles, desk.RoleAdmin)
	}
	return person, h.server.Do(ctx, raised, hub.Act{Name: desk.PersonPut, Args: person, At: now})
}
