//go:build linux

package main

/*
#cgo pkg-config: gobject-2.0
#cgo LDFLAGS: -Wl,--wrap=g_object_unref
*/
import "C"

import (
	"context"
	"errors"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	_ "holdall/app/webkit" // the thread of the window
)

// patience is how long a whole siege may take on a loaded machine. A dialog that
// a mail opened in the window would use it up.
const patience = 5 * time.Minute

var errStuck = errors.New("the page stopped reporting: a mail has led it away or stopped it")

// aftermath is how long the program outlives its window: longer than late.c holds
// the last request. Whoever lets go of that one on a thread that is not WebKit's
// takes the page down with it, and the program.
const aftermath = time.Second

// Door is bound to the window like the facades of the program. Nobody of the
// page knocks.
type Door struct{ ground *ground }

// Knock tells that a script of a mail called into the program.
func (d *Door) Knock() { d.ground.knock() }

// window shows the mails in the web view the product has.
func (g *ground) window() error {
	stuck := errStuck
	defer time.Sleep(aftermath)
	return errors.Join(wails.Run(&options.App{
		Title: "Siege", Width: 1440, Height: 900,
		AssetServer: &assetserver.Options{Handler: g.handler},
		Bind:        []any{&Door{g}},
		Linux:       &linux.Options{ProgramName: "siege", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		OnStartup: func(ctx context.Context) {
			go func() {
				if g.wait() == nil {
					stuck = nil
				}
				runtime.Quit(ctx)
			}()
		},
	}), stuck)
}

// wait returns when the last wall was reported of.
func (g *ground) wait() error {
	select {
	case <-g.over:
		return nil
	case <-time.After(patience):
		return errStuck
	}
}
