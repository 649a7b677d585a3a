package mailbox

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func drop(t *testing.T, dir string, mails ...string) {
	t.Helper()
	for _, m := range mails {
		text := strings.ReplaceAll(letter(m), "\n", "\r\n")
		hidden := filepath.Join(dir, "."+m)
		if err := os.WriteFile(hidden, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(hidden, filepath.Join(dir, m+".eml")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFolderDeliversInTheOrderOfNames(t *testing.T) {
	dir := t.TempDir()
	drop(t, dir, "b", "a", "c")
	if err := os.WriteFile(filepath.Join(dir, ".half.eml"), []byte("unfinished"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("no mail"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []Raw
	folder := &Folder{Account: "files", Dir: dir, Poll: -1}
	err := folder.Run(t.Context(), Position{}, func(_ context.Context, batch []Raw, _ Position) error {
		got = append(got, batch...)
		return nil
	})
	if err != nil || !slices.Equal(subjects(got), []string{"a", "b", "c"}) {
		t.Fatalf("%q, %v", subjects(got), err)
	}
	if s := folder.Status(); s.Delivered != 3 || s.State != StateStopped {
		t.Errorf("status %+v", s)
	}
}

func TestFolderSeesAFileThatArrives(t *testing.T) {
	dir := t.TempDir()
	r := read(t, &Folder{Account: "files", Dir: dir, Poll: time.Millisecond}, Position{})
	drop(t, dir, "later")
	if got := subjects(r.take(1)); got[0] != "later" {
		t.Fatalf("got %q", got)
	}
}

func TestFolderGivesTheSameMailTheSamePlace(t *testing.T) {
	dir := t.TempDir()
	text := []byte(letter("same"))
	for _, name := range []string{"1.eml", "2.eml"} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := read(t, &Folder{Account: "files", Dir: dir}, Position{}).take(2)
	if got[0].UID != got[1].UID || got[0].UIDValidity != got[1].UIDValidity || got[0].SHA256 != got[1].SHA256 {
		t.Fatalf("%+v and %+v", got[0], got[1])
	}
}

func TestFolderMovesADeliveredFileAndKeepsARefusedOne(t *testing.T) {
	dir, done := t.TempDir(), t.TempDir()
	drop(t, dir, "first", "second")
	refusal := errors.New("the disk is full")
	folder := &Folder{Account: "files", Dir: dir, Done: done, Poll: -1}
	err := folder.Run(t.Context(), Position{}, func(_ context.Context, batch []Raw, _ Position) error {
		if subjects(batch)[0] == "second" {
			return refusal
		}
		return nil
	})
	if !errors.Is(err, refusal) {
		t.Fatalf("error %v", err)
	}
	if _, err := os.Stat(filepath.Join(done, "first.eml")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "second.eml")); err != nil {
		t.Error(err)
	}
}

func TestFolderCutsAFileOverTheLimit(t *testing.T) {
	dir := t.TempDir()
	drop(t, dir, "large")
	got := read(t, &Folder{Dir: dir, MaxSize: 50, HeadSize: 20}, Position{}).take(1)[0]
	if !got.Truncated || len(got.Bytes) != 20 || got.Size <= 50 {
		t.Fatalf("truncated %v, %d of %d bytes", got.Truncated, len(got.Bytes), got.Size)
	}
}
