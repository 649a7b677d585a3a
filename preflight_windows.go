//go:build windows && !bindings

package main

// closeToOthers has nothing to do: a profile folder of Windows inherits an
// access list that names its owner alone.
func closeToOthers() {}
