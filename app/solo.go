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
	"holdall/sync/hub/mailroom"
	"holdall/sync/protocol"
)

// A solo workspace has its hub inside: the same server over the same kind of
// database as a real one, reached through a pipe. So nothing is different on the
// day a team moves to a hub of its own.

const (
	soloTeam     = "Service desk"
	soloDevice   = "This computer"
	soloDatabase = "hub.db"
)

// soloHub is the hub inside.
type soloHub struct {
	central *store.Central
	server  *hub.Server
	app     *App
	dir     string // of its database
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
	closing sync.Mutex // no conversation begins while the hub ends

	mail soloMail
	demo soloDemo
	web  soloWeb
}

// startSolo opens the solo workspace, and makes it where there is none. A demo
// whose telling was cut short is set aside and told anew.
func (a *App) startSolo(ctx context.Context, r SoloRequest) error {
	err := a.openSolo(ctx, r)
	if !errors.Is(err, errCutShort) {
		return err
	}
	if err := a.setAside(ctx, kindSolo); err != nil {
		return err
	}
	r.Demo = true
	return a.openSolo(ctx, r)
}

func (a *App) openSolo(ctx context.Context, r SoloRequest) (err error) {
	dir := a.folder(kindSolo)
	replicas, err := store.OpenReplica(ctx, dir)
	if err != nil {
		return err
	}
	who, err := soloIdentity(ctx, replicas, filepath.Join(dir, soloDatabase))
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
	if made {
		err = inside.resume(ctx)
	} else if who, err = inside.found(ctx, r); err == nil {
		err = replicas.SetIdentity(ctx, who)
	}
	if err == nil && !inside.invented() {
		err = inside.receive(ctx, mailroom.Settings{})
	}
	if err != nil {
		return errors.Join(err, inside.close(), replicas.Close())
	}
	ws, err := a.openWorkspace(replicas, who, inside.dialer(who.Device), inside.files(who), inside)
	if err != nil {
		return err
	}
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
	path := filepath.Join(dir, soloDatabase)
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
	h := &soloHub{central: central, server: server, app: a, dir: dir}
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.running.Go(func() {
		if err := server.Run(h.ctx); err != nil {
			a.log.Error("run the hub inside", "error", err)
		}
	})
	return h, nil
}

// close ends what works, then the hub that takes its results, then the database.
func (h *soloHub) close() error {
	h.demo.hush()
	h.mail.end()
	h.web.end()
	err := h.demo.close()
	h.closing.Lock()
	h.cancel()
	h.closing.Unlock()
	h.running.Wait()
	return errors.Join(err, h.central.Close())
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

// invent begins to fill the hub with the invented company and returns who sits
// at this computer: one of its agents, or a newcomer on the first line. The
// history goes on being told when it returns.
func (h *soloHub) invent(ctx context.Context, r SoloRequest, now time.Time) (desk.Person, error) {
	world := demo.Company(demoSeed, h.app.stock, now)
	if err := h.demo.begin(ctx, h, world); err != nil {
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
	return person, h.server.Do(ctx, nil, hub.Act{Name: desk.PersonPut, Args: person, At: now})
}

// resume takes up what the demo was at when it was closed.
func (h *soloHub) resume(ctx context.Context) error {
	past, err := h.recall(ctx)
	switch {
	case err != nil || past.Began.IsZero():
		return err
	case !past.Told:
		return errCutShort
	}
	return h.demo.goOn(ctx, h, past)
}
