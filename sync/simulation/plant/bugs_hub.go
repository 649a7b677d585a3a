package main

import "slices"

// bugs are all that can be planted.
var bugs = slices.Concat(ofTheHub, ofTheLaptop, ofTheStore, ofTheDesk)

var ofTheHub = []bug{
	{name: "skip the dedupe", file: "sync/hub/commit.go",
		was: "if m.Mid <= last {", is: "if m.Mid <= last && !PLANTED {",
		seed: 1, sentence: "a mutation that comes twice is executed twice"},
	{name: "results not stored", file: "sync/hub/commit.go",
		was: "if out.device == \"\" {", is: "if out.device == \"\" || PLANTED {",
		seed: 1, sentence: "who asks again what became of a mutation is told nothing"},
	{name: "answer without a vector", file: "sync/hub/commit.go",
		was: "vector[b] = book.heads[b]", is: "if !PLANTED {\nvector[b] = book.heads[b]\n}",
		seed: 1, sentence: "a prediction is forgotten before what it predicts has come"},
	{name: "forget a rejection", file: "sync/hub/commit.go",
		was: "if actor.Person == \"\" {", is: "if actor.Person == \"\" || PLANTED {",
		seed: 1, sentence: "the words of a refused mutation are in no tray"},
	{name: "forget to re-scope", file: "sync/hub/commit.go",
		was: "if ledger.directory {", is: "if ledger.directory && !PLANTED {",
		sentence: "who loses a team goes on getting its tickets"},
	{name: "lose UNSUB", file: "sync/hub/subscribe.go",
		was: "			e.do(Send{s.id, protocol.Unsub{Bucket: b}})", is: "			if !PLANTED {\n				e.do(Send{s.id, protocol.Unsub{Bucket: b}})\n			}",
		sentence: "a bucket that was taken away stays on the disk"},
	{name: "no reset on another epoch", file: "sync/hub/session.go",
		was: "if known && (at.Epoch", is: "if known && !PLANTED && (at.Epoch",
		sentence: "after a restore a laptop keeps what the hub has forgotten"},
	{name: "forget the children of a tree that enters", file: "sync/hub/ledger.go",
		was: "			records = whole", is: "			if !PLANTED {\n				records = whole\n			}",
		sentence: "a ticket moves to another queue without its messages"},
	{name: "forget the drop of a tree that leaves", file: "sync/hub/ledger.go",
		was: "			l.sheet(b).leave(g.ticket)", is: "			if !PLANTED {\n				l.sheet(b).leave(g.ticket)\n			}",
		sentence: "a ticket stays in the queue it has left"},
	{name: "cursor off by one", file: "sync/hub/feed.go",
		was: "p.tx.Changes(b, after, ", is: "p.tx.Changes(b, after+map[bool]int64{true: 1}[PLANTED], ",
		sentence: "the first change after a cursor is never sent"},
	{name: "floor off by one", file: "sync/hub/feed.go",
		was: "p.tx.ChangesBelow(b, floor, ", is: "p.tx.ChangesBelow(b, floor-map[bool]int64{true: 1}[PLANTED], ",
		sentence: "the newest record of a bucket that is filled is never sent"},
	{name: "a page that says more than it brings", file: "sync/hub/feed.go",
		was:      "page.Rows, _ = cut(changes)\n	if n := len(page.Rows); n > 0 && (n < len(changes) || n == protocol.PageRows) {\n		page.To",
		is:       "page.Rows, _ = cut(changes)\n	if PLANTED && len(page.Rows) > 1 {\n		page.Rows = page.Rows[1:]\n	}\n	if n := len(page.Rows); n > 0 && (n < len(changes) || n == protocol.PageRows) {\n		page.To",
		sentence: "the oldest change of a page is left out"},
}
