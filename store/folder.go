package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// MakeFolder makes a folder, and those above it, for this user alone, where
// there is none. A new name lasts only once the folder above it is on the disk
// (fsync(2)), and what is durable in a folder that a power cut takes away is
// not durable.
func MakeFolder(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	var missing []string
	for at := dir; ; at = filepath.Dir(at) {
		missing = append(missing, at)
		// One that stands may have been made by a program that died before this.
		if _, err := os.Stat(at); err == nil || at == filepath.Dir(at) {
			break
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, made := range missing {
		if err := SyncFolder(filepath.Dir(made)); err != nil {
			return err
		}
	}
	return nil
}

// WriteFile writes a small file whole or not at all, for this user alone; it
// survives a power cut when WriteFile returns.
func WriteFile(path string, data []byte) error {
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// SyncFolder brings the names in a folder to the disk. Windows does so by
// itself, and opens no folder for it. A folder above ours that we may pass
// through but not read is somebody else's to keep.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if errors.Is(err, os.ErrPermission) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("bring the names in %s to the disk: %w", dir, err)
	}
	return nil
}
