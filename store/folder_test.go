package store

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAFolderIsMadeForOneUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	for range 2 {
		must(t, MakeFolder(dir))
	}
	for _, made := range []string{dir, filepath.Dir(dir)} {
		info, err := os.Stat(made)
		must(t, err)
		if info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v", made, info.Mode())
		}
	}
	file := filepath.Join(dir, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	if err := MakeFolder(filepath.Join(file, "below")); err == nil {
		t.Error("a folder below a file was made")
	}
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "mark")
	must(t, WriteFile(path, []byte("solo\n")))
	must(t, os.Mkdir(path+".part", 0o700)) // in the way of the next one
	if err := WriteFile(path, []byte("hub\n")); err == nil {
		t.Error("it was written over a folder")
	}
	if kept, err := os.ReadFile(path); string(kept) != "solo\n" || err != nil {
		t.Errorf("%q, %v", kept, err)
	}
	must(t, os.Remove(path+".part"))
	must(t, WriteFile(path, []byte("hub\n")))
	left, err := os.ReadDir(dir)
	must(t, err)
	if kept, err := os.ReadFile(path); string(kept) != "hub\n" || err != nil || len(left) != 1 {
		t.Errorf("%q, %v, %d files", kept, err, len(left))
	}
}
