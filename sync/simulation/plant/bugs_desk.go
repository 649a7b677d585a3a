package main

var ofTheDesk = []bug{
	{name: "take what replaces the unseen", file: "desk/merge.go",
		was: "case cur == base:", is: "case cur == base || PLANTED:",
		sentence: "a value is overwritten by who had not seen it"},
	{name: "forget a conflict", file: "desk/apply_conflict.go",
		was: "	w.record(told)\n	w.open(t, c, open)", is: "	if PLANTED {\n		return nil\n	}\n	w.record(told)\n	w.open(t, c, open)",
		sentence: "the value that had to give way is in no tray"},
	{name: "replace a set", file: "desk/apply_ticket.go",
		was: "	for _, v := range add {\n		if v != \"\" &&", is: "	if PLANTED && len(add) > 0 {\n		set = nil\n	}\n	for _, v := range add {\n		if v != \"\" &&",
		sentence: "a label takes the place of all others"},
}
