package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// room mounts a folder of so many bytes. Without the right to mount it is an
// ordinary folder whose log is the device that is always full: a write into it
// fails as one on a full disk does.
func room(t *testing.T, bytes string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "profile")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("holdall-test", folder, "tmpfs", 0, "size="+bytes); err != nil {
		if err := os.Symlink("/dev/full", filepath.Join(folder, logName)); err != nil {
			t.Fatal(err)
		}
		return folder
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Errorf("unmount %s: %v", folder, err)
		}
	})
	return folder
}

// TestAFullDiskIsSaid fills the disk before the start, and lets it fill at the
// first database.
func TestAFullDiskIsSaid(t *testing.T) {
	t.Run("before the start", func(t *testing.T) {
		profile := room(t, "64k")
		_ = os.WriteFile(filepath.Join(profile, "ballast"), make([]byte, 1<<20), 0o600) // as far as it goes
		_, _, err := opening(profile)
		reads(t, err, profile, "is full", "free some space", "Nothing that was saved is lost")
	})
	t.Run("while the workspace opens", func(t *testing.T) {
		profile := room(t, "96k")
		if err := os.WriteFile(filepath.Join(profile, "workspace"), []byte("solo\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := opening(profile)
		reads(t, err, profile, "is full", "free some space", "Nothing that was saved is lost")
	})
}

// TestAFolderOfSomebodyElseIsSaid opens it as nobody, for the administrator may
// write everywhere.
func TestAFolderOfSomebodyElseIsSaid(t *testing.T) {
	parent := t.TempDir()
	if err := os.Chmod(parent, 0o555); err != nil {
		t.Fatal(err)
	}
	profile := filepath.Join(parent, "profile")
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // and never unlock: the thread ends with its rights
		if os.Geteuid() == 0 {
			const nobody = 65534
			syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0)
		}
		_, _, err = opening(profile)
	}()
	<-done
	reads(t, err, profile, "cannot be written", "belongs to you", "--profile")
	if strings.Contains(err.Error(), "permission denied") {
		t.Errorf("%q is the system's word, not ours", err)
	}
}
