package main_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

var (
	ruleMade  = regexp.MustCompile(`(?m)^- \*\*([RPI]\d+)\*\* `)
	rulesSaid = regexp.MustCompile(`SPEC ((?:[RPI]\d+(?:, and |, | and | to )?)+)`)
	worldSaid = regexp.MustCompile(`"(I\d+) [a-z]`) // as a simulated world names what broke
	ruleSaid  = regexp.MustCompile(`[RPI]\d+`)
	wrapped   = regexp.MustCompile(`\n\s*(?://|--|#) `)
)

// specFaults finds rules of sync/SPEC.md that are there twice or that no test
// shows, and words about rules that are not there.
func specFaults(t *testing.T, house fs.FS) []string {
	var faults []string
	spec, err := fs.ReadFile(house, "sync/SPEC.md")
	if err != nil {
		return []string{"sync/SPEC.md is the promise of the synchronisation: " + err.Error()}
	}
	made, shown := map[string]bool{}, map[string]bool{}
	var rules []string
	for _, m := range ruleMade.FindAllStringSubmatch(string(spec), -1) {
		if made[m[1]] {
			faults = append(faults, "sync/SPEC.md has two rules "+m[1]+": a number is one rule's for ever")
		}
		made[m[1]] = true
		rules = append(rules, m[1])
	}
	texts := handwritten(t, house, ".go", ".ts", ".tsx", ".mjs", ".sql")
	for _, p := range sorted(texts) {
		for _, said := range worldSaid.FindAllStringSubmatch(texts[p], -1) {
			shown[said[1]] = true
		}
		for _, said := range rulesSaid.FindAllStringSubmatch(wrapped.ReplaceAllString(texts[p], " "), -1) {
			for _, rule := range ruleSaid.FindAllString(said[1], -1) {
				if !made[rule] {
					faults = append(faults, fmt.Sprintf("%s speaks of SPEC %s, which sync/SPEC.md does not have", p, rule))
				}
				shown[rule] = shown[rule] || strings.HasSuffix(p, "_test.go")
			}
		}
	}
	for _, rule := range rules {
		if !shown[rule] {
			faults = append(faults, "no test says that it shows SPEC "+rule+": a rule nobody can see broken is a wish")
		}
	}
	return faults
}

func TestEveryRuleOfTheSynchronisationIsShown(t *testing.T) { report(t, specFaults(t, os.DirFS("."))) }

func TestSpecCheckerFindsPlantedFaults(t *testing.T) {
	const (
		rule  = "- **R1** The hub's database is the only authority.\n"
		says  = "SP" + "EC " // so that this file shows no rule
		shown = "package p\n\n// TestA: the hub alone decides (SP" + "EC\n// R1).\n"
	)
	for name, c := range map[string]struct{ spec, test, want string }{
		"shown":        {rule, shown, ""},
		"twice":        {rule + rule, shown, "two rules R1"},
		"a wish":       {rule + "- **P2** A wish.\n", shown, "shows " + says + "P2"},
		"no such rule": {rule, shown + "// As " + says + "R1 and R9 say.\n", says + "R9"},
	} {
		house := fstest.MapFS{"sync/SPEC.md": {Data: []byte(c.spec)}, "sync/a_test.go": {Data: []byte(c.test)}}
		faults := strings.Join(specFaults(t, house), "\n")
		if c.want == "" && faults != "" || !strings.Contains(faults, c.want) {
			t.Errorf("%s: faults %q, want one about %q", name, faults, c.want)
		}
	}
}
