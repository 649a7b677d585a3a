//go:build bindings

package main

import "holdall/app"

// preflight does nothing while the bindings are generated: that executes main
// on a developer's machine, whose profile is none of its business.
func preflight(string, *app.App) (release func(), err error) { return func() {}, nil }
