//go:build bindings

package main

import (
	"log/slog"

	"holdall/app"
)

// preflight does nothing while the bindings are generated: that executes main
// on a developer's machine, whose profile is none of its business.
func preflight(string, *app.App, *logFile, *slog.Logger) (release func(), err error) {
	return func() {}, nil
}
