// Package main is holdalld, the hub as a server, and promises that each of its
// acts ends with a truth: exit status 0 and what was done, 1 and one sentence
// about what failed, or 2 and one sentence about what was asked wrongly.
//
// It composes the rooms and holds no rule of the desk: serve runs a hub with
// its mailboxes, user and team look after who may sign in, mail reads mails
// without a hub, replica is a laptop without a window, and demo plays the story
// in which all of them meet. Secrets come from files, the environment or a
// prompt, never from arguments, which every user of the machine can read.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
