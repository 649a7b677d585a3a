package ordeal

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long a program may take for what it does in a moment.
const patience = 60 * time.Second

// password is everybody's.
const password = "correct horse battery"

// program is a running holdalld.
type program struct {
	t         testing.TB
	process   *exec.Cmd
	said      *notes // on standard error
	listening chan string
	gone      chan struct{} // closed at its end
}

// launch starts holdalld and waits for nothing. It ends with the test at latest.
func launch(t testing.TB, binary string, args ...string) *program {
	t.Helper()
	p := &program{t: t, process: exec.Command(binary, args...), said: &notes{}, listening: make(chan string, 1), gone: make(chan struct{})}
	p.process.Env = append(os.Environ(), "HOLDALL_PASSWORD="+password)
	p.process.Stderr = p.said
	out, err := p.process.StdoutPipe()
	must(t, err)
	must(t, p.process.Start())
	t.Cleanup(p.kill)
	go func() {
		defer close(p.gone)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
				p.listening <- url
			}
		}
		_ = p.process.Wait() // whoever ended it knows how
	}()
	return p
}

// url waits until the program listens.
func (p *program) url() string {
	p.t.Helper()
	select {
	case url := <-p.listening:
		return url
	case <-p.gone:
		p.t.Fatalf("%v ended before it listened: %s", p.process.Args, p.said)
	case <-time.After(patience):
		p.t.Fatalf("%v never listened: %s", p.process.Args, p.said)
	}
	return ""
}

// kill ends the program at once, as kill -9 does. Its files are closed on return.
func (p *program) kill() {
	_ = p.process.Process.Kill() // it may be gone already
	<-p.gone
}

// stop lets the program end by itself.
func (p *program) stop() {
	p.t.Helper()
	must(p.t, p.process.Process.Signal(syscall.SIGTERM))
	select {
	case <-p.gone:
	case <-time.After(patience):
		p.t.Fatalf("%v did not end when told to: %s", p.process.Args, p.said)
	}
	if code := p.process.ProcessState.ExitCode(); code != 0 {
		p.t.Errorf("%v ended with status %d: %s", p.process.Args, code, p.said)
	}
}

// say runs holdalld to its end.
func say(t testing.TB, args ...string) {
	t.Helper()
	command := exec.Command(holdalld(t), args...)
	command.Stdin = strings.NewReader(password + "\n")
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("holdalld %v: %v: %s", args, err, said)
	}
}

// notes keep the last of what a program says.
type notes struct {
	mu   sync.Mutex
	text []byte
}

// Write takes in words.
func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	const most = 16 << 10
	n.text = append(n.text, p...)
	n.text = bytes.Clone(n.text[max(0, len(n.text)-most):])
	return len(p), nil
}

// forget lets only what is said from now on count.
func (n *notes) forget() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.text = nil
}

// String is what was kept.
func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return string(n.text)
}

// freeAddress is an address of loopback that nobody listens on, below those the
// kernel gives to who dials: while a hub is down, another program, or one that
// dials the hub itself, could otherwise be given its port.
func freeAddress(t testing.TB) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 10_000+rand.IntN(20_000)))
		if err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port of loopback is free")
	return ""
}

// wait looks for something to happen outside of this process, which nothing
// announces, until the deadline.
func wait(t testing.TB, within time.Duration, what string, happened func() (bool, string)) {
	t.Helper()
	over := time.After(within)
	for {
		ok, instead := happened()
		if ok {
			return
		}
		select {
		case <-over:
			t.Fatalf("not within %s: %s; instead %s", within, what, instead)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
