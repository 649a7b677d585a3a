package main

import "slices"

// bugs are all that can be planted.
var bugs = slices.Concat(ofTheHub, ofTheLaptop, ofTheStore, ofTheDesk)

var ofTheHub = []bug{
	{name: "skip the dedupe", file: "sync/hub/commit.go",
		was: "if m.Mid <= last {", is: "if m.Mid <= last && !PLANTED {",
		seed: 1, sentence: "a mutation that comes twice is executed twice"},
	{name: "results not stored", file: "sync/hub/result.go",
		was: "if o.device == \"\" {", is: "if o.device == \"\" || PLANTED {",
		seed: 1, sentence: "who asks again what became of a mutation is told nothing"},
	{name: "take a mid that is given twice for a mutation that comes twice", file: "sync/hub/result.go",
		was: "return r, fingerprint != \"\" && fingerprint", is: "return r, !PLANTED && fingerprint != \"\" && fingerprint",
		seed: 84, sentence: "what is saved on the disk of an earlier day is called applied and lost"},
	{name: "answer without a vector", file: "sync/hub/result.go",
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
		was: "p.tx.Page(b, after, ", is: "p.tx.Page(b, after+map[bool]int64{true: 1}[PLANTED], ",
		sentence: "the first change after a cursor is never sent"},
	{name: "floor off by one", file: "sync/hub/feed.go",
		was: "p.tx.PageBelow(b, floor, ", is: "p.tx.PageBelow(b, floor-map[bool]int64{true: 1}[PLANTED], ",
		sentence: "the newest record of a bucket that is filled is never sent"},
	{name: "a page that says more than it brings", file: "sync/hub/feed.go",
		was:      "page.Rows, _ = cut(changes)\n	if n := len(page.Rows); n > 0 && (n < len(changes) || n == protocol.PageRows) {\n		page.To",
		is:       "page.Rows, _ = cut(changes)\n	if PLANTED && len(page.Rows) > 1 {\n		page.Rows = page.Rows[1:]\n	}\n	if n := len(page.Rows); n > 0 && (n < len(changes) || n == protocol.PageRows) {\n		page.To",
		sentence: "the oldest change of a page is left out"},
	{name: "advance the mid before the commit", file: "sync/hub/commit.go",
		was: "	err := e.store.Update(ctx, func(tx *store.CentralTx) error {\n		outcomes, book = make(",
		is: `	before := map[desk.DeviceID]int64{}
	if PLANTED {
		_ = e.store.Update(ctx, func(tx *store.CentralTx) error {
			for _, sub := range work {
				if sub.session == nil {
					continue
				}
				d, err := tx.Device(sub.session.device)
				if err != nil || d.Turn != sub.session.talk {
					continue
				}
				if _, known := before[d.ID]; !known {
					before[d.ID] = d.LastMid
				}
				for _, m := range sub.mutations {
					if m.Mid == d.LastMid+1 {
						d.LastMid++
					}
				}
				if err := tx.SetLastMid(d.ID, d.LastMid); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := e.store.Update(ctx, func(tx *store.CentralTx) error {
		for id, mid := range before {
			if err := tx.SetLastMid(id, mid); err != nil {
				return err
			}
		}
		outcomes, book = make(`,
		sentence: "a hub that dies in between believes that it has executed what it has not"},
	{name: "acknowledge what could not be committed", file: "sync/hub/commit.go",
		was: "	if err != nil {\n		for _, sub := range work {\n			e.fail(", is: "	if err != nil && !(PLANTED && len(outcomes) == len(work) && outcomes[0] != nil) {\n		for _, sub := range work {\n			e.fail(",
		sentence: "a full disk loses what its device was told is done"},
	{name: "do not count a refusal", file: "sync/hub/commit.go",
		was: "		last = m.Mid\n", is: "		if !PLANTED || out.results[len(out.results)-1].Status != desk.Rejected {\n			last = m.Mid\n		}\n",
		sentence: "the first refusal stops the queue for ever"},
	{name: "do not hear of people at another node", file: "sync/hub/poll.go",
		was: "if now.grants != e.grants {", is: "if now.grants != e.grants && !PLANTED {",
		sentence: "who loses a team goes on getting its tickets from the other node"},
	{name: "a checkpoint for who is sent no records", file: "sync/hub/gather.go",
		was: "|| s.terms.PushOnly ||", is: "|| s.terms.PushOnly && !PLANTED ||",
		sentence: "a program that is too old calls complete what it was never sent"},
}
