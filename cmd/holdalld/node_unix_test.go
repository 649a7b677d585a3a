//go:build unix

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"holdall/desk"
	"holdall/store"
)

// process is a hub node in a process of its own.
type process struct {
	*exec.Cmd
	url string
}

// node starts `holdalld serve` on a database with a folder of mails, and returns
// when it listens. It is the test's own binary under the program's name.
func node(t *testing.T, dsn, mails string) *process {
	t.Helper()
	self, err := os.Executable()
	check(t, err)
	name := filepath.Join(t.TempDir(), "holdalld")
	check(t, os.Symlink(self, name))
	p := &process{Cmd: exec.Command(name, "serve", "--listen", "127.0.0.1:0", "--mailbox", "file://"+mails)}
	p.Env = append(os.Environ(), "HOLDALL_DATABASE="+dsn)
	said, err := p.StdoutPipe()
	check(t, err)
	check(t, p.Start())
	t.Cleanup(func() { p.Process.Kill(); p.Wait() })
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatalf("the node does not listen: %v", err)
	}
	p.url = strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	return p
}

// arrive puts mails into the folder, whole at once.
func arrive(t *testing.T, mails string, from, to int) {
	t.Helper()
	for n := from; n <= to; n++ {
		text := fmt.Sprintf("From: Writer %d <w%d@example.com>\r\nTo: desk@example.com\r\nSubject: Question %d\r\nMessage-ID: <q%d@example.com>\r\n\r\nPlease help.\r\n", n, n, n, n)
		hidden := filepath.Join(t.TempDir(), "mail")
		check(t, os.WriteFile(hidden, []byte(text), 0o600))
		check(t, os.Rename(hidden, filepath.Join(mails, fmt.Sprintf("%03d.eml", n))))
	}
}

// tickets counts those that came by mail.
func tickets(t *testing.T, central *store.Central) (n int, err error) {
	err = central.View(t.Context(), func(tx *store.CentralTx) error {
		n = 0
		changes, err := tx.Changes(desk.BucketTriage, 0, 1000)
		for _, c := range changes {
			if c.Record.Kind == desk.KindTicket && !c.Drop {
				n++
			}
		}
		return err
	})
	return n, err
}

// TestANodeIsFollowed: two nodes on one database read one mailbox. The one that
// does is killed, and the other takes over within 30 seconds; one that was only
// stopped for a while finds its work taken and doubles nothing (SPEC P55).
func TestANodeIsFollowed(t *testing.T) {
	dsn, mails := databases(t)("nodes"), t.TempDir()
	comes := func(central *store.Central, want int, since time.Time) {
		t.Helper()
		n, err := tickets(t, central)
		for ; n < want; n, err = tickets(t, central) {
			if err != nil || time.Since(since) > 30*time.Second {
				t.Fatalf("%d tickets of %d mails after %v: %v", n, want, time.Since(since), err)
			}
			<-time.After(lookEvery)
		}
	}
	first := node(t, dsn, mails)
	central, err := store.OpenCentral(t.Context(), dsn)
	check(t, err)
	t.Cleanup(func() { central.Close() })
	arrive(t, mails, 1, 3)
	comes(central, 3, time.Now())

	second := node(t, dsn, mails)
	check(t, first.Process.Kill())
	killed := time.Now()
	arrive(t, mails, 4, 6)
	comes(central, 6, killed)

	node(t, dsn, mails)
	check(t, second.Process.Signal(syscall.SIGSTOP))
	stopped := time.Now()
	arrive(t, mails, 7, 9)
	comes(central, 9, stopped)
	check(t, second.Process.Signal(syscall.SIGCONT))
	arrive(t, mails, 10, 12)
	comes(central, 12, time.Now())
	check(t, until(t.Context(), "the node that slept answers again", func() (bool, error) {
		_, err := fetch(t.Context(), second.url+"/healthz")
		return err == nil, err
	}))
	if n, err := tickets(t, central); n != 12 || err != nil {
		t.Errorf("%d tickets of 12 mails, %v", n, err)
	}
}
