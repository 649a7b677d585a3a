// Command holdall promises a window that opens on what this device holds: the
// replica of a person's queues, with the embedded page over it. It holds no
// rule and no state; what the page may ask stands in package app. What keeps it
// from opening it says in a window of its own, and ends with 1.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"holdall/app"
	_ "holdall/app/webkit" // the thread of the window
	"holdall/frontend"
)

const version = "0.1.0"

func main() {
	if err := run(readFlags()); err != nil {
		fmt.Fprintln(os.Stderr, "holdall:", err)
		os.Exit(1)
	}
}

// run opens what lies under the window, then the window.
func run(ask asked) error {
	quietWebKit()
	page, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		return fmt.Errorf("find the page: %w", err)
	}
	file := &logFile{path: filepath.Join(ask.profile, logName)}
	log := newLog(os.Stderr, file)
	a := app.New(app.Config{Dir: ask.profile, Version: version, Log: log, Demo: ask.demo})
	frame := options.App{
		Title: "Holdall", Width: 1440, Height: 900, MinWidth: 480, MinHeight: 400,
		Logger: app.NewWindowLog(log), LogLevelProduction: logger.ERROR,
		Linux: &linux.Options{ProgramName: "holdall", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	}
	if ask.selfTest {
		frame.OnDomReady = func(ctx context.Context) { go answerQuestions(ctx, os.Stdin, os.Stdout) }
	}
	release, err := preflight(ask.profile, a, file, log)
	if err != nil {
		return errors.Join(err, wails.Run(trouble(frame, page, err)))
	}
	defer release()
	if err := wails.Run(window(frame, page, a)); err != nil {
		return fmt.Errorf("open the window: %w", err)
	}
	return nil
}

func window(frame options.App, page fs.FS, a *app.App) *options.App {
	w := a.Window(runtime.EventsEmit, askPlace)
	frame.AssetServer = &assetserver.Options{Assets: page, Handler: a.Assets(), Middleware: app.Policy}
	frame.Bind, frame.ErrorFormatter = a.Facades(), w.FormatError
	frame.OnStartup, frame.OnShutdown = w.Startup, w.Shutdown
	return &frame
}

// askPlace asks where to save a file.
func askPlace(ctx context.Context, name string) (string, error) {
	return runtime.SaveFileDialog(ctx, runtime.SaveDialogOptions{DefaultFilename: name})
}

// trouble is a window that says one sentence and has nothing to call.
func trouble(frame options.App, page fs.FS, err error) *options.App {
	frame.Width, frame.Height = 640, 400
	frame.AssetServer = &assetserver.Options{Handler: apology(page, err.Error()), Middleware: app.Policy}
	return &frame
}

// quietWebKit keeps WebKitGTK from a blank window on machines whose graphics
// driver cannot share buffers. A person's own choice stands.
func quietWebKit() {
	const choice = "WEBKIT_DISABLE_DMABUF_RENDERER"
	if _, set := os.LookupEnv(choice); !set {
		_ = os.Setenv(choice, "1") // an invalid name is its only error
	}
}
