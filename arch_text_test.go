package main_test

import (
	"fmt"
	"go/ast"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	longestFile     = 400 // lines
	longestFunction = 60  // lines, its signature and closing brace among them
)

var written = []string{".go", ".ts", ".tsx", ".mjs", ".js", ".css", ".sql", ".sh", ".ci/run", "Makefile"}

// lengthFaults finds what has grown past the size a reader keeps in mind.
func lengthFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	texts := handwritten(t, house, written...)
	for _, p := range sorted(texts) {
		if n := strings.Count(texts[p], "\n"); n > longestFile {
			faults = append(faults, fmt.Sprintf("%s has %d lines: a file over %d holds two nouns; split it", p, n, longestFile))
		}
	}
	for _, s := range sources(t, house) {
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || s.test {
				continue
			}
			if n := s.lines.Position(f.End()).Line - s.line(f) + 1; n > longestFunction {
				faults = append(faults, fmt.Sprintf("%s: %s has %d lines: a function over %d does two things", s.path, f.Name.Name, n, longestFunction))
			}
		}
	}
	return faults
}

// commentFaults finds packages that do not begin with a promise.
func commentFaults(t *testing.T, house fs.FS) []string {
	said, speaker := map[string]string{}, map[string]source{}
	for _, s := range sources(t, house) {
		key := s.room + " " + s.file.Name.Name
		if _, known := speaker[key]; !known || !s.test && speaker[key].test {
			speaker[key] = s
		}
		if s.file.Doc != nil {
			said[key] = s.file.Doc.Text()
			speaker[key] = s
		}
	}
	var faults []string
	for _, key := range sorted(speaker) {
		if s := speaker[key]; !promises(said[key], s.file.Name.Name) && !testTwin(s, speaker) {
			faults = append(faults, fmt.Sprintf("%s: package %s does not say what it promises: begin a comment above one package clause with %q and a whole sentence",
				s.path, s.file.Name.Name, "Package "+s.file.Name.Name))
		}
	}
	return faults
}

// testTwin reports whether a package is the outer test of one that speaks for it.
func testTwin(s source, speaker map[string]source) bool {
	_, spoken := speaker[s.room+" "+strings.TrimSuffix(s.file.Name.Name, "_test")]
	return spoken && strings.HasSuffix(s.file.Name.Name, "_test")
}

// promises reports whether a package comment names its package and goes on to
// a sentence of substance.
func promises(comment, name string) bool {
	opens := strings.HasPrefix(comment, "Package "+name+" ") || name == "main" && strings.HasPrefix(comment, "Command ")
	return opens && len(strings.Fields(comment)) >= 8 && strings.Contains(comment, ".")
}

// marks are words that say "not finished", put together so that this file
// does not carry them itself.
var marks = regexp.MustCompile(`\b(` + strings.Join([]string{"TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"}, "|") + `)\b`)

// asleep are tests that do not run.
var asleep = regexp.MustCompile(`\b[tb]\.Skip(Now|f)?\(|\b(it|test|describe)\.(skip|only|todo)\(|\bx(it|describe)\(`)

// vague are names of folders that say nothing of what lies in them.
var vague = []string{"util", "utils", "common", "helper", "helpers", "types", "model", "models", "manager", "managers", "misc", "shared"}

// markFaults finds unfinished work, sleeping tests and folders that are no things.
func markFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	texts := handwritten(t, house, written...)
	folders := map[string]bool{}
	for _, p := range sorted(texts) {
		if mark := marks.FindString(texts[p]); mark != "" {
			faults = append(faults, fmt.Sprintf("%s carries a %s: finish it or write an issue", p, mark))
		}
		if call := asleep.FindString(texts[p]); call != "" && !strings.HasPrefix(p, "arch_") {
			faults = append(faults, fmt.Sprintf("%s has %s: a test that does not run proves nothing", p, call))
		}
		folder := path.Dir(p)
		if slices.Contains(vague, path.Base(folder)) && !strings.HasSuffix(p, ".sql") && !folders[folder] {
			folders[folder] = true
			faults = append(faults, fmt.Sprintf("%s lies in %q: a folder is a thing with a name", p, path.Base(folder)))
		}
	}
	return faults
}

// compressionFaults finds a websocket that inflates: its read limit counts
// compressed bytes, so one megabyte on the wire becomes two hundred in memory.
func compressionFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	for _, s := range sources(t, house) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(node ast.Node) bool {
			if inflates(node) {
				faults = append(faults, fmt.Sprintf("%s:%d lets the websocket inflate: SetReadLimit counts compressed bytes; compress payloads of a declared length instead", s.path, s.line(node)))
			}
			return true
		})
	}
	return faults
}

func inflates(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.BasicLit:
		return strings.Contains(n.Value, "permessage")
	case *ast.KeyValueExpr:
		key, isName := n.Key.(*ast.Ident)
		return isName && key.Name == "EnableCompression" && !named(n.Value, "false")
	case *ast.AssignStmt:
		field, isField := n.Lhs[0].(*ast.SelectorExpr)
		return isField && field.Sel.Name == "EnableCompression" && !named(n.Rhs[0], "false")
	case *ast.CallExpr:
		method, isMethod := n.Fun.(*ast.SelectorExpr)
		return isMethod && method.Sel.Name == "EnableWriteCompression"
	}
	return false
}

func named(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

// clock are the functions of package time that ask or wait for the hour.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}

// clockFaults finds rules that look at a clock instead of being told the time.
func clockFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	for _, s := range sources(t, house) {
		if s.test || !below(s.room, "desk") {
			continue
		}
		ast.Inspect(s.file, func(node ast.Node) bool {
			call, ok := node.(*ast.SelectorExpr)
			if ok && named(call.X, "time") && slices.Contains(clock, call.Sel.Name) {
				faults = append(faults, fmt.Sprintf("%s:%d asks time.%s: in desk now is an argument, so that laptop and hub decide alike", s.path, s.line(node), call.Sel.Name))
			}
			return true
		})
	}
	return faults
}

func TestFilesStayReadable(t *testing.T)           { report(t, lengthFaults(t, os.DirFS("."))) }
func TestEveryPackageMakesItsPromise(t *testing.T) { report(t, commentFaults(t, os.DirFS("."))) }
func TestNothingIsLeftUnfinished(t *testing.T)     { report(t, markFaults(t, os.DirFS("."))) }
func TestTheWebsocketNeverInflates(t *testing.T)   { report(t, compressionFaults(t, os.DirFS("."))) }
func TestDeskNeverAsksTheTime(t *testing.T)        { report(t, clockFaults(t, os.DirFS("."))) }
