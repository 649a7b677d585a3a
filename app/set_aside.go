package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"holdall/store"
)

// setAside makes room for a workspace where an earlier one left something behind:
// it belongs to another device, but it may hold words that were never sent. It
// becomes a profile of its own, in which they are read and sent as they were here;
// the person is told so once. What holds nothing that its server lacks goes, as it
// does at a sign-out.
func (a *App) setAside(ctx context.Context, kind string) error {
	folder := a.folder(kind)
	entries, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && len(entries) == 0:
		return os.Remove(folder)
	}
	said := "An invented company that was not finished begins anew; what there was of it is kept in %s."
	if kind == kindHub {
		holds := a.leftIn(ctx, folder)
		if holds == "" {
			return os.RemoveAll(folder)
		}
		said = "An earlier workspace on this computer still held " + holds + "; it is kept, and opens with --profile %s."
	}
	profile, err := a.profileOf(kind)
	if err != nil {
		return fmt.Errorf("set a workspace aside: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.aside = strings.TrimSpace(a.aside + " " + fmt.Sprintf(said, profile))
	return nil
}

// wasAside is a sentence about what was set aside in this run; empty: nothing.
func (a *App) wasAside() string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.aside
}

// profileOf makes a profile of a workspace of this one and names it. What is set
// aside twice in a second gets another name.
func (a *App) profileOf(kind string) (string, error) {
	profile := freeName(a.folder(kind) + a.now().UTC().Format(".20060102T150405"))
	if err := store.MakeFolder(profile); err != nil {
		return "", err
	}
	if err := store.WriteFile((&App{cfg: Config{Dir: profile}}).openMark(), []byte(kind+"\n")); err != nil {
		return "", err
	}
	if err := os.Rename(a.folder(kind), filepath.Join(profile, kind)); err != nil {
		return "", err
	}
	return profile, errors.Join(store.SyncFolder(profile), store.SyncFolder(a.cfg.Dir))
}

// leftIn says what a workspace of a hub holds that its server lacks; empty: nothing.
func (a *App) leftIn(ctx context.Context, folder string) string {
	replicas, err := store.OpenReplica(ctx, folder)
	if err != nil {
		a.log.Warn("look into a workspace that is set aside", "error", err)
		return "what this program cannot read"
	}
	left, err := unsentIn(ctx, replicas)
	if err = errors.Join(err, replicas.Close()); err != nil {
		a.log.Warn("look into a workspace that is set aside", "error", err)
		return "what cannot be read"
	}
	if holds := left.String(); holds != "" || !damaged(folder) {
		return holds
	}
	return "a damaged database"
}

// damaged reports whether a workspace keeps a file that could not be read.
func damaged(folder string) bool {
	entries, err := os.ReadDir(folder)
	return err != nil || slices.ContainsFunc(entries, func(e os.DirEntry) bool { return strings.Contains(e.Name(), ".damaged-") })
}

// freeName is a name in the place of path that nothing bears.
func freeName(path string) string {
	for n, name := 2, path; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = fmt.Sprintf("%s-%d", path, n)
	}
}
