package app

// Search finds tickets by words over everything this device holds.
type Search struct{ app *App }

// Find lists the tickets that have all the words, newest first, each with the
// place that shows why.
func (s *Search) Find(r SearchRequest) ([]TicketRow, error) {
	rows := []TicketRow{}
	err := s.app.look(func(l *lens) error {
		hits, err := l.tx.Search(r.Query, bounded(r.Limit, 50))
		if err != nil {
			return err
		}
		for _, hit := range hits {
			row, err := l.row(hit.Ticket, "")
			if err != nil {
				return err
			}
			row.Snippet = hit.Snippet
			rows = append(rows, row)
		}
		return nil
	})
	return rows, err
}
