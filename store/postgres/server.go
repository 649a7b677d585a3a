// Package postgres starts a PostgreSQL server of one's own and promises that
// nothing of it is left: a private folder, a private port on loopback, and an
// end with the program that started it, however that ends.
//
// It is for tests, the story and benchmarks. The server is a real one, with
// real durability; only its memory is kept small.
package postgres

import (
	"bufio"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// ErrMissing says that there is no PostgreSQL to start.
var ErrMissing = errors.New("PostgreSQL is not installed: run `make setup`")

// Server is a running server.
type Server struct {
	bin      string // folder of the programs
	data     string // folder of the data
	port     int    // the same at every start
	password string
	folder   string // removed at the end; "" if it is the caller's
	leash    io.Closer
	process  *exec.Cmd
	gone     chan struct{} // closed when the server's last words were read
}

// owner is the user PostgreSQL runs as when root starts it: it refuses root.
const owner = "postgres"

// Start makes a server in a folder, which must be empty or missing, and returns
// when it answers. Started by root it runs as the user postgres; a folder that
// user cannot reach is replaced by a temporary one.
func Start(dir string) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, password: rand.Text()}
	if s.data, err = s.prepare(dir); err != nil {
		return nil, err
	}
	if err := s.initialise(); err != nil {
		s.removeFolder()
		return nil, err
	}
	if s.port, err = freePort(); err != nil {
		s.removeFolder()
		return nil, err
	}
	if err := s.launch(); err != nil {
		s.removeFolder()
		return nil, err
	}
	return s, nil
}

// DSN is the address of the server's first database.
func (s *Server) DSN() string { return s.dsn(owner) }

func (s *Server) dsn(database string) string {
	return fmt.Sprintf("postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable", owner, s.password, s.port, database)
}

// Create makes an empty database and returns its address.
func (s *Server) Create(ctx context.Context, name string) (string, error) {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return "", fmt.Errorf("create database %q: its name needs to be of small letters, figures and _", name)
	}
	db, err := sql.Open("pgx", s.DSN())
	if err != nil {
		return "", err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", fmt.Errorf("create database %s: %w", name, err)
	}
	return s.dsn(name), nil
}

// Stop ends the server and removes what Start made for it.
func (s *Server) Stop() error { return errors.Join(s.end(), s.removeFolder()) }

// end lets the leash go and waits until every process of the server is gone.
func (s *Server) end() error {
	err := s.leash.Close()
	<-s.gone
	return errors.Join(err, s.process.Wait())
}

// Crash ends the server under its work, without a checkpoint and without a word
// to who is connected ("immediate shutdown", PostgreSQL §18.5), and starts it
// again at the same address. It returns when the server has recovered.
func (s *Server) Crash() error {
	pid, err := s.pid()
	if err != nil {
		return err
	}
	server, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	if err := server.Signal(syscall.SIGQUIT); err != nil {
		return fmt.Errorf("crash the database server: %w", err)
	}
	var status *exec.ExitError
	if err := s.end(); err != nil && !errors.As(err, &status) {
		return err
	}
	return s.launch()
}

// pid is the first line of the file by which the server locks its data.
func (s *Server) pid() (int, error) {
	text, err := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(first)
}

func (s *Server) removeFolder() error {
	if s.folder == "" {
		return nil
	}
	return os.RemoveAll(s.folder)
}

// binaries is the folder of the newest installed server.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if p, err := exec.LookPath("initdb"); err == nil {
		found = append(found, p)
	}
	if len(found) == 0 {
		return "", ErrMissing
	}
	slices.SortFunc(found, func(a, b string) int { return release(b) - release(a) })
	return filepath.Dir(found[0]), nil
}

// release is the figure in /usr/lib/postgresql/15/bin/initdb.
func release(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// prepare makes the folder of the data, owned by whoever will run the server.
func (s *Server) prepare(dir string) (string, error) {
	if os.Geteuid() != 0 {
		data := filepath.Join(dir, "data")
		return data, errors.Join(os.MkdirAll(data, 0o700), s.hand(data, os.Getuid(), os.Getgid()))
	}
	account, err := user.Lookup(owner)
	if err != nil {
		return "", ErrMissing
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if !reachable(dir) {
		if dir, err = os.MkdirTemp("", "holdall-postgres-"); err != nil {
			return "", err
		}
		s.folder = dir
		if err := os.Chmod(dir, 0o755); err != nil {
			return "", err
		}
	}
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return "", err
	}
	return data, errors.Join(os.Chown(data, uid, gid), s.hand(data, uid, gid))
}

// hand writes the password where only the server's user can read it.
func (s *Server) hand(data string, uid, gid int) error {
	secret := data + ".password"
	if err := os.WriteFile(secret, []byte(s.password+"\n"), 0o600); err != nil {
		return err
	}
	return os.Chown(secret, uid, gid)
}

// reachable reports whether other users may pass through all folders above.
func reachable(dir string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	for {
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm()&0o001 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
		dir = filepath.Dir(dir)
	}
}

// as makes a command of the user who owns the data.
func as(name string, args ...string) *exec.Cmd {
	if os.Geteuid() == 0 {
		name, args = "runuser", append([]string{"-u", owner, "--", name}, args...)
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = os.TempDir()
	return cmd
}

func (s *Server) initialise() error {
	cmd := as(filepath.Join(s.bin, "initdb"), "--pgdata="+s.data, "--username="+owner, "--auth=scram-sha-256",
		"--pwfile="+s.data+".password", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	defer os.Remove(s.data + ".password")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb in %s: %w: %s", s.data, err, out)
	}
	return nil
}

// leashed runs the server until its own input ends, which it does when the
// program that holds the other end is gone.
const leashed = `"$@" & server=$!; read -r _; kill -INT $server; wait $server`

func (s *Server) launch() (err error) {
	s.gone = make(chan struct{})
	s.process = as("sh", "-c", leashed, "sh", filepath.Join(s.bin, "postgres"), "-D", s.data, "-p", strconv.Itoa(s.port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=60",
		"-c", "shared_buffers=32MB", "-c", "logging_collector=off", "-c", "log_checkpoints=off")
	if s.leash, err = s.process.StdinPipe(); err != nil {
		return err
	}
	words, err := s.process.StderrPipe()
	if err != nil {
		return err
	}
	if err := s.process.Start(); err != nil {
		return fmt.Errorf("start the database server: %w", err)
	}
	if err := s.listen(words); err != nil {
		s.leash.Close()
		return errors.Join(err, s.process.Wait())
	}
	return nil
}

// listen waits for the server to say that it is ready.
func (s *Server) listen(words io.Reader) error {
	lines := bufio.NewScanner(words)
	var said []string
	for lines.Scan() {
		if strings.Contains(lines.Text(), "database system is ready to accept connections") {
			go func() {
				defer close(s.gone)
				io.Copy(io.Discard, words)
			}()
			return nil
		}
		said = append(said, lines.Text())
	}
	close(s.gone)
	return fmt.Errorf("the database server ended at once: %s", strings.Join(said, "; "))
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
