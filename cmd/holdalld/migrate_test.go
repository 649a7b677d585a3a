package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdall/app"
	"holdall/desk"
	"holdall/store"
	"holdall/store/postgres"
	"holdall/sync/hub"
)

// databases starts a server of the test's own and returns what makes an empty
// database on it.
func databases(t *testing.T) func(name string) string {
	t.Helper()
	server, err := postgres.Start(filepath.Join(t.TempDir(), "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	return func(name string) string {
		dsn, err := server.Create(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		return dsn
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// command runs holdalld and returns its exit status and what it wrote.
func command(t *testing.T, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: func(string) string { return "" }}
	status = p.run(t.Context(), args)
	return status, out.String(), errs.String()
}

// retitle is an edit of a ticket's title by someone who saw the old one.
func retitle(t *testing.T, id desk.TicketID, old, title string) desk.Mutation {
	m, err := desk.NewMutation(desk.TicketPatch, id, desk.PatchTicket{Set: map[desk.Field]string{desk.FieldTitle: title}}, time.Now())
	check(t, err)
	m.Old = map[desk.Field]string{desk.FieldTitle: old}
	return m
}

// titled waits until the hub has a title.
func titled(t *testing.T, central *store.Central, id desk.TicketID, want string) {
	t.Helper()
	check(t, until(t.Context(), "the hub has the title "+want, func() (same bool, err error) {
		err = central.View(t.Context(), func(tx *store.CentralTx) error {
			e, err := tx.Get(desk.Ticket{ID: id}.Key())
			same = err == nil && e.(desk.Ticket).Title == want
			return err
		})
		return same, err
	}))
}

// TestAHubMovesUnderItsLaptops: the hub's file is copied to a server while a
// laptop is away with an edit; it finds the same hub at the same address and its
// edit arrives once (SPEC P56).
func TestAHubMovesUnderItsLaptops(t *testing.T) {
	database := databases(t)
	run := desktop(t, settings{Name: "Desk"})
	folder := filepath.Dir(run.central.Name())
	check(t, run.server.Do(t.Context(), nil, hub.Act{
		Name: desk.TicketCreate, Ticket: "t1", Args: desk.CreateTicket{Kind: desk.Incident, Title: "Printer jammed"}, At: time.Now(),
	}))
	annika, err := openLaptop(t.Context(), "annika", t.TempDir(), run.url, "annika@example.com", storyPassword, run.log)
	check(t, err)
	t.Cleanup(func() { check(t, annika.close()) })
	check(t, until(t.Context(), "the laptop has the ticket", func() (bool, error) {
		_, err := annika.ticket(t.Context(), "t1")
		return err == nil, err
	}))
	check(t, annika.line.cut())
	check(t, annika.do(t.Context(), retitle(t, "t1", "Printer jammed", "Printer on fire")))

	to := database("moved")
	if status, _, said := command(t, "migrate", "--from", folder, "--to", to); status != exitUsage || !strings.Contains(said, "is at work") {
		t.Errorf("beside a running hub: %d, %s", status, said)
	}
	epoch := run.central.Epoch()
	check(t, run.stop())
	_, err = hub.Key(filepath.Join(folder, keyName))
	check(t, err)
	status, said, errs := command(t, "migrate", "--from", folder, "--to", to)
	if status != exitDone || !strings.Contains(said, "Every row is the same") || !strings.Contains(said, "ticket ") || !strings.Contains(said, keyName) {
		t.Fatalf("migrate: %d\n%s%s", status, said, errs)
	}

	p := &program{stdin: strings.NewReader(""), stdout: &diary{}, stderr: &diary{}, getenv: func(string) string { return "" }}
	moved, err := p.serve(t.Context(), settings{Name: "Desk", Database: to, Listen: strings.TrimPrefix(run.url, "http://")})
	check(t, err)
	t.Cleanup(func() { check(t, moved.stop()) })
	annika.line.mend()
	titled(t, moved.central, "t1", "Printer on fire")
	if moved.central.Epoch() != epoch {
		t.Errorf("epoch %s became %s", epoch, moved.central.Epoch())
	}
	check(t, until(t.Context(), "nothing waits", func() (bool, error) {
		n, err := annika.waiting(t.Context())
		return n == 0, err
	}))
}

// TestADeskOfOneBecomesATeam: the file of the hub inside a window is handed to a
// server. Somebody else signs in, and the window's own laptop goes on with what
// it had not told its hub.
func TestADeskOfOneBecomesATeam(t *testing.T) {
	profile := t.TempDir()
	window := app.New(app.Config{Dir: profile, Version: "test", Log: (&program{stderr: &diary{}}).log()})
	check(t, window.Open(t.Context()))
	session := window.Facades()[0].(*app.Session)
	_, err := session.StartSolo(app.SoloRequest{Name: "Mira Sommer", Email: "mira@example.com", Workspace: "Nordlicht Werke"})
	check(t, err)
	window.Prepared()
	check(t, window.Close())

	folder := filepath.Join(profile, "solo")
	replicas, err := store.OpenReplica(t.Context(), folder)
	check(t, err)
	who, err := replicas.Identity(t.Context())
	check(t, err)
	number, err := replicas.TakeNumber(t.Context(), desk.Incident)
	check(t, err)
	opened, err := desk.NewMutation(desk.TicketCreate, "t1", desk.CreateTicket{Kind: desk.Incident, Number: number, Title: "Typed before the team"}, time.Now())
	check(t, err)
	_, err = replicas.Append(t.Context(), []desk.Mutation{opened})
	check(t, err)
	check(t, replicas.Close())

	password := filepath.Join(t.TempDir(), "password")
	check(t, store.WriteFile(password, []byte(storyPassword+"\n")))
	if status, _, said := command(t, "user", "add", "--data", folder, "--name", "Jan Peters", "--password-file", password, "jan@example.com"); status != exitDone {
		t.Fatal(said)
	}
	p := &program{stdin: strings.NewReader(""), stdout: &diary{}, stderr: &diary{}, getenv: func(string) string { return "" }}
	team, err := p.serve(t.Context(), settings{Name: "Desk", Data: folder, Listen: "127.0.0.1:0"})
	check(t, err)
	t.Cleanup(func() { check(t, team.stop()) })

	jan, err := openLaptop(t.Context(), "jan", t.TempDir(), team.url, "jan@example.com", storyPassword, team.log)
	check(t, err)
	t.Cleanup(func() { check(t, jan.close()) })
	mira, err := resumeLaptop(context.WithoutCancel(t.Context()), "mira", folder, team.url, who, team.log)
	check(t, err)
	t.Cleanup(func() { check(t, mira.close()) })
	titled(t, team.central, "t1", "Typed before the team")
	check(t, until(t.Context(), "the ticket reaches the other laptop", func() (bool, error) {
		tk, err := jan.ticket(t.Context(), "t1")
		return tk.Title == "Typed before the team" && tk.Number == number, err
	}))
	check(t, until(t.Context(), "nothing waits on the old laptop", func() (bool, error) {
		n, err := mira.waiting(t.Context())
		return n == 0, err
	}))
}
