package hub

import (
	"holdall/desk"
	"holdall/store"
)

// sheet holds the entries one transaction makes in one bucket: of each record
// the last one only (SPEC R7).
type sheet struct {
	lines []line
	at    map[desk.Key]int // where a record's line stands
}

// line is an entry to be: a record, or a tree that leaves.
type line struct {
	record desk.Record
	drop   bool
	void   bool // a later line took its place
}

// put adds a record; its older line gives way.
func (s *sheet) put(r desk.Record) { s.add(line{record: r}) }

// leave drops the tree; everything of it that was to enter gives way.
func (s *sheet) leave(ticket desk.TicketID) {
	for i := range s.lines {
		s.lines[i].void = s.lines[i].void || s.lines[i].record.Tree == ticket
	}
	s.add(line{drop: true, record: desk.Record{Key: desk.Ticket{ID: ticket}.Key(), Tree: ticket}})
}

func (s *sheet) add(l line) {
	if i, ok := s.at[l.record.Key]; ok {
		s.lines[i].void = true
	}
	s.at[l.record.Key] = len(s.lines)
	s.lines = append(s.lines, l)
}

// entries are the lines that count, in the order they came.
func (s *sheet) entries() []store.Entry {
	list := make([]store.Entry, 0, len(s.lines))
	for _, l := range s.lines {
		e := store.Entry{Key: l.record.Key, Tree: l.record.Tree, Drop: l.drop}
		if !l.drop {
			e.Hash = l.record.Hash()
		}
		if !l.void {
			list = append(list, e)
		}
	}
	return list
}
