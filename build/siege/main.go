//go:build linux

// Command siege shows hostile mails in real browsers and promises to tell of
// every packet that leaves on their behalf (SECURITY cases 1 to 5 and 7). It takes
// the walls around a mail away one after another and wants those that remain to
// hold alone: 0 packets, no script, no call into the program, and the page still
// where it was.
//
//	siege window MAILS PAGE    in the web view of a window, with a bound method
//	siege serve MAILS PAGE     over HTTP, for a browser that somebody else opens
//
// MAILS is mail/testdata/attacks.txt, PAGE the folder of the built page, which
// makes the frames by the product's own functions: the product has no switch
// that turns a wall off. It runs in a network of its own (build/siege.sh makes
// one), where each mail has an address and every packet is looked at. At last
// all walls are gone: what is heard then shows that the rest was no silence of
// the listener.
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "siege:", err)
		os.Exit(1)
	}
}

func run(args []string) (err error) {
	if len(args) != 3 || args[0] != "window" && args[0] != "serve" {
		return errors.New("say what shows which mails by which page: siege window|serve MAILS PAGE")
	}
	mails, err := readMails(args[1])
	if err != nil {
		return err
	}
	canary, err := listen()
	if err != nil {
		return fmt.Errorf("listen: %w; a siege runs in a network of its own, which build/siege.sh makes", err)
	}
	defer func() { err = errors.Join(err, canary.Close()) }()
	g := newGround(mails, os.DirFS(args[2]), canary)
	if args[0] == "window" {
		err = g.window()
	} else {
		err = g.serve()
	}
	if err != nil {
		return err
	}
	return g.judge(canary.tap.seen())
}
