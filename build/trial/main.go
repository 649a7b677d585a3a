// Command trial works the finished programs as a person would: with real keys
// in the real window, against a real hub, beside a second laptop. It promises
// to claim nothing it has not read back from the window or from another
// process, to guess no time, and to end what it started.
//
//	trial PLAY ALBUM
//
// It needs a screen of its own (xvfb-run), the programs in build/bin, xdotool
// for the keys and ImageMagick for the pictures, which it lays into ALBUM.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// plays are what can be performed.
var plays = map[string]func(context.Context, *stage) error{
	"team":    playTeam,
	"trouble": playTrouble,
	"demo":    playDemo,
	"start":   playStart,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := perform(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "trial:", err)
		os.Exit(1)
	}
}

func perform(ctx context.Context, args []string) (err error) {
	if len(args) != 2 || plays[args[0]] == nil {
		return fmt.Errorf("say which play and where its pictures go: trial %s ALBUM", strings.Join(names(), "|"))
	}
	s, err := newStage(args[1])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.clear()) }()
	return plays[args[0]](ctx, s)
}

func names() []string {
	var list []string
	for name := range plays {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
