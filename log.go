package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"sync"
)

const (
	logName  = "holdall.log"
	logBound = 2 << 20 // bytes; the file before it is kept, so twice as much at most
	logText  = 400     // bytes of one text in a line; a mail's body is longer, a fault is not
)

// logFile is the log in the profile folder, for this user alone. When it
// reaches its bound it is kept once, as holdall.log.1, and begins anew.
type logFile struct {
	mu   sync.Mutex
	path string
	file *os.File // nil until it is opened: what is written before is dropped
	size int64
}

// open begins to keep what is written.
func (l *logFile) open() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.reopen()
}

func (l *logFile) reopen() error {
	file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return fmt.Errorf("open the log: %w", err)
	}
	l.file, l.size = file, info.Size()
	return nil
}

// Write keeps one line.
func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return len(line), nil
	}
	if l.size > 0 && l.size+int64(len(line)) > logBound {
		if err := l.turn(); err != nil {
			return 0, err
		}
	}
	n, err := l.file.Write(line)
	l.size += int64(n)
	return n, err
}

// turn sets the full file aside, in the place of the one before.
func (l *logFile) turn() error {
	if err := l.file.Close(); err != nil {
		return err
	}
	l.file = nil
	if err := os.Rename(l.path, l.path+".1"); err != nil {
		return err
	}
	return l.reopen()
}

// Close ends the log.
func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}

// newLog writes to the places given, and to none of them what a log must not
// hold (SECURITY.md, cases 8 and 48).
func newLog(places ...io.Writer) *slog.Logger {
	var handlers []slog.Handler
	for _, place := range places {
		handlers = append(handlers, slog.NewTextHandler(place, &slog.HandlerOptions{ReplaceAttr: withhold}))
	}
	return slog.New(slog.NewMultiHandler(handlers...))
}

// withhold is what remains of an attribute in a log.
func withhold(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString, slog.KindAny:
		a.Value = slog.StringValue(withheld(a.Value.String()))
	}
	return a
}

const gone = "(withheld)"

// secrets are the shapes in which a password, a token or somebody's words get
// into the text of a fault.
var secrets = []struct {
	shape *regexp.Regexp
	left  string
}{
	{regexp.MustCompile(`(://)[^/\s@]+@`), "${1}" + gone + "@"},
	{regexp.MustCompile(`(?i)\b(bearer|basic)\s+\S+`), "${1} " + gone},
	{regexp.MustCompile(`(?i)(passw\w*|token|secret|authorization|cookie|api[-_]?key)(["']?\s*[:=]\s*)\S+`), "${1}${2}" + gone},
	{regexp.MustCompile(`(?s)[{\[]\s*["{\[].*`), gone},                          // JSON: a call of the page, a record
	{regexp.MustCompile(`(?s)(malformed MIME header[^:]*:).*`), "${1} " + gone}, // a line of a mail follows
	{regexp.MustCompile("(?s)[\"`'][^\"`']{60,}[\"`']?"), gone},                 // longer than a name
}

func withheld(text string) string {
	for _, s := range secrets {
		text = s.shape.ReplaceAllString(text, s.left)
	}
	if len(text) > logText {
		text = text[:logText] + "… " + gone
	}
	return text
}
