package main_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

const page = "frontend/src"

// noFeature are the folders of the page that serve its features. mark draws
// what every feature shows of a ticket, its state, priority and people: ui may
// not know of them, and no feature owns them.
var noFeature = []string{"lib", "ui", "mark", "shell", "wailsjs"}

var imported = regexp.MustCompile(`(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]`)

// pageFaults compares the imports of the page with its directions: ui knows no
// tickets, a feature knows no other feature, one folder alone talks to Go.
func pageFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	texts := handwritten(t, house, ".ts", ".tsx")
	for _, p := range sorted(texts) {
		if !below(p, page) {
			continue
		}
		from := folderOf(p)
		for _, match := range imported.FindAllStringSubmatch(texts[p], -1) {
			to, ours := target(p, match[1])
			if why := misled(from, to); ours && why != "" {
				faults = append(faults, fmt.Sprintf("%s imports %s: %s", p, match[1], why))
			}
		}
	}
	return faults
}

// folderOf is the first folder below src; "" is src itself.
func folderOf(p string) string {
	first, _, inFolder := strings.Cut(strings.TrimPrefix(p, page+"/"), "/")
	if !inFolder {
		return ""
	}
	return first
}

// target resolves an import to a folder of the page; libraries are not ours.
func target(p, module string) (folder string, ours bool) {
	switch {
	case strings.HasPrefix(module, "@/"):
		return folderOf(page + "/" + module[2:] + "/"), true
	case strings.HasPrefix(module, "."):
		full := path.Join(path.Dir(p), module)
		return folderOf(full + "/"), below(full, page)
	}
	return "", false
}

// misled returns why one folder of the page may not import another.
func misled(from, to string) string {
	feature := func(f string) bool { return f != "" && !strings.Contains(f, ".") && !belowAny(f, noFeature) }
	switch {
	case from == to:
		return ""
	case from == "ui":
		return "ui imports nothing of the house: its parts know no tickets"
	case to == "wailsjs" && from != "lib":
		return "only lib talks to Go: a second door would miss the browser's adapter"
	case from == "lib" && to == "mark":
		return "lib draws nothing"
	case (from == "lib" || from == "mark") && (feature(to) || to == "shell"):
		return from + " serves every feature and knows none"
	case feature(from) && feature(to):
		return "two features never import each other: what both need belongs into lib or ui"
	}
	return ""
}

var (
	rawColour = regexp.MustCompile(`\b(?:oklch|oklab|rgba?|hsla?|lab|lch|hwb)\(`)
	hexColour = regexp.MustCompile(`[\s:,('"\x60\[]#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})['"\x60\s;,)\]]`)
)

// colourFaults finds colours that no theme can reach.
func colourFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	texts := handwritten(t, house, ".css", ".tsx")
	for _, p := range sorted(texts) {
		if !below(p, page) || path.Base(p) == "tokens.css" || strings.Contains(p, ".test.") {
			continue
		}
		for i, line := range strings.Split(texts[p], "\n") {
			found := rawColour.FindString(line) + hexColour.FindString(line+"\n")
			if found != "" {
				faults = append(faults, fmt.Sprintf("%s:%d names a colour itself (%s): colours live in tokens.css, where light, dark and contrast are checked", p, i+1, strings.TrimSpace(found)))
			}
		}
	}
	return faults
}

func TestThePageKeepsItsDirections(t *testing.T) { report(t, pageFaults(t, os.DirFS("."))) }
func TestColoursLiveInOnePlace(t *testing.T)     { report(t, colourFaults(t, os.DirFS("."))) }

func TestPageCheckersFindPlantedFaults(t *testing.T) {
	grow(t, pageFaults, []plant{
		{"ui and lib", page + "/ui/button.tsx", `import { act } from "../lib/actions";`, "know no tickets"},
		{"ui and ui", page + "/ui/button.tsx", `import { Icon } from './icon'; import x from "react";`, ""},
		{"two features", page + "/queue/list.tsx", "import {\n a,\n} from '../ticket/thread'", "two features"},
		{"two features by alias", page + "/queue/list.tsx", `import a from "@/ticket"`, "two features"},
		{"a lazy import", page + "/queue/list.tsx", `lazy(() => import("../ticket"))`, "two features"},
		{"a feature and Go", page + "/queue/list.tsx", `import { Queue } from "../wailsjs/go/app/Queue"`, "only lib talks to Go"},
		{"lib and Go", page + "/lib/wails.ts", `import { Queue } from "../wailsjs/go/app/Queue"`, ""},
		{"lib and a feature", page + "/lib/desk.ts", `import { row } from "../queue/row"`, "knows none"},
		{"a feature and a mark", page + "/queue/list.tsx", `import { State } from "../mark/State"`, ""},
		{"a mark and a feature", page + "/mark/State.tsx", `import { row } from "../queue/row"`, "knows none"},
		{"the root composes", page + "/main.tsx", `import { Queue } from "./queue"; import "./ui/tokens.css"`, ""},
		{"a feature and the root's style", page + "/queue/list.tsx", `import "../app.css"; import { Bar } from "../shell"`, ""},
	})
	grow(t, colourFaults, []plant{
		{"hex in a style", page + "/ui/a.css", "a { color: #fff; }", "tokens.css"},
		{"a function in a style", page + "/ui/a.css", "a { color: oklch(0.5 0.1 200); }", "tokens.css"},
		{"hex in a component", page + "/ui/a.tsx", `<i style={{ color: "#aa00ff" }} />`, "tokens.css"},
		{"hex in a class", page + "/ui/a.tsx", `<i className="text-[#123]" />`, "tokens.css"},
		{"the tokens", page + "/ui/tokens.css", ":root { --ink: #123456; }", ""},
		{"an id and a number", page + "/ui/a.css", "#root, a:target { color: var(--c-text) }", ""},
	})
}
