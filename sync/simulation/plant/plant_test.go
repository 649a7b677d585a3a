package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestEveryBugHasItsPlace: the table follows the source, so that no bug is
// planted beside the code that it was meant for.
func TestEveryBugHasItsPlace(t *testing.T) {
	root, names := filepath.Join("..", "..", ".."), map[string]bool{}
	if _, err := lay(root, t.TempDir()); err != nil {
		t.Error(err)
	}
	quick := 0
	for _, b := range bugs {
		text, err := os.ReadFile(filepath.Join(root, b.file))
		if err != nil {
			t.Fatal(err)
		}
		changed, err := b.plant(string(text))
		if err != nil || changed == string(text) {
			t.Errorf("%s: %v", b.name, err)
		}
		if names[b.name] || b.sentence == "" {
			t.Errorf("%s is in the table twice, or says nothing", b.name)
		}
		if names[b.name] = true; b.seed > 0 {
			quick++
		}
	}
	if len(bugs) < 30 || quick < 5 {
		t.Errorf("%d bugs, %d of them with a seed", len(bugs), quick)
	}
}

// TestABugWithoutAPlaceIsSaid.
func TestABugWithoutAPlaceIsSaid(t *testing.T) {
	b := bug{name: "b", file: "f.go", was: "x", is: "PLANTED"}
	for _, text := range []string{"", "x and x"} {
		if _, err := b.plant(text); err == nil {
			t.Errorf("planted into %q", text)
		}
	}
	if got, err := b.plant("a x"); err != nil || got != `a planted("b")` {
		t.Error(got, err)
	}
}
