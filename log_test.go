package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdall/app"
)

const canary = "Zq7-canary-never-in-a-log"

// TestNoLogHoldsASecretOrAMail writes what faults are known to carry, and wants
// of each what happened and not with what.
func TestNoLogHoldsASecretOrAMail(t *testing.T) {
	for name, fault := range map[string]struct{ text, stays string }{
		"a password in an address":   {"dial postgres://mira:" + canary + "@db.example.com/desk: refused", "db.example.com/desk: refused"},
		"a token in a header":        {"ask the hub: Authorization: Bearer " + canary, "ask the hub"},
		"a password by name":         {"sign in: password=" + canary + " is wrong", "is wrong"},
		"a call of the page":         {`process message error: C{"name":"app.Session.SignIn","args":["` + canary + `"]}`, "process message error"},
		"an argument of the page":    {`unable to parse arguments [["` + canary + `"]]`, "unable to parse arguments"},
		"a line of a mail":           {"read m1: malformed MIME header line: the door code is " + canary, "read m1"},
		"the words of a mail":        {`convert "` + strings.Repeat("long words ", 6) + canary + `": no end`, "no end"},
		"more than a fault needs":    {"convert: " + strings.Repeat("x", logText) + canary, "convert"},
		"words over several lines":   {"find `" + strings.Repeat("line\n", 20) + canary + "`: none", "none"},
		"a token that nobody quoted": {"device token " + "token: " + canary, "device token"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, write := range []func(*bytes.Buffer){
				func(b *bytes.Buffer) { newLog(b).Error("answer the page", "error", errors.New(fault.text)) },
				func(b *bytes.Buffer) { newLog(b).Error("answer", "text", fault.text) },
				func(b *bytes.Buffer) { newLog(b).Error(fault.text) },
				func(b *bytes.Buffer) {
					newLog(b).With("error", fmt.Errorf("try: %w", errors.New(fault.text))).Warn("x")
				},
			} {
				var b bytes.Buffer
				if write(&b); strings.Contains(b.String(), canary) || !strings.Contains(b.String(), fault.stays) {
					t.Errorf("the log holds %s", b.String())
				}
			}
		})
	}
}

func TestTheWindowsOwnLogIsRedactedToo(t *testing.T) {
	var b bytes.Buffer
	app.NewWindowLog(newLog(&b)).Error(`process message error: C{"args":["` + canary + `"]}`)
	if s := b.String(); strings.Contains(s, canary) || !strings.Contains(s, "process message error") {
		t.Errorf("the log holds %s", s)
	}
}

// TestWhatHelpsStaysInTheLog keeps names, paths and causes.
func TestWhatHelpsStaysInTheLog(t *testing.T) {
	var b bytes.Buffer
	newLog(&b).Error("open the workspace", "error", errors.New("open /home/mira/holdall/solo/outbox.db: permission denied"), "device", "0190-abcd", "count", 7)
	for _, want := range []string{"/home/mira/holdall/solo/outbox.db: permission denied", "0190-abcd", "count=7", "level=ERROR"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s lacks %s", b.String(), want)
		}
	}
}

func TestALogIsBoundedAndItsOwners(t *testing.T) {
	file := &logFile{path: filepath.Join(t.TempDir(), logName)}
	log := newLog(file)
	log.Error("before it is open")
	if err := file.open(); err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("x", logText)
	for range 3 * logBound / logText {
		log.Info(line)
	}
	log.Error("the last one")
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file.path, file.path + ".1"} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() == 0 || info.Size() > logBound || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has %d bytes and is %v", path, info.Size(), info.Mode())
		}
	}
	if text, err := os.ReadFile(file.path); err != nil || !strings.Contains(string(text), "the last one") {
		t.Errorf("the last line is not there: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(file.path)); err != nil || len(entries) != 2 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}

func TestALogGoesOnWhereItEnded(t *testing.T) {
	file := &logFile{path: filepath.Join(t.TempDir(), logName)}
	for _, words := range []string{"first start", "second start"} {
		if err := file.open(); err != nil {
			t.Fatal(err)
		}
		newLog(file).Info(words)
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file.path)
	if err != nil || !strings.Contains(string(text), "first start") || !strings.Contains(string(text), "second start") {
		t.Errorf("the log holds %q, %v", text, err)
	}
}
