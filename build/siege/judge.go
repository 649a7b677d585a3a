//go:build linux

package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// judge compares what was heard with silence.
func (g *ground) judge(packets map[string]int) error {
	heard := map[int]map[int]int{} // by wall, by mail
	for what, times := range packets {
		wall, number, known := culprit(what)
		if !known || wall >= len(walls) || number >= len(g.mails) {
			fmt.Printf("  besides: the browser asked for %s on its own account, %d times\n", what, times)
			continue
		}
		if heard[wall] == nil {
			heard[wall] = map[int]int{}
		}
		heard[wall][number] += times
	}
	for n, w := range walls {
		g.judgeWall(n, w, heard[n])
	}
	for _, f := range g.faults {
		fmt.Println("  NOT held:", f)
	}
	if len(g.faults) > 0 {
		return errors.New("a wall did not hold")
	}
	return nil
}

func (g *ground) judgeWall(n int, w wall, heard map[int]int) {
	r := g.reports[n]
	if !strings.HasSuffix(r.Href, at(n)) {
		g.fault("%s: the page is at %q", w.Name, r.Href)
	}
	if w.isNone() {
		g.judgeNone(r, heard)
		return
	}
	before := len(g.faults)
	for _, number := range slices.Sorted(maps.Keys(heard)) {
		g.fault("%s: %q was heard %d times", w.Name, g.mails[number].name, heard[number])
	}
	if w.Page && r.Doors > 0 {
		g.fault("%s: %d elements of mails lead somewhere when they are clicked", w.Name, r.Doors)
	}
	if r.Ran > 0 || r.knocks > 0 {
		g.fault("%s: %d scripts ran, %d called into the program", w.Name, r.Ran, r.knocks)
	}
	if len(g.faults) == before {
		fmt.Printf("  held: %s, against %d mails: no packet, no script, no call\n", w.Name, len(g.mails))
	}
}

// judgeNone wants the mails to be dangerous and the canary awake: without walls
// most of them are heard.
func (g *ground) judgeNone(r report, heard map[int]int) {
	var deaf []string
	kinds := map[string]int{}
	for number, m := range g.mails {
		kind, _, _ := strings.Cut(m.name, ":")
		if heard[number] == 0 {
			deaf = append(deaf, m.name)
		} else {
			kinds[kind]++
		}
	}
	fmt.Printf("  held: without walls %d of %d mails are heard (%v), %d scripts speak, %d call into the program\n", len(heard), len(g.mails), kinds, r.Ran, r.knocks)
	fmt.Printf("  unheard even so: %s\n", strings.Join(deaf, "; "))
	if len(heard) < len(g.mails)/2 || len(kinds) < 5 || r.Ran == 0 || r.knocks == 0 {
		g.fault("without walls too little was heard: the mails or the canary are asleep")
	}
}
