//go:build linux && (production || dev)

// Package webkit promises that no request of the page ends the program: whatever
// the window's asset server does to one from its own goroutines reaches WebKit on
// the thread that WebKit lives on.
//
// Wails v2 finishes a request, and drops what may be its last reference, wherever
// its goroutine runs. WebKitGTK is not made for that: the destructor of a request
// whose page has gone aborts the process when another thread than the first runs
// it. The linker puts the functions of request.c before those of WebKit.
//
// A program that opens a window imports this package for its effect alone.
package webkit

/*
#cgo pkg-config: webkit2gtk-4.1
#cgo LDFLAGS: -Wl,--wrap=webkit_web_context_register_uri_scheme
#cgo LDFLAGS: -Wl,--wrap=webkit_uri_scheme_request_finish_with_response
#cgo LDFLAGS: -Wl,--wrap=webkit_uri_scheme_request_finish_error
*/
import "C"

import "runtime"

// init keeps the main goroutine on the first thread, which WebKit takes for its
// own.
func init() { runtime.LockOSThread() }
