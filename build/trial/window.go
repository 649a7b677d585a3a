package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// window is the real one, open on the screen. It is looked at through its
// self-test and worked with keys alone.
type window struct {
	stage   *stage
	program *exec.Cmd
	ask     io.WriteCloser
	answers chan string
	ended   chan error
	said    *notes // on its error output
}

// openWindow starts the window on a profile and gives it the keyboard.
func (s *stage) openWindow(ctx context.Context, profile string, args ...string) (*window, error) {
	w, err := s.launch(profile, args...)
	if err != nil {
		return nil, err
	}
	return w, w.focus(ctx)
}

// launch starts the window.
func (s *stage) launch(profile string, args ...string) (*window, error) {
	program := exec.Command("build/bin/holdall", append([]string{"--selftest", "--profile", profile}, args...)...)
	program.Env = append(os.Environ(), "NO_AT_BRIDGE=1")
	ask, err := program.StdinPipe()
	if err != nil {
		return nil, err
	}
	said, err := program.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w := &window{stage: s, program: program, ask: ask, answers: make(chan string), ended: make(chan error, 1), said: &notes{}}
	program.Stderr = w.said
	if err := program.Start(); err != nil {
		return nil, err
	}
	go func() {
		for lines := bufio.NewScanner(said); lines.Scan(); {
			w.answers <- lines.Text()
		}
		close(w.answers)
		w.ended <- program.Wait()
	}()
	s.ending = append(s.ending, w.kill)
	return w, nil
}

// focus waits for the window and gives it the keyboard, as a window manager
// would: the screen has none.
func (w *window) focus(ctx context.Context) error {
	if err := run(ctx, "xdotool", "search", "--sync", "--onlyvisible", "--name", "^Holdall$", "windowfocus", "--sync"); err != nil {
		return err
	}
	_, err := w.see(ctx, "body", "")
	return err
}

// see waits until an element shows a text and returns all that it shows.
func (w *window) see(ctx context.Context, selector, text string) (string, error) {
	if _, err := fmt.Fprintf(w.ask, "%s\t%s\n", selector, text); err != nil {
		return "", fmt.Errorf("ask the window: %w", err)
	}
	select {
	case answer, open := <-w.answers:
		if !open {
			return "", fmt.Errorf("the window has closed: %s", w.said)
		}
		_, quoted, _ := strings.Cut(answer, "\t")
		var shown string
		err := json.Unmarshal([]byte(quoted), &shown)
		return shown, err
	case <-ctx.Done():
		return "", fmt.Errorf("the window never showed %q in %s: %w", text, selector, context.Cause(ctx))
	}
}

// press presses keys one after another, in xdotool's names: "ctrl+Return".
func (w *window) press(ctx context.Context, keys ...string) error {
	return run(ctx, "xdotool", append([]string{"key", "--delay", "30"}, keys...)...)
}

// write types a text as a quick person would.
func (w *window) write(ctx context.Context, text string) error {
	return run(ctx, "xdotool", "type", "--delay", "15", text)
}

// close lets the window close as by its own button and returns how it ended.
func (w *window) close(ctx context.Context) error {
	if err := w.ask.Close(); err != nil {
		return err
	}
	select {
	case err := <-w.ended:
		w.ended <- err
		return err
	case <-ctx.Done():
		return fmt.Errorf("the window did not close: %w", context.Cause(ctx))
	}
}

// kill ends a window that a failing play left open.
func (w *window) kill() error {
	select {
	case err := <-w.ended:
		w.ended <- err
	default:
		go func() {
			for range w.answers { // so that its reader comes to the end
			}
		}()
		if err := w.program.Process.Kill(); err != nil {
			return err
		}
		<-w.ended
	}
	return nil
}

// keys is a step with the keyboard: what is pressed, then what must be seen.
type keys struct {
	press []string
	write string
	in    string // selector
	see   string // text in it
}

// do takes the steps in order.
func (w *window) do(ctx context.Context, steps ...keys) error {
	for _, k := range steps {
		if len(k.press) > 0 {
			if err := w.press(ctx, k.press...); err != nil {
				return err
			}
		}
		if k.write != "" {
			if err := w.write(ctx, k.write); err != nil {
				return err
			}
		}
		if k.in == "" {
			continue
		}
		if _, err := w.see(ctx, k.in, k.see); err != nil {
			return fmt.Errorf("after %v %q: %w", k.press, k.write, err)
		}
	}
	return nil
}

// command runs an act of the page by its name in the palette.
func (w *window) command(ctx context.Context, name string) error {
	return w.do(ctx,
		keys{press: []string{"ctrl+k"}, in: "[role=dialog] input:focus"},
		keys{write: ">" + name, in: "[role=option][aria-selected=true]", see: name},
		keys{press: []string{"Return"}},
	)
}

// pictures photographs what stands there in both themes.
func (w *window) pictures(ctx context.Context, name string) error {
	for _, theme := range []string{"Dark", "Light"} {
		if err := w.command(ctx, theme+" theme"); err != nil {
			return err
		}
		if _, err := w.see(ctx, `[data-theme="`+strings.ToLower(theme)+`"]:not(:has([role=dialog]))`, ""); err != nil {
			return err
		}
		if err := w.stage.picture(ctx, name+"-"+strings.ToLower(theme)); err != nil {
			return err
		}
	}
	return nil
}
