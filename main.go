// Command holdall promises a window that opens on what this device holds: the
// replica of a person's queues, with the embedded page over it. It holds no
// rule and no state; what the page may ask stands in package app.
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"holdall/app"
	"holdall/frontend"
)

const version = "0.1.0"

func main() {
	profile := flag.String("profile", defaultProfile(), "folder of the replica, the outbox and the settings")
	demo := flag.Bool("demo", false, "fill a first solo workspace with an invented company")
	selfTest := flag.Bool("selftest", false, "work the window once, check what was saved, end with 0 or 1")
	flag.Parse()
	if err := run(*profile, *demo, *selfTest); err != nil {
		fmt.Fprintln(os.Stderr, "holdall:", err)
		os.Exit(1)
	}
}

// run opens what lies under the window, then the window.
func run(profile string, demo, selfTest bool) error {
	quietWebKit()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	a := app.New(app.Config{Dir: profile, Version: version, Log: log, Demo: demo})
	release, err := preflight(profile, a)
	if err != nil {
		return err
	}
	defer release()
	trial := &selfTestRun{app: a, wanted: selfTest}
	if err := wails.Run(window(a, log, trial)); err != nil {
		return fmt.Errorf("open the window: %w", err)
	}
	return trial.verdict()
}

func window(a *app.App, log *slog.Logger, trial *selfTestRun) *options.App {
	page, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		panic(err) // the folder is named by the same literal in frontend/embed.go
	}
	w := a.Window(runtime.EventsEmit)
	return &options.App{
		Title: "Holdall", Width: 1440, Height: 900, MinWidth: 480, MinHeight: 400,
		AssetServer:        &assetserver.Options{Assets: page, Handler: a.Assets(), Middleware: app.Policy},
		Bind:               a.Facades(),
		OnStartup:          w.Startup,
		OnDomReady:         func(ctx context.Context) { trial.begin(ctx) },
		OnShutdown:         w.Shutdown,
		ErrorFormatter:     w.FormatError,
		Logger:             app.NewWindowLog(log),
		LogLevelProduction: logger.ERROR,
		Linux:              &linux.Options{ProgramName: "holdall", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	}
}

// quietWebKit keeps WebKitGTK from a blank window on machines whose graphics
// driver cannot share buffers. A person's own choice stands.
func quietWebKit() {
	const choice = "WEBKIT_DISABLE_DMABUF_RENDERER"
	if _, set := os.LookupEnv(choice); !set {
		_ = os.Setenv(choice, "1") // an invalid name is its only error
	}
}

func defaultProfile() string {
	config, err := os.UserConfigDir()
	if err != nil {
		return "holdall-profile"
	}
	return filepath.Join(config, "holdall")
}
