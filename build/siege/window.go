//go:build linux

package main

import (
	"context"
	"errors"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// patience is how long a whole siege may take on a loaded machine. A dialog that
// a mail opened in the window would use it up.
const patience = 5 * time.Minute

var errStuck = errors.New("the page stopped reporting: a mail has led it away or stopped it")

// Door is bound to the window like the facades of the program. Nobody of the
// page knocks.
type Door struct{ ground *ground }

// Knock tells that a script of a mail called into the program.
func (d *Door) Knock() { d.ground.knock() }

// window shows the mails in the web view the product has.
func (g *ground) window() error {
	stuck := errStuck
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
