package app

import (
	"context"
	"log/slog"
	"strings"
)

// Emit tells the page of an event by name. The real one is Wails'
// runtime.EventsEmit, which main hands over: so this package links no window,
// and a server or a test can use all of it.
type Emit func(ctx context.Context, name string, data ...any)

// Place asks a person where to save a file of that name; "" says nowhere. The
// real one is Wails' runtime.SaveFileDialog.
type Place func(ctx context.Context, name string) (string, error)

// Window lets an App live as long as a window does.
type Window struct {
	app   *App
	emit  Emit
	place Place
	leave func()
}

// Window makes the companion of a window.
func (a *App) Window(emit Emit, place Place) *Window {
	return &Window{app: a, emit: emit, place: place, leave: func() {}}
}

// Startup begins to tell the page what changes: OnStartup.
func (w *Window) Startup(ctx context.Context) {
	w.leave = w.app.signals.listen(func(s Signal) { w.emit(ctx, string(s.Topic), s.ID) })
	w.app.mu.Lock()
	defer w.app.mu.Unlock()
	w.app.ask = func(name string) (string, error) { return w.place(ctx, name) }
}

// Shutdown ends everything that runs: OnShutdown.
func (w *Window) Shutdown(context.Context) {
	w.leave()
	if err := w.app.Close(); err != nil {
		w.app.log.Error("close the workspace", "error", err)
	}
}

// FormatError makes of a method's error what the page gets: ErrorFormatter.
func (w *Window) FormatError(err error) any { return w.app.Explain(err) }

// WindowLog is Wails' Logger. Wails writes whole calls of the page into its
// errors, passwords included: whatever may be a payload is cut off before it is
// logged.
type WindowLog struct{ log *slog.Logger }

// NewWindowLog makes the window's log.
func NewWindowLog(log *slog.Logger) *WindowLog { return &WindowLog{log} }

// redact keeps a message up to where a payload may begin.
func redact(message string) string {
	if i := strings.IndexAny(message, "{[\"'`"); i >= 0 {
		return message[:i] + "…"
	}
	return message
}

// Print logs a message of the window.
func (w *WindowLog) Print(message string) { w.log.Info(redact(message)) }

// Trace logs a message of the window.
func (w *WindowLog) Trace(message string) { w.log.Debug(redact(message)) }

// Debug logs a message of the window.
func (w *WindowLog) Debug(message string) { w.log.Debug(redact(message)) }

// Info logs a message of the window.
func (w *WindowLog) Info(message string) { w.log.Info(redact(message)) }

// Warning logs a message of the window.
func (w *WindowLog) Warning(message string) { w.log.Warn(redact(message)) }

// Error logs a message of the window.
func (w *WindowLog) Error(message string) { w.log.Error(redact(message)) }

// Fatal logs a message of the window; ending the program is main's business.
func (w *WindowLog) Fatal(message string) { w.log.Error(redact(message)) }
