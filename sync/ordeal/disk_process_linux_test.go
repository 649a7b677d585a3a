package ordeal

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// diskAt names, in the environment of this test's own program, where it is to
// mount a disk instead of testing. A disk has a process of its own: it must
// answer while everybody else waits for it.
const diskAt = "HOLDALL_ORDEAL_DISK"

func init() {
	if at := os.Getenv(diskAt); at != "" {
		os.Exit(serveDisk(at))
	}
}

// serveDisk mounts a disk and does what its input says, a line each, answering
// "ok" or why not. It ends with its input.
func serveDisk(at string) int {
	m := &mount{at: at, d: &disk{rand: rand.New(rand.NewPCG(1, 1))}}
	m.root = &folder{d: m.d, kept: map[string]fs.InodeEmbedder{}}
	answer := func(err error) {
		if err != nil {
			fmt.Println(strings.ReplaceAll(err.Error(), "\n", "; "))
			return
		}
		fmt.Println("ok")
	}
	answer(m.show())
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		answer(m.obey(lines.Text()))
	}
	if err := m.server.Unmount(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// mount is a disk where programs see it.
type mount struct {
	at     string
	d      *disk
	root   *folder
	server *fuse.Server
}

func (m *mount) show() (err error) {
	none := time.Duration(0)
	m.server, err = fs.Mount(m.at, m.root, &fs.Options{
		EntryTimeout: &none, AttrTimeout: &none,
		MountOptions: fuse.MountOptions{FsName: "ordeal", Name: "ordeal", DirectMount: true, DisableXAttrs: true},
	})
	return err
}

// obey carries out an order.
func (m *mount) obey(order string) error {
	var figure int64
	word, rest, _ := strings.Cut(order, " ")
	fmt.Sscan(rest, &figure)
	if word == "power" {
		return m.power(figure)
	}
	m.d.mu.Lock()
	defer m.d.mu.Unlock()
	switch word {
	case "cut": // the power goes; from now on everything fails
		m.d.dark = true
	case "room": // only so many bytes more fit; 0: any number
		m.d.room = 0
		if figure > 0 {
			m.d.room = m.d.used + figure
		}
	case "every": // every how manieth write fails; 0: none
		m.d.every = int(figure)
	}
	return nil
}

// power shows what survived a power cut: where the lot is even, only what was
// brought home.
func (m *mount) power(lot int64) error {
	if err := m.server.Unmount(); err != nil {
		return err
	}
	m.d = &disk{rand: rand.New(rand.NewPCG(uint64(lot), 0))}
	m.root = m.root.survivor(m.d, lot%2 == 1)
	return m.show()
}

// drive is a disk in its process, mounted in a folder.
type drive struct {
	t       testing.TB
	at      string
	orders  io.WriteCloser
	answers *bufio.Scanner
}

// plug mounts a new disk. A machine that cannot is not set up for this test.
func plug(t testing.TB) *drive {
	t.Helper()
	d := &drive{t: t, at: t.TempDir()}
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), diskAt+"="+d.at)
	process.Stderr = os.Stderr
	var err error
	d.orders, err = process.StdinPipe()
	must(t, err)
	out, err := process.StdoutPipe()
	must(t, err)
	must(t, process.Start())
	t.Cleanup(func() {
		d.orders.Close()
		if err := process.Wait(); err != nil {
			t.Error("unmount the disk: ", err)
		}
	})
	d.answers = bufio.NewScanner(out)
	if said := d.hear(); said != "ok" {
		t.Fatalf("this machine mounts no file system in user space (FUSE: /dev/fuse, and the package fuse3 for those who are not root; `make setup`): %s", said)
	}
	return d
}

func (d *drive) hear() string {
	if !d.answers.Scan() {
		return "the disk is gone"
	}
	return d.answers.Text()
}

// order tells the disk to do something and waits until it has.
func (d *drive) order(what string, figure ...any) {
	d.t.Helper()
	fmt.Fprintln(d.orders, append([]any{what}, figure...)...)
	if said := d.hear(); said != "ok" {
		d.t.Fatalf("the disk was told to %s %v: %s", what, figure, said)
	}
}
