package simulation

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tally counts what a run did, so that a run that did nothing cannot pass.
type tally map[string]int

func (t tally) did(what string) { t[what]++ }

func (t tally) add(other tally) {
	for what, n := range other {
		t[what] += n
	}
}

// faults are what a world does to its people, by name.
var faults = []string{
	"dropped frames", "duplicated pushes", "delayed frames", "late frames of an older connection", "half-open connections",
	"one-way partitions", "partitions", "lost answers", "laptop crashes", "laptop crashes in a transaction", "laptop power cuts",
	"hub crashes", "hub crashes in a transaction", "hub power cuts", "full laptops", "full hubs", "clock jumps", "restored backups", "connections cut among RESETs",
	"changed teams", "revoked roles", "devices shut out", "devices let in again", "disks put back", "lost copies", "corrupted copies", "slow readers", "serialisation failures", "lost hints",
	"upgraded laptops", "upgraded hubs", "upgrades in mid-outbox",
	"outboxes led up from an older layout", "deaths on the way up", "hub files led up from an older layout",
}

// work is what people and engines did in spite of it, by name.
var work = []string{
	"edits", "edits refused here", "edits in doubt", "mails", "new tickets", "time entries", "moves between teams", "delivered frames", "checkpoints compared",
	"conflicts", "conflicts resolved", "held replies", "held replies decided", "rejections", "archived tickets", "archives wanted", "pins",
	"old edits drained after an upgrade", "edits too new for the hub",
}

// placings is work of the worlds in which messages are moved.
var placings = []string{"moved messages", "split messages"}

// besides is work of the worlds in which there are side conversations.
var besides = []string{"side conversations", "words beside", "answers beside", "closed beside", "taken mails", "subjects beside"}

// missing lists the kinds of work and of faults that never occurred.
func (t tally) missing() (list []string) {
	for _, what := range slices.Concat(faults, work) {
		if t[what] == 0 {
			list = append(list, what)
		}
	}
	return list
}

// table lists counts, one a line.
func (t tally) table(title string, of []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", title)
	for _, what := range of {
		fmt.Fprintf(&b, "  %-36s %12d\n", what, t[what])
	}
	return b.String()
}

// unnamed lists what was counted under a name that no list has.
func (t tally) unnamed() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(t)), func(what string) bool {
		return what == "steps" || slices.Contains(faults, what) || slices.Contains(work, what) || slices.Contains(placings, what) || slices.Contains(besides, what)
	})
}
