// Package dovecot runs a real Dovecot for tests: from a configuration file of
// its own, in a folder of its own, on a free port of the loopback address, with
// users of its own. The system's Dovecot service is neither used nor touched,
// and Stop ends only what Start began.
//
// It runs as root, where mail belongs to the user "nobody", and as any other
// user, where everything belongs to that user.
package dovecot

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// ErrMissing is the error of Start on a machine without Dovecot.
//
//lint:ignore ST1005 a product begins with its capital
var ErrMissing = errors.New("Dovecot is not installed: run `make setup`")

// Server is a running Dovecot, or one that was killed and may be started again.
type Server struct {
	Addr string // host:port of plain IMAP
	Dir  string // configuration, users, mail and dovecot.log

	binary     string
	owner      owner
	introspect string // where tokens are asked about; empty: none is taken
	cmd        *exec.Cmd
	ended      chan struct{}
}

// Start writes the configuration into a new folder of its own, and waits until the
// server greets. Close ends it.
func Start() (*Server, error) { return StartWithTokens("") }

// StartWithTokens is Start for a server that also takes OAuth2 tokens, which it
// asks an address about (RFC 7662).
func StartWithTokens(introspect string) (*Server, error) {
	binary, err := find()
	if err != nil {
		return nil, err
	}
	who, err := mailOwner()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "dovecot")
	if err != nil {
		return nil, fmt.Errorf("make a folder for dovecot: %w", err)
	}
	s := &Server{Dir: dir, binary: binary, owner: who, introspect: introspect}
	if err := s.prepare(); err != nil {
		s.Close()
		return nil, fmt.Errorf("prepare dovecot in %s: %w", dir, err)
	}
	if err := s.Restart(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close ends the server as Kill does, and removes its folder with all mail.
func (s *Server) Close() {
	s.Kill()
	_ = os.RemoveAll(s.Dir) // a leftover in the folder of temporary files harms nobody
}

func find() (string, error) {
	if path, err := exec.LookPath("dovecot"); err == nil {
		return path, nil
	}
	for _, path := range []string{"/usr/sbin/dovecot", "/usr/local/sbin/dovecot"} {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}

func (s *Server) prepare() error {
	if err := os.Chmod(s.Dir, 0o755); err != nil { // the mail's owner and the helpers enter it
		return err
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.Addr = free.Addr().String()
	if err := free.Close(); err != nil {
		return err
	}
	for _, folder := range []string{"mail", "users"} {
		if err := os.MkdirAll(s.path(folder), 0o755); err != nil {
			return err
		}
	}
	if err := os.Chown(filepath.Join(s.Dir, "mail"), s.owner.uid, s.owner.gid); err != nil {
		return err
	}
	config, err := s.config()
	if err != nil {
		return err
	}
	return os.WriteFile(s.path("dovecot.conf"), []byte(config), 0o644)
}

func (s *Server) path(name string) string { return filepath.Join(s.Dir, name) }

// AddUser lets a user sign in from now on. Each has a file of his own: Dovecot
// would see a change of a common one only in the next second.
func (s *Server) AddUser(name, password string) error {
	line := fmt.Sprintf("%s:{PLAIN}%s:%d:%d::%s::\n",
		name, password, s.owner.uid, s.owner.gid, filepath.Join(s.Dir, "mail", name))
	return os.WriteFile(filepath.Join(s.Dir, "users", name), []byte(line), 0o644)
}

// Restart starts the server on the same port and folder after Stop or Kill.
func (s *Server) Restart() error {
	s.cmd = exec.Command(s.binary, "-F", "-c", s.path("dovecot.conf"))
	s.cmd.Env = append(os.Environ(), "LC_ALL=C")
	ownGroup(s.cmd)
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start dovecot: %w", err)
	}
	cmd, ended := s.cmd, make(chan struct{})
	s.ended = ended
	go func() {
		defer close(ended)
		_ = cmd.Wait() // how it ended stands in the log
	}()
	if err := s.awaitGreeting(); err != nil {
		s.Stop()
		return err
	}
	return nil
}

func (s *Server) awaitGreeting() error {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for range 1500 {
		if s.greets() {
			return nil
		}
		select {
		case <-s.ended:
			return fmt.Errorf("dovecot ended at once: %s", s.lastLog())
		case <-tick.C:
		}
	}
	return fmt.Errorf("dovecot does not greet on %s: %s", s.Addr, s.lastLog())
}

func (s *Server) greets() bool {
	c, err := net.DialTimeout("tcp", s.Addr, time.Second)
	if err != nil {
		return false
	}
	defer c.Close()
	c.SetReadDeadline(time.Now().Add(time.Second))
	line := make([]byte, 4)
	n, _ := c.Read(line)
	return string(line[:n]) == "* OK"
}

func (s *Server) lastLog() string {
	log, err := os.ReadFile(s.path("dovecot.log"))
	if err != nil {
		return "it wrote no log"
	}
	lines := strings.Split(strings.TrimSpace(string(log)), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], " / ")
}

// Stop ends the server in order and waits until it has gone.
func (s *Server) Stop() {
	if s.cmd == nil {
		return
	}
	askToEnd(s.cmd)
	<-s.ended
	s.Kill()
}

// Kill ends all its processes at once, as a crash does (SIGKILL), and waits until
// the last of them has let its sockets go: the next master would find them taken.
func (s *Server) Kill() {
	if s.cmd == nil {
		return
	}
	killGroup(s.cmd)
	<-s.ended
	s.cmd = nil
	for range 1500 {
		if !s.listens() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// listens reports whether some process still holds one of its sockets.
func (s *Server) listens() bool {
	if held("tcp", s.Addr) {
		return true
	}
	entries, _ := os.ReadDir(s.path("run")) // not there before the first start
	return slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return e.Type()&os.ModeSocket != 0 && held("unix", filepath.Join(s.path("run"), e.Name()))
	})
}

func held(network, address string) bool {
	c, err := net.DialTimeout(network, address, time.Second)
	if err == nil {
		c.Close()
	}
	return !errors.Is(err, syscall.ECONNREFUSED) && !errors.Is(err, os.ErrNotExist)
}
