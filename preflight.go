//go:build !bindings

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/gofrs/flock"

	"holdall/app"
)

// preflight does what must be done before the window and must not be done
// while the bindings are generated, which executes main: it closes the profile
// to other people of the machine, takes its lock, begins its log and opens its
// databases. The caller must call release at the end, also to write what is
// still in memory. An error says in one sentence what is wrong and the way out.
func preflight(profile string, a *app.App, file *logFile, log *slog.Logger) (release func(), err error) {
	refuse := func(err error) error {
		log.Error("open the profile", "profile", profile, "error", err)
		return said(err, profile)
	}
	lock, err := enter(profile)
	if err != nil {
		return nil, refuse(err)
	}
	leave := func() error { return errors.Join(file.Close(), lock.Unlock()) }
	if err := begin(file); err != nil {
		return nil, errors.Join(refuse(err), leave())
	}
	if err := a.Open(context.Background()); err != nil {
		return nil, errors.Join(refuse(err), leave())
	}
	log.Info("opened", "version", version)
	return func() {
		if err := a.Close(); err != nil {
			log.Error("close the workspace", "error", err)
		}
		log.Info("closed")
		if err := leave(); err != nil {
			fmt.Fprintln(os.Stderr, "holdall: close the profile:", err)
		}
	}, nil
}

// enter makes the profile folder this person's own and this window's alone.
func enter(profile string) (*flock.Flock, error) {
	closeToOthers()
	if profile == "" {
		return nil, errHomeless
	}
	if err := os.MkdirAll(profile, 0o700); err != nil {
		return nil, fmt.Errorf("make the profile folder: %w", err)
	}
	if err := os.Chmod(profile, 0o700); err != nil {
		return nil, fmt.Errorf("close the profile folder to others: %w", err)
	}
	return app.Lock(profile)
}

// begin opens the log and writes its first line: the first thing that a full or
// foreign folder does not take, before any database is touched.
func begin(file *logFile) error {
	if err := file.open(); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(file, "# Holdall %s\n", version); err != nil {
		return fmt.Errorf("begin the log: %w", err)
	}
	return nil
}
