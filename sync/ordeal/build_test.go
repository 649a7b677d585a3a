package ordeal

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// tags are those of the Makefile: another set would compile SQLite again.
const tags = "webkit2_41,sqlite_fts5"

// built is the server, built once for all tests.
var built struct {
	once sync.Once
	dir  string
	path string
	err  error
}

// holdalld is the path of the built server.
func holdalld(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "holdall-ordeal-"); built.err == nil {
			built.path = filepath.Join(built.dir, "holdalld")
			built.err = build(built.path)
		}
	})
	must(t, built.err)
	return built.path
}

// build compiles the server. The sources are looked at first: only of what a
// test itself has seen does the go command know that an answer in its cache has
// grown old.
func build(path string, flags ...string) error {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if err == nil && !d.IsDir() && (strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".sql")) {
			_, err = os.Stat(path)
		}
		return err
	})
	if err != nil {
		return err
	}
	compile := exec.Command("go", append(append([]string{"build", "-tags", tags, "-o", path}, flags...), "./cmd/holdalld")...)
	compile.Dir = root
	if said, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("build holdalld: %w: %s", err, said)
	}
	return nil
}
