package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// source is one Go file of the house.
type source struct {
	path  string // "sync/hub/push.go"
	room  string // "sync/hub"; "." is the root
	test  bool
	lines *token.FileSet
	file  *ast.File
}

// imports are the import paths of the file, without quotation marks.
func (s source) imports() []string {
	var paths []string
	for _, spec := range s.file.Imports {
		p, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, p)
	}
	return paths
}

// line is the line of a node in its file, counted from 1.
func (s source) line(node ast.Node) int { return s.lines.Position(node.Pos()).Line }

// generated folders and folders of others are no part of the house.
var outside = []string{".git", "node_modules", "testdata", "build/bin", "frontend/dist", "frontend/src/wailsjs"}

// handwritten returns the files whose names end in one of the endings, by path.
func handwritten(t *testing.T, house fs.FS, endings ...string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(house, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains(outside, p) || slices.Contains(outside, entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.ContainsFunc(endings, func(end string) bool { return strings.HasSuffix(p, end) }) {
			return nil
		}
		text, err := fs.ReadFile(house, p)
		texts[p] = string(text)
		return err
	})
	if err != nil {
		t.Fatalf("walk the house: %v", err)
	}
	return texts
}

// sources parses every Go file of the house, in the order of their paths.
func sources(t *testing.T, house fs.FS) []source {
	t.Helper()
	var all []source
	texts := handwritten(t, house, ".go")
	for _, p := range sorted(texts) {
		lines := token.NewFileSet()
		file, err := parser.ParseFile(lines, p, texts[p], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatalf("parse the house: %v", err)
		}
		all = append(all, source{p, path.Dir(p), strings.HasSuffix(p, "_test.go"), lines, file})
	}
	return all
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// below reports whether a slash-separated path is the folder or lies in it.
func below(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

// belowAny reports whether a path is one of the folders or lies in one.
func belowAny(p string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return below(p, f) })
}

// report fails the test once for each fault.
func report(t *testing.T, faults []string) {
	t.Helper()
	for _, fault := range faults {
		t.Error(fault)
	}
}

// plant is a house with one fault in it, and a part of the message it earns;
// an empty message says that the house is sound.
type plant struct {
	name, path, text, message string
}

// grow checks that a checker finds each planted fault, and nothing in a sound house.
func grow(t *testing.T, check func(*testing.T, fs.FS) []string, plants []plant) {
	t.Helper()
	for _, p := range plants {
		t.Run(p.name, func(t *testing.T) {
			faults := check(t, fstest.MapFS{p.path: {Data: []byte(p.text)}})
			if p.message == "" {
				report(t, faults)
				return
			}
			if len(faults) != 1 || !strings.Contains(faults[0], p.message) || !strings.Contains(faults[0], p.path) {
				t.Errorf("faults %q, want one that names %s and says %q", faults, p.path, p.message)
			}
		})
	}
}
