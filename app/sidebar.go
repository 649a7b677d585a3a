package app

import "holdall/store"

// Sidebar lists the views with their live counts.
func (q *Queue) Sidebar() (sections []SidebarSection, err error) {
	err = q.app.look(func(l *lens) error {
		counts, err := l.tx.Counts(l.ws.who.Person)
		if err != nil {
			return err
		}
		mine, err := l.myWork(counts)
		if err != nil {
			return err
		}
		sections = []SidebarSection{mine, l.queues(counts)}
		mail, seen, err := l.mail()
		if seen {
			sections = append(sections, mail)
		}
		return err
	})
	return sections, err
}

// The tones of a count.
const (
	tonePlain    = "plain"
	toneDanger   = "danger"
	tonePending  = "pending"
	toneConflict = "conflict"
)

// tone is the tone of a count that is worth one.
func tone(n int, tone string) string {
	if n == 0 {
		return tonePlain
	}
	return tone
}

func (l *lens) myWork(counts store.Counts) (SidebarSection, error) {
	reply := 0
	for _, f := range l.awaitsMe() {
		n, err := l.tx.Count(f)
		if err != nil {
			return SidebarSection{}, err
		}
		reply += n
	}
	waiting, err := l.tx.Count(l.waiting())
	if err != nil {
		return SidebarSection{}, err
	}
	drafts, err := l.drafted()
	if err != nil {
		return SidebarSection{}, err
	}
	decide, err := l.toDecide()
	if err != nil {
		return SidebarSection{}, err
	}
	unsent, err := l.unsent()
	if err != nil {
		return SidebarSection{}, err
	}
	failed, err := l.returned()
	if err != nil {
		return SidebarSection{}, err
	}
	unsentTone := tone(unsent, tonePending)
	if failed > 0 {
		unsentTone = toneDanger
	}
	decide += len(l.held)
	return SidebarSection{ID: "mine", Title: "My work", Items: []SidebarItem{
		{"reply", "Needs my reply", "reply", reply, tonePlain},
		{"mine", "Assigned to me", "user-check", counts.All.Mine, tonePlain},
		{"waiting", "Waiting on others", "moon", waiting, tonePlain},
		{"drafts", "Drafts", "pen-line", len(drafts), tonePlain},
		{"unsent", "Unsent", "arrow-up-to-line", unsent + failed, unsentTone},
		{"conflicts", "Conflicts", "split", decide, tone(decide, toneConflict)},
	}}, nil
}

func (l *lens) queues(counts store.Counts) SidebarSection {
	s := SidebarSection{ID: "queues", Title: "Queues", Items: []SidebarItem{}}
	for _, t := range l.myTeams() {
		s.Items = append(s.Items, SidebarItem{"team:" + string(t.ID), t.Name, "layers", counts.Teams[t.ID].Open, tonePlain})
	}
	return SidebarSection{s.ID, s.Title, append(s.Items,
		SidebarItem{"triage", "Unassigned", "inbox", counts.Triage().Open, tonePlain},
		SidebarItem{"all", "All tickets", "rows-3", counts.All.Open, tonePlain},
	)}
}

// toDecide counts the conflicts and groups of refusals that wait for this person.
func (l *lens) toDecide() (int, error) {
	conflicts, err := l.tx.ConflictsOf(l.ws.who.Person)
	if err != nil {
		return 0, err
	}
	rejections, err := l.tx.Rejections(l.ws.who.Person)
	return len(conflicts) + len(unique(each(rejections, keyOf))), err
}
