//go:build cgo

package disk

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
)

// registered puts the disk under SQLite for the tests of this package.
var registered = Register()

// book is a table of numbers on a machine.
type book struct {
	t    *testing.T
	of   Machine
	sync string
	db   *sql.DB
}

func newBook(t *testing.T, synchronous string) *book {
	if registered != nil {
		t.Fatal(registered)
	}
	b := &book{t: t, of: Machine(filepath.Join("/", t.Name())), sync: synchronous}
	t.Cleanup(func() { b.db.Close(); Erase(string(b.of)) })
	b.open()
	b.must(b.try("CREATE TABLE n (n INTEGER)"))
	return b
}

func (b *book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *book) open() {
	var err error
	b.db, err = sql.Open("sqlite3", "file:"+string(b.of)+"/book.db?_journal_mode=WAL&_txlock=immediate&_synchronous="+b.sync)
	b.must(err)
	b.db.SetMaxOpenConns(1)
}

func (b *book) try(statement string) error {
	_, err := b.db.ExecContext(context.Background(), statement)
	return err
}

// write adds a number in a transaction of its own.
func (b *book) write() error { return b.try("INSERT INTO n SELECT COUNT(*) FROM n") }

func (b *book) count() (n int) {
	b.t.Helper()
	var verdict string
	b.must(b.db.QueryRow("PRAGMA integrity_check").Scan(&verdict))
	if verdict != "ok" {
		b.t.Fatal(verdict)
	}
	b.must(b.db.QueryRow("SELECT COUNT(*) FROM n").Scan(&n))
	return n
}

// restart closes what is open on a machine that is dead and starts it again.
func (b *book) restart(power bool, seed uint64) {
	b.t.Helper()
	b.of.Kill()
	b.db.Close()
	b.must(b.of.Revive(power, seed))
	b.open()
}

// TestWhatWasSyncedIsKept: with FULL no power cut takes a commit away, with
// NORMAL some do; no cut leaves a broken file.
func TestWhatWasSyncedIsKept(t *testing.T) {
	for _, synchronous := range []string{"FULL", "NORMAL"} {
		t.Run(synchronous, func(t *testing.T) {
			b, written, lost := newBook(t, synchronous), 0, 0
			for seed := range uint64(60) {
				for range 5 {
					b.must(b.write())
				}
				written += 5
				b.restart(true, seed)
				lost += written - b.count()
				written = b.count()
			}
			if (synchronous == "FULL") != (lost == 0) {
				t.Errorf("%d commits were lost", lost)
			}
		})
	}
}

// TestAMachineDiesAtAnyWrite: whatever is answered with success is there
// afterwards, whatever is not may be.
func TestAMachineDiesAtAnyWrite(t *testing.T) {
	b, done := newBook(t, "FULL"), 0
	for n := range 40 {
		b.of.Fuse(n + 1)
		var err error
		for range 10 {
			if err = b.write(); err != nil {
				break
			}
			done++
		}
		if dead := b.of.Dead(); dead != (err != nil) {
			t.Fatalf("after %d writes the machine is dead: %v, but the book says %v", n, dead, err)
		}
		b.restart(n%2 == 0, uint64(n))
		if is := b.count(); is != done && is != done+1 {
			t.Fatalf("%d commits were answered, %d are there", done, is)
		}
		done = b.count()
	}
}

// TestAFullDiskTakesNothing and goes on when there is room again.
func TestAFullDiskTakesNothing(t *testing.T) {
	b := newBook(t, "FULL")
	b.must(b.write())
	b.of.Fill(true)
	if err := b.write(); err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("a full disk answers %v", err)
	}
	b.of.Fill(false)
	b.must(b.write())
	if n := b.count(); n != 2 {
		t.Errorf("%d commits are there", n)
	}
}

// TestACommitIsRefused as often as asked and leaves nothing.
func TestACommitIsRefused(t *testing.T) {
	b := newBook(t, "FULL")
	b.of.Refuse(2)
	for range 2 {
		if err := b.write(); err == nil {
			t.Error("the commit was not refused")
		}
	}
	b.must(b.write())
	if n := b.count(); n != 1 {
		t.Errorf("%d commits are there", n)
	}
}

// TestACopyIsAFileOfItsOwn.
func TestACopyIsAFileOfItsOwn(t *testing.T) {
	b := newBook(t, "FULL")
	b.must(b.write())
	b.must(b.db.Close())
	file := string(b.of) + "/book.db"
	b.must(Copy(file, file+".copy"))
	b.open()
	b.must(b.write())
	b.must(b.db.Close())
	b.must(Copy(file+".copy", file))
	b.open()
	if n := b.count(); n != 1 {
		t.Errorf("%d commits are there", n)
	}
	if Copy(file+".none", file) == nil {
		t.Error("what is not there was copied")
	}
}
