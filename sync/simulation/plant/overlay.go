package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// variable names the bug to the process that carries them all.
const variable = "HOLDALL_PLANTED"

// bug is a place in the source and what stands there instead.
type bug struct {
	name     string
	file     string
	was, is  string
	seed     uint64 // that catches it, for a quick look; 0: see for yourself
	sentence string // what goes wrong with it, for a person
}

// question is added to each package with a bug in it.
const question = `package %s

import "os"

var plantedBug = os.Getenv(%q)

func planted(bug string) bool { return bug == plantedBug }
`

// lay writes the changed files below a folder, and the list of them that the
// compiler is given.
func lay(root, folder string) (string, error) {
	texts, rooms := map[string]string{}, map[string]bool{}
	for _, b := range bugs {
		text, known := texts[b.file]
		if !known {
			body, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(b.file)))
			if err != nil {
				return "", err
			}
			text = string(body)
		}
		changed, err := b.plant(text)
		if err != nil {
			return "", err
		}
		texts[b.file], rooms[path.Dir(b.file)] = changed, true
	}
	for room := range rooms {
		texts[room+"/planted.go"] = fmt.Sprintf(question, path.Base(room), variable)
	}
	replace := map[string]string{}
	for file, text := range texts {
		at := filepath.Join(folder, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(root, filepath.FromSlash(file))] = at
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(folder, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}

// plant puts the bug into a text that has its place once.
func (b bug) plant(text string) (string, error) {
	if n := strings.Count(text, b.was); n != 1 {
		return "", fmt.Errorf("%s: %s has the place %d times, want once: %q", b.name, b.file, n, b.was)
	}
	return strings.Replace(text, b.was, strings.ReplaceAll(b.is, "PLANTED", fmt.Sprintf("planted(%q)", b.name)), 1), nil
}
