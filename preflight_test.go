package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"holdall/app"
)

// opening tries a profile as main does.
func opening(profile string) (a *app.App, release func(), err error) {
	file := &logFile{path: filepath.Join(profile, logName)}
	log := newLog(io.Discard, file)
	a = app.New(app.Config{Dir: profile, Version: version, Log: log})
	release, err = preflight(profile, a, file, log)
	if err != nil {
		err = errors.Join(err, a.Close())
	}
	return a, release, err
}

// begun is a closed profile with a solo workspace.
func begun(t *testing.T) string {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	a, release, err := opening(profile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sessionOf(a).StartSolo(app.SoloRequest{Name: "Ana", Email: "ana@example.com", Workspace: "Example"}); err != nil {
		t.Fatal(err)
	}
	release()
	return profile
}

func sessionOf(a *app.App) *app.Session { return a.Facades()[0].(*app.Session) }

// change rewrites a file by its bytes, as no program of ours would.
func change(t *testing.T, path string, edit func([]byte)) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	edit(data)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// userVersion is where a SQLite file has its version (SQLite file format §1.3).
const userVersion = 60

func newer(data []byte) { data[userVersion] = 0x7f }

func garbage(data []byte) {
	for i := range data {
		data[i] = "garbage "[i%8]
	}
}

// TestWhatKeepsTheProfileShutIsOneSentence names for every fault what a person
// must read: the thing, and the way out.
func TestWhatKeepsTheProfileShutIsOneSentence(t *testing.T) {
	faults := map[string]struct {
		profile func(*testing.T) string
		says    []string
	}{
		"open in another window": {func(t *testing.T) string {
			profile := begun(t)
			_, release, err := opening(profile)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(release)
			return profile
		}, []string{"open in another window", "end it if it does not answer", "--profile"}},
		"an outbox of a newer program": {func(t *testing.T) string {
			profile := begun(t)
			change(t, filepath.Join(profile, "solo", "outbox.db"), newer)
			return profile
		}, []string{"outbox.db", "newer Holdall", "update this program"}},
		"a replica of a newer program": {func(t *testing.T) string {
			profile := begun(t)
			change(t, filepath.Join(profile, "solo", "replica.db"), newer)
			return profile
		}, []string{"replica.db", "newer Holdall", "update this program"}},
		"a damaged hub inside": {func(t *testing.T) string {
			profile := begun(t)
			change(t, filepath.Join(profile, "solo", "hub.db"), garbage)
			return profile
		}, []string{"hub.db", "damaged", "backup"}},
		"a file in its place": {func(t *testing.T) string {
			place := filepath.Join(t.TempDir(), "profile")
			if err := os.WriteFile(place, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			return place
		}, []string{"a file stands in its place", "--profile"}},
		"a folder in the place of the log": {func(t *testing.T) string {
			profile := begun(t)
			if err := errors.Join(os.Remove(filepath.Join(profile, logName)), os.Mkdir(filepath.Join(profile, logName), 0o700)); err != nil {
				t.Fatal(err)
			}
			return profile
		}, []string{"wrong inside the program", "nothing you wrote is lost", logName}},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			profile := fault.profile(t)
			_, _, err := opening(profile)
			reads(t, err, fault.says...)
		})
	}
}

// reads wants one sentence with these words.
func reads(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("the profile opened")
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
	if strings.ContainsAny(err.Error(), "\n") || !strings.HasSuffix(err.Error(), ".") {
		t.Errorf("%q is no sentence", err)
	}
}

func TestAClosedProfileOpensAgain(t *testing.T) {
	profile := begun(t)
	for range 2 {
		a, release, err := opening(profile)
		if err != nil {
			t.Fatal(err)
		}
		if state := sessionOf(a).State(); !state.Open || state.Repaired != "" {
			t.Errorf("state %+v", state)
		}
		release()
	}
}

// TestADamagedOutboxIsMendedAndSaid wants the window to open and to say so: what
// is sound in the outbox is kept, so there is nothing a person could do first.
func TestADamagedOutboxIsMendedAndSaid(t *testing.T) {
	profile := begun(t)
	change(t, filepath.Join(profile, "solo", "outbox.db"), func(data []byte) { copy(data, make([]byte, 100)) })
	a, release, err := opening(profile)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if state := sessionOf(a).State(); !state.Open || !strings.Contains(state.Repaired, "outbox.db.damaged-1") {
		t.Errorf("state %+v", state)
	}
}

func TestAProfileIsClosedToOthers(t *testing.T) {
	profile := begun(t)
	if err := os.Chmod(profile, 0o755); err != nil {
		t.Fatal(err)
	}
	_, release, err := opening(profile)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	err = filepath.WalkDir(profile, func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", p, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAProfileStandsInOnePlace wherever the program is started from, also without a
// home in the environment; where there is none at all it is asked for.
func TestAProfileStandsInOnePlace(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	if place := defaultProfile(); place != "" && !filepath.IsAbs(place) {
		t.Errorf("it stands in %q of wherever the program is started", place)
	}
	_, _, err := opening("")
	reads(t, err, "no home folder", "--profile")
}

// TestAFolderThatCannotBeLockedIsSaid: what two programs write at once is nobody's.
func TestAFolderThatCannotBeLockedIsSaid(t *testing.T) {
	for _, cause := range []error{syscall.ENOLCK, syscall.EOPNOTSUPP, syscall.ENOSYS} {
		reads(t, said(fmt.Errorf("%w: %w", app.ErrLock, cause), "/net/desk"), "/net/desk", "cannot be locked", "network drives", "--profile")
	}
}
