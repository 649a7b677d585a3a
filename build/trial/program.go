package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// password is everybody's on this stage.
const password = "four plain words here"

// holdalld carries out a command of the server to its end.
func holdalld(ctx context.Context, args ...string) error {
	c := exec.CommandContext(ctx, "build/bin/holdalld", args...)
	said, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("holdalld %s: %w: %s", args[0], err, said)
	}
	return nil
}

// server is a running holdalld: a hub, or a laptop without a window.
type server struct {
	url     string
	program *exec.Cmd
	ended   chan error
	said    *notes
}

// notes keeps what a program says, for the case that it fails.
type notes struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

// start runs a holdalld that listens, and waits until it does.
func (s *stage) start(ctx context.Context, args ...string) (*server, error) {
	one := &server{program: exec.Command("build/bin/holdalld", args...), ended: make(chan error, 1), said: &notes{}}
	one.program.Env = append(os.Environ(), "HOLDALL_PASSWORD="+password)
	one.program.Stderr = one.said
	said, err := one.program.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := one.program.Start(); err != nil {
		return nil, err
	}
	listening := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(said); lines.Scan(); {
			if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
				listening <- url
			}
		}
		one.ended <- one.program.Wait()
	}()
	select {
	case one.url = <-listening:
		s.ending = append(s.ending, one.stop)
		return one, nil
	case err := <-one.ended:
		return nil, fmt.Errorf("holdalld %s ended before it listened: %w: %s", args[0], err, one.said)
	case <-ctx.Done():
		return nil, errors.Join(fmt.Errorf("holdalld %s never listened: %w", args[0], context.Cause(ctx)), one.program.Process.Kill())
	}
}

// stop asks the program to end and says what it had to complain of.
func (one *server) stop() error {
	select {
	case err := <-one.ended:
		one.ended <- err
		return nil
	default:
	}
	if err := one.program.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := <-one.ended
	one.ended <- err
	if err != nil {
		return fmt.Errorf("holdalld ended: %w: %s", err, one.said)
	}
	return nil
}

// call asks a laptop without a window what its page would ask.
func (one *server) call(ctx context.Context, method string, argument, answer any) error {
	body, err := json.Marshal(argument)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, one.url+"/api/call/"+method, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		return err
	}
	if reply.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", method, text)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(text, answer)
}

// until asks again and again until it is so.
func until(ctx context.Context, what string, so func() (bool, error)) error {
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		held, err := so()
		if held || err != nil {
			return err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return fmt.Errorf("never: %s: %w", what, context.Cause(ctx))
		}
	}
}
