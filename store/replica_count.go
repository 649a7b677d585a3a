package store

import "holdall/desk"

// QueueCount counts the open tickets of one queue.
type QueueCount struct {
	Open        int
	Mine        int // assigned to the asking person
	Unassigned  int
	AwaitsReply int
	Critical    int // priority 1 and 2
}

func (q *QueueCount) add(o QueueCount) {
	q.Open += o.Open
	q.Mine += o.Mine
	q.Unassigned += o.Unassigned
	q.AwaitsReply += o.AwaitsReply
	q.Critical += o.Critical
}

// Counts are the figures of the sidebar. Teams has a queue for each team that
// has open tickets; triage is the team "".
type Counts struct {
	Teams map[desk.TeamID]QueueCount
	All   QueueCount
}

// Triage counts the open tickets no team has taken.
func (c Counts) Triage() QueueCount { return c.Teams[""] }

// Counts counts all queues for a person in one statement.
func (tx *ReplicaTx) Counts(person desk.PersonID) (Counts, error) {
	counts := Counts{Teams: map[desk.TeamID]QueueCount{}}
	err := tx.each("SELECT team, COUNT(*), SUM(assignee = ?), SUM(assignee = ''), SUM(awaits), SUM(priority <= 2) FROM ticket WHERE open = 1 GROUP BY team",
		[]any{string(person)}, func(s scan) error {
			var team desk.TeamID
			var q QueueCount
			err := s(&team, &q.Open, &q.Mine, &q.Unassigned, &q.AwaitsReply, &q.Critical)
			if person == "" {
				q.Mine = 0
			}
			counts.Teams[team] = q
			counts.All.add(q)
			return err
		})
	return counts, err
}
