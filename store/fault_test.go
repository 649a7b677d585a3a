package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"holdall/desk"
)

// worn is a closed replica with edits, a draft and enough tickets to fill many
// pages.
func worn(t *testing.T) string {
	dir := t.TempDir()
	r := openReplica(t, dir)
	must(t, r.SetIdentity(ctx, Identity{Device: "d1", Person: "ana"}))
	for i := range 40 {
		_, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", fmt.Sprintf("edit %d %s", i+1, strings.Repeat("x", 600)))})
		must(t, err)
	}
	must(t, r.SaveDraft(ctx, Draft{Ticket: "t1", Kind: desk.InternalNote, Text: "draft", SavedAt: noon}))
	must(t, r.GrantLease(ctx, desk.Lease{Kind: desk.Incident, First: 1, Last: 20}))
	must(t, r.BulkLoad(ctx, func(tx *ReplicaTx) error {
		for i := range 300 {
			must(t, tx.Put(ticketOf(fmt.Sprintf("t%d", i), int64(i))))
		}
		return nil
	}))
	must(t, r.Close())
	return dir
}

// harm changes the bytes of a file.
func harm(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, change(data), 0o600))
}

var harms = map[string]func([]byte) []byte{
	"no database":    func(b []byte) []byte { return bytes.Repeat([]byte("garbage "), len(b)/8) },
	"a broken head":  func(b []byte) []byte { copy(b, bytes.Repeat([]byte{0xAA}, 100)); return b },
	"cut in half":    func(b []byte) []byte { return b[:len(b)/2/4096*4096] },
	"cut in a page":  func(b []byte) []byte { return b[:len(b)-1000] },
	"zeros within":   func(b []byte) []byte { copy(b[3*4096:], make([]byte, 2*4096)); return b },
	"garbage within": func(b []byte) []byte { copy(b[4*4096:], bytes.Repeat([]byte{0x5A}, 4096)); return b },
}

func TestADamagedViewBeginsAnew(t *testing.T) {
	for name, change := range harms {
		t.Run(name, func(t *testing.T) {
			dir := worn(t)
			harm(t, filepath.Join(dir, replicaFile), change)
			r := openReplica(t, dir)
			if s := r.Repaired(); !strings.Contains(s, "replica.db.damaged-1") {
				t.Errorf("repaired: %q", s)
			}
			r.mustView(t, func(tx *ReplicaTx) error {
				if n, err := tx.Count(Filter{}); n != 0 || err != nil {
					t.Errorf("%d tickets, %v", n, err)
				}
				cursors, err := tx.Cursors()
				if len(cursors) != 0 {
					t.Errorf("cursors %v would leave holes", cursors)
				}
				return err
			})
			if pending, err := r.Pending(ctx); len(pending) != 40 || err != nil {
				t.Errorf("%d pending, %v", len(pending), err)
			}
			must(t, r.Close())
			if s := openReplica(t, dir).Repaired(); s != "" {
				t.Errorf("repaired again: %q", s)
			}
		})
	}
}

// TestADamagedOutboxIsSalvaged wants every edit back whose page can still be
// read, its draft too, and no mid given twice.
func TestADamagedOutboxIsSalvaged(t *testing.T) {
	for name, change := range harms {
		t.Run(name, func(t *testing.T) {
			dir := worn(t)
			harm(t, filepath.Join(dir, outboxFile), change)
			r := openReplica(t, dir)
			s := r.Repaired()
			if !strings.Contains(s, "outbox.db.damaged-1") {
				t.Errorf("repaired: %q", s)
			}
			pending, err := r.Pending(ctx)
			must(t, err)
			if min := map[string]int{"a broken head": 40, "cut in a page": 36}[name]; len(pending) < min {
				t.Errorf("%d edits kept, want %d: %s", len(pending), min, s)
			}
			for i, e := range pending {
				if i > 0 && e.Mutation.Mid != pending[i-1].Mutation.Mid+1 {
					t.Errorf("mid %d follows %d", e.Mutation.Mid, pending[i-1].Mutation.Mid)
				}
			}
			must(t, r.Close())
			if s := openReplica(t, dir).Repaired(); s != "" {
				t.Errorf("repaired again: %q", s)
			}
		})
	}
}

func TestADamagedRowIsFoundByItsSum(t *testing.T) {
	dir := worn(t)
	r := openReplica(t, dir)
	must(t, r.change(ctx, "UPDATE outbox SET body = replace(body, 'edit 7 ', 'edit 8 ') WHERE mid = 7"))
	must(t, r.change(ctx, "UPDATE draft SET text = 'another'"))
	must(t, r.MarkSent(ctx, 3))
	must(t, r.Close())
	r = openReplica(t, dir)
	if s := r.Repaired(); !strings.Contains(s, "change 7") || !strings.Contains(s, "a draft") {
		t.Errorf("repaired: %q", s)
	}
	pending, err := r.Pending(ctx)
	must(t, err)
	if len(pending) != 40 || pending[6].Mutation.Name != desk.Lost || pending[6].Mutation.Device != "d1" || pending[7].Mutation.Name != desk.TicketPatch || pending[2].State != Sent {
		t.Errorf("%d pending, the seventh %+v", len(pending), pending[6].Mutation)
	}
	if n, err := r.TakeNumber(ctx, desk.Incident); n != "INC0000001" || err != nil {
		t.Errorf("number %s, %v", n, err)
	}
}

func TestAPlantedTriggerIsNotRun(t *testing.T) {
	dir := worn(t)
	r := openReplica(t, dir)
	_, err := r.replica.write.Exec("CREATE TRIGGER evil AFTER INSERT ON ticket BEGIN DELETE FROM message; END")
	must(t, err)
	must(t, r.Close())
	if s := openReplica(t, dir).Repaired(); s == "" {
		t.Error("a foreign trigger was left in the view")
	}
}

// TestDamageMetWhileRunning reads a page that was spoiled behind the program's
// back: it says so, and the next start begins anew.
func TestDamageMetWhileRunning(t *testing.T) {
	dir := worn(t)
	r := openReplica(t, dir)
	must(t, r.Verify(ctx))
	harm(t, filepath.Join(dir, replicaFile), harms["garbage within"])
	_, err := r.replica.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	must(t, err)
	must(t, r.Close())
	r.replica, err = openSQLite(filepath.Join(dir, replicaFile), normal)
	must(t, err)
	r.replica.suspect = r.suspect
	err = r.Verify(ctx)
	sentence(t, err, desk.CodeInternal, "damaged", "restart")
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("%v is not ErrDamaged", err)
	}
	must(t, r.replica.close())
	if s := openReplica(t, dir).Repaired(); !strings.Contains(s, "fetched again") {
		t.Errorf("repaired: %q", s)
	}
}

func TestAFullDiskIsSaidAndLosesNothing(t *testing.T) {
	r := openReplica(t, t.TempDir())
	_, err := r.Append(ctx, []desk.Mutation{patch(t, "t1", "saved")})
	must(t, err)
	_, err = r.outbox.write.Exec("PRAGMA max_page_count = 20")
	must(t, err)
	long := patch(t, "t1", strings.Repeat("x", 1<<18))
	_, err = r.Append(ctx, []desk.Mutation{patch(t, "t1", "with a long one"), long})
	sentence(t, err, desk.CodeInternal, "full", outboxFile)
	if pending, err := r.Pending(ctx); len(pending) != 1 || err != nil {
		t.Errorf("%d pending, %v", len(pending), err)
	}
	_, err = r.outbox.write.Exec("PRAGMA max_page_count = 1000000")
	must(t, err)
	placed, err := r.Append(ctx, []desk.Mutation{long})
	must(t, err)
	if placed[0].Mid != 2 {
		t.Errorf("mid %d after the disk had room again", placed[0].Mid)
	}
}

func TestAMissingServerIsSaid(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := l.Addr().String()
	must(t, l.Close())
	_, err = OpenCentral(ctx, "postgres://holdall:canary@"+address+"/desk?sslmode=disable")
	sentence(t, err, desk.CodeInternal, address, "does not answer")
	if strings.Contains(err.Error(), "canary") {
		t.Error("the sentence tells the password")
	}
}

func TestAServerThatRefusesIsSaid(t *testing.T) {
	dsn := postgresDSN(t)
	_, rest, _ := strings.Cut(dsn, "@")
	_, err := OpenCentral(ctx, "postgres://postgres:wrong@"+rest)
	sentence(t, err, desk.CodeInternal, "password")
	_, err = OpenCentral(ctx, strings.Replace(dsn, "/postgres?", "/nowhere?", 1))
	sentence(t, err, desk.CodeInternal, "nowhere")
	_, err = OpenCentral(ctx, "postgres://[broken")
	if err == nil || strings.Contains(err.Error(), "broken") {
		t.Errorf("a malformed address: %v", err)
	}
}

func TestAFolderWithoutAccessIsSaid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a file", "hub.db")
	must(t, os.WriteFile(filepath.Dir(path), nil, 0o600))
	if _, err := OpenCentral(ctx, path); err == nil {
		t.Error("a database below a file was opened")
	}
}

// TestADatabaseThatTakesNoTablesIsTold: by a sentence with the way out, and not by
// what the server says of a statement.
func TestADatabaseThatTakesNoTablesIsTold(t *testing.T) {
	dsn := engines["PostgreSQL"](t)
	server, err := openAny(ctx, dsn)
	must(t, err)
	defer server.close()
	for _, statement := range []string{"CREATE ROLE guest LOGIN PASSWORD 'guest'", "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"} {
		_, err := server.write.Exec(statement)
		must(t, err)
	}
	as := func(change func(*url.URL)) error {
		u, err := url.Parse(dsn)
		must(t, err)
		change(u)
		_, err = OpenCentral(ctx, u.String())
		return err
	}
	sentence(t, as(func(u *url.URL) { u.User = url.UserPassword("guest", "guest") }), desk.CodeInternal, "may not make or write tables", "grant")
	sentence(t, as(func(u *url.URL) { u.RawQuery += "&default_transaction_read_only=on" }), desk.CodeInternal, "primary server")
	sentence(t, as(func(u *url.URL) { u.Path = "/latin" }), desk.CodeValidation, "LATIN1", "ENCODING 'UTF8'")
	file := &database{dialect: sqlite, name: "/srv/hub.db"}
	sentence(t, file.plain(&fs.PathError{Op: "open", Path: "/srv/hub.db", Err: syscall.EACCES}), desk.CodeInternal, "/srv/hub.db", "who owns")
}

// TestRetriesEnd gives way for ever to nobody.
func TestRetriesEnd(t *testing.T) {
	c := openCentral(t, postgresDSN(t))
	c.mustUpdate(t, func(tx *CentralTx) error { return tx.SetMeta("n", "0") })
	runs := 0
	bounded, cancel := context.WithCancel(ctx)
	defer cancel()
	err := c.Update(bounded, func(tx *CentralTx) error {
		if runs++; runs == 3 {
			cancel()
		}
		_, err := tx.Meta("n")
		if err != nil {
			return err
		}
		// Another transaction always comes between reading and writing.
		must(t, c.Update(ctx, func(other *CentralTx) error { return other.SetMeta("n", fmt.Sprint(runs)) }))
		tx.Savepoint(func() error { return tx.SetMeta("n", "mine") }) // whose error nobody looks at
		return nil
	})
	if runs != 3 || err == nil {
		t.Errorf("%d runs, %v", runs, err)
	}
}

// TestALostConnectionIsNoFaultOfWhatWasWritten cuts the connection to the server
// in the middle of a transaction.
func TestALostConnectionIsNoFaultOfWhatWasWritten(t *testing.T) {
	dsn, err := url.Parse(postgresDSN(t))
	must(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	conns := make(chan net.Conn, 16)
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", dsn.Host)
			if err != nil {
				return
			}
			conns <- near
			go func() { io.Copy(far, near); far.Close() }()
			go func() { io.Copy(near, far); near.Close() }()
		}
	}()
	through := *dsn
	through.Host = listener.Addr().String()
	c := openCentral(t, through.String())
	err = c.Update(ctx, func(tx *CentralTx) error {
		must(t, tx.SetMeta("n", "1"))
		for len(conns) > 0 {
			(<-conns).Close()
		}
		return tx.SetMeta("n", "2")
	})
	sentence(t, err, desk.CodeInternal, "does not answer")
	must(t, c.Update(ctx, func(tx *CentralTx) error { return tx.SetMeta("n", "3") }))
}
