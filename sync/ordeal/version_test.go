package ordeal

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
	engine "holdall/sync/hub"
)

// TestOutboxesOfEveryVersionDrain opens the databases of every released version,
// of hub and laptop, with an edit in them that was never sent: it reaches the
// hub of today, and since its author saw another value, both are kept (SPEC R2,
// R11).
func TestOutboxesOfEveryVersionDrain(t *testing.T) {
	t.Parallel()
	versions, err := filepath.Glob("../../store/testdata/version-*")
	must(t, err)
	if len(versions) == 0 {
		t.Error("there is no version to open")
	}
	for _, version := range versions {
		t.Run(filepath.Base(version), func(t *testing.T) { drains(t, version) })
	}
}

func drains(t *testing.T, version string) {
	data, folder := t.TempDir(), t.TempDir()
	h := &hub{t: t, binary: holdalld(t), place: []string{"--data", data}, dsn: filepath.Join(data, "hub.db"), address: freeAddress(t)}
	l := &laptop{t: t, name: "ana", binary: holdalld(t), folder: folder, ledger: newLedger(), rand: drawn("ana")}
	lift(t, filepath.Join(version, "central.db"), h.dsn)
	for _, file := range []string{"outbox.db", "replica.db"} {
		lift(t, filepath.Join(version, file), filepath.Join(l.files(), file))
	}
	must(t, os.WriteFile(filepath.Join(folder, "workspace"), []byte("hub\n"), 0o600))
	device := introduce(t, h, l)
	h.start()
	l.start()
	settle(t, patience, h, l)
	agree(t, h, l)
	h.process.stop()
	h.view(func(tx *store.CentralTx) error {
		result, ok, err := tx.Result(device, 1)
		if !ok || result.Status != desk.Disputed {
			t.Errorf("the edit became %+v, %v", result, ok)
		}
		if err != nil {
			return err
		}
		open, err := tx.OpenConflicts("t1")
		if len(open) != 1 || open[0].Client != "later" {
			t.Errorf("conflicts %+v", open)
		}
		return err
	})
}

// lift copies a file and makes the folder for it.
func lift(t testing.TB, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	must(t, err)
	must(t, os.MkdirAll(filepath.Dir(to), 0o700))
	must(t, os.WriteFile(to, text, 0o600))
}

// introduce makes the hub know the laptop and its person, and tells the laptop
// where the hub is: the files of a version know neither.
func introduce(t testing.TB, h *hub, l *laptop) desk.DeviceID {
	t.Helper()
	r, err := store.OpenReplica(ctx, l.files())
	must(t, err)
	who, err := r.Identity(ctx)
	must(t, err)
	who.Server, who.Token = h.url(), "a token"
	must(t, r.SetIdentity(ctx, who))
	must(t, r.Close())
	central, err := store.OpenCentral(ctx, h.dsn)
	must(t, err)
	server, err := engine.NewServer(ctx, central, slog.New(slog.DiscardHandler))
	must(t, err)
	life, end := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { must(t, server.Run(life)) })
	hash := sha256.Sum256([]byte(who.Token))
	must(t, server.Do(ctx, func(tx *store.CentralTx) error {
		return tx.AddDevice(store.Device{ID: who.Device, Person: who.Person, TokenHash: hash[:], CreatedAt: time.Now()})
	}, engine.Act{Name: desk.PersonPut, At: time.Now(), Args: desk.Person{ID: who.Person, Name: "Ana", Email: "ana@example.com", Roles: []desk.Role{desk.RoleAgent}}}))
	end()
	running.Wait()
	must(t, central.Close())
	return who.Device
}
